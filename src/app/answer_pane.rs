//! The answer pane: its document, its scroll position and the search within it.
//!
//! The document is laid out on first use, so that a burst of keys that only passes entries lays out
//! none of them.

use super::{AnswerDocument, MatchPlace, TextInput};
use crate::markup::Occurrences;
use std::cell::OnceCell;

/// How many lines are searched for matches of the query.
const MATCH_WITHIN: usize = 2000;

/// The scroll position of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scroll {
    /// This line is the first visible one.
    Line(usize),
    /// The first match of the query is visible: becomes a line once the document is laid out.
    Match,
    /// The end is visible, also while more of a large answer arrives.
    End,
}

/// A search in the document.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// The text to find.
    pub input: TextInput,
    /// Where it occurs.
    occurrences: Occurrences,
    /// The number of the current occurrence, from 0.
    current: usize,
}

impl Find {
    /// Where the text occurs.
    pub fn occurrences(&self) -> &Occurrences {
        &self.occurrences
    }

    /// The number of the current occurrence, from 0.
    pub fn current(&self) -> usize {
        self.current
    }
}

/// The answer pane.
#[derive(Debug, Clone)]
pub struct AnswerPane {
    scroll: Scroll,
    /// A text offset (see [`AnswerDocument::offset_of`]) and its line at the last change of width,
    /// so that changing the width and changing it back does not scroll.
    anchor: (usize, usize),
    find: Option<Find>,
    /// The match of the query that was last jumped to.
    match_place: Option<MatchPlace>,
    /// The line of the screen reader's cursor.
    reading_line: usize,
    /// Whether a hidden answer was revealed.
    revealed: bool,
    document: OnceCell<AnswerDocument>,
}

impl Default for AnswerPane {
    fn default() -> Self {
        Self {
            scroll: Scroll::Match,
            anchor: (0, 0),
            find: None,
            match_place: None,
            reading_line: 0,
            revealed: false,
            document: OnceCell::new(),
        }
    }
}

impl AnswerPane {
    /// The search within the answer.
    pub fn find(&self) -> Option<&Find> {
        self.find.as_ref()
    }

    /// The first visible line of a pane of `rows` rows; exact once the document is laid out.
    pub fn top(&self, rows: usize) -> usize {
        match self.scroll {
            Scroll::Line(line) => line,
            Scroll::Match => 0,
            Scroll::End => {
                self.document.get().map_or(0, |document| document.line_count().saturating_sub(rows))
            }
        }
    }

    /// The document; calls `lay_out` if there is none yet.
    pub(super) fn document_or(&self, lay_out: impl FnOnce() -> AnswerDocument) -> &AnswerDocument {
        self.document.get_or_init(lay_out)
    }

    /// The document, if it is laid out.
    pub(super) fn laid_out(&self) -> Option<&AnswerDocument> {
        self.document.get()
    }

    /// Drops the document: it is laid out again on the next use.
    pub(super) fn forget_document(&mut self) {
        self.document.take();
    }

    /// Changes the number of the entry.
    pub(super) fn renumber(&mut self, entry: u32) {
        if let Some(document) = self.document.get_mut() {
            document.renumber(entry);
        }
    }

    /// Replaces the document after its entry's text changed; keeps the scroll position.
    pub(super) fn update_document(&mut self, new: AnswerDocument) {
        self.document.take();
        self.replace_document(new);
    }

    /// Whether the visible lines depend on the document.
    pub(super) fn needs_document(&self) -> bool {
        self.scroll != Scroll::Line(0) || self.find.is_some()
    }

    /// Resets the pane for another entry: at its top, or at its first match of the query.
    pub(super) fn show(&mut self, at_match: bool) {
        self.scroll = if at_match { Scroll::Match } else { Scroll::Line(0) };
        self.anchor = (0, 0);
        self.find = None;
        self.match_place = None;
        self.reading_line = 0;
        self.revealed = false;
        self.document.take();
    }

    /// Whether a hidden answer was revealed.
    pub fn is_revealed(&self) -> bool {
        self.revealed
    }

    /// Reveals a hidden answer.
    pub(super) fn reveal(&mut self) {
        let at_match = matches!(self.scroll, Scroll::Match);
        self.show(at_match);
        self.revealed = true;
    }

    /// Resets the pane after answers were hidden or shown.
    pub(super) fn conceal(&mut self) {
        self.show(false);
    }

    /// Replaces the layout of the same entry, and keeps its first visible word at the top.
    pub(super) fn replace_document(&mut self, new: AnswerDocument) {
        self.match_place = None;
        let old = self.document.take().filter(|old| old.width() != new.width());
        if let (Some(old), Scroll::Line(top @ 1..)) = (old, self.scroll) {
            let (offset, line) = self.anchor;
            let offset = if line == top { offset } else { old.offset_of(top) };
            let line = new.line_at(offset);
            self.anchor = (offset, line);
            self.scroll = Scroll::Line(line);
        }
        if let Some(find) = &mut self.find {
            find.occurrences = new.find(find.input.text());
        }
        let _ = self.document.set(new);
    }

    /// Sets the first visible line so that no row stays empty below the last line. `matches`
    /// returns whether a line matches the query.
    pub(super) fn clamp_scroll(&mut self, rows: usize, matches: impl Fn(&str) -> bool) {
        let Some(document) = self.document.get() else { return };
        let last = document.line_count().saturating_sub(rows);
        self.scroll = match self.scroll {
            Scroll::Line(line) => Scroll::Line(line.min(last)),
            Scroll::End if document.is_partial() => Scroll::End,
            Scroll::End => Scroll::Line(last),
            Scroll::Match => {
                let first = document.first_line(MATCH_WITHIN, matches);
                Scroll::Line(first.map_or(0, |line| top_that_shows(line, 0, rows)).min(last))
            }
        };
    }

