//! How well one word answers one term of a query.
//!
//! A grade is 0 for no match, up to [`WORD`] for the word itself. The same function grades the
//! dictionary's words, the words of a question that is ranked, and those that are highlighted, so
//! that what is shown is what was found.

use super::dictionary::{Dictionary, letters};
use super::language::Language;
use super::typos::Pattern;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::Arc;

/// The word itself.
pub(super) const WORD: u8 = 255;
/// Another form of the word.
pub(super) const STEM: u8 = 212;
/// The word begins with a term that is still being typed, or with one that is complete.
const BEGINNING_TYPED: u8 = 208;
const BEGINNING: u8 = 184;
/// Another form of a word that begins with the term: `cryin` and `cry`.
const BEGINNING_STEM: u8 = 176;
/// By the number of typos.
const TYPOS: [u8; 3] = [WORD, 176, 112];
/// The beginning of the word, with typos.
const BEGINNING_TYPOS: [u8; 3] = [BEGINNING, 144, 80];
/// The term's letters stand together inside the word.
const INSIDE: u8 = 128;
/// The term's letters stand in order inside the word, at best.
const LETTERS: u8 = 150;
/// The term is the word without its vowels, as people abbreviate, or the beginning of that.
const SHORTENED: u8 = 180;
const SHORTENED_BEGINNING: u8 = 160;

/// No ending adds more letters than this to a term.
const LONGEST_ENDING: usize = 8;

/// How far a term may be from a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Tolerance {
    /// The word itself.
    Exact,
    /// Also its other forms, and words that begin with it.
    Forms,
    /// Also typos, and letters in order.
    Fuzzy,
    /// Letters in order across a whole question.
    Across,
}

/// One term, prepared for comparing it with many words.
#[derive(Clone)]
pub(super) struct Grader {
    term: String,
    chars: Vec<char>,
    pattern: Pattern,
    mask: u32,
    /// Whether it is the last of the query, and so perhaps not typed to its end.
    typed: bool,
    tolerance: Tolerance,
    language: Language,
    stem: String,
    /// Stems of the few words that a half-typed term may become.
    completions: Vec<String>,
    matcher: Arc<SkimMatcherV2>,
    /// What `matcher` gives for the term itself.
    perfect: i64,
}

impl Grader {
    pub fn new(term: &str, typed: bool, tolerance: Tolerance, language: Language) -> Self {
        let language = if tolerance == Tolerance::Exact { Language::Unknown } else { language };
        let stem = language.stemmer().map(|stemmer| stemmer.stem(term).into_owned());
        let matcher = SkimMatcherV2::default().element_limit(1 << 16);
        let perfect = matcher.fuzzy_match(term, term).unwrap_or(1).max(1);
        Self {
            chars: term.chars().collect(),
            pattern: Pattern::new(term),
            mask: letters(term),
            typed,
            tolerance,
            stem: stem.unwrap_or_default(),
            language,
            completions: Vec::new(),
            matcher: Arc::new(matcher),
            perfect,
            term: term.to_owned(),
        }
    }

    /// The grade of a folded word.
    pub fn grade(&self, word: &str) -> u8 {
        if word == self.term {
            return WORD;
        }
        if self.tolerance == Tolerance::Exact {
            return 0;
        }
        let forms = self.form(word).max(self.beginning(word));
        if forms > 0 || self.tolerance != Tolerance::Fuzzy {
            return forms;
        }
        self.likeness(word, letters(word))
    }

    /// The grade of a word that is no form of the term; `mask` has its letters.
    fn likeness(&self, word: &str, mask: u32) -> u8 {
        if !self.possible(mask) || word.len() + self.allowed_typos() < self.chars.len() {
            return 0;
        }
        self.typos(word, mask).max(self.letters(word, mask))
    }

