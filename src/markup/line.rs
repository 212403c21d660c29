//! A line of the laid-out answer: its text, and the roles and link of each part.

use super::role::{Role, Roles};
use crate::text::columns;
use std::ops::Range;

/// How a line continues the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Join {
    /// It does not: it starts something new.
    #[default]
    Begins,
    /// It was broken at a blank.
    Blank,
    /// It was broken inside a word, or between characters that need no blank.
    Direct,
}

/// The roles of a run of text, and the link that it belongs to (from 1; 0 is none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SpanStyle {
    pub roles: Roles,
    pub link: u32,
}

impl From<Roles> for SpanStyle {
    fn from(roles: Roles) -> Self {
        SpanStyle { roles, link: 0 }
    }
}

impl From<Role> for SpanStyle {
    fn from(role: Role) -> Self {
        SpanStyle { roles: role.into(), link: 0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// The end, as a byte offset in the line's text; it starts where the previous one ends.
    end: u32,
    look: SpanStyle,
}

/// A line as shown: its text and the roles of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    spans: Vec<Span>,
    /// The length in bytes of the bars, bullets and indentation at the start.
    pub(super) indent: u32,
    pub(super) join: Join,
}

impl Line {
    pub(super) fn push(&mut self, text: &str, look: SpanStyle) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len() as u32;
        match self.spans.last_mut() {
            Some(last) if last.look == look => last.end = end,
            _ => self.spans.push(Span { end, look }),
        }
    }

    pub(super) fn pad(&mut self, columns: usize, look: SpanStyle) {
        self.push(&" ".repeat(columns), look);
    }

    /// Removes blanks at the end.
    pub(super) fn trim(&mut self) {
        let len = self.text.trim_end_matches(' ').len();
        self.text.truncate(len);
        while self.spans.len() > 1 && self.spans[self.spans.len() - 2].end as usize >= len {
            self.spans.pop();
        }
        match self.spans.last_mut() {
            Some(_) if len == 0 => self.spans.clear(),
            Some(last) => last.end = len as u32,
            None => {}
        }
        self.indent = self.indent.min(len as u32);
    }

    /// The text as shown, without styles.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The width in columns.
    pub fn width(&self) -> usize {
        columns(&self.text)
    }

    /// The parts of the line with their roles.
    pub fn spans(&self) -> impl Iterator<Item = (&str, Roles)> {
        self.pieces().map(|(range, look)| (&self.text[range], look.roles))
    }

    fn pieces(&self) -> impl Iterator<Item = (Range<usize>, SpanStyle)> {
        let mut start = 0;
        self.spans.iter().map(move |span| {
            let range = start..span.end as usize;
            start = range.end;
            (range, span.look)
        })
    }

    /// The number of the link at a byte offset of the text, from 1.
    pub(super) fn link_at(&self, byte: usize) -> Option<usize> {
        let (_, look) = self.pieces().find(|(range, _)| range.contains(&byte))?;
        (look.link > 0).then_some(look.link as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_keeps_spans_whole() {
        let mut line = Line::default();
        line.push("a ", SpanStyle::default());
        line.push("  ", Role::Code.into());
        line.trim();
        assert_eq!((line.text(), line.spans().count()), ("a", 1));
        line = Line::default();
        line.push("  ", SpanStyle::default());
        line.trim();
        assert_eq!(line, Line::default());
    }
}