    /// Scrolls by lines.
    pub(super) fn scroll(&mut self, lines: isize, rows: usize) {
        let Some(document) = self.document.get() else { return };
        let last = document.line_count().saturating_sub(rows);
        let line = self.top(rows).saturating_add_signed(lines);
        self.reading_line = line.min(document.line_count().saturating_sub(1));
        self.scroll = Scroll::Line(line.min(last));
    }

    /// The line of the screen reader's cursor, among the `rows` visible lines.
    pub fn reading_line(&self, rows: usize) -> usize {
        let top = self.top(rows);
        if (top..top + rows).contains(&self.reading_line) { self.reading_line } else { top }
    }

    /// Moves the screen reader's cursor to the next or previous line with text; scrolls by a page
    /// when it leaves the screen.
    pub(super) fn move_reading_line(&mut self, forward: bool, rows: usize) {
        let (top, current) = (self.top(rows), self.reading_line(rows));
        let Some(document) = self.document.get() else { return };
        let mut below = current + 1..document.line_count();
        let mut above = (0..current).rev();
        let is_text = |line: &usize| !document.is_blank(*line);
        let next = if forward { below.find(is_text) } else { above.find(is_text) };
        let Some(line) = next else { return };
        if line < top {
            self.scroll = Scroll::Line((line + 1).saturating_sub(rows));
        } else if line >= top + rows {
            self.scroll = Scroll::Line(line);
        }
        self.reading_line = line;
    }

    /// Scrolls so that a line is visible, and puts the screen reader's cursor on it.
    fn go_to(&mut self, line: usize, top: usize, rows: usize) {
        self.reading_line = line;
        self.scroll = Scroll::Line(top_that_shows(line, top, rows));
    }

    /// Scrolls so that a line is the first visible one.
    pub(super) fn scroll_to_line(&mut self, line: usize) {
        self.reading_line = line;
        self.scroll = Scroll::Line(line);
    }

    /// Jumps to the next or previous match of the query, wrapping around. Returns its number from 1
    /// and the number of matches. `matches` counts the matches of a line.
    pub(super) fn match_step(
        &mut self,
        forward: bool,
        rows: usize,
        matches: impl Fn(&str) -> usize,
    ) -> Option<(usize, usize)> {
        let places = self.document.get()?.places(MATCH_WITHIN, matches);
        let last = places.len().checked_sub(1)?;
        let at = self.match_place.map_or(Err(0), |place| places.binary_search(&place));
        let next = match (at, forward) {
            (Ok(at), true) if at == last => 0,
            (Ok(at), true) => at + 1,
            (Ok(at), false) => at.checked_sub(1).unwrap_or(last),
            (Err(_), true) => 0,
            (Err(_), false) => last,
        };
        let place = places[next];
        self.match_place = Some(place);
        self.go_to(place.line, self.top(rows), rows);
        Some((next + 1, places.len()))
    }

    /// The match of the query that was last jumped to.
    pub fn match_place(&self) -> Option<MatchPlace> {
        self.match_place
    }

    /// Scrolls to the first line.
    pub(super) fn scroll_to_top(&mut self) {
        self.scroll = Scroll::Line(0);
    }

    /// Scrolls to the last line.
    pub(super) fn scroll_to_end(&mut self) {
        self.scroll = Scroll::End;
    }

    /// Starts a search within the answer.
    pub(super) fn start_finding(&mut self) {
        self.find = Some(Find::default());
    }

    /// Ends the search within the answer; returns whether there was one.
    pub(super) fn stop_finding(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Changes the text to find; returns whether `change` did. The first occurrence in or below the
    /// visible lines becomes the current one.
    pub(super) fn change_find(
        &mut self,
        rows: usize,
        change: impl FnOnce(&mut TextInput) -> bool,
    ) -> bool {
        let top = self.top(rows);
        let (Some(find), Some(document)) = (&mut self.find, self.document.get()) else {
            return false;
        };
        if !change(&mut find.input) {
            return false;
        }
        find.occurrences = document.find(find.input.text());
        find.current = document.first_from(&find.occurrences, top).unwrap_or(0);
        true
    }

    /// Scrolls to the current occurrence.
    pub(super) fn go_to_found(&mut self, rows: usize) {
        let (Some(find), Some(document)) = (&self.find, self.document.get()) else { return };
        if let Some(line) = document.line_of(&find.occurrences, find.current) {
            self.go_to(line, self.top(rows), rows);
        }
    }

    /// Moves to the next or previous occurrence, wrapping around.
    pub(super) fn find_step(&mut self, forward: bool, rows: usize) {
        let Some(find) = &mut self.find else { return };
        let count = find.occurrences.count();
        if count == 0 {
            return;
        }
        let step = if forward { 1 } else { count - 1 };
        find.current = (find.current + step) % count;
        self.go_to_found(rows);
    }
}

/// The first visible line that makes `line` visible: `from` if it already does.
fn top_that_shows(line: usize, from: usize, rows: usize) -> usize {
    if (from..from + rows).contains(&line) { from } else { line.saturating_sub(rows / 3) }
}
