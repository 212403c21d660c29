//! System limits (`ulimit`): failures are reported in one line, and end cleanly.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
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
fn error_and_status(output: &Output) -> (String, Option<i32>) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.lines().count() <= 1, "{text}");
    (text, output.status.code())
}

#[test]
fn a_small_stack_is_enough() {
    let folder = folder();
    for limit in ["-s 64", "-s 256", "-s 1024"] {
        let output = qa(limit, "--filter tea tea.md", folder.path());
        assert_eq!(error_and_status(&output), (String::new(), Some(0)), "{limit}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("What is tea?"), "{limit}");
    }
}

#[test]
fn a_home_that_is_not_a_folder_is_not_an_error() {
    for home in ["/dev/null", "/nonexistent/home", "/proc"] {
        let output = Command::new(env!("CARGO_BIN_EXE_qa"))
            .args(["--filter", "cry"])
            .env("HOME", home)
            .env_remove("QA_DEFAULT_OPTS")
            .env_remove("QA_CONFIG")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_CACHE_HOME")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert_eq!(error_and_status(&output), (String::new(), Some(0)), "{home}");
    }
}

/// A user gets an answer or an error, and never waits forever. The superuser has no such limit: its
/// test runs the program as another user, which needs `setpriv`.
#[test]
fn few_threads_are_enough_or_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::write(path("tea.md"), "## What is tea?\n\nHot.\n\n## Why?\n\nSo.\n").unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_qa"), path("qa")).unwrap();
    let is_superuser = rustix::process::geteuid().is_root();
    let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let mut errors = 0;
    for limit in ["1", "2", "3", "4", "6", "20"] {
        let line = format!("ulimit -u {limit}; exec ./qa --no-state --filter tea tea.md");
        let words = if is_superuser { &user[..] } else { &[] };
        let words = [words, &["bash", "-c", &line]].concat();
        let output = Command::new(words[0])
            .args(&words[1..])
            .current_dir(folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .env_remove("QA_DEFAULT_OPTS")
            .output();
        let Ok(output) = output else {
            eprintln!("nothing tried: `{}` is missing", words[0]);
            return;
        };
        let (error, status) = error_and_status(&output);
        match status {
            Some(0) => assert!(String::from_utf8_lossy(&output.stdout).contains("What is tea?")),
            _ => assert!(error.contains("ulimit -u") && status == Some(2), "{limit}: {error}"),
        }
        errors += usize::from(status != Some(0));
    }
    assert!(errors > 0, "the limit was obeyed");
}

#[test]
fn a_full_device_is_an_error() {
    for arguments in ["--filter cry", "convert --to markdown", "keys", "config", "man"] {
        let output = Command::new("sh")
            .args(["-c", &format!("exec \"$QA\" {arguments} >/dev/full </dev/null")])
            .env("QA", env!("CARGO_BIN_EXE_qa"))
            .env("XDG_CONFIG_HOME", "/nonexistent/home")
            .env_remove("QA_DEFAULT_OPTS")
            .output()
            .unwrap();
        let (error, status) = error_and_status(&output);
        assert!(error.contains("No space left") && status == Some(2), "{arguments}: {error}");
    }
}

#[test]
fn few_open_files_are_enough_or_reported() {
    let folder = folder();
    for limit in ["-n 4", "-n 6", "-n 12"] {
        let output = qa(limit, "--filter tea tea.md", folder.path());
        let (error, status) = error_and_status(&output);
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
    let (error, status) = error_and_status(&output);
    assert!(error.contains("not enough memory") && error.contains("ulimit -v"), "{error}");
    assert_eq!(status, Some(2));
    let output = qa("-v 8000000", "--filter tea -n 1 large.jsonl", folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", error_and_status(&output).0);
}

/// If each opening mark were searched to the end of the text, a megabyte would take minutes.
#[test]
fn opening_marks_without_an_end_are_not_searched_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    for (name, format, heading, marks) in [
        ("a.md", "markdown", "# Why?\n\n", &["{%", "{{", "{#", "[a](", "[a][", "<a ", "[["][..]),
        ("a.wiki", "mediawiki", "== Why? ==\n", &["{{", "[["]),
        ("a.org", "org", "* Why?\n", &["[[", "[fn:"]),
        ("a.adoc", "asciidoc", "= T\n\n== Why?\n\n", &["<<", "{a"]),
        ("a.html", "html", "<h2>Why?</h2><p>", &["<", "&a"]),
    ] {
        for mark in marks {
            let text = format!("{heading}{}\n", mark.repeat((1 << 20) / mark.len()));
            std::fs::write(folder.path().join(name), text).unwrap();
            let arguments = format!("--from {format} --filter why {name}");
            let output = qa("-t 60", &arguments, folder.path());
            assert_eq!(error_and_status(&output).1, Some(0), "{name} {mark}: {output:.200?}");
        }
    }
}
