//! The entries of an index that are hits of search engines.

use rustc_hash::FxHashMap;

/// The live entries of an index, which follow the loaded ones.
#[derive(Debug, Clone)]
pub struct LiveView {
    /// The number of the first live entry.
    pub first: u32,
    /// The engines' ranks by entry, from 0; `None` while there is no answer.
    pub(super) ranks: Option<FxHashMap<u32, u32>>,
    /// The engines' total number of hits, if every one that answered reports it.
    pub total: Option<u64>,
}

impl LiveView {
    /// Whether there is an answer: then the hits are exactly its entries.
    pub fn has_answer(&self) -> bool {
        self.ranks.is_some()
    }

    /// The engine's rank of an entry in its answer, from 0.
    pub fn rank(&self, entry: u32) -> Option<u32> {
        self.ranks.as_ref()?.get(&entry).copied()
    }

    /// The entries of the answers, in collection order.
    pub(in crate::search) fn entries(&self) -> Vec<u32> {
        let mut entries: Vec<u32> = self.ranks.iter().flatten().map(|(&entry, _)| entry).collect();
        entries.sort_unstable();
        entries
    }
}
