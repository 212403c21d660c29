//! A hostile collection, opened, searched, converted and checked: none of it may reach standard
//! output or standard error. `tests/pty` tests its effect on a screen.

mod collection;
mod formats;

use assert_cmd::Command;
use collection::{hostile, hostile_name, offence, quoted, write_broken_files, write_files};
use quick_answer::load::{Collector, Source, collect, load};
use std::path::Path;

/// Standard output and standard error of a run that must not panic.
fn run(arguments: &[&str], environment: &[(&str, &str)]) -> [String; 2] {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qa"));
    command.args(arguments).env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG"] {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let status = output.status.code().unwrap_or(-1);
    assert!((0..=2).contains(&status), "status {status} of {arguments:?}");
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Runs the program, and returns its output after checking that it is harmless.
fn harmless(arguments: &[&str], environment: &[(&str, &str)]) -> [String; 2] {
    let printed = run(arguments, environment);
    for text in &printed {
        assert_eq!(offence(text), None, "{arguments:?}");
    }
    printed
}

#[test]
fn every_field_of_every_format_is_harmless_and_keeps_its_words() {
    let folder = tempfile::tempdir().unwrap();
    for path in write_files(folder.path()) {
        let (collection, diagnostics) = collect(&[Source::Path(path.clone())]).unwrap();
        assert!(!collection.entries.is_empty(), "{}", path.display());
        let mut texts = vec![collection.title.clone()];
        texts.extend(collection.note.clone());
        texts.extend(diagnostics.iter().map(ToString::to_string));
        for entry in &collection.entries {
            texts.extend([&entry.id, &entry.question, &entry.answer].map(Clone::clone));
            texts.extend(entry.tags.iter().chain(&entry.aliases).cloned());
            texts.extend(entry.url.clone());
            texts.push(entry.place.source.to_string());
        }
        for text in &texts {
            assert_eq!(offence(text), None, "{}", path.display());
        }
        if !path.to_string_lossy().contains("name ") {
            let has = |word: &str| texts.iter().any(|text| text.contains(word));
            assert!(has("question begins ab ") && has(" ends"), "{}: {texts:#?}", path.display());
        }
    }
}

#[test]
fn printed_hits_are_harmless() {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path());
    let folder = folder.path().to_str().unwrap();
    for arguments in [
        &["--filter", "begins ends"][..],
        &["--filter", "begins", "--json"],
        &["--filter", "harmless", "--json"],
    ] {
        let [out, _] = harmless(&[arguments, &[folder]].concat(), &[]);
        assert!(!out.is_empty());
    }
    let pick = ["--no-state", "--pick", "--select-1", "-q", "harmless name", "--exact"];
    let [out, _] = harmless(&[&pick[..], &[folder]].concat(), &[]);
    assert!(out.starts_with("Is a name harmless?"), "{out}");
}

#[test]
fn output_of_convert_and_check_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    for path in write_files(folder.path()) {
        let path = path.to_str().unwrap();
        for target in ["json", "jsonl", "csv", "markdown", "faqpage"] {
            let [out, _] = harmless(&["convert", path, "--to", target], &[]);
            assert!(!out.is_empty(), "{path} to {target}");
        }
        harmless(&["check", path], &[]);
        harmless(&["check", path, "--json"], &[]);
    }
}

#[test]
fn errors_about_hostile_content_are_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let mut errors = 0;
    for path in write_broken_files(folder.path()) {
        let collector = Collector::default();
        if let Err(error) = load(&[Source::Path(path.clone())], &collector) {
            errors += 1;
            assert!(!error.to_string().is_empty());
        }
        let path = path.to_str().unwrap();
        harmless(&["check", path], &[]);
        harmless(&["check", path, "--json"], &[]);
        let [_, err] = harmless(&[path, "--filter", "x"], &[]);
        assert!(err.lines().count() <= 3, "{err}");
    }
    assert!(errors >= 5, "only {errors} of the files are broken");
    harmless(&["check", folder.path().to_str().unwrap()], &[]);
}

