//! What is found before anybody asks: the first letters of words.
//!
//! Whoever types a word types its first letter first, and in a large collection no other term
//! matches as much. While there is nothing else to do, the letters that most words of the collection
//! begin with are looked up, so that no key waits for it.

use super::Index;
use super::evaluate::{Matches, Spare};
use super::query::Term;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// In a smaller index every letter is found soon enough.
const WORTH: usize = 50_000;
/// At most so many bytes of matches are kept.
const MOST: usize = 12 << 20;

/// The matches of the most frequent first letters.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The letters that come next, the most frequent last.
    waiting: Vec<Term>,
    found: Vec<(Term, Arc<Matches>)>,
    bytes: usize,
}

impl Ahead {
    /// What is worth finding in an index; nothing is found yet.
    pub fn of(index: &Index) -> Self {
        if index.len() < WORTH {
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
        // More of them than this would not be kept.
        let most = MOST / index.len();
        letters.drain(..letters.len().saturating_sub(most));
        let term =
            |(_, letter): (u64, char)| Term { word: letter.to_string(), exact: false, typed: true };
        Self { waiting: letters.into_iter().map(term).collect(), ..Self::default() }
    }

    /// Whether every letter that is worth it was found.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Finds one more letter; tells whether there was any left.
    pub fn find_next(&mut self, index: &Index, spare: &Spare) -> bool {
        let Some(term) = self.waiting.pop() else { return false };
        let matches = Matches::of(std::slice::from_ref(&term), false, index, spare);
        self.bytes += matches.bytes();
        if self.bytes > MOST {
            self.waiting.clear();
            return false;
        }
        self.found.push((term, Arc::new(matches)));
        true
    }

    /// What matches any of these terms, if it was found.
    pub fn get(&self, terms: &[Term]) -> Option<Arc<Matches>> {
        let [term] = terms else { return None };
        let known = self.found.iter().find(|(known, _)| known == term);
        known.map(|(_, matches)| Arc::clone(matches))
    }
}
