//! Scores words that a term may be a typo of.

use super::edit_distance::TypoPattern;
use crate::search::index::letter_mask;
use crate::search::language::Language;
use crate::search::weights::{EXACT, Weights};

/// The minimum length, in characters, of a term that may be a prefix with a typo.
const PREFIX_TYPO_FROM: usize = 4;

/// A term, prepared for comparison with words that it may be a typo of.
#[derive(Clone)]
pub(super) struct TypoMatcher {
    pattern: TypoPattern,
    /// The letter mask of the term.
    mask: u32,
    /// The number of characters of the term.
    length: usize,
    /// The number of bytes of the term.
    bytes: usize,
    /// The first character of the term.
    first: Option<char>,
    /// The maximum number of typos.
    pub max: usize,
    language: Language,
    /// Whether the term is a word of the language.
    is_word: bool,
}

impl TypoMatcher {
    pub fn new(term: &str, language: Language, weights: &Weights) -> Self {
        let length = term.chars().count();
        let max = usize::from(length >= weights.one_typo_from)
            + usize::from(length >= weights.two_typos_from);
        Self {
            pattern: TypoPattern::new(term),
            mask: letter_mask(term),
            length,
            bytes: term.len(),
            first: term.chars().next(),
            max,
            language,
            is_word: false,
        }
    }

    /// Sets whether the term is a word of the language.
    pub fn set_word(&mut self, is_word: bool) {
        self.is_word = is_word;
    }

    /// Returns false for a word that lacks more letters of the term than typos are allowed.
    pub fn may_match(&self, word: u32) -> bool {
        (self.mask & !word).count_ones() <= self.max as u32
    }

    /// Whether a word with this letter mask has all letters of the term.
    pub fn has_letters(&self, word: u32) -> bool {
        self.mask & !word == 0
    }

    /// Whether the term is `word` with one typo.
    pub fn is_one_typo_from(&self, word: &str) -> bool {
        self.pattern.distance(word, 1).0 == 1
    }

    /// The score of a word that the term is a typo of, whole or at its beginning; `mask` is the
    /// letter mask of the word.
    pub fn score(&self, word: &str, mask: u32, weights: &Weights) -> u8 {
        let max = self.max;
        if max == 0 || !self.may_match(mask) {
            return 0;
        }
        let (whole, prefix) = self.pattern.distance(word, max);
        let score = |scores: [u8; 3], typos: usize| {
            scores.get(typos).copied().filter(|_| typos <= max).unwrap_or(0)
        };
        let whole = score([EXACT, weights.one_typo, weights.two_typos], whole);
        let prefixes = [weights.prefix, weights.prefix_one_typo, weights.prefix_two_typos];
        let mut prefix = score(prefixes, prefix);
        if self.length < PREFIX_TYPO_FROM {
            prefix = 0;
        }
        let score = whole.max(prefix);
        // The mistyped beginning of a stop word does not mean it (`inst` is not `into`), nor does
        // another word (`wish` is not `with`), or one of three letters (`usb` is not `use`) unless
        // two are swapped.
        let is_swapped = mask == self.mask && word.len() == self.bytes;
        let is_own = self.is_word || self.length < PREFIX_TYPO_FROM;
        let is_other = prefix > whole || is_own && !is_swapped;
        if score > 0 && is_other && self.language.is_stop_word(word) {
            return 0;
        }
        let is_other_word = self.is_word && !is_swapped;
        let score = if is_other_word { score / 10 * weights.word_typo_tenths } else { score };
        let same_first = word.chars().next() == self.first;
        if same_first { score } else { score / 10 * weights.first_letter_typo_tenths }
    }
}
