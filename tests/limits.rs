//! The limits of the machine (`ulimit`): what cannot be done is told in a line, and ends cleanly.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

fn qa(limit: &str, arguments: &str, folder: &Path) -> Output {
    let line = format!("ulimit {limit}; exec \"$QA\" --no-state {arguments}");
    Command::new("sh")
        .args(["-c", &line])
        .current_dir(folder)
        .env("QA", env!("CARGO_BIN_EXE_qa"))
        .env("XDG_CONFIG_HOME", folder)
        .env_remove("QA_DEFAULT_OPTS")
        .output()
        .unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tea.md"), "## What is tea?\n\nHot.\n\n## Why?\n\nSo.\n")
        .unwrap();
    let mut lines = String::new();
    while lines.len() < 40 << 20 {
        let answer = "Boil the water first, and wait until it has cooled a little. ".repeat(200);
        let _ = writeln!(lines, "{{\"question\": \"What is tea?\", \"answer\": \"{answer}\"}}");
    }
    std::fs::write(folder.path().join("large.jsonl"), lines).unwrap();
    folder
}

/// The only line on standard error, and the status.
fn told(output: &Output) -> (String, Option<i32>) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.lines().count() <= 1, "{text}");
    (text, output.status.code())
}

#[test]
fn a_small_stack_is_enough() {
    let folder = folder();
    for limit in ["-s 64", "-s 256", "-s 1024"] {
        let output = qa(limit, "--filter tea tea.md", folder.path());
        assert_eq!(told(&output), (String::new(), Some(0)), "{limit}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("What is tea?"), "{limit}");
    }
}

#[test]
fn few_open_files_are_enough_or_the_error_says_so() {
    let folder = folder();
    for limit in ["-n 4", "-n 6", "-n 12"] {
        let output = qa(limit, "--filter tea tea.md", folder.path());
        let (error, status) = told(&output);
        match status {
            Some(0) => assert!(String::from_utf8_lossy(&output.stdout).contains("What is tea?")),
            _ => assert!(error.contains("open files") && status == Some(2), "{limit}: {error}"),
        }
    }
}

#[test]
fn a_file_that_does_not_fit_into_memory_is_an_error_before_it_is_read() {
    let folder = folder();
    let output = qa("-v 300000", "--filter tea large.jsonl", folder.path());
    let (error, status) = told(&output);
    assert!(error.contains("not enough memory") && error.contains("ulimit -v"), "{error}");
    assert_eq!(status, Some(2));
    let output = qa("-v 8000000", "--filter tea -n 1 large.jsonl", folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output).0);
}
