//! Classifies single lines of a text, and finds the end of a paragraph.

use crate::load::question_detect::ends_as_question;
use std::ops::Range;

/// `- A question?`
pub(super) fn is_asking_item(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(['-', '*', '+']);
    rest.is_some_and(|rest| rest.starts_with(' ')) && ends_as_question(line)
}

/// The lines from `n` to the next blank one, at most 60.
pub(super) fn paragraph(lines: &[&str], n: usize) -> Range<usize> {
    let more = lines[n..].iter().take(60).take_while(|line| !line.trim().is_empty()).count();
    n..n + more.max(1)
}

/// The columns of indentation.
pub(super) fn raw_indent(line: &str) -> u8 {
    let columns = line.chars().take_while(|c| c.is_whitespace());
    columns.map(|c| if c == '\t' { 8 } else { 1 }).sum::<usize>().min(200) as u8
}

/// [`raw_indent`], rounded down to even: numbers of one and of two digits end in the same column.
pub(super) fn indent(line: &str) -> u8 {
    raw_indent(line) & !1
}

/// Whether a line is a rule, as below a title.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '#' | '+' | ' '))
}

/// A line of a printed list of contents: `1.2 A title ........ 7`.
pub(super) fn is_contents_line(line: &str) -> bool {
    let line = line.trim_end();
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let dots = title.trim_end();
    let bare = dots.trim_end_matches(['.', ' ']);
    title.len() < line.len() && dots[bare.len()..].matches('.').count() > 3
}

/// The words of a text with one blank between them.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