fn write(path: &Path, text: &str) -> String {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_hostile_configuration_gives_a_harmless_error() {
    let folder = tempfile::tempdir().unwrap();
    let word = quoted(&hostile("word"));
    for (n, text) in [
        format!("{word} = 1\n"),
        format!("theme = {word}\n"),
        format!("color = {word}\n"),
        format!("keymap = {word}\n"),
        format!("[keys.{word}]\nx = \"copy\"\n"),
        format!("[keys.reading]\n{word} = \"copy\"\n"),
        format!("[keys.reading]\nx = {word}\n"),
        format!("sources = [{word}]\n"),
        hostile("raw"),
    ]
    .iter()
    .enumerate()
    {
        let path = write(&folder.path().join(format!("{n}.toml")), text);
        let [out, err] = harmless(&["--no-state"], &[("QA_CONFIG", &path)]);
        assert_eq!(out, "");
        assert!(err.starts_with("qa: ") && err.lines().count() <= 2, "{text:?}: {err}");
    }
}

#[test]
fn hostile_arguments_and_themes_give_harmless_errors() {
    let word = hostile("word");
    for arguments in [
        &["--theme", &word][..],
        &[&format!("--{word}")],
        &["--color", &word],
        &["--height", &word],
        &["--from", &word],
        &["convert", "--to", &word],
        &["completions", &word],
        &["--history", &word],
        &[&word],
    ] {
        let [out, err] = harmless(arguments, &[]);
        assert!(out.is_empty() && !err.is_empty(), "{arguments:?}: {out} {err}");
    }
    harmless(&["--filter", "x"], &[("QA_DEFAULT_OPTS", &format!("--{}", word.replace(' ', "")))]);
    harmless(&["--filter", "x"], &[("QA_PATH", &word.replace(':', ""))]);
    let folder = tempfile::tempdir().unwrap();
    let theme = format!("[styles]\n{} = {}\n", quoted(&word), quoted(&word));
    write(&folder.path().join("qa/themes/own.toml"), &theme);
    write(&folder.path().join("qa/themes").join(hostile_name("toml")), "x = 1");
    let home = folder.path().to_str().unwrap();
    for name in ["own", "none"] {
        let [_, err] = harmless(&["--theme", name], &[("XDG_CONFIG_HOME", home)]);
        assert!(!err.is_empty());
    }
}

/// Legitimate text with joiners and marks is not an attack: it stays unchanged.
#[test]
fn text_that_needs_joiners_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "family 👩‍👩‍👧‍👦, flag 🇩🇪, heart ❤️, rainbow 🏳️‍🌈, thumb 👍🏽",
        "می‌خواهم کتاب‌ها",
        "क्षत्रिय क्‍ष श्री",
        "বাংলা র‍্যাব",
        "ශ්‍රී ලංකා",
        "e\u{301}te\u{301} noe\u{308}l",
        "Tiếng Việt",
        "שָׁלוֹם עֲלֵיכֶם",
    ] {
        let question = format!("What is {text}?");
        let collection = serde_json::json!({"entries": [{"question": question, "answer": text}]});
        let path = write(&folder.path().join("a.json"), &collection.to_string());
        let (collection, _) = collect(&[Source::Path(path.into())]).unwrap();
        assert_eq!(collection.entries[0].question, question);
        assert_eq!(collection.entries[0].answer, text);
    }
}

#[test]
fn marks_heaped_on_one_letter_are_cut() {
    let folder = tempfile::tempdir().unwrap();
    let heap = format!("Why a{}b?", "\u{301}".repeat(1_000_000));
    let collection = serde_json::json!({"entries": [{"question": heap}]});
    let path = write(&folder.path().join("a.json"), &collection.to_string());
    let (collection, _) = collect(&[Source::Path(path.into())]).unwrap();
    let question = &collection.entries[0].question;
    assert!(question.len() < 100 && question.ends_with("b?"), "{} bytes", question.len());
}
