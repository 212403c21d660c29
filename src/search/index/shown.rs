//! The visible parts of a Markdown answer: only they are searched.

use crate::collection::{EntryRef, TextFormat};

/// The visible text of an answer. For Markdown it leaves out the languages of code blocks, the
/// addresses of links and images, link definitions, comments and tags.
pub(in crate::search) fn shown(entry: EntryRef<'_>) -> impl Iterator<Item = &str> {
    let answer = entry.answer();
    let is_plain = entry.format() == TextFormat::Plain;
    let (plain, markdown) = if is_plain { (answer, "") } else { ("", answer) };
    std::iter::once(plain).filter(|text| !text.is_empty()).chain(shown_markdown(markdown))
}

fn shown_markdown(markdown: &str) -> impl Iterator<Item = &str> {
    let mut lines = ShownLines { rest: markdown, fence: None };
    std::iter::from_fn(move || lines.next_line())
        .flat_map(|(line, is_code)| Visible { rest: line, is_code })
}

struct ShownLines<'a> {
    rest: &'a str,
    /// The character and length of the open code fence.
    fence: Option<(u8, usize)>,
}

impl<'a> ShownLines<'a> {
    /// The next line, and whether it is code. Consecutive lines without markup are returned
    /// together.
    fn next_line(&mut self) -> Option<(&'a str, bool)> {
        while !self.rest.is_empty() {
            let end =
                memchr::memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |n| n + 1);
            let (line, rest) = self.rest.split_at(end);
            self.rest = rest;
            let trimmed = line.trim_start_matches([' ', '\t', '>']);
            let mark = trimmed.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'));
            let length = mark.map_or(0, |mark| trimmed.bytes().take_while(|b| *b == mark).count());
            match (mark.filter(|_| length >= 3), self.fence) {
                (Some(mark), None) if !(mark == b'`' && trimmed[length..].contains('`')) => {
                    self.fence = Some((mark, length));
                }
                (Some(mark), Some((open, least)))
                    if mark == open && length >= least && trimmed[length..].trim().is_empty() =>
                {
                    self.fence = None;
                }
                (_, Some(_)) => return Some((line, true)),
                (_, None) if is_definition(trimmed) => {}
                (_, None) => return Some((line, false)),
            }
        }
        None
    }
}

/// Whether a line defines the address of a link: `[name]: address "title"`.
fn is_definition(line: &str) -> bool {
    let Some((name, rest)) = line.split_once("]:") else { return false };
    let name = name.strip_prefix('[').filter(|name| !name.starts_with('^'));
    let mut parts = rest.trim().splitn(2, char::is_whitespace);
    let address = parts.next().is_some_and(|address| !address.is_empty());
    let title = parts.next().is_none_or(|title| title.trim_start().starts_with(['"', '\'', '(']));
    name.is_some_and(|name| !name.contains(['[', ']'])) && address && title
}

/// The visible parts of one line.
struct Visible<'a> {
    rest: &'a str,
    is_code: bool,
}

impl<'a> Iterator for Visible<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while !self.is_code
            && let Some(at) = memchr::memchr3(b'`', b'<', b']', &self.rest.as_bytes()[from..])
        {
            let at = from + at;
            let hidden = match self.rest.as_bytes()[at] {
                b'`' => {
                    // A code span is shown as it is.
                    from = at + code_span(&self.rest[at..]);
                    continue;
                }
                b']' => link_address(&self.rest[at..]),
                _ => tag(&self.rest[at..]),
            };
            match hidden {
                Some(length) => {
                    let (shown, rest) = self.rest.split_at(at);
                    self.rest = &rest[length..];
                    return Some(shown);
                }
                None => from = at + 1,
            }
        }
        Some(std::mem::take(&mut self.rest))
    }
}

/// The length in bytes of the code span at the start of `text`, or of its backticks if it has no
/// end.
fn code_span(text: &str) -> usize {
    let ticks = text.bytes().take_while(|&b| b == b'`').count();
    let (open, rest) = text.split_at(ticks);
    rest.find(open).map_or(ticks, |at| ticks + at + ticks)
}

/// How deeply parentheses nest in an address, as in cmark.
const MAX_NESTING: usize = 32;

/// The length in bytes of `](address "title")`.
fn link_address(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("](")?;
    let mut depth = 1_usize;
    for (at, b) in rest.bytes().enumerate() {
        match b {
            b'(' if depth == MAX_NESTING => return None,
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(2 + at + 1);
        }
    }
    None
}

/// The length in bytes of a tag or comment, which has no other inside. An address in angle brackets
/// is visible.
fn tag(text: &str) -> Option<usize> {
    let name = text[1..].trim_start_matches('/');
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.starts_with("!--");
    let end = 1 + text[1..].find(['<', '>']).filter(|at| text[1 + at..].starts_with('>'))?;
    let is_address = text[..end].contains("://") && !text[..end].contains([' ', '=', '"']);
    (is_tag && !is_address && !text[..end].contains('@')).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::shown_markdown;

    #[test]
    fn hides_what_is_not_on_the_screen() {
        for (answer, expected) in [
            ("Say `sh` [plan](http://x.org/zebra) now.", "Say `sh` [plan now."),
            ("Run:\n```sh\nls <dir>\n```\nDone.", "Run:\nls <dir>\nDone."),
            ("See <https://x.org/a> and <b>bold</b>.", "See <https://x.org/a> and bold."),
            ("[a]: http://zebra.org\nText", "Text"),
            ("a < b and `<i>` stay", "a < b and `<i>` stay"),
            ("![alt](pic.png) x](y", "![alt x](y"),
            ("", ""),
        ] {
            assert_eq!(shown_markdown(answer).collect::<String>(), expected, "{answer}");
        }
    }
}
