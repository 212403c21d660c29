//! Running text of Org as Markdown.

use crate::load::inline::within;
use crate::markup::source::{code_span, emphasise, escape_text, link};

/// A link or note that does not end within this many bytes is text.
const MAX_LINK_BYTES: usize = 2_000;

/// Emphasis, code, links.
pub(super) fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut plain = 0;
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        let before = rest[..at].chars().next_back();
        let found = match c {
            '[' => {
                let text = within(&rest[at..], MAX_LINK_BYTES);
                linked(text).or_else(|| footnote(text))
            }
            '*' | '/' | '=' | '~' | '+' | '_' if opens(before) => marked(&rest[at..], c),
            _ => None,
        };
        if let Some((markdown, length)) = found {
            out.push_str(&escape_text(&rest[plain..at]));
            out.push_str(&markdown);
            rest = &rest[at + length..];
            (at, plain) = (0, 0);
            // Emphasis cannot open directly after emphasis.
            if let Some(next) = rest.chars().next().filter(|c| !c.is_whitespace()) {
                at = next.len_utf8();
            }
        } else {
            at += c.len_utf8();
        }
    }
    out.push_str(&escape_text(&rest[plain..]));
    out.replace("\\\\\\\\\n", "\\\n")
}

fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "-({'\"".contains(c))
}

/// `[fn:1]` as a Markdown reference, `[fn:: a note]` as the note in brackets; and its length.
fn footnote(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix("[fn:")?;
    let end = inner.find(']')?;
    let (name, note) = inner[..end].split_once(':').unwrap_or((&inner[..end], ""));
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    if !is_name(name) || name.is_empty() && note.is_empty() {
        return None;
    }
    let markdown = match note.trim() {
        "" => format!("[^{name}]"),
        note => format!(" ({})", to_markdown(note)),
    };
    Some((markdown, "[fn:]".len() + end))
}

/// `[[target][label]]` and its length.
fn linked(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix("[[")?;
    let end = inner.find("]]")?;
    let (target, label) = inner[..end].split_once("][").unwrap_or((&inner[..end], ""));
    let target = target.strip_prefix("file:").unwrap_or(target);
    let markdown = match target.chars().next() {
        // A place of the same page.
        Some('#' | '*') => to_markdown(if label.is_empty() { &target[1..] } else { label }),
        _ => link(&to_markdown(label), target),
    };
    Some((markdown, end + 4))
}

/// Emphasis opened by `sign`, and its length.
fn marked(text: &str, sign: char) -> Option<(String, usize)> {
    let inner = &text[1..];
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let is_end = |&(at, _): &(usize, &str)| {
        let after = inner[at + 1..].chars().next();
        at > 0
            && !inner[..at].ends_with(char::is_whitespace)
            && after.is_none_or(|c| c.is_whitespace() || "-.,;:!?')}\"[".contains(c))
    };
    let (end, _) = inner.match_indices(sign).take(20).find(is_end)?;
    let content = &inner[..end];
    if content.contains("\n\n") {
        return None;
    }
    let markdown = match sign {
        '=' | '~' => code_span(content),
        '*' => emphasise(&to_markdown(content), "**"),
        '+' => emphasise(&to_markdown(content), "~~"),
        _ => emphasise(&to_markdown(content), "*"),
    };
    Some((markdown, end + 2))
}
