//! Programs that are started from the screen: the editor, the clipboard.

use super::session::{QA, Session, command};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// An editor whose name has a blank: it writes its arguments to the file `edited`.
fn install_editor(folder: &Path) -> String {
    let path = folder.join("my ed");
    fs::write(&path, "#!/bin/sh\nprintf '<%s>' \"$@\" > edited\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    format!("'{}' -w", path.display())
}

#[test]
fn a_file_name_is_never_a_command_or_an_option_of_the_editor() {
    for name in ["+!touch pwned;: x.md", "-c!touch pwned.md", "tab\tesc\u{1b}[31m.md", "a b.md"] {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        fs::write(folder.path().join(name), "## Which pot is blue?\n\nThis one.\n").unwrap();
        let mut command = command(&[QA, "--no-state", "--", name]);
        command.cwd(folder.path());
        command.env_remove("VISUAL");
        command.env("EDITOR", install_editor(folder.path()));
        let mut session = Session::start(command);
        session.wait_for("Which pot is blue?");
        session.send("\x0f");
        let entered = |s: &Session| s.written().matches("\\x1b[?1049h").count();
        session.wait("the screen after the editor", |s| entered(s) == 2);
        session.send("\x03");
        session.end();
        session.assert_restored();
        let edited = fs::read_to_string(folder.path().join("edited")).unwrap();
        assert_eq!(edited, format!("<-w><./{name}>"));
        assert!(!folder.path().join("pwned").exists());
    }
}

#[test]
fn an_editor_that_cannot_run_is_named() {
    let mut command = command(&[QA, "--no-state", "assets/quick-answers.json"]);
    command.env("VISUAL", "nosuch");
    let mut session = Session::start(command);
    session.wait_for("Can I hug");
    session.send("\x0f");
    session.wait_for("cannot run the editor `nosuch`");
    session.send("\x03");
    session.end();
}

#[test]
fn a_copied_answer_goes_to_the_terminal_unless_it_is_too_long_for_it() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (answer, sent) in [("Blue.".to_owned(), true), ("blue ".repeat(20_000), false)] {
        let path = folder.path().join("a.json");
        let entry = serde_json::json!([{"question": "Which pot?", "answer": answer}]);
        fs::write(&path, entry.to_string()).unwrap();
        let mut command = command(&[QA, "--no-state", path.to_str().unwrap()]);
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME"] {
            command.env_remove(name);
        }
        let mut session = Session::start(command);
        session.wait_for("Which pot?");
        session.send("\x19");
        session.wait_for(if sent { "copied the answer" } else { "the answer: 99 KB is too large" });
        assert_eq!(session.written().contains("]52;c;Qmx1ZS4"), sent);
        assert_eq!(session.written().contains("]52;"), sent);
        session.send("\x03");
        session.end();
    }
}

#[test]
fn each_clipboard_gets_a_text_too_long_for_the_terminal_from_one_program() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for name in ["wl-copy", "xclip", "xsel", "tmux"] {
        let program = folder.path().join(name);
        let script = "#!/bin/sh\ncat >\"$0.new\"\nmv \"$0.new\" \"$0.text\"\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = folder.path().join("a.json");
    let answer = "blue ".repeat(20_000).trim_end().to_owned();
    let entry = serde_json::json!([{"question": "Which pot?", "answer": answer}]);
    fs::write(&path, entry.to_string()).unwrap();
    let mut command = command(&[QA, "--no-state", path.to_str().unwrap()]);
    command.env_remove("WSL_DISTRO_NAME");
    command.env("TMUX", "");
    command.env("DISPLAY", ":7");
    command.env("WAYLAND_DISPLAY", "wayland-0");
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()));
    let mut session = Session::start(command);
    session.wait_for("Which pot?");
    session.send("\x19");
    session.wait_for("copied the answer");
    let text = |name: &str| fs::read_to_string(folder.path().join(format!("{name}.text"))).ok();
    let deadline = Instant::now() + Duration::from_mins(1);
    while text("wl-copy").is_none() || text("xclip").is_none() {
        assert!(Instant::now() < deadline, "no program was started");
        thread::yield_now();
    }
    session.send("\x03");
    session.end();
    let filled =
        ["wl-copy", "xclip", "xsel", "tmux"].map(|name| text(name).as_ref() == Some(&answer));
    assert_eq!(filled, [true, true, false, false]);
}
