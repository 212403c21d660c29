//! The lines below a question as its answer: without marks, navigation and empty tags.

use super::line::{is_contents, is_only_tags, is_rule};
use super::scan::{Kind, Page};
use crate::load::lead::after_answer_mark;
use crate::load::outline::Candidate;
use std::ops::Range;

/// The answer to a candidate.
pub(crate) fn answer(page: &Page<'_>, candidate: &Candidate, lines: Range<usize>) -> String {
    let mut out = String::new();
    let rest = candidate.rest.trim();
    if !rest.is_empty() {
        out.push_str(after_answer_mark(rest).unwrap_or(rest));
        out.push('\n');
    }
    out.push_str(&text(page, lines));
    finish(page, &out)
}

/// An answer and the tags in its last line: `Tags: one, two`.
pub(crate) fn split_tags(answer: String) -> (String, Vec<String>) {
    let (before, last) = answer.rsplit_once('\n').unwrap_or(("", &answer));
    let alone = before.trim().is_empty() || before.ends_with('\n');
    let bare = last.trim().trim_start_matches("**");
    let named = ["Tags:", "tags:", "Tags**:", "TAGS:"].iter().find_map(|n| bare.strip_prefix(n));
    let Some(listed) = named.filter(|_| alone) else { return (answer, Vec::new()) };
    let tags: Vec<String> =
        listed.trim_start_matches("**").split(',').map(|tag| tag.trim().to_owned()).collect();
    if tags.iter().any(|tag| tag.is_empty() || tag.chars().count() > 40 || tag.ends_with('.')) {
        return (answer, Vec::new());
    }
    (before.trim_end().to_owned(), tags)
}

/// The whole page below its front matter.
pub(crate) fn whole(page: &Page<'_>) -> String {
    finish(page, &text(page, page.first..page.lines.len()))
}

fn finish(page: &Page<'_>, text: &str) -> String {
    let text = text.trim_matches('\n').trim_end();
    let text = match text.lines().next().and_then(after_answer_mark) {
        Some(first) => {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
            format!("{first}\n{rest}").trim().to_owned()
        }
        None => text.to_owned(),
    };
    with_definitions(page, text)
}

fn text(page: &Page<'_>, lines: Range<usize>) -> String {
    let mut lines = without_edges(page, lines);
    let indent =
        lines.clone().filter(|&n| page.kind(n) == Kind::Text).map(|n| indent(page.lines[n]));
    let indent = indent.min().unwrap_or(0);
    let mut out = String::new();
    let mut blank = false;
    for n in lines.by_ref() {
        let line = page.lines[n];
        let kind = page.kind(n);
        if kind == Kind::Hidden || kind == Kind::Text && is_only_tags(line) {
            blank = true;
            continue;
        }
        if kind == Kind::Blank {
            blank = true;
            continue;
        }
        let line = without_summary(cut_indent(line, indent), kind).trim_end_matches('\r');
        if line.is_empty() && kind == Kind::Text {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push('\n');
        }
        blank = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Without rules, empty tags and ways back to the top at both ends.
fn without_edges(page: &Page<'_>, mut lines: Range<usize>) -> Range<usize> {
    let is_edge = |n: usize| match page.kind(n) {
        Kind::Blank | Kind::Hidden => true,
        Kind::Text => {
            let line = page.lines[n];
            is_only_tags(line) || is_rule(line) || is_contents(line) && !line.contains(". ")
        }
        Kind::Code => false,
    };
    while !lines.is_empty() && is_edge(lines.end - 1) {
        lines.end -= 1;
    }
    let is_opening =
        |n: usize| page.kind(n) != Kind::Code && !is_contents(page.lines[n]) && is_edge(n);
    while !lines.is_empty() && is_opening(lines.start) {
        lines.start += 1;
    }
    lines
}

/// `<summary>Answer</summary>` says only that something can be opened.
fn without_summary(line: &str, kind: Kind) -> &str {
    if kind != Kind::Text || !line.contains("<summary") {
        return line;
    }
    line.find("</summary>").map_or(line, |end| &line[end + "</summary>".len()..])
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn cut_indent(line: &str, most: usize) -> &str {
    &line[indent(line).min(most)..]
}

/// Addresses that the page gives elsewhere go with the answers that need them.
fn with_definitions(page: &Page<'_>, mut text: String) -> String {
    if page.definitions.is_empty() || !text.contains(']') {
        return text;
    }
    let lower = text.to_lowercase();
    let used: Vec<&str> = page
        .definitions
        .iter()
        .filter(|(name, _)| lower.contains(&format!("[{name}]")))
        .map(|(_, line)| line.trim())
        .collect();
    if !used.is_empty() {
        text.push_str("\n\n");
        text.push_str(&used.join("\n"));
    }
    text
}
