//! Everything that is read from one rich page per format: entries with their wording, tags, other
//! wordings and lines, and the diagnostics. `cargo insta review` after a change.

use insta::assert_snapshot;
use quick_answer::collection::{Entry, TextFormat};
use quick_answer::load::{Diagnostic, Options, Source, collect_with, lint};
use std::path::{Path, PathBuf};

/// Everything of an entry that users or scripts can observe.
fn described(entry: &Entry, shown: impl Fn(u32) -> i64) -> String {
    let Entry { id, question, answer, format, tags, aliases, url, place } = entry;
    let plain = if *format == TextFormat::Plain { "plain" } else { "" };
    let fields = [
        ("id", id.as_str()),
        ("tags", &tags.join(" | ")),
        ("aliases", &aliases.join(" | ")),
        ("url", url.as_deref().unwrap_or_default()),
        ("format", plain),
    ];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let mut lines = vec![format!("{:>3} {question}", shown(place.line))];
    lines.extend(fields.map(|(name, value)| format!("    {name}: {value}")));
    lines.extend(answer.lines().map(|line| format!("    | {line}").trim_end().to_owned()));
    lines.join("\n")
}

fn placed(kind: &str, found: &Diagnostic, shown: impl Fn(u32) -> i64) -> String {
    let Diagnostic { line, column, message, .. } = found;
    format!("{kind} {}:{column}: {message}", shown(*line))
}

/// What is read from a page. `shown` gives the number that is written for a line.
pub fn opened_with(page: &Path, options: &Options, shown: impl Fn(u32) -> i64) -> String {
    let (collection, problems) = match collect_with(&[Source::Path(page.into())], options) {
        Ok(opened) => opened,
        Err(error) => return placed("error", &error.to_diagnostic(), shown),
    };
    let mut lines = vec![format!("title: {}", collection.title)];
    lines.extend(collection.entries.iter().map(|entry| described(entry, &shown)));
    lines.extend(problems.iter().map(|problem| placed("problem", problem, &shown)));
    lines.extend(lint(collection.entries.iter()).iter().map(|odd| placed("lint", odd, &shown)));
    lines.join("\n")
}

pub fn opened(page: &Path) -> String {
    opened_with(page, &Options::default(), i64::from)
}

pub fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format_details/pages");
    let mut pages: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|page| page.unwrap().path()).collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

#[test]
fn a_rich_page_of_each_format() {
    for page in pages() {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        assert_snapshot!(name, opened(&page));
    }
}
