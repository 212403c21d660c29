//! Handles the events of loading.

use super::super::overview::LARGE;
use super::super::{App, Job, Loading};
use super::Commands;
use crate::collection::EntryKey;
use crate::load::Summary;
use crate::search::{IndexEvent, MatchMode};
use std::sync::Arc;

/// The most unused texts that are kept.
const MAX_UNUSED: usize = 1000;

impl App {
    pub(super) fn index_changed(&mut self, event: IndexEvent) {
        match event {
            // The runtime passes the index to the search thread, and the hits arrive as a message.
            IndexEvent::Grown(index) => self.loaded = index.len(),
            IndexEvent::Diagnostic(diagnostic) => {
                self.begin_loading();
                self.diagnostics.push(diagnostic);
            }
            IndexEvent::Unused(text) => {
                self.begin_loading();
                if self.unused.len() < MAX_UNUSED {
                    self.unused.push(text);
                }
            }
            IndexEvent::Progress(done, total) => {
                self.begin_loading();
                self.loading = Loading::Bytes(done, total);
            }
        }
    }

    pub(super) fn loading_ended(&mut self, result: Result<Summary, String>) -> Commands {
        self.begin_loading();
        self.loading = Loading::Done;
        match result {
            Ok(summary) => self.summary = summary,
            Err(text) => self.set_failure(text),
        }
        self.loaded_more()
    }

    /// Resets the progress if loading had ended: a source changed and is loaded again.
    fn begin_loading(&mut self) {
        if self.loading == Loading::Done {
            self.loading = Loading::Bytes(0, 0);
            self.diagnostics.clear();
            self.unused.clear();
            self.overview_len = 0;
        }
    }

    /// Once all entries are searchable: selects the question read last, or starts the overview of a
    /// large collection.
    pub(super) fn loaded_more(&mut self) -> Commands {
        let hits = self.list.hits();
        let (index, all) = (hits.index.clone(), hits.mode == MatchMode::Everything);
        if self.loading != Loading::Done || !all || index.len() < self.loaded.max(1) {
            return Vec::new();
        }
        if index.len() > LARGE && index.live().is_none() {
            if self.overview_len == index.len() {
                return Vec::new();
            }
            self.overview_len = index.len();
            let marks = Arc::clone(&self.marks);
            return vec![self.start(Job::Overview {
                index,
                recent: Vec::clone(&self.recent),
                marks,
            })];
        }
        let Some(key) = self.restore_key.take() else { return Vec::new() };
        let is_it =
            |&n: &u32| index.entry(n).is_some_and(|entry| entry.key() == EntryKey::parse(&key));
        let Some(n) = (0..index.len() as u32).find(is_it) else { return Vec::new() };
        let Some(rank) = self.list.hits().rank_of(n) else { return Vec::new() };
        if rank > 0 && self.notice.is_none() {
            self.set_notice("back where you left off");
        }
        self.list.centre();
        self.select(rank)
    }
}
