//! Scores other forms of a term, by stems, and words that begin with it.

use crate::search::index::Dictionary;
use crate::search::language::Language;
use crate::search::weights::Weights;
use std::borrow::Cow;

/// The fewest characters of a term that has other forms.
const STEM_FROM: usize = 3;
/// The most characters that a form has more than the term.
const MAX_ENDING: usize = 8;
/// The minimum length, in characters, of a term that is also searched for by the stems of its
/// completions.
const COMPLETE_FROM: usize = 4;
/// A term with more completions than this in one dictionary is not completed.
const MAX_COMPLETIONS: usize = 6;
/// The penalty of a prefix grows up to this many further letters.
const MAX_EXTRA_LETTERS: usize = 10;

/// A term, prepared for comparison with its forms.
#[derive(Clone)]
pub(super) struct FormMatcher {
    /// The number of characters of the term.
    length: usize,
    /// Whether the user may still be typing the term.
    typed: bool,
    language: Language,
    /// The stem of the term; empty if the language has no stemmer.
    stem: String,
    /// The stems of the few completions of an unfinished term.
    completions: Vec<String>,
    /// Whether the term is a stop word of the language.
    is_stop_word: bool,
}

impl FormMatcher {
    pub fn new(term: &str, typed: bool, language: Language) -> Self {
        Self {
            length: term.chars().count(),
            typed,
            language,
            stem: language.stem(term).map(Cow::into_owned).unwrap_or_default(),
            completions: Vec::new(),
            is_stop_word: language.is_stop_word(term),
        }
    }

    /// Adds the stems of the completions of an unfinished term, if they are few.
    pub fn complete<'a>(&mut self, term: &str, dictionaries: impl Iterator<Item = &'a Dictionary>) {
        if !self.typed || self.length < COMPLETE_FROM {
            return;
        }
        let mut stems = Vec::new();
        for words in dictionaries {
            let range = words.starting_with(term);
            if range.len() > MAX_COMPLETIONS {
                return;
            }
            let stem = |n| self.language.stem(words.word(n)).map(Cow::into_owned);
            stems.extend(range.filter_map(stem));
        }
        stems.retain(|stem| *stem != self.stem);
        stems.sort();
        stems.dedup();
        self.completions = stems;
    }

    /// The prefix that all forms of the term share, without the letter that an ending may change.
    pub fn shared_prefix<'t>(&self, term: &'t str) -> &'t str {
        if self.stem.is_empty() {
            return term;
        }
        let common = term.bytes().zip(self.stem.bytes()).take_while(|(a, b)| a == b).count();
        // Snowball may change the letter before an ending, or double or drop one.
        let mut end =
            common.saturating_sub(usize::from(common == self.stem.len())).max(2).min(term.len());
        while !term.is_char_boundary(end) {
            end -= 1;
        }
        &term[..end]
    }

    /// The score of a word with the stem of the term, or one that begins with the term.
    pub fn score(&self, term: &str, word: &str, weights: &Weights) -> u8 {
        self.stem_score(term, word, weights).max(self.prefix_score(term, word, weights))
    }

    /// The score of a word with the stem of the term, or with that of a completion.
    pub fn stem_score(&self, term: &str, word: &str, weights: &Weights) -> u8 {
        if self.stem.is_empty()
            || self.length < STEM_FROM
            || !word.starts_with(self.shared_prefix(term))
            || word.chars().count() > self.length + MAX_ENDING
        {
            return 0;
        }
        let Some(stem) = self.language.stem(word) else { return 0 };
        let score = if stem == self.stem {
            weights.same_stem
        } else if self.completions.iter().any(|completion| *completion == stem) {
            weights.completion_stem
        } else {
            0
        };
        if score > 0 && self.is_foreign_form(word) { 0 } else { score }
    }

    /// Whether a word with the stem of the term is an English stop word, but the term is none: `cans`
    /// is no form of `can`. The stop words of English have all their forms, those of other languages
    /// do not.
    fn is_foreign_form(&self, word: &str) -> bool {
        self.language == Language::English && !self.is_stop_word && self.language.is_stop_word(word)
    }

    fn prefix_score(&self, term: &str, word: &str, weights: &Weights) -> u8 {
        let Some(ending) = word.strip_prefix(term) else { return 0 };
        let extra = ending.chars().take(MAX_EXTRA_LETTERS).count() as u8;
        let whole = if self.typed { weights.prefix_typed } else { weights.prefix };
        whole.saturating_sub(weights.extra_letter_penalty.saturating_mul(extra)).max(1)
    }
}
