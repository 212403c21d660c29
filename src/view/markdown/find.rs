//! Finding a text in the rendered lines, also where a line was broken in the middle of it.

use super::line::{Join, Line};
use super::wrap::grapheme_end;
use crate::text::fold_into;
use std::ops::Range;

/// A part of a match that lies on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The line's number, from 0.
    pub line: usize,
    /// Bytes of [`Line::text`], on grapheme borders.
    pub range: Range<usize>,
    /// The number of the match, from 0: one that goes over a line's end has several spots.
    pub part_of: usize,
}

/// The matches in a rendered answer, from the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finds {
    spots: Vec<Spot>,
    count: usize,
}

impl Finds {
    /// How many matches there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Every spot, from the top.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The spots on one line.
    pub fn on_line(&self, line: usize) -> &[Spot] {
        let start = self.spots.partition_point(|spot| spot.line < line);
        let end = self.spots.partition_point(|spot| spot.line <= line);
        &self.spots[start..end]
    }

    /// The line on which a match begins.
    pub fn line_of(&self, find: usize) -> Option<usize> {
        let at = self.spots.partition_point(|spot| spot.part_of < find);
        self.spots.get(at).filter(|spot| spot.part_of == find).map(|spot| spot.line)
    }

    /// The first match that begins on `line` or below.
    pub fn first_from(&self, line: usize) -> Option<usize> {
        let at = self.spots.partition_point(|spot| spot.line < line);
        let mut below = self.spots[at..].iter();
        below.find(|spot| self.line_of(spot.part_of) == Some(spot.line)).map(|spot| spot.part_of)
    }
}

/// Finds `needle`, whatever its case and accents.
pub(super) fn find(lines: &[Line], needle: &str) -> Finds {
    let mut folded = String::new();
    fold_into(needle.trim(), &mut folded);
    let mut finds = Finds::default();
    if folded.is_empty() {
        return finds;
    }
    let finder = memchr::memmem::Finder::new(folded.as_bytes());
    let mut block = Block::default();
    let mut start = 0;
    for end in 1..=lines.len() {
        if lines.get(end).is_some_and(|line| line.join != Join::Begins) {
            continue;
        }
        let range = std::mem::replace(&mut start, end)..end;
        block.fold(lines, range.clone());
        // Most blocks have no match: only the others need to know what stands where.
        if finder.find(block.text.as_bytes()).is_none() {
            continue;
        }
        block.locate(lines, range);
        for at in finder.find_iter(block.text.as_bytes()) {
            block.spots(at..at + folded.len(), finds.count, &mut finds.spots);
            finds.count += 1;
        }
    }
    finds
}

/// Lines that go on from one another, joined and folded.
#[derive(Default)]
struct Block {
    text: String,
    /// For each grapheme: where its folded form begins, its line, its bytes there.
    places: Vec<(usize, usize, Range<usize>)>,
}

impl Block {
    fn fold(&mut self, lines: &[Line], range: Range<usize>) {
        self.text.clear();
        for n in range.clone() {
            let (blank, text) = part(lines, n, range.start);
            if blank {
                self.text.push(' ');
            }
            fold_into(&lines[n].text()[text..], &mut self.text);
        }
    }

    /// As `fold`, grapheme by grapheme.
    fn locate(&mut self, lines: &[Line], range: Range<usize>) {
        self.text.clear();
        self.places.clear();
        for n in range.clone() {
            let (blank, mut at) = part(lines, n, range.start);
            if blank {
                self.places.push((self.text.len(), n, 0..0));
                self.text.push(' ');
            }
            let text = lines[n].text();
            while at < text.len() {
                let end = grapheme_end(text, at);
                self.places.push((self.text.len(), n, at..end));
                fold_into(&text[at..end], &mut self.text);
                at = end;
            }
        }
    }

    fn spots(&self, found: Range<usize>, part_of: usize, spots: &mut Vec<Spot>) {
        let first = self.places.partition_point(|place| place.0 <= found.start).saturating_sub(1);
        let of_this = spots.len();
        for (start, line, range) in &self.places[first..] {
            if *start >= found.end {
                break;
            }
            if range.is_empty() {
                continue;
            }
            match spots[of_this..].last_mut() {
                Some(last) if last.line == *line => last.range.end = range.end,
                _ => spots.push(Spot { line: *line, range: range.clone(), part_of }),
            }
        }
    }
}

/// Whether a blank stands before line `n` of a block that begins at `first`, and where its own
/// text begins.
fn part(lines: &[Line], n: usize, first: usize) -> (bool, usize) {
    let line = &lines[n];
    if n == first { (false, 0) } else { (line.join == Join::Blank, line.indent as usize) }
}
