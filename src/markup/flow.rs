//! Inline text before it is wrapped: one string, and the roles of its parts.

use super::line::{Line, SpanStyle};
use super::role::Role;
use super::wrap::is_dense;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
struct TextRun {
    end: usize,
    look: SpanStyle,
}

/// The text of a paragraph, a heading or a cell. A line feed in it is a hard break.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    text: String,
    runs: Vec<TextRun>,
    /// Whether a soft break is pending: it counts if more text follows.
    soft: bool,
}

impl Flow {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it has no visible text.
    pub fn is_blank(&self) -> bool {
        self.text.bytes().all(|b| matches!(b, b' ' | b'\n'))
    }

    pub fn push(&mut self, text: &str, look: SpanStyle) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.soft) {
            let dense = |c: Option<char>| c.is_some_and(|c| is_dense(c) && c < '\u{1f000}');
            let (last, next) = (self.text.chars().next_back(), text.chars().next());
            // Scripts without blanks between words need none at a line end.
            if !(dense(last) && dense(next)) && last != Some('\n') {
                let look = self.runs.last().map_or(look, |run| run.look);
                self.add(" ", look);
            }
        }
        self.add(text, look);
    }

    fn add(&mut self, text: &str, look: SpanStyle) {
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(last) if last.look == look => last.end = end,
            _ => self.runs.push(TextRun { end, look }),
        }
    }

    /// Adds a line end of the source, which is not one of the text.
    pub fn soft_break(&mut self) {
        self.soft = true;
    }

    /// Ends the line, unless it is empty.
    pub fn fresh_line(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        let len = self.text.len();
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].end >= len {
            self.runs.pop();
        }
        if let Some(last) = self.runs.last_mut() {
            last.end = len;
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push("\n", SpanStyle::default());
        }
    }

    /// Appends another flow.
    pub fn append(&mut self, other: &Flow) {
        let mut start = 0;
        for run in &other.runs {
            self.push(&other.text[start..run.end], run.look);
            start = run.end;
        }
    }

    /// Adds `role` to everything.
    pub fn with(mut self, role: Role) -> Self {
        for run in &mut self.runs {
            run.look.roles = run.look.roles.with(role);
        }
        self
    }

    /// Copies a part to the end of a line. `cursor` is the run where the last call ended, so that
    /// copying ascending ranges takes one pass.
    pub fn copy(&self, range: Range<usize>, cursor: &mut usize, line: &mut Line) {
        let mut start = range.start;
        while *cursor < self.runs.len() && self.runs[*cursor].end <= start {
            *cursor += 1;
        }
        while start < range.end {
            let Some(run) = self.runs.get(*cursor) else { return };
            let end = run.end.min(range.end);
            line.push(&self.text[start..end], run.look);
            start = end;
            if run.end == end {
                *cursor += 1;
            }
        }
    }
}