    /// Calls `each` with the number and grade of every word of the dictionary that matches.
    pub fn find(&self, words: &Dictionary, mut each: impl FnMut(usize, u8)) {
        if self.tolerance == Tolerance::Exact {
            if let Some(n) = words.find(&self.term) {
                each(n, WORD);
            }
            return;
        }
        // All forms of a word share its beginning, up to the letter that a language changes.
        let shared = self.shared_beginning();
        if self.tolerance != Tolerance::Fuzzy {
            for n in words.starting_with(shared) {
                let grade = self.grade(words.word(n));
                if grade > 0 {
                    each(n, grade);
                }
            }
            return;
        }
        let forms = words.starting_with(shared);
        for n in 0..words.len() {
            let grade = if forms.contains(&n) {
                self.grade(words.word(n))
            } else if self.possible(words.mask(n)) {
                self.likeness(words.word(n), words.mask(n))
            } else {
                0
            };
            if grade > 0 {
                each(n, grade);
            }
        }
    }

    /// A word with more letters missing than typos are allowed can't match.
    fn possible(&self, word: u32) -> bool {
        (self.mask & !word).count_ones() <= self.allowed_typos() as u32
    }

    fn shared_beginning(&self) -> &str {
        if self.stem.is_empty() {
            return &self.term;
        }
        let common = self.term.bytes().zip(self.stem.bytes()).take_while(|(a, b)| a == b).count();
        // Snowball may change the letter before an ending, and doubles or drops one.
        let mut end = common
            .saturating_sub(usize::from(common == self.stem.len()))
            .max(2)
            .min(self.term.len());
        while !self.term.is_char_boundary(end) {
            end -= 1;
        }
        &self.term[..end]
    }

    /// Takes the stems of the words that a half-typed term may become, when they are few: while
    /// `cryin` is typed, `cry` stays found.
    pub fn complete<'a>(&mut self, dictionaries: impl Iterator<Item = &'a Dictionary>) {
        const FEW: usize = 6;
        let Some(stemmer) = self.language.stemmer() else { return };
        if !self.typed || self.chars.len() < 4 {
            return;
        }
        let mut stems = Vec::new();
        for words in dictionaries {
            let range = words.starting_with(&self.term);
            if range.len() > FEW {
                return;
            }
            stems.extend(range.map(|n| stemmer.stem(words.word(n)).into_owned()));
        }
        stems.retain(|stem| *stem != self.stem);
        stems.sort();
        stems.dedup();
        self.completions = stems;
    }

    fn form(&self, word: &str) -> u8 {
        let Some(stemmer) = self.language.stemmer() else { return 0 };
        if self.chars.len() < 3
            || word.len() > self.term.len() + LONGEST_ENDING
            || !word.starts_with(self.shared_beginning())
        {
            return 0;
        }
        let stem = stemmer.stem(word);
        if stem == self.stem {
            STEM
        } else if self.completions.iter().any(|completion| *completion == stem) {
            BEGINNING_STEM
        } else {
            0
        }
    }

    fn beginning(&self, word: &str) -> u8 {
        if !word.starts_with(self.term.as_str()) {
            return 0;
        }
        let more = (word.len() - self.term.len()).min(10) as u8;
        let best = if self.typed { BEGINNING_TYPED } else { BEGINNING };
        best - 4 * more
    }

    /// None in a short word, one in most, two in a long one.
    fn allowed_typos(&self) -> usize {
        match self.chars.len() {
            0..=2 => 0,
            3..=6 => 1,
            _ => 2,
        }
    }

    fn typos(&self, word: &str, mask: u32) -> u8 {
        let allowed = self.allowed_typos();
        if allowed == 0 || (self.mask & !mask).count_ones() as usize > allowed {
            return 0;
        }
        let (whole, beginning) = self.pattern.distance(word, allowed);
        let by = |grades: &[u8; 3], typos: usize| {
            grades.get(typos).copied().filter(|_| typos <= allowed).unwrap_or(0)
        };
        let whole = by(&TYPOS, whole);
        let beginning = if self.chars.len() >= 4 { by(&BEGINNING_TYPOS, beginning) } else { 0 };
        let grade = whole.max(beginning);
        // People rarely miss the first letter.
        if word.chars().next() == self.chars.first().copied() { grade } else { grade / 10 * 7 }
    }

    fn letters(&self, word: &str, mask: u32) -> u8 {
        if self.chars.len() < 2 || self.mask & !mask != 0 {
            return 0;
        }
        if self.chars.len() >= 3 && word.contains(self.term.as_str()) {
            let share = self.term.len() as f32 / word.len() as f32;
            return (f32::from(INSIDE) * (0.6 + 0.4 * share)) as u8;
        }
        if word.chars().next() != self.chars.first().copied() || !in_order(&self.chars, word) {
            return 0;
        }
        if let Some(grade) = shortened(&self.term, word) {
            return grade;
        }
        let score = self.matcher.fuzzy_match(word, &self.term).unwrap_or(0).max(0);
        let closeness = (score as f32 / self.perfect as f32).clamp(0.0, 1.0);
        let share = (self.term.len() as f32 / word.len() as f32).min(1.0);
        (f32::from(LETTERS) * (0.25 + 0.45 * closeness + 0.3 * share)) as u8
    }

    /// The letters of `word` that match, as byte offsets, where the match is by letters in order.
    pub fn matched_letters(&self, word: &str) -> Option<Vec<usize>> {
        let (_, chars) = self.matcher.fuzzy_indices(word, &self.term)?;
        let offsets: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        Some(chars.into_iter().filter_map(|n| offsets.get(n).copied()).collect())
    }

    /// Whether a word that matches does so as a whole, and not by its letters in order.
    pub fn is_form_or_typo(&self, word: &str) -> bool {
        self.form(word) > 0 || self.typos(word, letters(word)) >= self.letters(word, letters(word))
    }

    /// How far the term may be from a word.
    pub fn tolerance(&self) -> Tolerance {
        self.tolerance
    }

    /// The term as it is compared.
    pub fn term(&self) -> &str {
        &self.term
    }
}

