//! Entries that search engines gave, beside those that were loaded.
//!
//! The entries of a live source are kept as they come, each once, so that their numbers stay valid.
//! Which of them are hits is said by the newest answer of the engine.

use super::Indexer;
use super::live_view::LiveView;
use super::merge;
use super::snapshot::Index;
use crate::collection::EntryStore;
use crate::load::Sink;
use crate::search::language::{Language, Languages};
use rustc_hash::FxHashMap;

/// The number of segments from which on they are merged: each answer is one.
const MERGE_FROM: usize = 8;

/// The entries that one live source gave so far, and its newest answer.
#[derive(Debug, Clone, Default)]
pub struct LiveEntries {
    /// All of them.
    pub index: Index,
    /// The newest answer; `None` before the first, and while there is nothing to ask.
    pub answer: Option<LiveAnswer>,
}

/// The hits of a search engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveAnswer {
    /// Numbers of entries of [`LiveEntries::index`], best first.
    pub entries: Vec<u32>,
    /// How many hits the engine has in all, as far as it says.
    pub total: Option<u64>,
}

impl Index {
    /// This index with more entries behind its own.
    #[must_use]
    pub fn with_entries(&self, entries: EntryStore) -> Self {
        if entries.is_empty() {
            return self.clone();
        }
        let indexer = Indexer::new(|_| ());
        indexer.entries(0, entries);
        let new = indexer.finish();
        let stores: Vec<_> = self.stores().iter().chain(new.stores()).cloned().collect();
        let mut segments: Vec<_> = [self, &new]
            .into_iter()
            .flat_map(|index| index.segments().map(|(_, segment)| segment.clone()))
            .collect();
        if segments.len() >= MERGE_FROM {
            segments = merge::merge_all(segments, 1);
        }
        let languages = if self.language() == Language::Unknown {
            Languages::detect(&stores)
        } else {
            self.languages()
        };
        Self::of(stores, segments, languages)
    }

    /// This index of loaded entries with those of live sources behind them.
    #[must_use]
    pub fn with_live(&self, sources: &[LiveEntries]) -> Self {
        let (mut stores, mut segments) = (self.stores().to_vec(), Vec::new());
        segments.extend(self.segments().map(|(_, segment)| segment.clone()));
        let mut languages = self.languages();
        let first = self.len();
        let mut start = first;
        let (mut ranks, mut total) = (None, Some(0));
        for LiveEntries { index, answer } in sources {
            stores.extend(index.stores().iter().cloned());
            segments.extend(index.segments().map(|(_, segment)| segment.clone()));
            if languages.primary() == Language::Unknown {
                languages = index.languages();
            }
            if let Some(answer) = answer {
                let ranks = ranks.get_or_insert_with(FxHashMap::default);
                let numbers = answer.entries.iter().map(|&entry| start as u32 + entry);
                ranks.extend(numbers.zip(0..));
                total = total.and_then(|total: u64| Some(total.saturating_add(answer.total?)));
            }
            start += index.len();
        }
        let total = total.filter(|_| ranks.is_some());
        let view = LiveView { first: first as u32, ranks, total };
        Self::of_live(stores, segments, languages, Some(view))
    }
}
