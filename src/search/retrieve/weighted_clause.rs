//! A clause of the query with its matches and its weight.

use super::clause_matches::ClauseMatches;
use crate::search::query::Clause;
use crate::search::weights::Weights;
use std::sync::Arc;

/// A clause of the query with its matches and its weight.
#[derive(Debug, Clone)]
pub(in crate::search) struct WeightedClause {
    pub matches: Arc<ClauseMatches>,
    /// The weight: its rarity, reduced for stop words; above 0.
    pub weight: f32,
    /// Whether it is a stop word such as "the" or "how".
    pub is_stop_word: bool,
    /// Whether a match must have it.
    pub required: bool,
    /// The first of its alternatives that is a term; empty if none is.
    pub term: String,
}

impl WeightedClause {
    pub fn new(matches: Arc<ClauseMatches>, clause: &Clause, weights: &Weights) -> Self {
        let is_stop_word = clause.is_stop_word;
        let term = clause.term().map_or_else(String::new, |term| term.word.clone());
        let weight = matches.rarity * if is_stop_word { weights.stop_word_factor } else { 1.0 };
        Self { matches, weight, is_stop_word, required: clause.required, term }
    }
}

/// The sum of all weights; above 0.
pub(in crate::search) fn total_weight(clauses: &[WeightedClause]) -> f32 {
    clauses.iter().map(|clause| clause.weight).sum::<f32>().max(f32::MIN_POSITIVE)
}
