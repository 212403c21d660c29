//! One line of the rendered answer, and what can be drawn over it.

use super::styles::{Roles, Styles};
use ratatui::buffer::CellWidth;
use ratatui::style::Style;
use ratatui::text as tui;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How a line goes on from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Join {
    /// It does not: it begins something.
    #[default]
    Begins,
    /// A blank stood where it was broken.
    Blank,
    /// It was broken inside a word, or between characters that need no blank.
    Direct,
}

/// What a run of text is: its roles, and the link that it belongs to (from 1; 0 is none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub roles: Roles,
    pub link: u32,
}

impl From<Roles> for Look {
    fn from(roles: Roles) -> Self {
        Look { roles, link: 0 }
    }
}

impl From<super::styles::Role> for Look {
    fn from(role: super::styles::Role) -> Self {
        Look { roles: role.into(), link: 0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// Where it ends, in bytes of the line's text; it begins where the one before ends.
    end: u32,
    look: Look,
}

/// One line as it stands on the screen: its text and what the parts of it are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    spans: Vec<Span>,
    /// How many bytes at the beginning are bars, bullets and indentation.
    pub(super) indent: u32,
    pub(super) join: Join,
}

/// A stretch of a line's text drawn in another style, such as a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// Bytes of [`Line::text`], on grapheme borders.
    pub range: Range<usize>,
    /// Laid over the style that the text has.
    pub style: Style,
}

impl Line {
    pub(super) fn push(&mut self, text: &str, look: Look) {
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

    pub(super) fn pad(&mut self, columns: usize, look: Look) {
        self.push(&" ".repeat(columns), look);
    }

    /// Takes blanks off the end.
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

    /// The text as it is shown, without styles.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        columns(&self.text)
    }

    /// The parts of the line with what they are.
    pub fn spans(&self) -> impl Iterator<Item = (&str, Roles)> {
        self.pieces().map(|(range, look)| (&self.text[range], look.roles))
    }

    fn pieces(&self) -> impl Iterator<Item = (Range<usize>, Look)> {
        let mut start = 0;
        self.spans.iter().map(move |span| {
            let range = start..span.end as usize;
            start = range.end;
            (range, span.look)
        })
    }

    /// The number of the link at a byte of the text, from 1.
    pub(super) fn link_at(&self, byte: usize) -> Option<usize> {
        let (_, look) = self.pieces().find(|(range, _)| range.contains(&byte))?;
        (look.link > 0).then_some(look.link as usize)
    }

    /// The line ready to be drawn.
    pub fn draw<'a>(&'a self, styles: &Styles) -> tui::Line<'a> {
        let piece = |(range, look): (Range<usize>, Look)| {
            tui::Span::styled(&self.text[range], styles.of(look.roles))
        };
        tui::Line::from(self.pieces().map(piece).collect::<Vec<_>>())
    }

    /// The line ready to be drawn, with `overlays` over it, later ones above earlier ones.
    /// Ranges that do not lie on the text's character borders are left out.
    pub fn draw_over<'a>(&'a self, styles: &Styles, overlays: &[Overlay]) -> tui::Line<'a> {
        let fits =
            |over: &&Overlay| self.text.get(over.range.clone()).is_some_and(|t| !t.is_empty());
        let overlays: Vec<&Overlay> = overlays.iter().filter(fits).collect();
        if overlays.is_empty() {
            return self.draw(styles);
        }
        let mut borders: Vec<usize> =
            overlays.iter().flat_map(|over| [over.range.start, over.range.end]).collect();
        borders.sort_unstable();
        let mut spans = Vec::new();
        for (range, look) in self.pieces() {
            let base = styles.of(look.roles);
            let inside = borders.iter().copied().filter(|&b| range.start < b && b < range.end);
            let mut start = range.start;
            for end in inside.chain([range.end]) {
                if end == start {
                    continue;
                }
                let over = overlays.iter().filter(|o| o.range.start <= start && end <= o.range.end);
                let style = over.fold(base, |style, o| style.patch(o.style));
                spans.push(tui::Span::styled(&self.text[start..end], style));
                start = end;
            }
        }
        tui::Line::from(spans)
    }
}

/// How many columns a text takes when it is drawn, grapheme by grapheme as ratatui does.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(|g| usize::from(g.cell_width())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::styles::Role;
    use ratatui::style::Color;

    #[test]
    fn overlays_cut_spans() {
        let mut line = Line::default();
        line.push("plain ", Look::default());
        line.push("strong", Role::Strong.into());
        let over = |range, colour| Overlay { range, style: Style::new().bg(colour) };
        let drawn = line.draw_over(
            &Styles::monochrome(),
            &[over(3..8, Color::Red), over(7..8, Color::Blue), over(90..99, Color::Red)],
        );
        let parts: Vec<_> = drawn.spans.iter().map(|s| (s.content.as_ref(), s.style.bg)).collect();
        let red = Some(Color::Red);
        assert_eq!(
            parts,
            [("pla", None), ("in ", red), ("s", red), ("t", Some(Color::Blue)), ("rong", None)]
        );
    }

    #[test]
    fn trimming_keeps_spans_whole() {
        let mut line = Line::default();
        line.push("a ", Look::default());
        line.push("  ", Role::Code.into());
        line.trim();
        assert_eq!((line.text(), line.spans().count()), ("a", 1));
        line = Line::default();
        line.push("  ", Look::default());
        line.trim();
        assert_eq!(line, Line::default());
    }
}
