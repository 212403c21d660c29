//! Inline markup of other languages as Markdown: a table of marks, and a function for what a table
//! cannot express.

use crate::markup::source::{code_span, emphasise, escape_text, tagged};

/// The Markdown form of the text between a pair of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Strong,
    Emphasis,
    StrongEmphasis,
    Strike,
    /// A code span; its content is literal.
    Code,
    /// `sup` or `sub`.
    Tag(&'static str),
    /// The text unchanged, with the markup in it.
    Plain,
    /// The text unchanged; its content is literal.
    Literal,
}

impl Style {
    /// Markdown in this style.
    pub(crate) fn apply(self, markdown: &str) -> String {
        match self {
            Style::Strong => emphasise(markdown, "**"),
            Style::StrongEmphasis => emphasise(markdown, "***"),
            Style::Emphasis => emphasise(markdown, "*"),
            Style::Strike => emphasise(markdown, "~~"),
            Style::Tag(name) => tagged(name, markdown),
            Style::Code => code_span(markdown),
            Style::Plain | Style::Literal => markdown.to_owned(),
        }
    }
}

/// A pair of marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    pub(crate) style: Style,
    /// Whether it only counts at word boundaries.
    pub(crate) constrained: bool,
}

impl Mark {
    /// The same sign on both sides, also within words.
    pub(crate) const fn anywhere(sign: &'static str, style: Style) -> Self {
        Self { open: sign, close: sign, style, constrained: false }
    }

    /// The same sign on both sides, at word boundaries.
    pub(crate) const fn word(sign: &'static str, style: Style) -> Self {
        Self { open: sign, close: sign, style, constrained: true }
    }

    /// Different signs on both sides.
    pub(crate) const fn pair(open: &'static str, close: &'static str, style: Style) -> Self {
        Self { open, close, style, constrained: false }
    }
}

/// The Markdown for the beginning of a text, and the bytes that it replaces.
pub(crate) type Found = Option<(String, usize)>;

/// The inline markup of a language.
pub(crate) struct Inline<'a> {
    /// Tried in order; the first match counts.
    pub(crate) marks: &'static [Mark],
    /// Links, macros, escapes: is given the remaining text and the character before it. Tried
    /// before the marks.
    pub(crate) other: &'a dyn Fn(&str, Option<char>) -> Found,
}

/// An opening mark without its closing mark within this many bytes is literal, which keeps the time
/// linear.
const MAX_SPAN_BYTES: usize = 2_000;
/// Nesting depth of marks.
const MAX_DEPTH: usize = 12;

impl Inline<'_> {
    /// The text as Markdown. Line breaks stay.
    pub(crate) fn to_markdown(&self, text: &str) -> String {
        self.convert(text, 0)
    }

    fn convert(&self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let (mut at, mut plain) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let found = if c.is_alphanumeric() && text[..at].ends_with(char::is_alphanumeric) {
                None
            } else {
                self.find(&text[at..], text[..at].chars().next_back(), depth)
            };
            let Some((markdown, length)) = found else {
                at += c.len_utf8();
                continue;
            };
            out.push_str(&escape_text(&text[plain..at]));
            out.push_str(&markdown);
            at += length;
            plain = at;
        }
        out.push_str(&escape_text(&text[plain..]));
        out
    }

    fn find(&self, text: &str, before: Option<char>, depth: usize) -> Found {
        if let Some(found) = (self.other)(text, before) {
            return Some(found);
        }
        if depth >= MAX_DEPTH {
            return None;
        }
        self.marks.iter().find_map(|mark| self.marked(mark, text, before, depth))
    }

    fn marked(&self, mark: &Mark, text: &str, before: Option<char>, depth: usize) -> Found {
        let inner = text.strip_prefix(mark.open)?;
        let at_word = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if mark.constrained && (!at_word(before) || inner.starts_with(char::is_whitespace)) {
            return None;
        }
        let window = within(inner, MAX_SPAN_BYTES);
        let closes = |&(at, _): &(usize, &str)| {
            let content = &inner[..at];
            let after = inner[at + mark.close.len()..].chars().next();
            !content.is_empty()
                && !content.contains("\n\n")
                && (!mark.constrained || at_word(after) && !content.ends_with(char::is_whitespace))
        };
        let (end, _) = window.match_indices(mark.close).take(50).find(closes)?;
        let content = &inner[..end];
        let markdown = match mark.style {
            Style::Code => code_span(content),
            Style::Literal => escape_text(content).into_owned(),
            style => style.apply(&self.convert(content, depth + 1)),
        };
        Some((markdown, mark.open.len() + end + mark.close.len()))
    }
}

/// The beginning of a text, at most `bytes` long.
pub(crate) fn within(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// The length of a bare address at the beginning of a text.
pub(crate) fn bare_url(text: &str) -> Option<usize> {
    let rest = ["https://", "http://", "ftp://"].iter().find_map(|s| text.strip_prefix(s))?;
    let stops = |c: char| c.is_whitespace() || "<>[]|\"".contains(c);
    let end = rest.find(stops).unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    (!url.is_empty()).then(|| text.len() - rest.len() + url.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Inline<'_> = Inline {
        marks: &[Mark::anywhere("**", Style::Strong), Mark::word("_", Style::Emphasis)],
        other: &|_, _| None,
    };

    #[test]
    fn constrained_marks_stay_out_of_words() {
        assert_eq!(PLAIN.to_markdown("a_b_c _d e_ f"), "a_b_c *d e* f");
        assert_eq!(PLAIN.to_markdown("x**y**z **a _b_**"), "x**y**z **a *b***");
        assert_eq!(PLAIN.to_markdown("2 ** 3 _ 4"), "2 \\*\\* 3 \\_ 4");
    }

    proptest! {
        #[test]
        fn any_text_is_converted_and_without_marks_unchanged(text in "[ab _*\\n]{0,60}") {
            let markdown = PLAIN.to_markdown(&text);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&markdown), letters(&text));
        }
    }
}
