//! The lines of a help text with their columns.

use std::borrow::Cow;

/// Columns between tab stops.
const TAB_STOP: usize = 8;

/// The shortest line of dashes that divides sections.
const MIN_RULER: usize = 10;

/// A line without its tabs and trailing blanks.
#[derive(Debug)]
pub(super) struct HelpLine<'a> {
    text: Cow<'a, str>,
    /// The columns before its text.
    pub(super) indent: usize,
}

impl<'a> HelpLine<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        let text = with_blanks(line.trim_end());
        let indent = text.len() - text.trim_start_matches(' ').len();
        Self { text, indent }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.len() == self.indent
    }

    /// Whether it divides sections: a line of dashes.
    pub(super) fn is_ruler(&self) -> bool {
        self.text().len() >= MIN_RULER && self.text().bytes().all(|b| b == b'-')
    }

    /// The text behind the indentation.
    pub(super) fn text(&self) -> &str {
        &self.text[self.indent..]
    }

    /// The line without its first columns, as far as they are blank.
    pub(super) fn dedented(&self, columns: usize) -> &str {
        &self.text[columns.min(self.indent)..]
    }
}

/// Tabs become blanks up to the next tab stop.
fn with_blanks(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return line.into();
    }
    let mut out = String::with_capacity(line.len() + 4 * TAB_STOP);
    let mut column = 0;
    for c in line.chars() {
        let width = if c == '\t' { TAB_STOP - column % TAB_STOP } else { 1 };
        match c {
            '\t' => out.extend(std::iter::repeat_n(' ', width)),
            c => out.push(c),
        }
        column += width;
    }
    out.into()
}

/// The text before and after the first gap of two or more blanks.
pub(super) fn split_at_gap(text: &str) -> Option<(&str, &str)> {
    let (before, after) = text.split_once("  ")?;
    let after = after.trim_start();
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}
