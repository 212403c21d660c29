//! Documents that are read through pandoc: with a fake program, and with the real one if it is
//! installed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const RTF: &str = r"{\rtf1\ansi\deff0 {\fonttbl {\f0 Serif;}}
{\pard {\b How hot is the kiln?}\par}
{\pard It reaches 900 degrees.\par}
{\pard {\b Who may light it?}\par}
{\pard Whoever has the key.\par}
}";

/// A program called `pandoc` in a folder of its own.
fn stand_in(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pandoc");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Opens a document with these folders as the search path for programs.
fn open(programs: &str, document: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_qa"))
        .args(["convert", "--to", "jsonl"])
        .arg(document)
        .env("PATH", programs)
        .output()
        .unwrap()
}

fn document() -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".rtf").tempfile().unwrap();
    fs::write(file.path(), RTF).unwrap();
    file
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn output_of_pandoc_is_read_and_it_runs_sandboxed() {
    let script = r#"case "$*" in *--sandbox*"--from rtf"*) ;; *) exit 9;; esac
echo '## How hot is the kiln?'; echo; echo 'It reaches *900* degrees.'"#;
    let (programs, document) = (stand_in(script), document());
    let output = open(&format!("{}:/bin:/usr/bin", programs.path().display()), document.path());
    let written = text(&output.stdout);
    assert!(written.contains("\"How hot is the kiln?\""), "{output:?}");
    assert!(written.contains("It reaches *900* degrees."), "{written}");
}

#[test]
fn long_output_of_pandoc_takes_no_more_memory_than_other_long_texts() {
    let script = r"printf '## Q%s?\n\na\n\n' $(seq 500000)";
    let (programs, document) = (stand_in(script), document());
    let qa = env!("CARGO_BIN_EXE_qa");
    let output = Command::new("sh")
        .args(["-c", r#"ulimit -v 600000; exec "$0" convert --to jsonl "$1""#, qa])
        .arg(document.path())
        .env("PATH", format!("{}:/bin:/usr/bin", programs.path().display()))
        .output()
        .unwrap();
    let written = text(&output.stdout);
    assert_eq!(written.lines().count(), 500_000, "{}", text(&output.stderr));
    // Lines of pandoc's output are not those of the document.
    assert!(written.contains("Q499999?") && !written.contains("\"line\""));
}

#[test]
fn without_pandoc_the_error_names_it() {
    let (programs, document) = (tempfile::tempdir().unwrap(), document());
    let output = open(&programs.path().display().to_string(), document.path());
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("an RTF document; pandoc opens it, which is not installed"), "{said}");
    assert!(said.contains("apt install pandoc"), "{said}");
}

#[test]
fn errors_of_pandoc_are_reported() {
    let document = document();
    for (script, expected) in [
        ("echo 'Unknown option --sandbox.' >&2; exit 6", "pandoc 2.15 or later is needed"),
        ("echo 'couldn'\\''t unpack it' >&2; exit 63", "pandoc: couldn't unpack it"),
        ("exit 0", "no question found; read as an RTF document by pandoc"),
        ("yes '## Why is that so long?'", "more than 64 MB of text"),
    ] {
        let programs = stand_in(script);
        let path = format!("{}:/bin:/usr/bin", programs.path().display());
        let said = text(&open(&path, document.path()).stderr);
        assert!(said.contains(expected), "{script}: {said}");
    }
}

#[test]
fn the_real_pandoc_where_it_is_installed() {
    let path = std::env::var("PATH").unwrap_or_default();
    let has_sandbox = Command::new("pandoc").args(["--sandbox", "--version"]).output();
    if !has_sandbox.is_ok_and(|output| output.status.success()) {
        return;
    }
    let output = open(&path, document().path());
    let written = text(&output.stdout);
    let questions: Vec<&str> = written.lines().collect();
    assert_eq!(questions.len(), 2, "{output:?}");
    assert!(questions[0].contains("\"How hot is the kiln?\""), "{written}");
    assert!(questions[1].contains("Whoever has the key."), "{written}");
}
