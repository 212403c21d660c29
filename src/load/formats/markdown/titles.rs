//! Titles in paragraphs and lines of Markdown: marked, bold, links, with attributes.

use crate::load::lead::{Lead, after_answer_mark, split_lead};
use crate::load::outline::{Features, TitleCandidate};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::markup::source::clean;
use std::ops::Range;

/// A link that asks, followed by a note, `[Why?](address) - a note`: the question, and the note
/// with the address.
pub(super) fn link_with_note(text: &str) -> Option<(&str, String)> {
    let (label, target) = text.trim().strip_prefix('[')?.split_once("](")?;
    let (address, note) = target.split_once(')')?;
    let note = note.trim().strip_prefix(['-', '–', '—', ':'])?.trim();
    let is_plain = address.contains("://") && !address.contains([' ', '(']);
    (is_plain && !note.is_empty() && ends_as_question(label))
        .then(|| (label, format!("{note}\n\n<{address}>")))
}

/// A line in lower case; empty if it contains no tag.
pub(super) fn lowercase_tags(line: &str) -> String {
    if line.contains('<') { line.to_ascii_lowercase() } else { String::new() }
}

pub(super) fn count(line: &str, tag: &str) -> u8 {
    line.matches(tag).count() as u8
}

/// The address of a text that is one link.
pub(super) fn only_link(text: &str) -> Option<&str> {
    let (label, target) = text.trim().strip_prefix('[')?.split_once("](")?;
    let address = target.strip_suffix(')')?;
    let is_address = address.contains("://") && !address.contains([' ', '(', ')']);
    (is_address && !label.contains(['[', ']'])).then_some(address)
}

/// `Q: …`, `**Q: …**`, `**Q**. …`, up to the answer mark.
pub(super) fn marked(n: usize, paragraph: &[&str]) -> Option<TitleCandidate> {
    let first = paragraph[0].replace("**", "").replace("__", "");
    let (lead, _) = split_lead(&first);
    if !lead.marked {
        return None;
    }
    let answered = paragraph.iter().skip(1).position(|l| after_answer_mark(l).is_some());
    let asked = paragraph.iter().position(|line| ends_as_question(line));
    let is_bold = first.len() < paragraph[0].len();
    let bold_ends = paragraph.iter().position(|line| is_bold && line.trim_end().ends_with("**"));
    let ends = answered.or(bold_ends).or(asked);
    let length = ends.map_or(paragraph.len(), |at| at + 1);
    let text = paragraph[..length].join(" ");
    // An answer may follow on the same line.
    let (text, rest) = split_at_answer(&text);
    let bold = paragraph[0].starts_with("**");
    let features = Features { marked: true, bold, ..Features::default() };
    Some(titled(n..n + length, &text.replace("**", ""), rest.to_owned(), features))
}

pub(super) const TITLE_TAGS: &[(&str, u8, &str)] = &[
    ("<h1", 1, "</h1>"),
    ("<h2", 2, "</h2>"),
    ("<h3", 3, "</h3>"),
    ("<h4", 4, "</h4>"),
    ("<h5", 5, "</h5>"),
    ("<h6", 6, "</h6>"),
    ("<summary", 0, "</summary>"),
    ("<dt", 0, "</dt>"),
];

/// A heading without its attributes, `{ #id .class }`, and without its card tag.
pub(super) fn without_marks(title: &str) -> &str {
    let mut title = title.trim_end();
    if let Some((before, attributes)) = title.strip_suffix('}').and_then(|t| t.rsplit_once('{')) {
        let attributes = attributes.trim_start_matches(':').trim();
        let is_one = |word: &str| word.starts_with(['#', '.']) || word.contains('=') || word == "-";
        if !attributes.is_empty() && attributes.split_whitespace().all(is_one) {
            title = before.trim_end();
        }
    }
    while let Some((before, tag)) = title.rsplit_once(' ')
        && ["#card", "#flashcard", "#anki", "#srs"].iter().any(|name| tag.starts_with(name))
    {
        title = before.trim_end();
    }
    title
}

pub(super) fn titled(
    units: Range<usize>,
    markup: &str,
    rest: String,
    mut features: Features,
) -> TitleCandidate {
    let text = clean(markup);
    // In `1\. of all` the number is part of the title.
    let first_sign = markup.find(|c: char| !c.is_alphanumeric() && c != ' ');
    let is_meant = first_sign.is_some_and(|at| markup[at..].starts_with('\\'));
    let (lead, title) = if is_meant { (Lead::default(), text.as_str()) } else { split_lead(&text) };
    features.marked |= lead.marked;
    if features.number == 0 {
        features.number = lead.number;
    }
    TitleCandidate { units, title: title.to_owned(), rest, features, line: 0 }
}

pub(super) fn split_at_answer(text: &str) -> (&str, &str) {
    for mark in ["**A:**", "**A**:", "**Answer:**", " A: ", "<br>A:", "<br/>A:", "<br>**A"] {
        if let Some(at) = text.find(mark).filter(|&at| at > 3) {
            return (&text[..at], &text[at..]);
        }
    }
    (text, "")
}

/// A paragraph that is bold, or that begins with a bold question.
pub(super) fn bold(n: usize, paragraph: &[&str]) -> Option<TitleCandidate> {
    let text = paragraph.join("\n");
    let (open, close) = [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")]
        .into_iter()
        .find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    let end = inner.find(close)?;
    let markup = &inner[..end];
    let after = &inner[end + close.len()..];
    let after_line = after.lines().next().unwrap_or_default();
    let tail = after_line.trim_start_matches([':', '.', '?', '？', '*', ' ', '\\']);
    let asks = question_likeness(markup) > 0.9 || after_line.starts_with(['?', '？']);
    if !tail.is_empty() && !asks {
        return None;
    }
    let used = text.len() - after.len() + (after_line.len() - tail.len());
    let length = text[..used].matches('\n').count() + 1;
    let whole_title = format!("{markup}{}", if after_line.starts_with('?') { "?" } else { "" });
    let features = Features { bold: true, ..Features::default() };
    Some(titled(n..n + length, &whole_title, tail.to_owned(), features))
}
