//! The lines below a question as its answer, without marks, navigation and empty tags.

use super::line::{indent_of, is_contents, is_only_tags, is_rule};
use super::marks::written_out;
use super::scan::{LineKind, MarkdownPage};
use crate::load::boilerplate::is_boilerplate;
use crate::load::keys::separated;
use crate::load::labels::{Label, label};
use crate::load::lead::{after_answer_mark, opens_options};
use crate::load::outline::TitleCandidate;
use crate::markup::source::{clean, emphasise, escape_text};
use std::borrow::Cow;
use std::ops::Range;

/// The answer to a candidate.
pub(crate) fn answer(
    page: &MarkdownPage<'_>,
    candidate: &TitleCandidate,
    lines: Range<usize>,
) -> String {
    let mut out = String::new();
    let rest = candidate.rest.trim();
    if !rest.is_empty() {
        out.push_str(after_answer_mark(rest).unwrap_or(rest));
        out.push('\n');
    }
    let features = &candidate.features;
    let is_heading = features.heading.is_some() && !features.item && features.indent < 4;
    let (item, after) = split_item(page, candidate, lines);
    out.push_str(&text(page, item, is_heading));
    if !after.is_empty() {
        out.push('\n');
        out.push_str(&text(page, after, is_heading));
    }
    finish(page, &out, page.lines[candidate.units.start])
}

/// For a question in a heading inside a list item: the lines of the item, and the unindented lines
/// after it.
fn split_item(
    page: &MarkdownPage<'_>,
    candidate: &TitleCandidate,
    lines: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let is_text = |n: &usize| page.kind(*n) == LineKind::Text && !page.lines[*n].trim().is_empty();
    let inside = candidate.features.item && candidate.features.heading.is_some();
    let begins_inside = || lines.clone().find(is_text).is_some_and(|n| indent(page.lines[n]) > 1);
    let after = lines.clone().find(|n| is_text(n) && indent(page.lines[*n]) == 0);
    match after.filter(|_| inside && begins_inside()) {
        Some(n) => (lines.start..n, n..lines.end),
        None => (lines.clone(), lines.end..lines.end),
    }
}

/// An answer, and the tags on its last line: `Tags: one, two`.
pub(crate) fn split_tags(answer: String) -> (String, Vec<String>) {
    let (before, last) = answer.rsplit_once('\n').unwrap_or(("", &answer));
    let alone = before.trim().is_empty() || before.ends_with('\n');
    let bare = last.trim().trim_start_matches("**");
    // `[#one]() [#two]()` of mdanki, and `#one #two`.
    let is_marked = last.trim_start().starts_with("[#");
    let words: Vec<&str> = if is_marked { last.split_whitespace().collect() } else { Vec::new() };
    let tag = |word: &&str| {
        let name = word.strip_prefix("[#").and_then(|word| word.strip_suffix("]()"));
        name.map(str::to_owned)
    };
    let marked: Option<Vec<String>> = words.iter().map(tag).collect();
    if let Some(tags) = marked.filter(|tags| !tags.is_empty()) {
        return (before.trim_end().to_owned(), tags);
    }
    let named = ["Tags:", "tags:", "Tags**:", "TAGS:"].iter().find_map(|n| bare.strip_prefix(n));
    let Some(listed) = named.filter(|_| alone) else { return (answer, Vec::new()) };
    let tags: Vec<String> = separated(listed.trim_start_matches("**")).map(str::to_owned).collect();
    if tags.iter().any(|tag| tag.is_empty() || tag.chars().count() > 40 || tag.ends_with('.')) {
        return (answer, Vec::new());
    }
    (before.trim_end().to_owned(), tags)
}

/// The whole page without its front matter.
pub(crate) fn whole(page: &MarkdownPage<'_>) -> String {
    finish(page, &text(page, page.first..page.lines.len(), true), "")
}

fn finish(page: &MarkdownPage<'_>, text: &str, title: &str) -> String {
    let text = text.trim_matches('\n').trim_end();
    let options = || opens_options(&text.lines().take(8).collect::<Vec<_>>());
    let text = match text.lines().next().and_then(after_answer_mark).filter(|_| !options()) {
        Some(first) => {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
            format!("{first}\n{rest}").trim().to_owned()
        }
        None => text.to_owned(),
    };
    page.definitions.added_to(without_definition_marks(text), title)
}

