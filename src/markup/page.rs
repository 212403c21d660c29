//! The page under construction, with the prefixes of lines and the blank lines between blocks.

use super::flow::Flow;
use super::line::{Line, SpanStyle};
use super::wrap::{Room, wrap};
use crate::text::columns;

/// The prefix of an open block's lines: a bar, or a bullet and then blanks.
#[derive(Debug, Clone)]
struct Prefix {
    /// The prefix of the first line, if it differs from `rest`.
    first: Option<(String, SpanStyle)>,
    rest: (String, SpanStyle),
    width: usize,
}

/// A page of lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    width: usize,
    prefixes: Vec<Prefix>,
    /// The width of the prefixes in columns.
    taken: usize,
    /// Whether the next block needs a blank line before it.
    gap: bool,
}

impl Page {
    pub fn new(width: usize) -> Self {
        Page { width: width.max(1), ..Page::default() }
    }

    /// Opens a block whose lines start with `rest`, the first one with `first` instead. Returns
    /// false if the page is too narrow for another prefix: then it gets none, and must not be
    /// closed. So the lines of a thousand nested quotes cost no more than those of ten.
    pub fn open(&mut self, first: Option<(&str, SpanStyle)>, rest: (&str, SpanStyle)) -> bool {
        let width = columns(rest.0);
        if self.taken + width > self.width * 3 / 5 {
            return false;
        }
        self.taken += width;
        let first = first.map(|(text, look)| (text.to_owned(), look));
        self.prefixes.push(Prefix { first, rest: (rest.0.to_owned(), rest.1), width });
        true
    }

    /// Closes the innermost block. If it has no line yet, its bullet is shown alone.
    pub fn close(&mut self) {
        if self.prefixes.last().is_some_and(|prefix| prefix.first.is_some()) {
            self.blank();
        }
        if let Some(prefix) = self.prefixes.pop() {
            self.taken -= prefix.width;
        }
    }

    /// Replaces the bullet of the innermost item, if it is not shown yet.
    pub fn replace_bullet(&mut self, text: &str, look: SpanStyle) -> bool {
        let width = columns(text);
        match self.prefixes.last_mut() {
            Some(prefix)
                if prefix.first.is_some()
                    && self.taken - prefix.width + width + 2 <= self.width =>
            {
                self.taken = self.taken - prefix.width + width;
                prefix.first = Some((text.to_owned(), look));
                prefix.rest.0 = " ".repeat(width);
                prefix.width = width;
                true
            }
            _ => false,
        }
    }

    /// The columns left for text.
    pub fn room(&self) -> usize {
        self.width - self.taken.min(self.width - 1)
    }

    /// The width of the prefixes.
    pub fn indent(&self) -> usize {
        self.taken
    }

    /// Sets whether the next block needs a blank line before it.
    pub fn want_gap(&mut self, wanted: bool) {
        self.gap = wanted;
    }

    pub fn wants_gap(&self) -> bool {
        self.gap
    }

    /// Adds the blank line before a block, if it needs one.
    pub fn space(&mut self) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            self.blank();
        }
    }

    /// Starts a line, with its prefix.
    pub fn begin(&mut self) -> Line {
        let mut line = Line::default();
        for prefix in &mut self.prefixes {
            match prefix.first.take() {
                Some((text, look)) => line.push(&text, look),
                None => line.push(&prefix.rest.0, prefix.rest.1),
            }
        }
        line.indent = line.text().len() as u32;
        line
    }

    pub fn end(&mut self, mut line: Line) {
        line.trim();
        self.lines.push(line);
    }

    pub fn blank(&mut self) {
        let line = self.begin();
        self.end(line);
    }

    /// Adds wrapped text.
    pub fn flow(&mut self, flow: &Flow) {
        let mut cursor = 0;
        for (range, join) in wrap(flow.text(), Room::same(self.room())) {
            let mut line = self.begin();
            line.join = join;
            flow.copy(range, &mut cursor, &mut line);
            self.end(line);
        }
    }
}
