//! Scores how well a word matches a term of a query.
//!
//! A match score is 0 for no match and [`EXACT`] for the word itself. The same function scores
//! words of the dictionary, words of a question during ranking, and words to highlight, so that
//! highlighting agrees with the search.

use super::abbreviation::{Abbreviation, abbreviates};
use super::edit_distance::TypoPattern;
use crate::search::index::{Dictionary, letter_mask};
use crate::search::language::Language;
use crate::search::weights::Weights;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::borrow::Cow;
use std::sync::Arc;

/// The score of the word itself.
const EXACT: u8 = 255;
/// The most bytes that an ending adds to a term.
const MAX_ENDING: usize = 8;
/// The minimum length, in characters, of a term that may be a prefix with a typo.
const PREFIX_TYPO_FROM: usize = 4;
/// The minimum length, in characters, of a term that is also searched for by the stems of its
/// completions.
const COMPLETE_FROM: usize = 4;
/// A term with more completions than this in one dictionary is not completed.
const MAX_COMPLETIONS: usize = 6;

/// How far a word may differ from a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::search) enum Tolerance {
    /// The word itself.
    Exact,
    /// Also its other forms, and words that begin with it.
    Forms,
    /// Also typos, and letters in order.
    Fuzzy,
    /// Letters in order across a whole question.
    Subsequence,
}

