//! Scores how well a word matches a term of a query.
//!
//! A match score is 0 for no match and [`EXACT`] for the word itself. The same function scores
//! words of the dictionary, words of a question during ranking, and words to highlight, so that
//! highlighting agrees with the search.

use super::form_matcher::FormMatcher;
use super::letter_matcher::LetterMatcher;
use super::typo_matcher::TypoMatcher;
use crate::search::index::{Dictionary, letter_mask};
use crate::search::language::Language;
use crate::search::weights::{EXACT, Weights};
use std::sync::Arc;

/// How far a word may differ from a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::search) enum Tolerance {
    /// The word itself.
    Exact,
    /// Also its other forms, and words that begin with it.
    Forms,
    /// Also words that it abbreviates by leaving out vowels.
    Abbreviations,
    /// Also typos, and letters in order.
    Fuzzy,
    /// Letters in order across a whole question.
    Subsequence,
}

/// A term, prepared for comparison with many words.
#[derive(Clone)]
pub(in crate::search) struct TermMatcher {
    term: String,
    /// The number of characters.
    length: usize,
    tolerance: Tolerance,
    forms: FormMatcher,
    typos: TypoMatcher,
    letters: LetterMatcher,
    weights: Arc<Weights>,
}

impl TermMatcher {
    /// A matcher for `term`; `typed` if the user may still be typing it.
    pub fn new(
        term: &str,
        typed: bool,
        tolerance: Tolerance,
        language: Language,
        weights: &Arc<Weights>,
    ) -> Self {
        let language = if tolerance == Tolerance::Exact { Language::Unknown } else { language };
        Self {
            term: term.to_owned(),
            length: term.chars().count(),
            tolerance,
            forms: FormMatcher::new(term, typed, language),
            typos: TypoMatcher::new(term, language, weights),
            letters: LetterMatcher::new(term),
            weights: Arc::clone(weights),
        }
    }

    /// Sets whether the term is a word of the language.
    pub fn with_word(mut self, is_word: bool) -> Self {
        self.typos.set_word(is_word);
        self
    }

    /// Adds the stems of the completions of an unfinished term, if they are few, so that `cryin`
    /// still finds `cry`.
    pub fn complete<'a>(&mut self, dictionaries: impl Iterator<Item = &'a Dictionary>) {
        self.forms.complete(&self.term, dictionaries);
    }

    /// The match score of a folded word.
    pub fn match_score(&self, word: &str) -> u8 {
        if word == self.term {
            return EXACT;
        }
        if self.tolerance == Tolerance::Exact {
            return 0;
        }
        let score = self.forms.score(&self.term, word, &self.weights);
        if score > 0 {
            return score;
        }
        match self.tolerance {
            Tolerance::Exact | Tolerance::Forms | Tolerance::Subsequence => 0,
            Tolerance::Abbreviations => {
                self.letters.abbreviation_score(&self.term, word, &self.weights)
            }
            Tolerance::Fuzzy => self.fuzzy_score(word, letter_mask(word)),
        }
    }

    /// Whether a match score means the term itself or another form of it.
    pub fn is_form(&self, score: u8) -> bool {
        score >= self.weights.same_stem
    }

    /// Whether the term is `word` with one typo; `mask` is the letter mask of the word.
    pub fn is_one_typo_from(&self, word: &str, mask: u32) -> bool {
        self.typos.may_match(mask) && self.typos.is_one_typo_from(word)
    }

    /// The score of a word that is not a form of the term; `mask` is its letter mask.
    fn fuzzy_score(&self, word: &str, mask: u32) -> u8 {
        if !self.typos.may_match(mask) || word.len() + self.typos.max < self.length {
            return 0;
        }
        let typos = self.typos.score(word, mask, &self.weights);
        typos.max(self.letters_score(word, mask))
    }

    /// The score of a word with the letters of the term in order; `mask` is its letter mask.
    fn letters_score(&self, word: &str, mask: u32) -> u8 {
        if self.typos.has_letters(mask) {
            self.letters.score(&self.term, word, &self.weights)
        } else {
            0
        }
    }

    /// Calls `each` with the number and match score of every word of the dictionary that matches.
    pub fn find(&self, words: &Dictionary, mut each: impl FnMut(usize, u8)) {
        if self.tolerance == Tolerance::Exact {
            if let Some(n) = words.find(&self.term) {
                each(n, EXACT);
            }
            return;
        }
        let forms = words.starting_with(self.forms.shared_prefix(&self.term));
        if self.tolerance != Tolerance::Fuzzy {
            // What a term abbreviates may only share its first letter.
            let candidates = match self.letters.first() {
                Some(first) if self.tolerance == Tolerance::Abbreviations => {
                    words.starting_with(first.encode_utf8(&mut [0; 4]))
                }
                Some(_) | None => forms,
            };
            for n in candidates {
                let score = self.match_score(words.word(n));
                if score > 0 {
                    each(n, score);
                }
            }
            return;
        }
        for n in 0..words.len() {
            let score = if forms.contains(&n) {
                self.match_score(words.word(n))
            } else if self.typos.may_match(words.mask(n)) {
                self.fuzzy_score(words.word(n), words.mask(n))
            } else {
                0
            };
            if score > 0 {
                each(n, score);
            }
        }
    }

    /// The byte offsets in `word` of the letters of a term that matches as a subsequence.
    pub fn matched_letters(&self, word: &str) -> Option<Vec<usize>> {
        self.letters.offsets(&self.term, word)
    }

    /// Whether a matching word matches as a whole, not as a subsequence.
    pub fn matches_whole(&self, word: &str) -> bool {
        let mask = letter_mask(word);
        self.forms.stem_score(&self.term, word, &self.weights) > 0
            || self.typos.score(word, mask, &self.weights) >= self.letters_score(word, mask)
    }

    /// How far a word may differ from the term.
    pub fn tolerance(&self) -> Tolerance {
        self.tolerance
    }

    /// The folded term.
    pub fn term(&self) -> &str {
        &self.term
    }
}

