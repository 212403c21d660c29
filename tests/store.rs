//! Saved state survives a program that is killed while saving it.

use quick_answer::load::Source;
use quick_answer::store::{StateChange, Store};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const FOLDER: &str = "QA_TEST_FOLDER";

/// Not a test itself: the program that saves until it is killed.
#[test]
#[ignore = "run by the test below, to be killed"]
fn play_a_program_that_saves() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = Store::new(Path::new(&folder), &[Source::BuiltIn]);
    for n in 0.. {
        store
            .save(&[StateChange::Bookmark(
                format!("built-in\u{1f}an entry with a long name, number {n}"),
                true,
            )])
            .unwrap();
        // Not `println`, which the test harness would keep for itself.
        writeln!(std::io::stdout(), "saved {n}").unwrap();
    }
}

#[test]
fn a_program_killed_while_saving_leaves_the_old_or_the_new_state() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = Store::new(folder.path(), &[Source::BuiltIn]);
    let mut kept = 0;
    for round in 0..100 {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["play_a_program_that_saves", "--ignored", "--exact", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok);
        let saved = lines.filter(|line| line.starts_with("saved")).take(1 + round % 5).count();
        program.kill().unwrap();
        program.wait().unwrap();
        let (state, remark) = store.read();
        assert_eq!(remark, None, "round {round}");
        assert!(state.bookmarks.len() >= kept.max(saved), "round {round}");
        kept = state.bookmarks.len();
    }
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(names <= 3, "state, lock, and at most one that was not finished: {names}");
}
