//! Low system limits of files, memory and stack.

use crate::session::{QA, Session, command};

#[test]
fn limits_that_are_too_low_are_reported_and_the_terminal_is_restored() {
    for limit in ["-n 4", "-n 6", "-n 8", "-n 9", "-v 64000", "-v 80000", "-v 120000"] {
        let line = format!("ulimit {limit}; exec {QA} --no-state README.md");
        let mut session = Session::start(command(&["sh", "-c", &line]));
        let is_open = |session: &Session| session.text().contains("F1");
        let has_failed = |session: &Session| session.text().contains("qa: ");
        session.wait("an error or the screen", |session| is_open(session) || has_failed(session));
        if is_open(&session) {
            session.send(b"\x03");
        }
        let status = session.end().exit_code();
        assert!(matches!(status, 2 | 130), "{limit}: {status} {}", session.text());
        session.assert_restored();
    }
}

#[test]
fn a_full_disk_is_reported_and_loses_no_saved_state() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let start = |line: &str| {
        let mut command = command(&["sh", "-c", line]);
        command.env("XDG_STATE_HOME", folder.path());
        let mut session = Session::start(command);
        session.wait_for("Enter read");
        session.send("\rm");
        session
    };
    let state = || std::fs::read_to_string(folder.path().join("qa/entries.json"));
    let mut session = start(QA);
    session.wait_for("bookmarked");
    session.send("\x03");
    session.end();
    let before = state().unwrap();
    // No file can grow.
    let mut session = start(&format!("ulimit -f 0; exec {QA} -q cry"));
    session.wait_for("cannot save bookmarks and history");
    session.send("j\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
    assert_eq!(state().unwrap(), before);
}

#[test]
fn a_small_stack_is_enough_for_the_screen() {
    let line = format!("ulimit -s 128; exec {QA} --no-state");
    let mut session = Session::start(command(&["sh", "-c", &line]));
    session.wait_for("F1");
    session.send(b"\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}