impl std::fmt::Debug for Grader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grader({:?}, {:?})", self.term, self.tolerance)
    }
}

/// Whether a term looks like a word without its vowels: three Latin letters or more, and no vowel
/// but at its beginning.
pub(super) fn is_shortened(term: &str) -> bool {
    let is_consonant = |c: char| c.is_ascii_lowercase() && !is_vowel(c);
    term.len() >= 3
        && term.chars().skip(1).all(is_consonant)
        && term.starts_with(|c: char| c.is_ascii_lowercase())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The grade of a term that is `word`, which begins as it does, with its vowels left out.
fn shortened(term: &str, word: &str) -> Option<u8> {
    if !is_shortened(term) {
        return None;
    }
    let mut rest = word.chars().skip(1).filter(|&c| !is_vowel(c));
    let is_it = term.chars().skip(1).all(|c| rest.next() == Some(c));
    let whole = rest.next().is_none();
    is_it.then_some(if whole { SHORTENED } else { SHORTENED_BEGINNING })
}

fn in_order(term: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    term.iter().all(|c| letters.any(|l| l == *c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grade(term: &str, word: &str) -> u8 {
        Grader::new(term, true, Tolerance::Fuzzy, Language::English).grade(word)
    }

    #[test]
    fn grades_fall_from_the_word_to_its_letters() {
        let falling = ["therapist", "therapists", "therapistry", "theraphist", "theorapiist"];
        let grades: Vec<u8> = falling.iter().map(|word| grade("therapist", word)).collect();
        assert!(grades.is_sorted_by(|a, b| a > b) && grades[4] > 0, "{grades:?}");
    }

    #[test]
    fn what_people_type_meets_what_they_mean() {
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
            assert!(grade(term, word) > 0, "{term} {word}");
        }
        for (term, word) in [("cry", "dry cleaning"), ("hug", "bag"), ("x", "box"), ("abc", "xyz")]
        {
            assert_eq!(grade(term, word), 0, "{term} {word}");
        }
    }

    #[test]
    fn who_leaves_out_the_vowels_has_not_mistyped_another_word() {
        for (term, meant, other) in
            [("prts", "proteus", "prosser"), ("grg", "greig", "grn"), ("frbr", "farber", "fabry")]
        {
            assert!(grade(term, meant) > grade(term, other), "{term}");
        }
    }

    proptest! {
        #[test]
        fn a_dictionary_finds_what_grading_finds(
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
                let mut grader = Grader::new(&term, typed, tolerance, Language::English);
                grader.complete(std::iter::once(&dictionary));
                let mut found = Vec::new();
                grader.find(&dictionary, |n, grade| found.push((n, grade)));
                let all: Vec<_> = (0..words.len())
                    .map(|n| (n, grader.grade(&words[n])))
                    .filter(|(_, grade)| *grade > 0)
                    .collect();
                prop_assert_eq!(found, all);
            }
        }
    }
}