/// The definition of a term, `: text`, without the mark.
fn without_definition_marks(text: String) -> String {
    if !text.starts_with(": ") && !text.starts_with(":\t") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = match line.strip_prefix(':').filter(|rest| rest.starts_with([' ', '\t'])) {
            // Each mark begins a paragraph.
            Some(rest) if out.is_empty() || out.ends_with("\n\n") => rest.trim_start(),
            Some(rest) => {
                out.push('\n');
                rest.trim_start()
            }
            None => cut_indent(line, 4),
        };
        out.push_str(bare);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text of some lines, moved to the left margin. Below a heading only code is indented.
fn text(page: &MarkdownPage<'_>, lines: Range<usize>, below_heading: bool) -> String {
    let mut lines = without_edges(page, lines);
    let indent =
        lines.clone().filter(|&n| page.kind(n) == LineKind::Text).map(|n| indent(page.lines[n]));
    let is_code = below_heading
        && lines
            .clone()
            .filter(|&n| page.kind(n) == LineKind::Text)
            .all(|n| indent_of(page.lines[n]) >= 4);
    let indent = indent.min().filter(|_| !is_code).unwrap_or(0);
    let mut out = String::new();
    let mut blank = false;
    for n in lines.by_ref() {
        let line = page.lines[n];
        let kind = page.kind(n);
        if kind == LineKind::Hidden || kind == LineKind::Text && is_only_tags(line) {
            blank = true;
            continue;
        }
        if kind == LineKind::Blank && !line.trim_start().starts_with('>') {
            blank = true;
            continue;
        }
        let line = cut_indent(line, indent).trim_end_matches('\r');
        let summary = if kind == LineKind::Text { summary_as_title(line) } else { None };
        let line = match &summary {
            Some(summary) => Cow::Borrowed(summary.as_str()),
            None if kind == LineKind::Text => written_out(line),
            None => Cow::Borrowed(line),
        };
        if summary.is_some() && !out.is_empty() {
            blank = true;
        }
        if line.is_empty() && kind == LineKind::Text {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push('\n');
        }
        blank = false;
        out.push_str(&line);
        out.push('\n');
        blank |= summary.is_some();
    }
    out
}

/// Without rules, empty tags and "back to top" links at both ends.
fn without_edges(page: &MarkdownPage<'_>, mut lines: Range<usize>) -> Range<usize> {
    let is_edge = |n: usize| match page.kind(n) {
        LineKind::Blank | LineKind::Hidden => true,
        LineKind::Text => {
            let line = page.lines[n];
            is_only_tags(line)
                || is_rule(line)
                || is_contents(line) && !line.contains(". ")
                || line.contains("](") && is_boilerplate(&clean(line))
        }
        LineKind::Code => false,
    };
    while !lines.is_empty() && is_edge(lines.end - 1) {
        lines.end -= 1;
    }
    let is_opening =
        |n: usize| page.kind(n) != LineKind::Code && !is_contents(page.lines[n]) && is_edge(n);
    while !lines.is_empty() && is_opening(lines.start) {
        lines.start += 1;
    }
    lines
}

/// A summary line as a title: its text in bold above the folded content. A text like "show answer"
/// is dropped.
fn summary_as_title(line: &str) -> Option<String> {
    let start = line.find("<summary")?;
    let inner = start + line[start..].find('>')? + 1;
    let (summary, after) = match line[inner..].split_once("</summary>") {
        Some((summary, after)) => (summary, after),
        None => (&line[inner..], ""),
    };
    let plain = clean(summary);
    let lower = plain.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphanumeric()).trim();
    let says_nothing = OPENERS.contains(&words) || label(words) == Some(Label::Answer);
    let after = after.replace("</details>", "");
    let after = after.trim();
    if plain.is_empty() || says_nothing {
        return Some(after.to_owned());
    }
    let title = emphasise(&escape_text(&plain), "**");
    Some(if after.is_empty() { title } else { format!("{title}\n\n{after}") })
}

/// Labels of folded answers, in addition to the words for "answer".
const OPENERS: &[&str] = &[
    "answers",
    "show answer",
    "show the answer",
    "see answer",
    "view answer",
    "solution",
    "show solution",
    "details",
    "show",
    "show more",
    "click to expand",
    "click to open",
    "click me",
    "antwort anzeigen",
    "lösung",
    "ver respuesta",
    "respuesta correcta",
    "voir la réponse",
    "ver resposta",
    "показать ответ",
    "查看答案",
];

/// Flash cards of md2apkg: a line of `%` separates the front, which begins with the heading, from
/// the back.
pub(crate) fn split_card(title: &str, answer: String) -> (String, String) {
    let mut lines = answer.lines();
    let Some(at) = lines.position(|line| line.trim() == "%") else {
        return (title.to_owned(), answer);
    };
    let front: Vec<&str> = answer.lines().take(at).collect();
    let back: Vec<&str> = answer.lines().skip(at + 1).collect();
    let back = back.join("\n").trim().to_owned();
    if back.is_empty() {
        return (title.to_owned(), answer);
    }
    let front = clean(&front.join(" "));
    let title = if front.is_empty() { title.to_owned() } else { format!("{title} {front}") };
    (title, back)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn cut_indent(line: &str, most: usize) -> &str {
    &line[indent(line).min(most)..]
}
