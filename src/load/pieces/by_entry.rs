//! Cuts a text between its entries.

use super::long_text::LongText;
use super::piece::{PieceSource, shift_lines};
use crate::collection::Entry;
use crate::load::loader::Loader;
use crate::load::parsed::{ParsedDocument, SourceText};
use crate::load::splitting::Sizes;
use memchr::{memchr, memchr_iter, memrchr};

/// A longer preamble is not repeated in each piece, in bytes.
const MAX_PREAMBLE_BYTES: usize = 64 * 1024;

/// The entries at the end of a piece before which a cut is tried: each is searched from the start of
/// the piece.
const MAX_TRIES: usize = 64;

/// Reads pieces that begin with an entry, each with the preamble of the text before it.
pub(super) struct EntryCutter<'d> {
    loader: &'d dyn Loader,
    doc: LongText<'d>,
    /// The text before the first entry: title, front matter, column names.
    preamble: String,
    /// The offset of the next piece in the text that is not freed; its length at the end.
    from: usize,
    /// The lines before that offset.
    lines_before: u32,
    is_first: bool,
    /// The last entry so far, whose answer continues in the next piece.
    open: Option<OpenEntry>,
    /// The tags of the entry at the beginning of the next piece: its sections may have begun
    /// earlier.
    tags: Option<Vec<String>>,
}

struct OpenEntry {
    entry: Entry,
    /// The lines of its title, repeated so that the next piece is read as its answer.
    title: String,
}

impl<'d> EntryCutter<'d> {
    pub(super) fn new(loader: &'d dyn Loader, doc: LongText<'d>) -> Self {
        Self {
            loader,
            doc,
            preamble: String::new(),
            from: 0,
            lines_before: 0,
            is_first: true,
            open: None,
            tags: None,
        }
    }

    /// Reads the text up to `end`, with the line numbers of the whole text.
    fn read(&self, end: usize) -> ParsedDocument {
        let body = &self.doc.text[self.from..end];
        let title = self.open.as_ref().map_or("", |open| &open.title);
        let text =
            if self.is_first { body.to_owned() } else { [&self.preamble, title, body].concat() };
        let prefix = lines(&text[..text.len() - body.len()]);
        let is_cut = end < self.doc.text.len();
        let mut found = self.loader.read(&SourceText { text: &text, is_cut, ..self.doc.source() });
        drop(text);
        // Entries of the preamble were read with the first piece.
        let own = if self.open.is_some() { lines(&self.preamble) } else { prefix };
        found.entries.retain(|entry| self.is_first || entry.place.line > own);
        shift_lines(&mut found, prefix, self.lines_before);
        found
    }

    /// The offset of a line of the text within the piece that begins at `from`.
    fn offset(&self, line: u32) -> usize {
        let Some(skip) = line.checked_sub(self.lines_before + 2) else { return self.from };
        let rest = &self.doc.text.as_bytes()[self.from..];
        memchr_iter(b'\n', rest).nth(skip as usize).map_or(rest.len(), |at| at + 1) + self.from
    }

    /// The last entry that the next piece may begin with, and its offset.
    fn cut(&self, entries: &[Entry]) -> Option<(usize, usize)> {
        (1..entries.len()).rev().take(MAX_TRIES).find_map(|n| {
            let (line, above) = (entries[n].place.line, entries[n - 1].place.line);
            if line <= above || line <= self.lines_before + 1 {
                return None;
            }
            let at = self.offset(line);
            let is_indented = self.doc.text[at..].starts_with([' ', '\t']);
            let at = self.before_marks(at, line - above - 1);
            (!is_indented && at > self.from).then_some((n, at))
        })
    }

    /// The offset of the marks above a title: a line of signs, an anchor, attributes.
    fn before_marks(&self, mut at: usize, most: u32) -> usize {
        for _ in 0..most.min(3) {
            let before = self.doc.text[..at].strip_suffix('\n').unwrap_or_default();
            let start = memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
            let line = &before[start..];
            let is_mark = !line.trim().is_empty()
                && (!line.contains(char::is_alphanumeric)
                    || ["[", "<a", ".. _"].iter().any(|mark| line.starts_with(mark)));
            if !is_mark {
                break;
            }
            at = start;
        }
        at
    }

