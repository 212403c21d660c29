//! Precomputed matches of one-letter prefixes.
//!
//! Users type every word from its first letter, and in a large collection no other term matches as
//! many entries. While the search thread is idle, it looks up the most frequent first letters, so
//! that no key waits for them.

use super::clause_matches::ClauseMatches;
use super::lookup::{Leniency, Lookup};
use crate::collection::Marks;
use crate::search::index::Index;
use crate::search::query::{Alternative, Term};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// In a smaller index a lookup is fast enough without a cache.
const MIN_ENTRIES: usize = 50_000;
/// The most bytes of scores that are kept.
const MAX_BYTES: usize = 12 << 20;

/// The matches of the most frequent first letters.
#[derive(Debug, Default)]
pub(super) struct PrefixCache {
    /// Letters to look up, most frequent last.
    waiting: Vec<Term>,
    found: Vec<(Term, Arc<ClauseMatches>)>,
    bytes: usize,
}

impl PrefixCache {
    /// The letters of `index` that are worth a lookup, not looked up yet.
    pub fn new(index: &Index) -> Self {
        if index.len() < MIN_ENTRIES {
            return Self::default();
        }
        let mut counts: FxHashMap<char, u64> = FxHashMap::default();
        for postings in index.segments().flat_map(|(_, segment)| segment.postings()) {
            for n in 0..postings.words.len() {
                let letter = postings.words.word(n).chars().next();
                *counts.entry(letter.unwrap_or_default()).or_default() +=
                    u64::from(postings.count(n));
            }
        }
        let mut letters: Vec<(u64, char)> =
            counts.into_iter().map(|(c, count)| (count, c)).collect();
        letters.sort_unstable();
        let kept = MAX_BYTES / index.len();
        letters.drain(..letters.len().saturating_sub(kept));
        let term =
            |(_, letter): (u64, char)| Term { word: letter.to_string(), exact: false, typed: true };
        Self { waiting: letters.into_iter().map(term).collect(), ..Self::default() }
    }

    /// Whether all letters are looked up.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Looks up one more letter; returns false if there is none, or no memory for it.
    pub fn advance(&mut self, lookup: Lookup<'_>) -> bool {
        let Some(term) = self.waiting.pop() else { return false };
        let alternatives = [Alternative::Term(term.clone())];
        let matches = lookup.find(&alternatives, Leniency::Strict, &Marks::default());
        self.bytes += matches.bytes();
        if self.bytes > MAX_BYTES {
            self.waiting.clear();
            return false;
        }
        self.found.push((term, Arc::new(matches)));
        true
    }

    /// The matches of a clause, if it is a cached letter.
    pub fn get(&self, alternatives: &[Alternative]) -> Option<Arc<ClauseMatches>> {
        let [Alternative::Term(term)] = alternatives else { return None };
        let known = self.found.iter().find(|(known, _)| known == term);
        known.map(|(_, matches)| Arc::clone(matches))
    }
}
