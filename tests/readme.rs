//! Checks that the README and the list of formats agree with the program.
//!
//! The table in `docs/formats.md` is generated: `UPDATE_README=1 cargo test --test readme` writes it.
//! `tests/pty/readme.rs` runs the commands of the README.

use quick_answer::collection::Collection;
use quick_answer::load::Format;
use std::fmt::Write as _;

const README: &str = include_str!("../README.md");
const FORMATS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md");

/// The code blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The README links the table of formats, which lists those of the registry.
#[test]
fn the_formats_are_those_of_the_program() {
    assert!(README.contains("](docs/formats.md)"));
    let mut table = String::from("\n| `--from` | opens | file names |\n|---|---|---|\n");
    for format in Format::all() {
        let endings: Vec<_> = format.extensions().iter().map(|end| format!("`{end}`")).collect();
        let (name, about) = (format.name(), cell(format.description()));
        let _ = writeln!(table, "| `{name}` | {about} | {} |", endings.join(" "));
    }
    table.push('\n');
    let (open, close) = ("<!-- formats -->\n", "<!-- /formats -->");
    let text = std::fs::read_to_string(FORMATS).expect("the list of formats can be read");
    let (before, rest) = text.split_once(open).expect("the table begins");
    let (old, after) = rest.split_once(close).expect("the table ends");
    if old == table {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_README").is_some(),
        "docs/formats.md differs from the program: run with UPDATE_README=1\n{table}"
    );
    let new = format!("{before}{open}{table}{close}{after}");
    std::fs::write(FORMATS, new).expect("the list of formats can be written");
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
