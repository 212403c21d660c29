//! The answer to a query.

use super::highlight::Highlighter;
use super::index::Index;
use super::query::{Query, UnknownFilter};
use super::retrieve::{Field, MatchMode};

/// An entry that matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The number of the entry in the index.
    pub entry: u32,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// The best field that matched.
    pub field: Field,
    /// Whether it has every informative term of the query; otherwise it is only close.
    pub is_match: bool,
}

/// The answer to a query.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// The generation that the caller assigned to the query.
    pub generation: u64,
    /// The index that was searched; [`Hit::entry`] refers to it.
    pub index: Index,
    /// The query.
    pub query: Query,
    /// The number of hits: matches and close entries.
    pub total: usize,
    /// The number of matches.
    pub matches: usize,
    /// How hits are arranged.
    pub mode: MatchMode,
    /// Filters that do not exist, such as `is:foo`.
    pub unknown_filters: Vec<UnknownFilter>,
    /// Finds the parts of a text that match.
    pub highlighter: Highlighter,
    /// Whether sentence vectors suit the query but were not used yet.
    pub(super) can_be_refined: bool,
    pub(super) ordered: Vec<Hit>,
}

impl Hits {
    /// Whether the hits are all entries in collection order. With live sources, an empty query
    /// lists only entries that were read.
    fn is_whole_collection(&self) -> bool {
        self.mode == MatchMode::Everything && self.index.live().is_none()
    }

    /// The number of close entries.
    pub fn close(&self) -> usize {
        self.total.saturating_sub(self.matches)
    }

    /// The rank of the first close entry, if close entries follow all matches.
    pub fn divider(&self) -> Option<usize> {
        (self.mode == MatchMode::MatchesFirst && self.close() > 0).then_some(self.matches)
    }

    /// How many hits [`Hits::get`] returns: `total`, or fewer by the query's limit.
    pub fn ready(&self) -> usize {
        if self.is_whole_collection() { self.total } else { self.ordered.len() }
    }

    /// The `n`-th best hit, from 0.
    pub fn get(&self, n: usize) -> Option<Hit> {
        if self.is_whole_collection() {
            let all = Hit { entry: n as u32, score: 0.0, field: Field::Question, is_match: true };
            return (n < self.total).then_some(all);
        }
        self.ordered.get(n).copied()
    }

    /// The entries of the first `count` hits.
    pub(super) fn entries(&self, count: usize) -> Vec<u32> {
        (0..count).map_while(|n| self.get(n)).map(|hit| hit.entry).collect()
    }

    /// The rank of an entry, if it is among those that are ready.
    pub fn rank_of(&self, entry: u32) -> Option<usize> {
        if self.is_whole_collection() {
            return ((entry as usize) < self.total).then_some(entry as usize);
        }
        self.ordered.iter().position(|hit| hit.entry == entry)
    }
}