impl std::fmt::Debug for TermMatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TermMatcher({:?}, {:?})", self.term, self.tolerance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(term: &str, word: &str) -> u8 {
        let weights = Arc::default();
        TermMatcher::new(term, true, Tolerance::Fuzzy, Language::English, &weights)
            .match_score(word)
    }

    #[test]
    fn scores_decrease_from_the_word_to_its_letters() {
        let falling = ["therapist", "therapists", "therapistry", "theraphist", "theorapiist"];
        let scores: Vec<u8> = falling.iter().map(|word| score("therapist", word)).collect();
        assert!(scores.is_sorted_by(|a, b| a > b) && scores[4] > 0, "{scores:?}");
    }

    #[test]
    fn inflections_typos_and_abbreviations_match() {
        for (term, word) in [
            ("therpist", "therapist"),
            ("thrpst", "therapist"),
            ("crwaler", "crawler"),
            ("crwal", "crawler"),
            ("cry", "crying"),
            ("crying", "cry"),
            ("effect", "useeffect"),
            ("teh", "the"),
            ("cmpnn", "component"),
        ] {
            assert!(score(term, word) > 0, "{term} {word}");
        }
        for (term, word) in [("cry", "dry cleaning"), ("hug", "bag"), ("x", "box"), ("abc", "xyz")]
        {
            assert_eq!(score(term, word), 0, "{term} {word}");
        }
    }

    #[test]
    fn the_mistyped_beginning_of_a_stop_word_does_not_match() {
        assert!(score("inst", "intro") > 0 && score("inot", "into") > 0);
        assert_eq!(score("inst", "into"), 0);
    }

    #[test]
    fn a_short_or_another_word_means_no_stop_word() {
        let weights = Arc::default();
        let fuzzy =
            |term| TermMatcher::new(term, true, Tolerance::Fuzzy, Language::English, &weights);
        assert!(score("waht", "what") > 0 && score("whot", "what") > 0);
        assert!(fuzzy("wish").match_score("with") > 0);
        assert_eq!(fuzzy("wish").with_word(true).match_score("with"), 0);
        assert!(fuzzy("wish").with_word(true).match_score("dish") > 0);
        // What is a word is rarely a typo, unless letters are swapped.
        let typo = |term, word| fuzzy(term).with_word(true).match_score(word);
        assert!(typo("wish", "dish") < score("wish", "dish"));
        assert_eq!(typo("form", "from"), score("form", "from"));
        assert_eq!(score("usb", "use"), 0);
        assert_eq!(fuzzy("cans").with_word(true).match_score("can"), 0);
        assert!(score("uses", "used") > 0);
    }

    #[test]
    fn an_abbreviation_is_not_a_typo_of_another_word() {
        for (term, meant, other) in
            [("prts", "proteus", "prosser"), ("grg", "greig", "grn"), ("frbr", "farber", "fabry")]
        {
            assert!(score(term, meant) > score(term, other), "{term}");
        }
    }

    const TOLERANCES: [Tolerance; 4] =
        [Tolerance::Exact, Tolerance::Forms, Tolerance::Abbreviations, Tolerance::Fuzzy];

    proptest! {
        #[test]
        fn a_dictionary_finds_what_matching_finds(
            mut words in proptest::collection::vec("[a-e]{1,6}|[a-e]{2,5}(ing|s|ed)", 1..30),
            term in "[a-e]{1,7}",
            typed: bool,
        ) {
            words.sort();
            words.dedup();
            let mut dictionary = Dictionary::default();
            for word in &words {
                dictionary.push(word);
            }
            for tolerance in TOLERANCES {
                let mut matcher = TermMatcher::new(
                    &term, typed, tolerance, Language::English, &Arc::default(),
                );
                matcher.complete(std::iter::once(&dictionary));
                let mut found = Vec::new();
                matcher.find(&dictionary, |n, score| found.push((n, score)));
                let all: Vec<_> = (0..words.len())
                    .map(|n| (n, matcher.match_score(&words[n])))
                    .filter(|(_, score)| *score > 0)
                    .collect();
                prop_assert_eq!(found, all);
            }
        }
    }
}
