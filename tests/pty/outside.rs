//! Output to the terminal and to other programs, and input that must be ignored.

use crate::session::{QA, Session, command};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// An editor that writes its arguments, one a line, to `seen`.
fn fake_editor(folder: &Path, name: &str, seen: &Path) -> String {
    let path = folder.join(name);
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.new'\nmv '{0}.new' '{0}'\n",
        seen.display()
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_editor_opens_at_the_line_of_the_entry() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let notes = folder.path().join("notes.md");
    std::fs::write(&notes, "# Tea\n\n## How hot?\n\nVery.\n\n## How long?\n\nShort.\n").unwrap();
    let notes = notes.to_str().unwrap();
    let at_line = format!("{notes}:7");
    for (editor, expected) in
        [("vi", vec!["+7", notes]), ("hx", vec![&at_line]), ("ed", vec![notes])]
    {
        let seen = folder.path().join(format!("seen by {editor}"));
        let mut qa = command(&[QA, "--no-state", notes, "-q", "how long"]);
        qa.env("VISUAL", "");
        qa.env("EDITOR", fake_editor(folder.path(), editor, &seen));
        let mut session = Session::start(qa);
        session.wait_for("▌How long?");
        session.send("\x0f");
        session.wait("the screen to come back", |s| {
            s.written().matches("\\x1b[?1049h").count() == 2 && s.text().contains("▌How long?")
        });
        session.send("\x03");
        session.end();
        let arguments = std::fs::read_to_string(&seen).unwrap();
        assert_eq!(arguments.lines().collect::<Vec<_>>(), expected, "{editor}");
        session.assert_restored();
    }
}

/// Terminals with the Kitty keyboard protocol also report key releases.
#[test]
fn a_key_release_is_not_a_key_press() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    for letter in "hug".chars() {
        session.send(format!("{letter}\x1b[{};1:3u", letter as u32));
    }
    session.send("\x1b[49;1:1u");
    session.wait("the last letter", |s| {
        s.text().lines().any(|line| line.trim_end().ends_with('1') && line.contains('>'))
    });
    let text = session.text();
    assert!(text.lines().any(|line| line.trim() == "> hug1"), "{text}");
    session.send("\x03");
    session.end();
}
