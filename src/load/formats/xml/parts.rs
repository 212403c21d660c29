//! The elements of a long XML text, told apart without building a tree.

use crate::load::pieces::{PIECE, Parts};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::ops::Range;

/// The children of the root, or those of its only long child.
pub(super) fn parts(text: &str) -> Option<Parts> {
    let mut level = Level::default();
    loop {
        let found = level.scan(text)?;
        let around = if level.within.is_empty() { text.len() } else { level.within.len() };
        if found.longest.len() <= (around / 2).min(2 * PIECE) {
            let Level { opening, closing, .. } = level;
            return Parts { opening, closing, ..found.parts }.some();
        }
        level = level.below(text, found.longest)?;
    }
}

/// The elements in one element.
#[derive(Default)]
struct Level {
    /// Where it lies; empty for the whole text.
    within: Range<usize>,
    /// How many elements are around its children.
    depth: usize,
    opening: String,
    closing: String,
}

#[derive(Default)]
struct Children {
    parts: Parts,
    longest: Range<usize>,
}

impl Level {
    fn scan(&mut self, text: &str) -> Option<Children> {
        let is_whole = self.within.is_empty();
        let base = self.within.start;
        let part = if is_whole { text } else { &text[self.within.clone()] };
        let mut reader = Reader::from_str(part);
        let mut found = Children::default();
        let (mut depth, mut start) = (0_usize, 0);
        loop {
            let at = base + reader.buffer_position() as usize;
            let event = reader.read_event().ok()?;
            let end = base + reader.buffer_position() as usize;
            let ends = match event {
                Event::Start(tag) => {
                    if depth == 0 {
                        self.opening.push_str(&text[at..end]);
                        self.closing.insert_str(0, &format!("</{}>", tag.name().as_ref()));
                    } else if depth == 1 {
                        found.parts.add(at);
                        start = at;
                    }
                    depth += 1;
                    false
                }
                Event::Empty(_) => {
                    if depth == 1 {
                        found.parts.add(at);
                        start = at;
                    }
                    depth == 1
                }
                Event::End(_) => {
                    depth = depth.checked_sub(1)?;
                    depth == 1
                }
                Event::Eof => return Some(found),
                _ => false,
            };
            if ends && end - start > found.longest.len() {
                found.longest = start..end;
            }
        }
    }

    /// The level of the elements in one of its elements, which takes most of it.
    fn below(self, text: &str, within: Range<usize>) -> Option<Self> {
        let around = if self.within.is_empty() { text.len() } else { self.within.len() };
        let is_most = within.len() * 2 > around && self.depth < 4;
        let Self { depth, opening, closing, .. } = self;
        is_most.then_some(Self { within, depth: depth + 1, opening, closing })
    }
}
