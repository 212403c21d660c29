//! An input line, edited by grapheme as in readline.

use super::Edit;
use crate::search::Query;
use crate::text::sanitise_line;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// The maximum length of a line in bytes: longer pastes are cut.
const MAX_BYTES: usize = Query::MAX_BYTES;

/// A line and its cursor, which is before a grapheme or at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextInput {
    text: String,
    /// A byte offset at a grapheme boundary.
    cursor: usize,
}

impl TextInput {
    /// A line with this text and the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts text at the cursor, sanitised and cut to the maximum length; line breaks become
    /// spaces.
    pub fn insert(&mut self, text: &str) {
        // Cut before sanitising: a paste of a megabyte must not cost a megabyte of work.
        let room = MAX_BYTES.saturating_sub(self.text.len());
        let mut end = text.len().min(4 * MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let spaced: String =
            text[..end].chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let clean = sanitise_line(Cow::Owned(spaced));
        let mut end = clean.len().min(room);
        while !clean.is_char_boundary(end) {
            end -= 1;
        }
        self.text.insert_str(self.cursor, &clean[..end]);
        self.cursor += end;
        self.snap_cursor();
    }

    /// Moves the cursor to a grapheme boundary: typing a combining character before another may
    /// have put it inside a grapheme.
    fn snap_cursor(&mut self) {
        let at = self.cursor;
        self.cursor = self
            .text
            .grapheme_indices(true)
            .map(|(start, _)| start)
            .find(|&start| start >= at)
            .unwrap_or(self.text.len());
    }

    /// Edits the line; returns whether its text changed.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = self.text.len();
        match edit {
            Edit::CursorLeft => self.cursor = self.left(),
            Edit::CursorRight => self.cursor = self.right(),
            Edit::WordLeft => self.cursor = self.word_left(),
            Edit::WordRight => self.cursor = self.word_right(),
            Edit::LineStart => self.cursor = 0,
            Edit::LineEnd => self.cursor = self.text.len(),
            Edit::DeleteLeft => self.delete(self.left(), self.cursor),
            Edit::DeleteRight => self.delete(self.cursor, self.right()),
            Edit::DeleteWordLeft => self.delete(self.word_left(), self.cursor),
            Edit::DeleteWordRight => self.delete(self.cursor, self.word_right()),
            Edit::DeleteToStart => self.delete(0, self.cursor),
            Edit::DeleteToEnd => self.delete(self.cursor, self.text.len()),
        }
        self.snap_cursor();
        // Edits never insert.
        self.text.len() != before
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.snap_cursor();
    }

    fn left(&self) -> usize {
        let last = self.before_cursor().grapheme_indices(true).next_back();
        last.map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        let next = self.text[self.cursor..].graphemes(true).next();
        self.cursor + next.map_or(0, str::len)
    }

    /// The start of the word before the cursor: skips blanks, then other characters.
    fn word_left(&self) -> usize {
        let before = self.before_cursor().trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8))
    }

    /// The end of the word after the cursor.
    fn word_right(&self) -> usize {
        let after = &self.text[self.cursor..];
        let start = after.len() - after.trim_start().len();
        let word = after[start..].find(char::is_whitespace).unwrap_or(after.len() - start);
        self.cursor + start + word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(text: &str, edits: &[Edit]) -> String {
        let mut line = TextInput::new(text);
        for &edit in edits {
            line.edit(edit);
        }
        let (before, after) = line.text.split_at(line.cursor);
        format!("{before}|{after}")
    }

    #[test]
    fn edits_as_readline_does() {
        use Edit::*;
        assert_eq!(after("one two", &[WordLeft]), "one |two");
        assert_eq!(after("one two  ", &[DeleteWordLeft]), "one |");
        assert_eq!(after("one two", &[LineStart, DeleteWordRight]), "| two");
        assert_eq!(after("one two", &[LineStart, WordRight, DeleteToEnd]), "one|");
        assert_eq!(after("one two", &[WordLeft, DeleteToStart]), "|two");
        assert_eq!(after("one", &[CursorLeft, DeleteRight]), "on|");
        assert_eq!(after("", &[DeleteLeft, DeleteRight, CursorLeft, WordRight]), "|");
        assert_eq!(after("a\u{65e5}\u{672c}", &[CursorLeft, DeleteLeft]), "a|\u{672c}");
        assert_eq!(after("e\u{301}x", &[CursorLeft, DeleteLeft]), "|x");
    }

    #[test]
    fn takes_a_large_paste_cut_and_clean() {
        let line = TextInput::new(&"a\r\n\u{1b}[31mb\0".repeat(100_000));
        assert!(line.text.len() <= MAX_BYTES);
        assert!(!line.text.chars().any(char::is_control));
    }

    proptest! {
        #[test]
        fn the_cursor_stays_on_a_border(
            steps in prop::collection::vec((any::<String>(), 0..Edit::ALL.len()), 0..20)
        ) {
            let mut line = TextInput::default();
            for (text, n) in steps {
                line.insert(&text);
                line.edit(Edit::ALL[n]);
                let borders: Vec<usize> = line.text.grapheme_indices(true).map(|(at, _)| at).collect();
                prop_assert!(line.cursor == line.text.len() || borders.contains(&line.cursor));
            }
        }
    }
}
