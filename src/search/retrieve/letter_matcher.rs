//! Scores words that have the letters of a term in order.

use super::abbreviation::{Abbreviation, abbreviates};
use crate::search::weights::Weights;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::Arc;

/// The fewest characters of a term whose letters may be in order within a word.
const LETTERS_FROM: usize = 2;
/// The fewest characters of a term that a word may contain.
const INFIX_FROM: usize = 3;

/// A term, prepared for comparison with words that have its letters in order.
#[derive(Clone)]
pub(super) struct LetterMatcher {
    chars: Vec<char>,
    fuzzy: Arc<SkimMatcherV2>,
    /// The score of the term itself by `fuzzy`.
    max_score: i64,
}

impl LetterMatcher {
    pub fn new(term: &str) -> Self {
        let fuzzy = SkimMatcherV2::default().element_limit(1 << 16);
        let max_score = fuzzy.fuzzy_match(term, term).unwrap_or(1).max(1);
        Self { chars: term.chars().collect(), fuzzy: Arc::new(fuzzy), max_score }
    }

    /// The score of a word that contains the term, or has its letters in order from the first.
    pub fn score(&self, term: &str, word: &str, weights: &Weights) -> u8 {
        if self.chars.len() < LETTERS_FROM {
            return 0;
        }
        let share = term.len() as f32 / word.len() as f32;
        if self.chars.len() >= INFIX_FROM && word.contains(term) {
            let share = weights.infix_base + weights.infix_length_share * share;
            return (f32::from(weights.infix) * share) as u8;
        }
        if word.chars().next() != self.first() || !self.are_in_order(word) {
            return 0;
        }
        let abbreviation = self.abbreviation_score(term, word, weights);
        if abbreviation > 0 {
            return abbreviation;
        }
        let score = self.fuzzy.fuzzy_match(word, term).unwrap_or(0).max(0);
        let closeness = (score as f32 / self.max_score as f32).clamp(0.0, 1.0);
        let share = weights.subsequence_base
            + weights.subsequence_closeness * closeness
            + weights.subsequence_length_share * share.min(1.0);
        (f32::from(weights.subsequence) * share) as u8
    }

    /// The score of a word that the term abbreviates by leaving out vowels.
    pub fn abbreviation_score(&self, term: &str, word: &str, weights: &Weights) -> u8 {
        if word.chars().next() != self.first() {
            return 0;
        }
        match abbreviates(term, word) {
            Some(Abbreviation::Whole) => weights.abbreviation,
            Some(Abbreviation::Prefix) => weights.abbreviation_prefix,
            None => 0,
        }
    }

    /// The first letter of the term.
    pub fn first(&self) -> Option<char> {
        self.chars.first().copied()
    }

    fn are_in_order(&self, word: &str) -> bool {
        let mut letters = word.chars();
        self.chars.iter().all(|c| letters.any(|l| l == *c))
    }

    /// The byte offsets in `word` of the letters of the term.
    pub fn offsets(&self, term: &str, word: &str) -> Option<Vec<usize>> {
        let (_, chars) = self.fuzzy.fuzzy_indices(word, term)?;
        let offsets: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        Some(chars.into_iter().filter_map(|n| offsets.get(n).copied()).collect())
    }
}
