//! Decides which entries are retrieved for a query.

use super::abbreviation::is_abbreviation;
use super::context::RetrievalContext;
use super::match_cache::MatchCache;
use super::select::{Retrieved, all_terms, any_term, unscored};
use super::weighted_clause::WeightedClause;
use crate::search::query::{Clause, ParsedQuery};
use crate::search::weights::Weights;

/// How hits match the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// The query is empty: every entry, in the order of the collection.
    #[default]
    Everything,
    /// Every hit has every term.
    AllTerms,
    /// No question has every term; every hit has words that resemble them.
    FuzzyTerms,
    /// No entry has every term; the closest ones.
    AnyTerms,
}

/// A way to retrieve entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strategy {
    /// Entries with any term, for a query that reads as a sentence: an entry that lacks a word may
    /// answer it better than one that has all words by chance.
    Sentence,
    /// Entries with every informative term. Good if some question has them all, else kept in case
    /// nothing better is found.
    AllTerms,
    /// Entries with every informative term or a word that resembles it. Good if some question has
    /// them all.
    FuzzyTerms,
    /// Entries with any term or a word that resembles it.
    AnyTerms,
    /// As `AnyTerms`, without exactness, phrases and anchors.
    Loosened,
}

impl Strategy {
    /// All strategies in the order in which they are tried.
    const ORDER: [Self; 5] =
        [Self::Sentence, Self::AllTerms, Self::FuzzyTerms, Self::AnyTerms, Self::Loosened];

    /// Whether the strategy suits entries that match in their answers only.
    fn needs_question(self) -> bool {
        match self {
            Self::AllTerms | Self::FuzzyTerms => true,
            Self::Sentence | Self::AnyTerms | Self::Loosened => false,
        }
    }
}

/// The result of a retrieval.
pub(in crate::search) struct Outcome {
    pub retrieved: Retrieved,
    pub mode: MatchMode,
    /// The clauses with the matches that the strategy used.
    pub clauses: Vec<WeightedClause>,
}

/// Retrieves the entries for a query by the first strategy that finds good ones.
pub(in crate::search) fn retrieve(
    query: &ParsedQuery,
    exact: bool,
    context: &RetrievalContext,
    cache: &mut MatchCache,
) -> Outcome {
    let clauses = cache.find(&query.clauses, false);
    if clauses.is_empty() {
        return Outcome { retrieved: unscored(context), mode: MatchMode::AllTerms, clauses };
    }
    let mut retrieval = Retrieval { query, exact, context, cache, clauses };
    let mut fallback = None;
    let mut last = None;
    for strategy in Strategy::ORDER {
        if !strategy.needs_question() && fallback.is_some() {
            break;
        }
        let Some(outcome) = retrieval.attempt(strategy) else { continue };
        let found = outcome.retrieved.total > 0;
        let in_question = || outcome.retrieved.best.iter().any(|candidate| candidate.in_head);
        if found && (!strategy.needs_question() || in_question()) {
            return outcome;
        }
        if found && strategy == Strategy::AllTerms {
            fallback = Some(outcome);
        } else {
            last = Some(outcome);
        }
    }
    fallback.or(last).unwrap_or_else(|| Outcome {
        retrieved: Retrieved::default(),
        mode: MatchMode::AnyTerms,
        clauses: retrieval.clauses,
    })
}

struct Retrieval<'a> {
    query: &'a ParsedQuery,
    /// Only words as they are typed match.
    exact: bool,
    context: &'a RetrievalContext,
    cache: &'a mut MatchCache,
    /// The clauses of the query, with fuzzy matches only where a term has no others.
    clauses: Vec<WeightedClause>,
}

impl Retrieval<'_> {
    /// The outcome of a strategy; `None` if it does not apply to the query.
    fn attempt(&mut self, strategy: Strategy) -> Option<Outcome> {
        let weights = &self.context.weights;
        match strategy {
            Strategy::Sentence => {
                let applies = is_sentence(&self.clauses, weights);
                let retrieved = applies.then(|| any_term(&self.clauses, self.context))?;
                let all = retrieved.complete > 0;
                let mode = if all { MatchMode::AllTerms } else { MatchMode::AnyTerms };
                Some(Outcome { retrieved, mode, clauses: self.clauses.clone() })
            }
            Strategy::AllTerms => {
                let retrieved = all_terms(&self.clauses, self.context);
                let clauses = self.clauses.clone();
                Some(Outcome { retrieved, mode: MatchMode::AllTerms, clauses })
            }
            Strategy::FuzzyTerms => {
                let clauses = self.resembling()?;
                let retrieved = all_terms(&clauses, self.context);
                Some(Outcome { retrieved, mode: MatchMode::FuzzyTerms, clauses })
            }
            Strategy::AnyTerms => {
                let clauses = self.cache.find(&self.query.clauses, true);
                let retrieved = any_term(&clauses, self.context);
                Some(Outcome { retrieved, mode: MatchMode::AnyTerms, clauses })
            }
            Strategy::Loosened => {
                let loose = self.query.loosened();
                if self.exact || loose == *self.query || loose.clauses.is_empty() {
                    return None;
                }
                let clauses = self.cache.find(&loose.clauses, true);
                let retrieved = any_term(&clauses, &self.context.loosened());
                Some(Outcome { retrieved, mode: MatchMode::AnyTerms, clauses })
            }
        }
    }

    /// The clauses, with fuzzy matches for terms that no entry has as a word but only as a prefix:
    /// in "prpr way str", `str` may stand for a string or for a store. So may a term that looks
    /// like a word without its vowels and is a word of answers only. `None` if all are words.
    fn resembling(&mut self) -> Option<Vec<WeightedClause>> {
        let is_word = |clause: &WeightedClause| {
            let meant = clause.matches.is_in_head || !is_abbreviation(&clause.term);
            clause.matches.has_form() && meant || clause.is_stop_word
        };
        if self.clauses.iter().all(is_word) {
            return None;
        }
        let all = self.query.clauses.iter().zip(&self.clauses);
        let unsure: Vec<Clause> =
            all.filter(|(_, found)| !is_word(found)).map(|(clause, _)| clause.clone()).collect();
        let mut wider = self.cache.find(&unsure, true).into_iter();
        let one = |found: &WeightedClause| {
            let kept = is_word(found).then(|| found.clone());
            kept.or_else(|| wider.next())
        };
        self.clauses.iter().map(one).collect()
    }
}

/// Whether a query reads as a sentence: it has stop words, or many terms.
pub(in crate::search) fn is_sentence(clauses: &[WeightedClause], weights: &Weights) -> bool {
    let informative = clauses.iter().filter(|clause| !clause.is_stop_word).count();
    informative < clauses.len() || informative >= weights.sentence_terms
}
