//! What is done with the entry on show: copied, edited, bookmarked.

use super::super::{Action, App, Command, Focus, StateChange};
use super::{Commands, with_filter};
use crate::collection::only_code;
use std::sync::Arc;

/// How many related questions are looked for.
const RELATED: usize = 20;
/// The part of the query that lets only bookmarks through.
const BOOKMARKED: &str = "is:bookmarked";

impl App {
    pub(super) fn act_on_entry(&mut self, action: Action) -> Commands {
        let (Some(entry), Some(number)) = (self.entry(), self.shown()) else {
            self.tell("there is no entry here", false);
            return Vec::new();
        };
        let copy = |text: String, what: &str| vec![Command::Copy { text, what: what.into() }];
        match action {
            Action::Copy => match only_code(entry.answer()) {
                Some(command) => copy(command.to_owned(), "the command"),
                None => copy(entry.answer().to_owned(), "the answer"),
            },
            Action::CopyBoth => {
                let text = format!("{}\n\n{}", entry.question(), entry.answer());
                copy(text, "question and answer")
            }
            Action::Edit => {
                vec![Command::Edit { path: Arc::clone(entry.source()), line: entry.line() }]
            }
            Action::Related => {
                let index = self.list.hits().index.clone();
                vec![Command::Related { index, entry: number, limit: RELATED }]
            }
            Action::OpenLink => self.open_links(),
            _ => self.copy_code(),
        }
    }

    pub(super) fn bookmark(&mut self) -> Commands {
        let Some(entry) = self.entry() else {
            return Vec::new();
        };
        let (set, key) = (!entry.is_in(&self.bookmarks), entry.key().to_string());
        let name = entry.key().name.to_owned();
        let bookmarks = Arc::make_mut(&mut self.bookmarks);
        if set {
            bookmarks.insert(key.clone());
        } else {
            bookmarks.remove(&key);
            bookmarks.remove(&name);
        }
        self.tell(
            if set { "bookmarked: ' shows all bookmarks" } else { "bookmark taken off" },
            false,
        );
        vec![Command::Save(StateChange::Bookmark(key, set))]
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
        if self.bookmarks.is_empty() {
            self.tell("no bookmark yet: m sets one while reading", false);
            return Vec::new();
        }
        self.set_query(&with_filter(&others, BOOKMARKED))
    }
}
