//! Cuts a text between parts whose boundaries are found without parsing them.

use super::long_text::LongText;
use super::piece::{PieceSource, shift_lines};
use crate::collection::Entry;
use crate::load::loader::Loader;
use crate::load::parsed::{ParsedDocument, SourceText};
use crate::load::splitting::{Parts, Sizes};
use memchr::memchr_iter;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// The first questions of a text, of which later ones may be repetitions. No page with a table of
/// contents has more, and the hashes of millions would take as much memory as their texts.
const MAX_SEEN: usize = 1 << 18;

/// Reads pieces of several parts.
pub(super) struct PartCutter<'d> {
    loader: &'d dyn Loader,
    doc: LongText<'d>,
    parts: Parts,
    /// The number of the next part.
    next: usize,
    /// Its offset in bytes, including those that were freed.
    from: usize,
    /// How many bytes were freed.
    freed: usize,
    /// The lines before it.
    lines_before: u32,
    /// Hashes of the questions so far, at most [`MAX_SEEN`].
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl<'d> PartCutter<'d> {
    pub(super) fn new(loader: &'d dyn Loader, doc: LongText<'d>, parts: Parts) -> Self {
        let (seen, hasher) = (HashSet::new(), RandomState::new());
        Self { loader, doc, parts, next: 0, from: 0, freed: 0, lines_before: 0, seen, hasher }
    }
}

impl PieceSource for PartCutter<'_> {
    fn text(&self) -> &str {
        self.doc.text
    }

    fn free_read_text(&mut self) {
        self.freed += self.doc.free_before(self.from - self.freed);
    }

    fn next(&mut self) -> Option<ParsedDocument> {
        let text = self.doc.text.as_str();
        let length = self.freed + text.len();
        if self.from >= length {
            return None;
        }
        let Parts { starts, opening, closing, separator, .. } = &self.parts;
        let is_first = self.next == 0;
        // As many parts as fit, at least one.
        let piece = Sizes::of(self.doc.options).piece;
        let fits = |&at: &usize| at < self.from + piece;
        let taken = starts[self.next..].iter().take_while(|at| fits(at)).count();
        let next = (self.next + taken).max(self.next + 1);
        let is_last = next >= starts.len();
        let to = if is_last { length } else { starts[next] };
        let read = &text[self.from - self.freed..to - self.freed];
        let mut body = read;
        if !is_last {
            body = body.trim_end();
            body = body.strip_suffix(separator).unwrap_or(body);
        }
        let opening = if is_first { "" } else { opening.as_str() };
        let closing = if is_last { "" } else { closing.as_str() };
        let piece = [opening, body, closing].concat();
        let mut found = self.loader.read(&SourceText { text: &piece, ..self.doc.source() });
        let opened = memchr_iter(b'\n', opening.as_bytes()).count() as u32;
        if !is_first {
            shift_lines(&mut found, opened, self.lines_before);
        }
        if self.parts.repeats {
            let hash = |entry: &Entry| self.hasher.hash_one(&entry.question);
            found.entries.retain(|entry| {
                let hash = hash(entry);
                let is_new = !self.seen.contains(&hash);
                if self.seen.len() < MAX_SEEN {
                    self.seen.insert(hash);
                }
                is_new
            });
        }
        self.lines_before += memchr_iter(b'\n', read.as_bytes()).count() as u32;
        (self.next, self.from) = (next, to);
        Some(found)
    }
}
