//! The matches of recent clauses: another key in the same query looks up one term.

use super::buffer_pool::BufferPool;
use super::clause_matches::ClauseMatches;
use super::lookup::Lookup;
use super::prefix_cache::PrefixCache;
use super::weighted_clause::WeightedClause;
use crate::search::index::Index;
use crate::search::query::{Clause, Term};
use crate::search::weights::Weights;
use std::sync::Arc;

/// Clauses whose matches are kept; those of the newest query always are.
const KEPT_CLAUSES: usize = 10;

/// Finds the matches of clauses, and keeps those of recent ones.
pub(in crate::search) struct MatchCache {
    index: Index,
    weights: Arc<Weights>,
    /// The clauses of the newest query last.
    known: Vec<KnownClause>,
    buffers: BufferPool,
    /// `None` until the search thread was idle.
    prefixes: Option<PrefixCache>,
}

/// The matches of a clause with these terms, whatever it weighs.
struct KnownClause {
    terms: Vec<Term>,
    fuzzy: bool,
    matches: Arc<ClauseMatches>,
}

impl MatchCache {
    pub fn new(index: Index, weights: Arc<Weights>) -> Self {
        let buffers = BufferPool::default();
        Self { index, weights, known: Vec::new(), buffers, prefixes: None }
    }

    /// Allocates buffers, then looks up a letter per call; false when all is done.
    pub fn prepare(&mut self) -> bool {
        let Self { index, weights, buffers, prefixes, .. } = self;
        match prefixes {
            Some(prefixes) if prefixes.is_complete() => false,
            Some(prefixes) => prefixes.advance(Lookup { index, weights, buffers }),
            None => {
                buffers.preallocate(index);
                *prefixes = Some(PrefixCache::new(index));
                true
            }
        }
    }

    /// Whether [`MatchCache::prepare`] has nothing more to do.
    pub fn is_prepared(&self) -> bool {
        self.prefixes.as_ref().is_some_and(PrefixCache::is_complete)
    }

    /// The clauses with their matches. Unless `fuzzy`, typos and letters in order are only tried
    /// for a term that no entry has in any form.
    pub fn find(&mut self, clauses: &[Clause], fuzzy: bool) -> Vec<WeightedClause> {
        let weighted = clauses
            .iter()
            .map(|clause| {
                let matches = self.matches(&clause.alternatives, fuzzy);
                WeightedClause::new(matches, clause, &self.weights)
            })
            .collect();
        let old = self.known.len().saturating_sub(KEPT_CLAUSES.max(clauses.len()));
        for old in self.known.drain(..old) {
            // Hits that are still in use may share the matches.
            if let Ok(matches) = Arc::try_unwrap(old.matches) {
                self.buffers.recycle(matches.into_buffers());
            }
        }
        weighted
    }

    fn matches(&mut self, terms: &[Term], fuzzy: bool) -> Arc<ClauseMatches> {
        let Self { index, weights, known, buffers, prefixes } = self;
        let prefix = prefixes.as_ref().filter(|_| !fuzzy).and_then(|cache| cache.get(terms));
        if let Some(matches) = prefix {
            return matches;
        }
        let at = known.iter().position(|clause| clause.fuzzy == fuzzy && clause.terms == terms);
        let newest = match at {
            Some(at) => known.remove(at),
            None => KnownClause {
                terms: terms.to_vec(),
                fuzzy,
                matches: Arc::new(Lookup { index, weights, buffers }.find(terms, fuzzy)),
            },
        };
        let matches = Arc::clone(&newest.matches);
        known.push(newest);
        matches
    }

    /// The number of clauses that are kept.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether the matches of a one-letter prefix were looked up in advance.
    #[cfg(test)]
    pub fn knows_prefix(&self, letter: &str) -> bool {
        let term = Term { word: letter.to_owned(), exact: false, typed: true };
        self.prefixes.as_ref().is_some_and(|prefixes| prefixes.get(&[term]).is_some())
    }
}
