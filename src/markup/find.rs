//! Finds a text in the rendered lines, even across a line break.
//!
//! The lines are folded once into a single text to search. Which part of a line an occurrence
//! covers is computed for visible lines only.

use super::line::{Join, Line};
use super::wrap::grapheme_end;
use crate::text::fold_into;
use std::ops::Range;

/// The part of an occurrence that is on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The line's number, from 0.
    pub line: usize,
    /// The byte range in [`Line::text`], at grapheme boundaries.
    pub range: Range<usize>,
    /// The number of the occurrence, from 0: one across a line break has several spots.
    pub part_of: usize,
}

/// The occurrences of a text in a rendered answer, from the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// The start of each in the folded text.
    starts: Vec<usize>,
    /// The length of the folded needle in bytes.
    length: usize,
}

impl Occurrences {
    /// The number of occurrences.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// The folded text of an answer; continued lines are joined.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    text: String,
    /// The range of each line's own text.
    lines: Vec<Range<usize>>,
}

impl Folded {
    pub fn new(lines: &[Line]) -> Self {
        let mut folded = Self::default();
        for line in lines {
            match line.join {
                // The needle has no line feed, so it is not found across this boundary.
                Join::Begins => folded.text.push('\n'),
                Join::Blank => folded.text.push(' '),
                Join::Direct => {}
            }
            let start = folded.text.len();
            fold_into(&line.text()[own_text(line)..], &mut folded.text);
            folded.lines.push(start..folded.text.len());
        }
        folded
    }

    /// Finds `needle`, ignoring case and accents.
    pub fn find(&self, needle: &str) -> Occurrences {
        let mut folded = String::new();
        fold_into(needle.trim(), &mut folded);
        let starts = match folded.len() {
            0 => Vec::new(),
            _ => memchr::memmem::find_iter(self.text.as_bytes(), folded.as_bytes()).collect(),
        };
        Occurrences { starts, length: folded.len() }
    }

    /// The line on which occurrence number `find` starts.
    pub fn line_of(&self, occurrences: &Occurrences, find: usize) -> Option<usize> {
        let start = *occurrences.starts.get(find)?;
        Some(self.lines.partition_point(|line| line.end <= start))
    }

    /// The first occurrence that starts on line `n` or below.
    pub fn first_from(&self, occurrences: &Occurrences, n: usize) -> Option<usize> {
        let from = self.lines.get(n)?.start;
        let first = occurrences.starts.partition_point(|&start| start < from);
        (first < occurrences.count()).then_some(first)
    }

    /// The parts of occurrences on `line`, which has the number `n`.
    pub fn on_line(&self, occurrences: &Occurrences, n: usize, line: &Line) -> Vec<Spot> {
        let Some(own) = self.lines.get(n) else { return Vec::new() };
        let first =
            occurrences.starts.partition_point(|&start| start + occurrences.length <= own.start);
        let mut first = first;
        let last = occurrences.starts.partition_point(|&start| start < own.end);
        let mut spots: Vec<Spot> = Vec::new();
        if first >= last {
            return spots;
        }
        let text = line.text();
        let (mut at, mut folded) = (own_text(line), String::new());
        while at < text.len() {
            let end = grapheme_end(text, at);
            let from = own.start + folded.len();
            fold_into(&text[at..end], &mut folded);
            let to = own.start + folded.len();
            while first < last && occurrences.starts[first] + occurrences.length <= from {
                first += 1;
            }
            for part_of in first..last {
                let start = occurrences.starts[part_of];
                if to <= start {
                    break;
                }
                match spots.last_mut().filter(|spot| spot.part_of == part_of) {
                    Some(spot) => spot.range.end = end,
                    None => spots.push(Spot { line: n, range: at..end, part_of }),
                }
            }
            at = end;
        }
        spots
    }
}

/// The start of a line's own text: a continued line repeats bars and indentation, which do not
/// belong to it.
fn own_text(line: &Line) -> usize {
    if line.join == Join::Begins { 0 } else { line.indent as usize }
}
