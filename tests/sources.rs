//! Which sources are opened, and when there is nothing to choose: without a terminal.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Standard output, standard error, status.
fn run(command: &mut Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn qa(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qa"));
    command.args(arguments).env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.stdin(Stdio::null());
    for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG"] {
        command.env_remove(name);
    }
    command
}

/// A file with one question.
fn question(folder: &Path, name: &str, question: &str) -> PathBuf {
    let path = folder.join(name);
    let collection = serde_json::json!({ "entries": [{ "question": question, "answer": "So." }] });
    std::fs::write(&path, collection.to_string()).unwrap();
    path
}

#[test]
fn named_files_come_before_qa_path_and_qa_path_before_the_built_in_collection() {
    let folder = tempfile::tempdir().unwrap();
    let named = question(folder.path(), "named.json", "Why are named files first?");
    let usual = question(folder.path(), "usual.json", "Why is the path last?");
    let mut command = qa(&["--filter", "why", named.to_str().unwrap()]);
    let (out, ..) = run(command.env("QA_PATH", &usual));
    assert_eq!(out, "Why are named files first?\n");
    let (out, ..) = run(qa(&["--filter", "why path"]).env("QA_PATH", &usual));
    assert_eq!(out, "Why is the path last?\n");
    let both = std::env::join_paths([&named, &usual]).unwrap();
    let (out, ..) = run(qa(&["--filter", "why"]).env("QA_PATH", both));
    assert_eq!(out.lines().count(), 2, "{out}");
    let (out, ..) = run(&mut qa(&["--filter", "hug", "--limit", "1"]));
    assert!(out.contains("hug"), "the built-in collection: {out}");
}

#[test]
fn select_1_picks_the_only_hit_without_a_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tea.jsonl");
    std::fs::write(
        &path,
        "{\"q\": \"How hot?\", \"a\": \"Very.\"}\n{\"q\": \"How long?\", \"a\": \"Short.\"}\n",
    )
    .unwrap();
    let pick = ["--no-state", "--exact", "--pick", path.to_str().unwrap()];
    let (out, err, status) = run(&mut qa(&[&pick[..], &["--select-1", "-q", "long"]].concat()));
    assert_eq!((out.as_str(), err.as_str(), status), ("How long?\n\nShort.\n", "", 0));
    // Several hits are to be chosen from, and without a terminal that is an error.
    let (out, err, status) = run(&mut qa(&[&pick[..], &["--select-1", "-q", "how"]].concat()));
    assert_eq!((out.as_str(), status), ("", 2), "{err}");
    let (out, _, status) = run(&mut qa(&[&pick[..], &["-q", "long"]].concat()));
    assert_eq!((out.as_str(), status), ("", 2), "only if it is asked for");
}

#[test]
fn exit_0_ends_without_a_screen_where_nothing_matches() {
    let none = ["--no-state", "--exact", "-q", "xylophone"];
    let (out, err, status) = run(&mut qa(&[&none[..], &["--exit-0"]].concat()));
    assert_eq!((out.as_str(), err.as_str(), status), ("", "", 1));
    let (out, _, status) = run(&mut qa(&none));
    assert_eq!((out.as_str(), status), ("", 2), "only if it is asked for");
}
