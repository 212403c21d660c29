//! Lays out plain text, line by line.

use super::code::{hanging_indent, pieces};
use super::flow::Flow;
use super::line::SpanStyle;
use super::walk::Walk;
use crate::text::columns;
use std::borrow::Cow;

/// The columns between two tab stops.
const TAB: usize = 4;

impl Walk<'_> {
    /// Adds plain text to the page. Addresses become links; lines with columns (indented ones,
    /// drawn tables) keep their blanks and are broken only if they do not fit.
    pub(super) fn literal(&mut self, text: &str) {
        for line in text.split('\n') {
            let line = expand_tabs(line.trim_end());
            if line.is_empty() {
                self.page.blank();
            } else if line.starts_with(' ') || line.contains("  ") {
                self.columns(&line);
            } else {
                self.prose(&line);
                self.flush();
            }
        }
    }

    fn columns(&mut self, text: &str) {
        let mut flow = Flow::default();
        flow.push(text, SpanStyle::default());
        let mut cursor = 0;
        let room = self.page.room();
        for range in pieces(text, room) {
            let mut line = self.page.begin();
            if range.start > 0 {
                line.pad(hanging_indent(text, room), SpanStyle::default());
            }
            flow.copy(range, &mut cursor, &mut line);
            self.page.end(line);
        }
    }
}

/// Replaces tabs by blanks up to the next tab stop.
pub(super) fn expand_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let start = out.len();
        for (m, part) in line.split('\t').enumerate() {
            if m > 0 {
                let used = columns(&out[start..]);
                out.push_str(&" ".repeat(TAB - used % TAB));
            }
            out.push_str(part);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_the_next_stop() {
        assert_eq!(expand_tabs("\ta\tb\n\u{754c}\tc"), "    a   b\n\u{754c}  c");
    }
}
