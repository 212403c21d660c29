//! Actions on the shown entry: copy, edit, bookmark.

use super::super::{App, Command, Focus, StateChange};
use super::Commands;
use crate::collection::only_code;
use std::sync::Arc;

/// The filter for bookmarks.
const BOOKMARKED: &str = "is:bookmarked";

impl App {
    pub(super) fn copy_answer(&mut self) -> Commands {
        let Some(entry) = self.entry() else { return self.no_entry() };
        let (text, what) = match only_code(entry.answer()) {
            Some(command) => (command.to_owned(), "the command"),
            None => (entry.answer().to_owned(), "the answer"),
        };
        self.copy(text, what)
    }

    pub(super) fn copy_both(&mut self) -> Commands {
        let Some(entry) = self.entry() else { return self.no_entry() };
        let text = format!("{}\n\n{}", entry.question(), entry.answer());
        self.copy(text, "question and answer")
    }

    pub(super) fn copy(&mut self, text: String, what: &str) -> Commands {
        let copy = Command::Copy { text, what: what.into() };
        std::iter::once(copy).chain(self.record_use()).collect()
    }

    pub(super) fn edit_source(&mut self) -> Commands {
        let Some(entry) = self.entry() else { return self.no_entry() };
        vec![Command::Edit { path: Arc::clone(entry.source()), line: entry.line() }]
    }

    pub(super) fn no_entry(&mut self) -> Commands {
        self.set_notice("no question is selected");
        Vec::new()
    }

    pub(super) fn bookmark(&mut self) -> Commands {
        let Some(entry) = self.entry() else {
            return Vec::new();
        };
        let (set, key) = (!entry.is_in(&self.marks.bookmarked), entry.key().to_string());
        let name = entry.key().name.to_owned();
        let bookmarks = &mut Arc::make_mut(&mut self.marks).bookmarked;
        if set {
            bookmarks.insert(key.clone());
        } else {
            bookmarks.remove(&key);
            bookmarks.remove(&name);
        }
        let text =
            if set { "bookmarked: is:bookmarked shows all bookmarks" } else { "bookmark removed" };
        self.set_notice(text);
        let bookmark = Command::Save(StateChange::Bookmark(key, set));
        let kept = self.keep_live().filter(|_| set);
        std::iter::once(bookmark).chain(kept).chain(self.search_by_marks()).collect()
    }

    pub(super) fn only_bookmarked(&mut self) -> Commands {
        let words: Vec<&str> = self.prompt.text().split_whitespace().collect();
        let (only, others): (Vec<&str>, Vec<&str>) =
            words.into_iter().partition(|word| *word == BOOKMARKED);
        let others = others.join(" ");
        self.focus = Focus::List;
        if !only.is_empty() {
            return self.set_query(&others);
        }
        if self.marks.bookmarked.is_empty() {
            self.set_notice("no bookmark yet");
            return Vec::new();
        }
        self.set_query(&with_filter(&others, BOOKMARKED))
    }
}

/// A query with a filter prepended, ready for the next word.
pub(super) fn with_filter(query: &str, filter: &str) -> String {
    if query.split_whitespace().any(|word| word == filter) {
        return query.to_owned();
    }
    format!("{filter} {}", query.trim_start())
}
