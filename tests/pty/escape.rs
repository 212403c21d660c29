//! Escape sequences that arrive in pieces, and bursts of keys.

use super::session::{QA, Session, command};
use std::fs;
use std::path::Path;

/// A collection of numbered questions, opened with this delay of a lone escape.
fn open(folder: &Path, questions: usize, escape_delay: u16) -> Session {
    let entries: Vec<_> = (0..questions)
        .map(|n| serde_json::json!({"question": format!("Question {n:04}"), "answer": "Yes."}))
        .collect();
    let path = folder.join("many.json");
    fs::write(&path, serde_json::to_string(&entries).unwrap()).unwrap();
    let config = folder.join("config.toml");
    fs::write(&config, format!("escape_delay = {escape_delay}\n")).unwrap();
    let mut command = command(&[QA, "--no-state", "--theme", "dark", path.to_str().unwrap()]);
    command.env("QA_CONFIG", config);
    let mut session = Session::start(command);
    session.wait_for(&selected(0));
    session
}

fn selected(n: usize) -> String {
    format!("▌Question {n:04}")
}

#[test]
fn a_sequence_in_two_reads_is_one_key() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut session = open(folder.path(), 9, 60_000);
    for (pieces, row) in
        [(["\x1b", "[B"], 1), (["\x1b[", "B"], 2), (["\x1bO", "B"], 3), (["\x1b[1;1", "B"], 4)]
    {
        session.send(pieces[0]);
        session.wait_until_decoded();
        session.send(pieces[1]);
        session.wait_for(&selected(row));
    }
    for (first, second) in [("\x1b", "[200~hug\x1b[201~"), ("\x1b[200~", "one\x1b[201~")] {
        session.send(first);
        session.wait_until_decoded();
        session.send(second);
    }
    session.wait_for("> hugone");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}

#[test]
fn thousands_of_keys_in_one_burst_are_all_handled() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut session = open(folder.path(), 6000, 50);
    session.send("\x1b[B".repeat(5000));
    session.wait_for(&selected(5000));
    session.send("\x1bOA".repeat(2500) + "\x1b[A".repeat(2490).as_str());
    session.wait_for(&selected(10));
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
}

#[test]
fn a_lone_escape_clears_the_query() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut session = open(folder.path(), 9, 1);
    session.send("0007");
    session.wait_for(&selected(7));
    session.send("\x1b");
    session.wait_for(&selected(0));
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
}
