//! Which entries of an index are hits of engines.

use rustc_hash::FxHashMap;

/// What an index knows of its entries from live sources, which follow the loaded ones.
#[derive(Debug, Clone)]
pub struct LiveView {
    /// The number of the first of them.
    pub first: u32,
    /// The ranks, from 0, that the engines gave; `None` while there is no answer.
    pub(super) ranks: Option<FxHashMap<u32, u32>>,
    /// How many hits the engines have in all, if each of those that answered says so.
    pub total: Option<u64>,
}

impl LiveView {
    /// Whether there is an answer: then only its entries are hits, and all of them are.
    pub fn has_answer(&self) -> bool {
        self.ranks.is_some()
    }

    /// The rank, from 0, that an engine gave an entry in its answer.
    pub fn rank(&self, entry: u32) -> Option<u32> {
        self.ranks.as_ref()?.get(&entry).copied()
    }

    /// The entries of the answers, in the order of the collection.
    pub(in crate::search) fn entries(&self) -> Vec<u32> {
        let mut entries: Vec<u32> = self.ranks.iter().flatten().map(|(&entry, _)| entry).collect();
        entries.sort_unstable();
        entries
    }
}
