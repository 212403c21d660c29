//! Choices for placeholders, printed by commands of a navi sheet: only after approval.

use super::session::{QA, Session, command};
use std::fs;
use std::path::Path;

/// A home folder with a sheet in it. Its command leaves a mark when it runs.
struct Home(tempfile::TempDir);

impl Home {
    fn new(suggestion: &str) -> Self {
        let home = Self(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        home.write(suggestion);
        home
    }

    fn write(&self, suggestion: &str) {
        let sheet =
            format!("% boxes\n\n# Open a box on a shelf\nopen <shelf> <box>\n\n{suggestion}\n");
        fs::write(self.path().join("box.cheat"), sheet).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn ran(&self) -> bool {
        self.path().join("ran").exists()
    }

    /// Picks the task, and asks for its placeholders.
    fn pick(&self, options: &str) -> Session {
        let script = format!(
            "picked=$('{QA}' --pick --fill -1 -q open {options} box.cheat); echo \"<$picked> $?\""
        );
        let mut shell = command(&["sh", "-c", &script]);
        shell.cwd(self.path());
        shell.env("HOME", self.path());
        shell.env("XDG_STATE_HOME", self.path().join("state"));
        Session::start(shell)
    }
}

const MARKS: &str =
    "$ box: touch ran; printf 'red %s\\nblue %s\\n' \"$shelf\" \"<shelf>\" --- --column 1";

#[test]
fn a_command_of_a_sheet_runs_only_after_approval_which_is_saved() {
    let home = Home::new(MARKS);
    let mut session = home.pick("");
    session.wait_for("shelf:");
    session.send("top\r");
    session.wait_for("[y/N]");
    assert!(session.text().contains("  touch ran; printf"), "{}", session.text());
    session.send("\r");
    session.wait_for("box:");
    assert!(!home.ran());
    session.send("own\r");
    session.wait_for("<open top own> 0");
    session.end();

    // The user approves; a value is chosen by typing a part of it.
    let mut session = home.pick("");
    session.wait_for("shelf [top]:");
    session.send("\r");
    session.wait_for("[y/N]");
    session.send("y\r");
    session.wait_for("red top");
    session.wait_for("blue top");
    session.send("blu");
    session.wait_for("▌blue top");
    session.send("\r");
    session.wait_for("<open top blue> 0");
    session.end();

    // There is no second question, and the last value is the first choice.
    let mut session = home.pick("--height 10");
    session.wait_for("shelf [top]:");
    session.send("low; x\r");
    session.wait_for("▌blue low; x");
    assert!(!session.text().contains("[y/N]"));
    // Esc goes on to typing a value.
    session.send("\x1b");
    session.wait_for("box [blue]:");
    session.send("\r");
    session.wait_for("<open 'low; x' blue> 0");
    session.end();

    // The sheet has another command now.
    home.write("$ box: echo other");
    let mut session = home.pick("");
    session.wait_for("shelf [low; x]:");
    session.send("\r");
    session.wait_for("[y/N]");
    session.send("\x1b");
    session.wait_for("<> 130");
    session.end();
}

#[test]
fn without_state_an_approval_is_not_saved() {
    let home = Home::new(MARKS);
    for _ in 0..2 {
        let mut session = home.pick("--no-state");
        session.wait_for("shelf:");
        session.send("\r");
        session.wait_for("[y/N]");
        session.send("y\r");
        session.wait_for("red shelf");
        session.send("\x03");
        session.wait_for("<> 130");
        session.end();
    }
}

#[test]
fn a_command_that_fails_prints_nothing_or_never_ends_leaves_the_prompt() {
    for (suggestion, message) in [
        ("$ box: echo 'no boxes here' >&2; exit 1", "no choices for box: no boxes here"),
        ("$ box: true", "no choices for box: it printed nothing"),
    ] {
        let home = Home::new(suggestion);
        let mut session = home.pick("");
        session.wait_for("shelf:");
        session.send("\r");
        session.wait_for("[y/N]");
        session.send("yes\r");
        session.wait_for(message);
        session.wait_for("box:");
        session.send("b\r");
        session.wait_for("<open shelf b> 0");
        session.end();
    }
    // Ctrl-C ends it, and with it what it has started.
    let home = Home::new("$ box: sleep 600 & echo $! > id; wait");
    let mut session = home.pick("");
    session.wait_for("shelf:");
    session.send("\r");
    session.wait_for("[y/N]");
    session.send("y\r");
    let id = home.path().join("id");
    while !fs::read_to_string(&id).is_ok_and(|id| id.ends_with('\n')) {
        std::thread::yield_now();
    }
    session.send("\x03");
    session.wait_for("<> 130");
    session.end();
    if Path::new("/proc/self").exists() {
        let id = fs::read_to_string(id).unwrap();
        let status = fs::read_to_string(format!("/proc/{}/status", id.trim())).unwrap_or_default();
        assert!(status.is_empty() || status.contains("State:\tZ"), "{status}");
    }
}

#[test]
fn chosen_values_are_quoted_for_the_shell() {
    let home = Home::new("$ box: printf 'a$(touch acted)\\n'");
    let mut session = home.pick("");
    session.wait_for("shelf:");
    session.send("\r");
    session.wait_for("[y/N]");
    session.send("y\r");
    session.wait_for("▌a$(touch acted)");
    session.send("\r");
    session.wait_for("<open shelf 'a$(touch acted)'> 0");
    session.end();
}
