//! A laid-out answer: its lines, links, code blocks, headings and images.

use super::code::CodeBlock;
use super::find::{Folded, Occurrences, Spot};
use super::images::ImageRows;
use super::line::Line;
use super::links::Link;
use crate::text::grapheme_width;
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// An answer laid out at a width.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The lines, from the top.
    pub lines: Vec<Line>,
    /// The links by number; the first is `[1]`.
    pub links: Vec<Link>,
    /// The code blocks, from the top.
    pub code_blocks: Vec<CodeBlock>,
    /// The headings, from the top.
    pub headings: Vec<Heading>,
    /// The rows of pictures, from the top.
    pub images: Vec<ImageRows>,
    pub(super) folded: OnceLock<Folded>,
}

/// A heading of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The line where it starts, from 0.
    pub line: usize,
    /// The level, from 1 to 6.
    pub level: u8,
    /// The text.
    pub text: String,
}

impl Rendered {
    /// The number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The text of a line, which matches refer to; empty below the last line.
    pub fn text(&self, n: usize) -> &str {
        self.lines.get(n).map_or("", Line::text)
    }

    /// A line's text without bars, bullets and indentation; empty below the last line.
    pub fn own(&self, n: usize) -> &str {
        self.lines.get(n).map_or("", |line| &line.text()[line.indent as usize..])
    }

    /// The link at a column of a line.
    pub fn link_at(&self, n: usize, column: usize) -> Option<&Link> {
        let line = self.lines.get(n)?;
        let mut used = 0;
        let (byte, _) = line.text().grapheme_indices(true).find(|(_, grapheme)| {
            used += grapheme_width(grapheme);
            used > column
        })?;
        self.links.get(line.link_at(byte)? - 1)
    }

    /// Finds a text, ignoring case and accents.
    pub fn find(&self, needle: &str) -> Occurrences {
        self.folded().find(needle)
    }

    /// The parts of occurrences on a line.
    pub fn found_on(&self, occurrences: &Occurrences, n: usize) -> Vec<Spot> {
        self.lines.get(n).map_or(Vec::new(), |line| self.folded().on_line(occurrences, n, line))
    }

    /// The line on which occurrence number `find` starts.
    pub fn line_of(&self, occurrences: &Occurrences, find: usize) -> Option<usize> {
        self.folded().line_of(occurrences, find)
    }

    /// The first occurrence that starts on line `n` or below.
    pub fn first_from(&self, occurrences: &Occurrences, n: usize) -> Option<usize> {
        self.folded().first_from(occurrences, n)
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.lines))
    }
}
