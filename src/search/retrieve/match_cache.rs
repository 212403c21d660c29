//! The matches of recent clauses, so that another letter of the query looks up one term.

use super::abbreviation::is_abbreviation;
use super::buffer_pool::BufferPool;
use super::clause_matches::ClauseMatches;
use super::compounds;
use super::lookup::{Leniency, Lookup};
use super::prefix_cache::PrefixCache;
use super::weighted_clause::WeightedClause;
use crate::collection::Marks;
use crate::search::index::Index;
use crate::search::query::{Alternative, Clause, Term};
use crate::search::weights::Weights;
use std::sync::Arc;

/// How many clauses are cached; those of the newest query always are.
const KEPT_CLAUSES: usize = 16;

/// Finds the matches of clauses, and caches recent ones.
pub(in crate::search) struct MatchCache {
    index: Index,
    weights: Arc<Weights>,
    /// The cached clauses, those of the newest query last.
    known: Vec<KnownClause>,
    buffers: BufferPool,
    /// `None` until the search thread is idle.
    prefixes: Option<PrefixCache>,
    /// Whether a folded word is a word of the language, even if no entry has it.
    is_word: fn(&str) -> bool,
}

/// The matches of a clause with these alternatives, at any weight.
struct KnownClause {
    alternatives: Vec<Alternative>,
    leniency: Leniency,
    matches: Arc<ClauseMatches>,
}

impl MatchCache {
    pub fn new(index: Index, weights: Arc<Weights>) -> Self {
        let buffers = BufferPool::default();
        Self { index, weights, known: Vec::new(), buffers, prefixes: None, is_word: |_| false }
    }

    /// Sets the test for words of the language, which are not typos of stop words.
    pub fn with_vocabulary(self, is_word: fn(&str) -> bool) -> Self {
        Self { is_word, ..self }
    }

    /// Preallocates buffers, then looks up one letter per call; returns false when done.
    pub fn prepare(&mut self) -> bool {
        let Self { index, weights, buffers, prefixes, is_word, .. } = self;
        let is_word = *is_word;
        match prefixes {
            Some(prefixes) if prefixes.is_complete() => false,
            Some(prefixes) => prefixes.advance(Lookup { index, weights, buffers, is_word }),
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

    /// Corrects clauses whose term no entry has in any form: a typo of a stop word becomes that
    /// stop word, and a compound becomes its parts if entries have them.
    pub fn resolve(&mut self, clauses: &[Clause], marks: &Marks) -> Vec<Clause> {
        let language = self.index.language();
        let mut resolved = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let [Alternative::Term(term)] = clause.alternatives.as_slice() else {
                resolved.push(clause.clone());
                continue;
            };
            let fixed = term.exact || !clause.required || self.has_beginning(clause, marks);
            let others = clauses.iter().any(|other| other != clause && other.required);
            // Next to other stop words, a word with a changed letter is a typo; otherwise it may be
            // an abbreviation of another word, as in "usng bbtx pln". A word of the language is not
            // a typo, as in "what is usa".
            let phrased =
                clauses.iter().any(|clause| clause.is_stop_word) && !is_abbreviation(&term.word);
            let any_typo = phrased && !(self.is_word)(&term.word);
            let stop_word = (!fixed && (others || phrased))
                .then(|| self.index.languages().misspelt_stop_word(&term.word, any_typo))
                .flatten();
            if let Some(stop_word) = stop_word {
                let term = Term { word: stop_word.to_owned(), ..term.clone() };
                let alternatives = vec![Alternative::Term(term)];
                resolved.push(Clause { alternatives, is_stop_word: true, required: false });
            } else if !fixed && language.has_compounds() {
                match compounds::parts(&term.word, &self.index, &self.weights) {
                    Some(parts) => resolved.extend(parts.into_iter().map(Clause::of_word)),
                    None => resolved.push(clause.clone()),
                }
            } else {
                resolved.push(clause.clone());
            }
        }
        resolved
    }

    /// Whether entries have a form of the term of a clause, or words that begin with it.
    fn has_beginning(&mut self, clause: &Clause, marks: &Marks) -> bool {
        let matches = self.matches(&clause.alternatives, Leniency::Strict, marks);
        let term = clause.term().map_or("", |term| &term.word);
        matches.best_word.as_ref().is_some_and(|best| best.is_form || best.word.starts_with(term))
    }

    /// The clauses with their matches.
    pub fn find(
        &mut self,
        clauses: &[Clause],
        leniency: Leniency,
        marks: &Marks,
    ) -> Vec<WeightedClause> {
        let weighted = clauses
            .iter()
            .map(|clause| {
                let matches = self.matches(&clause.alternatives, leniency, marks);
                WeightedClause::new(matches, clause, &self.weights)
            })
            .collect();
        let old = self.known.len().saturating_sub(KEPT_CLAUSES.max(2 * clauses.len()));
        for old in self.known.drain(..old) {
            // The matches may be shared with hits in use.
            if let Ok(matches) = Arc::try_unwrap(old.matches) {
                self.buffers.recycle(matches.into_buffers());
            }
        }
        weighted
    }

    fn matches(
        &mut self,
        alternatives: &[Alternative],
        leniency: Leniency,
        marks: &Marks,
    ) -> Arc<ClauseMatches> {
        let strict = leniency == Leniency::Strict;
        let prefix = self.prefixes.as_ref().filter(|_| strict);
        if let Some(matches) = prefix.and_then(|cache| cache.get(alternatives)) {
            return matches;
        }
        if !strict && let [Alternative::Term(_)] = alternatives {
            // A term that entries have needs no further lookup.
            let matches = self.matches(alternatives, Leniency::Strict, marks);
            let found = match leniency {
                Leniency::Strict | Leniency::Lenient => matches.best_word.is_some(),
                Leniency::Fuzzy => matches.has_form() && matches.is_intended,
            };
            if found {
                return matches;
            }
            if leniency == Leniency::Fuzzy && matches.best_word.is_none() {
                // All words of the collection were already compared with it.
                return self.matches(alternatives, Leniency::Lenient, marks);
            }
        }
        let Self { index, weights, known, buffers, is_word, .. } = self;
        let at = known
            .iter()
            .position(|clause| clause.leniency == leniency && clause.alternatives == alternatives);
        let newest = if let Some(at) = at {
            known.remove(at)
        } else {
            let lookup = Lookup { index, weights, buffers, is_word: *is_word };
            let matches = Arc::new(lookup.find(alternatives, leniency, marks));
            KnownClause { alternatives: alternatives.to_vec(), leniency, matches }
        };
        let matches = Arc::clone(&newest.matches);
        // Marks may change.
        if !alternatives.iter().any(|alternative| matches!(alternative, Alternative::Filter(_))) {
            known.push(newest);
        }
        matches
    }

    /// The number of cached clauses.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether the matches of a one-letter prefix were looked up in advance.
    #[cfg(test)]
    pub fn knows_prefix(&self, letter: &str) -> bool {
        let term = Term { word: letter.to_owned(), exact: false, typed: true };
        let alternatives = [Alternative::Term(term)];
        self.prefixes.as_ref().is_some_and(|prefixes| prefixes.get(&alternatives).is_some())
    }
}
