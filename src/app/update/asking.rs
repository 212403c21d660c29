//! What is asked and what comes back: the prompt, the searches that it starts, their hits.

use super::super::navigation_history::NavigationHistory;
use super::super::overview::LARGE;
use super::super::{Action, App, Command, Focus, Loading, StateChange, TextInput};
use super::Commands;
use crate::collection::EntryKey;
use crate::search::{Hits, IndexEvent, MatchMode, Query};
use std::sync::Arc;

/// How many hits are put in order at first: more than any screen shows.
const FIRST_LIMIT: usize = 1000;

impl App {
    // ---- the prompt ----

    pub(super) fn type_text(&mut self, text: &str) -> Commands {
        if let Some(popup) = &mut self.popup {
            let effect = popup.type_text(text);
            return effect.map(|effect| self.carry_out(effect)).unwrap_or_default();
        }
        if self.focus == Focus::Find {
            self.answer.change_find(|line| {
                line.insert(text);
                true
            });
            return Vec::new();
        }
        // What is pasted while reading can only be meant for the prompt.
        self.focus = Focus::List;
        self.prompt.insert(text);
        self.query_changed()
    }

    pub(super) fn edit_line(&mut self, action: Action) -> Commands {
        if self.focus == Focus::Find {
            self.answer.change_find(|line| line.edit(action));
            return Vec::new();
        }
        let before = self.prompt.text().to_owned();
        self.prompt.edit(action);
        if self.prompt.text() == before { Vec::new() } else { self.query_changed() }
    }

    pub(super) fn set_query(&mut self, text: &str) -> Commands {
        self.prompt = TextInput::new(text);
        self.query_changed()
    }

    pub(super) fn query_changed(&mut self) -> Commands {
        self.queries.leave();
        self.search()
    }

    pub(super) fn recall(&mut self, action: Action) -> Commands {
        let current = self.prompt.text().to_owned();
        let recalled = match action {
            Action::QueryEarlier => self.queries.earlier(&current),
            _ => self.queries.later(),
        };
        let Some(text) = recalled.map(str::to_owned) else { return Vec::new() };
        self.prompt = TextInput::new(&text);
        self.search()
    }

    /// Remembers a query that led to something.
    pub(super) fn remember_query(&mut self) -> Commands {
        let query = self.prompt.text().trim().to_owned();
        let news = self.queries.remember(&query);
        if news { vec![Command::Save(StateChange::Query(query))] } else { Vec::new() }
    }

    // ---- searching ----

    pub(super) fn search(&mut self) -> Commands {
        self.generation += 1;
        self.limit = FIRST_LIMIT;
        vec![self.ask()]
    }

    pub(super) fn ask(&self) -> Command {
        let query = Query {
            text: self.prompt.text().to_owned(),
            exact: self.options.exact,
            no_meaning: self.options.no_meaning,
            limit: self.limit,
            bookmarked: Arc::clone(&self.bookmarks),
        };
        Command::Search(self.generation, query)
    }

    /// Hits of the newest query replace the old ones; late ones of a former query are dropped.
    pub(super) fn receive(&mut self, hits: Hits) -> Commands {
        if hits.generation != self.generation {
            return Vec::new();
        }
        let news = hits.generation != self.list.hits().generation;
        let shown = |app: &Self| app.entry().map(|e| (e.id().to_owned(), e.question().to_owned()));
        let before = shown(self);
        self.list.receive(hits);
        if news {
            self.pinned_entry = None;
        } else if self.pinned_entry.is_some() && shown(self) != before {
            // The collection was loaded again, and its entries have other numbers now.
            self.pinned_entry = None;
            self.navigation = NavigationHistory::default();
        }
        if news || shown(self) != before {
            self.show_selected();
        }
        self.loaded_more()
    }

    /// When all that was loaded can be searched: the question read last is selected again, or a
    /// large collection gets its overview.
    pub(super) fn loaded_more(&mut self) -> Commands {
        let hits = self.list.hits();
        let (index, all) = (hits.index.clone(), hits.reach == MatchMode::Everything);
        if self.loading != Loading::Done || !all || index.len() < self.loaded.max(1) {
            return Vec::new();
        }
        if index.len() > LARGE {
            if self.overviewed == index.len() {
                return Vec::new();
            }
            self.overviewed = index.len();
            let bookmarks = Arc::clone(&self.bookmarks);
            return vec![Command::Overview(index, self.recent.clone(), bookmarks)];
        }
        let Some(key) = self.restore_key.take() else { return Vec::new() };
        let is_it =
            |&n: &u32| index.entry(n).is_some_and(|entry| entry.key() == EntryKey::parse(&key));
        match (0..index.len() as u32).find(is_it) {
            Some(n) => {
                if n > 0 && self.notice.is_none() {
                    self.tell("this is what was read last", false);
                }
                self.select(n as usize)
            }
            None => Vec::new(),
        }
    }

    pub(super) fn hear_of_index(&mut self, event: IndexEvent) {
        match event {
            // Its hits come by themselves.
            IndexEvent::Grown(index) => self.loaded = index.len(),
            IndexEvent::Diagnostic(problem) => {
                self.begin_loading();
                self.problems.push(problem);
            }
            IndexEvent::Progress(done, total) => {
                self.begin_loading();
                self.loading = Loading::Bytes(done, total);
            }
        }
    }

    /// A load after the first: a source changed and is loaded again.
    pub(super) fn begin_loading(&mut self) {
        if self.loading == Loading::Done {
            self.loading = Loading::Bytes(0, 0);
            self.problems.clear();
            self.overviewed = 0;
        }
    }
}
