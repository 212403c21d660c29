//! The prompt, its searches and their hits.

use super::super::navigation_history::NavigationHistory;
use super::super::{
    AnswerDocument, App, Command, Edit, Focus, MAX_SEARCH_FAILURES, StateChange, TextInput,
};
use super::Commands;
use crate::collection::EntryRef;
use crate::search::{Hits, Query};
use std::sync::Arc;

/// How many hits are sorted at first: more than any screen shows.
const FIRST_LIMIT: usize = 1000;

impl App {
    // ---- the prompt ----

    pub(super) fn type_text(&mut self, text: &str) -> Commands {
        if let Some(popup) = &mut self.popup {
            let effect = popup.type_text(text);
            return effect.map(|effect| self.carry_out(effect)).unwrap_or_default();
        }
        if self.focus == Focus::Find {
            self.change_find(|input| {
                input.insert(text);
                true
            });
            return Vec::new();
        }
        // Text pasted while reading can only be meant for the prompt.
        self.focus = Focus::List;
        self.prompt.insert(text);
        self.query_changed()
    }

    pub(super) fn edit_line(&mut self, edit: Edit) -> Commands {
        if self.focus == Focus::Find {
            self.change_find(|input| input.edit(edit));
            return Vec::new();
        }
        if self.prompt.edit(edit) { self.query_changed() } else { Vec::new() }
    }

    pub(super) fn set_query(&mut self, text: &str) -> Commands {
        self.prompt = TextInput::new(text);
        self.query_changed()
    }

    fn query_changed(&mut self) -> Commands {
        self.queries.reset_position();
        self.search()
    }

    /// Replaces the query by an earlier or later one.
    pub(super) fn recall_query(&mut self, earlier: bool) -> Commands {
        let current = self.prompt.text().to_owned();
        let recalled = if earlier { self.queries.earlier(&current) } else { self.queries.later() };
        let Some(text) = recalled.map(str::to_owned) else { return Vec::new() };
        self.prompt = TextInput::new(&text);
        self.search()
    }

    /// Adds the query to the history.
    pub(super) fn remember_query(&mut self) -> Commands {
        let query = self.prompt.text().trim().to_owned();
        let is_new = self.queries.remember(&query);
        if is_new { vec![Command::Save(StateChange::Query(query))] } else { Vec::new() }
    }

    // ---- searching ----

    pub(super) fn search(&mut self) -> Commands {
        self.generation += 1;
        self.limit = FIRST_LIMIT;
        vec![self.search_command()]
    }

    pub(super) fn search_command(&self) -> Command {
        let query = Query {
            text: self.prompt.text().to_owned(),
            exact: self.options.exact,
            no_meaning: self.options.no_meaning,
            limit: self.limit,
            marks: Arc::clone(&self.marks),
            used: self.usage.amounts(),
            recent: self.recent_of_live_sources(),
        };
        Command::Search(self.generation, query)
    }

    /// Searches again after a mark was changed, if the query filters by marks. The shown entry
    /// stays, so that the mark can be removed again.
    pub(super) fn search_by_marks(&mut self) -> Option<Command> {
        if !self.prompt.text().contains("is:") {
            return None;
        }
        self.pinned_entry = self.shown();
        self.marked_away = self.pinned_entry;
        Some(self.search_command())
    }

    /// The recently read entries, which an empty query lists if there are live sources.
    fn recent_of_live_sources(&self) -> Arc<Vec<String>> {
        let listed = self.options.live && self.prompt.text().trim().is_empty();
        if listed { Arc::clone(&self.recent) } else { Arc::default() }
    }

    /// Searches again in the new search thread, unless the query panicked it twice.
    pub(super) fn search_restarted(&mut self) -> Commands {
        let before = self.search_failures;
        let count = if before.0 == self.generation { before.1 + 1 } else { 1 };
        self.search_failures = (self.generation, count.min(MAX_SEARCH_FAILURES));
        if count >= MAX_SEARCH_FAILURES {
            self.set_failure("the search failed: change the query");
            return Vec::new();
        }
        vec![self.search_command()]
    }

    /// Replaces the hits by those of the newest query; drops hits of earlier ones.
    pub(super) fn receive(&mut self, hits: Hits) -> Commands {
        if hits.generation != self.generation {
            return Vec::new();
        }
        let is_new_query = hits.generation != self.list.hits().generation;
        let (old_index, old_shown) = (self.list.hits().index.clone(), self.shown());
        let keeps_numbers = hits.index.continues(&old_index);
        self.list.receive(hits);
        if is_new_query {
            self.pinned_entry = None;
        }
        if let Some(rank) = self.pinned_entry.and_then(|entry| self.list.ready_rank_of(entry)) {
            self.list.select(rank);
            self.pinned_entry = None;
        }
        if !keeps_numbers {
            self.history = NavigationHistory::default();
            let live = self.jobs.live_popup;
            self.jobs.popup.take_if(|job| Some(*job) != live);
            self.popup.take_if(|popup| popup.shows_entries());
        }
        let old = old_shown.and_then(|number| old_index.entry(number));
        if !keeps_numbers && !is_same_question(old, self.entry()) {
            self.pinned_entry = None;
        }
        if is_new_query || !is_same_question(old, self.entry()) {
            self.show_selected();
        } else if let (Some(number), Some(old)) = (self.shown(), old) {
            self.keep_document(number, old);
        }
        self.loaded_more()
    }

    /// Keeps the document of the shown entry, whose number or text may have changed.
    fn keep_document(&mut self, number: u32, old: EntryRef<'_>) {
        self.answer.renumber(number);
        let Some(entry) = self.entry().filter(|entry| !is_same_text(&old, entry)) else { return };
        if let Some(width) = self.answer.laid_out().map(AnswerDocument::width) {
            let document = self.lay_out(number, &entry, width);
            self.answer.update_document(document);
        }
    }
}

fn is_same_question(old: Option<EntryRef>, new: Option<EntryRef>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.id() == new.id() && old.question() == new.question(),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether the layouts of both entries are the same.
fn is_same_text(old: &EntryRef, new: &EntryRef) -> bool {
    let same_place = std::ptr::eq(old.answer(), new.answer());
    (same_place || old.answer() == new.answer())
        && old.url() == new.url()
        && old.tags().eq(new.tags())
        && old.aliases().eq(new.aliases())
}