    fn advance(&mut self, to: usize) {
        self.lines_before += lines(&self.doc.text[self.from..to]);
        self.from = to;
    }

    /// Continues the open entry, and repeats the tags of sections that began before the piece.
    /// Returns how many entries this puts before the others.
    fn join(&mut self, found: &mut ParsedDocument) -> usize {
        let length = found.entries.len();
        if let Some(OpenEntry { mut entry, .. }) = self.open.take() {
            match found.entries.first_mut() {
                Some(next) if next.question == entry.question => {
                    entry.answer.push_str("\n\n");
                    entry.answer.push_str(&next.answer);
                    *next = entry;
                }
                _ => found.entries.insert(0, entry),
            }
        }
        if let Some(tags) = self.tags.take() {
            let own = found.entries.first().map(|first| first.tags.clone()).unwrap_or_default();
            // Up to the next section.
            for entry in found.entries.iter_mut().take_while(|entry| entry.tags == own) {
                entry.tags.clone_from(&tags);
            }
        }
        found.entries.len() - length
    }

    /// The lines of an entry's title.
    fn title(&self, entry: &Entry) -> String {
        let at = self.offset(entry.place.line);
        let start = self.before_marks(at, 3);
        let text = self.doc.text.as_str();
        let mut end = at + memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len() - at, |n| n + 1);
        let below = text[end..].split_inclusive('\n').next().unwrap_or_default();
        if below.trim().len() > 2 && !below.contains(char::is_alphanumeric) {
            end += below.len();
        }
        text[start..end].to_owned()
    }
}

impl PieceSource for EntryCutter<'_> {
    fn is_amid_entry(&self) -> bool {
        self.open.is_some()
    }

    fn text(&self) -> &str {
        self.doc.text
    }

    fn free_read_text(&mut self) {
        self.from -= self.doc.free_before(self.from);
    }

    fn next(&mut self) -> Option<ParsedDocument> {
        if self.from >= self.doc.text.len() {
            return self.open.take().map(|open| ParsedDocument {
                entries: vec![open.entry],
                ..ParsedDocument::default()
            });
        }
        let end = end_of_piece(self.doc.text, self.from, Sizes::of(self.doc.options).piece);
        let mut found = self.read(end);
        if self.is_first {
            let first = found.entries.iter().map(|entry| entry.place.line).find(|&line| line > 0);
            let preamble = self.before_marks(self.offset(first.unwrap_or(1)), 3);
            if preamble <= MAX_PREAMBLE_BYTES {
                self.preamble = self.doc.text[..preamble.min(self.doc.text.len())].to_owned();
            }
        }
        let is_last = end == self.doc.text.len();
        let cut = if is_last { None } else { self.cut(&found.entries) };
        let former = self.open.as_ref().map(|open| open.title.clone()).unwrap_or_default();
        let joined = self.join(&mut found);
        self.is_first = false;
        match cut {
            Some((n, at)) => {
                let rest = found.entries.split_off(n + joined);
                self.tags = rest.into_iter().next().map(|entry| entry.tags);
                let line = self.lines_before + lines(&self.doc.text[self.from..at]);
                found.unused.retain(|unused| unused.line <= line);
                found.problems.retain(|(problem, ..)| *problem <= line);
                self.advance(at);
            }
            None if is_last => self.advance(end),
            None => {
                if let Some(entry) = found.entries.pop() {
                    let continues = entry.place.line <= self.lines_before;
                    let title = if continues { former } else { self.title(&entry) };
                    self.open = Some(OpenEntry { entry, title });
                }
                self.advance(end);
            }
        }
        Some(found)
    }
}

fn lines(text: &str) -> u32 {
    memchr_iter(b'\n', text.as_bytes()).count() as u32
}

/// The end of the piece that begins at `from`, after an empty line if there is one.
fn end_of_piece(text: &str, from: usize, piece: usize) -> usize {
    let end = text.floor_char_boundary(from + piece).max(text.ceil_char_boundary(from + 1));
    if end == text.len() {
        return end;
    }
    let half = &text[text.floor_char_boundary(from + piece / 2)..end];
    if let Some(at) = half.rfind("\n\n") {
        return end - half.len() + at + 2;
    }
    memrchr(b'\n', half.as_bytes()).map_or(end, |at| end - half.len() + at + 1)
}
