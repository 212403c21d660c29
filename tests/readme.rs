//! Holds the README to what the program does.
//!
//! The table of formats is made from the program: `UPDATE_README=1 cargo test --test readme` writes it
//! anew. `tests/pty/readme.rs` runs its commands.

use quick_answer::collection::Collection;
use quick_answer::load::Format;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

const README: &str = include_str!("../README.md");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// The code blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// Asserts that the part between the comments `<!-- name -->` and `<!-- /name -->` is `wanted`.
fn holds(name: &str, wanted: &str) {
    // Tests run side by side, and one may be writing what the other reads.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let readme = std::fs::read_to_string(PATH).expect("the README can be read");
    let part = |text: &str| Some(text.split_once(&open)?.1.split_once(&close)?.0.to_owned());
    let old = part(&readme).unwrap_or_else(|| panic!("the README has a part {name}"));
    if old == wanted {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let new = readme.replacen(&format!("{open}{old}"), &format!("{open}{wanted}"), 1);
        std::fs::write(PATH, new).expect("the README can be written");
    } else {
        panic!("the README's {name} differ from the program's: run with UPDATE_README=1\n{wanted}");
    }
}

/// A text that stands in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_formats_are_those_of_the_program() {
    let mut table = String::from("\n| `--from` | opens | file names |\n|---|---|---|\n");
    for format in Format::all() {
        let endings: Vec<_> = format.extensions().iter().map(|end| format!("`{end}`")).collect();
        let (name, about) = (format.name(), cell(format.description()));
        let _ = writeln!(table, "| `{name}` | {about} | {} |", endings.join(" "));
    }
    table.push('\n');
    holds("formats", &table);
}

#[test]
fn the_collection_in_the_readme_loads() {
    let blocks = blocks("json");
    assert!(!blocks.is_empty());
    for block in blocks {
        let collection: Collection = serde_json::from_str(block).expect("a collection");
        assert!(!collection.entries.is_empty());
    }
}

#[test]
fn every_file_that_the_readme_links_to_exists() {
    for rest in README.split("](").skip(1) {
        let target = rest.split(')').next().unwrap_or_default();
        if !target.contains("://") && !target.starts_with('#') {
            let file = target.split('#').next().unwrap_or_default();
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            assert!(path.exists(), "{target} exists");
        }
    }
}
