//! Entries returned by search engines, next to the loaded ones.
//!
//! The entries of a live source are kept in order of arrival, each once, so that their numbers stay
//! valid. The newest answer of the engine determines which of them are hits.

use super::Indexer;
use super::live_view::LiveView;
use super::merge;
use super::snapshot::Index;
use crate::collection::EntryStore;
use crate::load::Sink;
use crate::search::language::{Language, Languages};
use rustc_hash::FxHashMap;

/// From this number of segments on, they are merged: each answer adds one.
const MERGE_FROM: usize = 8;

/// The entries that a live source has returned so far, and its newest answer.
#[derive(Debug, Clone, Default)]
pub struct LiveEntries {
    /// All entries.
    pub index: Index,
    /// The newest answer; `None` before the first, and while there is no query.
    pub answer: Option<LiveAnswer>,
}

/// The hits of a search engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveAnswer {
    /// Numbers of entries of [`LiveEntries::index`], best first.
    pub entries: Vec<u32>,
    /// The engine's total number of hits, if it reports one.
    pub total: Option<u64>,
}

impl Index {
    /// Appends entries to this index.
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

    /// Appends the entries of live sources to this index of loaded entries.
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