/// A term, prepared for comparison with many words.
#[derive(Clone)]
pub(in crate::search) struct TermMatcher {
    term: String,
    chars: Vec<char>,
    pattern: TypoPattern,
    mask: u32,
    /// The maximum number of typos.
    max_typos: usize,
    /// Whether the user may still be typing the term.
    typed: bool,
    tolerance: Tolerance,
    language: Language,
    /// Whether the term is a word of the language.
    is_word: bool,
    stem: String,
    /// The stems of the few completions of an unfinished term.
    completions: Vec<String>,
    fuzzy: Arc<SkimMatcherV2>,
    /// The score of the term itself by `fuzzy`.
    max_fuzzy_score: i64,
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
        let stem = language.stem(term).map(Cow::into_owned);
        let fuzzy = SkimMatcherV2::default().element_limit(1 << 16);
        let max_fuzzy_score = fuzzy.fuzzy_match(term, term).unwrap_or(1).max(1);
        let chars: Vec<char> = term.chars().collect();
        let max_typos = usize::from(chars.len() >= weights.one_typo_from)
            + usize::from(chars.len() >= weights.two_typos_from);
        Self {
            chars,
            max_typos,
            pattern: TypoPattern::new(term),
            mask: letter_mask(term),
            typed,
            tolerance,
            stem: stem.unwrap_or_default(),
            language,
            is_word: false,
            completions: Vec::new(),
            fuzzy: Arc::new(fuzzy),
            max_fuzzy_score,
            term: term.to_owned(),
            weights: Arc::clone(weights),
        }
    }

    /// Sets whether the term is a word of the language.
    pub fn with_word(self, is_word: bool) -> Self {
        Self { is_word, ..self }
    }

    /// The match score of a folded word.
    pub fn match_score(&self, word: &str) -> u8 {
        if word == self.term {
            return EXACT;
        }
        if self.tolerance == Tolerance::Exact {
            return 0;
        }
        let score = self.form_score(word).max(self.prefix_score(word));
        if score > 0 || self.tolerance != Tolerance::Fuzzy {
            return score;
        }
        self.fuzzy_score(word, letter_mask(word))
    }

    /// Whether a match score means the term itself or another form of it.
    pub fn is_form(&self, score: u8) -> bool {
        score >= self.weights.same_stem
    }

    /// Whether the term is `word` with one typo; `mask` is the letter mask of the word.
    pub fn is_one_typo_from(&self, word: &str, mask: u32) -> bool {
        self.may_match(mask) && self.pattern.distance(word, 1).0 == 1
    }

    /// The score of a word that is not a form of the term; `mask` is its letter mask.
    fn fuzzy_score(&self, word: &str, mask: u32) -> u8 {
        if !self.may_match(mask) || word.len() + self.max_typos < self.chars.len() {
            return 0;
        }
        self.typo_score(word, mask).max(self.subsequence_score(word, mask))
    }

    /// Calls `each` with the number and match score of every word of the dictionary that matches.
    pub fn find(&self, words: &Dictionary, mut each: impl FnMut(usize, u8)) {
        if self.tolerance == Tolerance::Exact {
            if let Some(n) = words.find(&self.term) {
                each(n, EXACT);
            }
            return;
        }
        let forms = words.starting_with(self.shared_prefix());
        if self.tolerance != Tolerance::Fuzzy {
            for n in forms {
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
            } else if self.may_match(words.mask(n)) {
                self.fuzzy_score(words.word(n), words.mask(n))
            } else {
                0
            };
            if score > 0 {
                each(n, score);
            }
        }
    }

    /// Returns false for a word that lacks more letters of the term than typos are allowed.
    fn may_match(&self, word: u32) -> bool {
        (self.mask & !word).count_ones() <= self.max_typos as u32
    }

    /// The prefix that all forms of the term share, without the letter that an ending may change.
    fn shared_prefix(&self) -> &str {
        if self.stem.is_empty() {
            return &self.term;
        }
        let common = self.term.bytes().zip(self.stem.bytes()).take_while(|(a, b)| a == b).count();
        // Snowball may change the letter before an ending, or double or drop one.
        let mut end = common
            .saturating_sub(usize::from(common == self.stem.len()))
            .max(2)
            .min(self.term.len());
        while !self.term.is_char_boundary(end) {
            end -= 1;
        }
        &self.term[..end]
    }

    /// Adds the stems of the completions of an unfinished term, if they are few, so that `cryin`
    /// still finds `cry`.
    pub fn complete<'a>(&mut self, dictionaries: impl Iterator<Item = &'a Dictionary>) {
        if !self.typed || self.chars.len() < COMPLETE_FROM {
            return;
        }
        let mut stems = Vec::new();
        for words in dictionaries {
            let range = words.starting_with(&self.term);
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

    fn form_score(&self, word: &str) -> u8 {
        if self.stem.is_empty()
            || self.chars.len() < 3
            || !word.starts_with(self.shared_prefix())
            || word.chars().count() > self.chars.len() + MAX_ENDING
        {
            return 0;
        }
        let Some(stem) = self.language.stem(word) else { return 0 };
        let score = if stem == self.stem {
            self.weights.same_stem
        } else if self.completions.iter().any(|completion| *completion == stem) {
            self.weights.completion_stem
        } else {
            0
        };
        if score > 0 && self.is_foreign_form(word) { 0 } else { score }
    }

    /// Whether a word with the stem of the term is an English stop word, but the term is none: `cans`
    /// is no form of `can`. The stop words of English have all their forms, those of other languages
    /// do not.
    fn is_foreign_form(&self, word: &str) -> bool {
        self.language == Language::English
            && self.language.is_stop_word(word)
            && !self.language.is_stop_word(&self.term)
    }

    fn prefix_score(&self, word: &str) -> u8 {
        let Some(ending) = word.strip_prefix(self.term.as_str()) else { return 0 };
        let extra = ending.chars().take(10).count() as u8;
        let Weights { prefix_typed, prefix, extra_letter_penalty, .. } = *self.weights;
        let whole = if self.typed { prefix_typed } else { prefix };
        whole.saturating_sub(extra_letter_penalty.saturating_mul(extra)).max(1)
    }

    fn typo_score(&self, word: &str, mask: u32) -> u8 {
        let max = self.max_typos;
        if max == 0 || (self.mask & !mask).count_ones() as usize > max {
            return 0;
        }
        let (whole, prefix) = self.pattern.distance(word, max);
        let weights = &*self.weights;
        let score = |scores: [u8; 3], typos: usize| {
            scores.get(typos).copied().filter(|_| typos <= max).unwrap_or(0)
        };
        let whole = score([EXACT, weights.one_typo, weights.two_typos], whole);
        let prefixes = [weights.prefix, weights.prefix_one_typo, weights.prefix_two_typos];
        let mut prefix = score(prefixes, prefix);
        if self.chars.len() < PREFIX_TYPO_FROM {
            prefix = 0;
        }
        let score = whole.max(prefix);
        // The mistyped beginning of a stop word does not mean it (`inst` is not `into`), nor does
        // another word (`wish` is not `with`), or one of three letters (`usb` is not `use`) unless
        // two are swapped.
        let is_swapped = mask == self.mask && word.len() == self.term.len();
        let is_own = self.is_word || self.chars.len() < PREFIX_TYPO_FROM;
        let is_other = prefix > whole || is_own && !is_swapped;
        if score > 0 && is_other && self.language.is_stop_word(word) {
            return 0;
        }
        let same_first = word.chars().next() == self.chars.first().copied();
        if same_first { score } else { score / 10 * weights.first_letter_typo_tenths }
    }

    fn subsequence_score(&self, word: &str, mask: u32) -> u8 {
        if self.chars.len() < 2 || self.mask & !mask != 0 {
            return 0;
        }
        let weights = &*self.weights;
        let share = self.term.len() as f32 / word.len() as f32;
        if self.chars.len() >= 3 && word.contains(self.term.as_str()) {
            let share = weights.infix_base + weights.infix_length_share * share;
            return (f32::from(weights.infix) * share) as u8;
        }
        if word.chars().next() != self.chars.first().copied() || !in_order(&self.chars, word) {
            return 0;
        }
        match abbreviates(&self.term, word) {
            Some(Abbreviation::Whole) => return weights.abbreviation,
            Some(Abbreviation::Prefix) => return weights.abbreviation_prefix,
            None => {}
        }
        let score = self.fuzzy.fuzzy_match(word, &self.term).unwrap_or(0).max(0);
        let closeness = (score as f32 / self.max_fuzzy_score as f32).clamp(0.0, 1.0);
        let share = weights.subsequence_base
            + weights.subsequence_closeness * closeness
            + weights.subsequence_length_share * share.min(1.0);
        (f32::from(weights.subsequence) * share) as u8
    }

    /// The byte offsets in `word` of the letters of a term that matches as a subsequence.
    pub fn matched_letters(&self, word: &str) -> Option<Vec<usize>> {
        let (_, chars) = self.fuzzy.fuzzy_indices(word, &self.term)?;
        let offsets: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        Some(chars.into_iter().filter_map(|n| offsets.get(n).copied()).collect())
    }

    /// Whether a matching word matches as a whole, not as a subsequence.
    pub fn matches_whole(&self, word: &str) -> bool {
        let mask = letter_mask(word);
        self.form_score(word) > 0
            || self.typo_score(word, mask) >= self.subsequence_score(word, mask)
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

fn in_order(term: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    term.iter().all(|c| letters.any(|l| l == *c))
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
            for tolerance in [Tolerance::Exact, Tolerance::Forms, Tolerance::Fuzzy] {
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
