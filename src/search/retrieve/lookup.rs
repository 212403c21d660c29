//! Looks up a clause in all segments.

use super::abbreviation::is_abbreviation;
use super::buffer_pool::BufferPool;
use super::clause_matches::{BestWord, ClauseMatches};
use super::filter;
use super::segment_matches::SegmentMatches;
use super::term_matcher::{TermMatcher, Tolerance};
use super::text_scan;
use crate::collection::Marks;
use crate::search::index::{Dictionary, Index, Postings, Segment};
use crate::search::language::Language;
use crate::search::query::{Alternative, Term};
use crate::search::weights::Weights;
use crate::text::Reading;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// Subsequences of whole questions are only searched for in collections up to this size, since it
/// reads every question.
const MAX_QUESTIONS_READ: usize = 200_000;
/// The minimum length, in characters, of a term that is searched for in whole questions.
const SUBSEQUENCE_FROM: usize = 3;

/// How strictly a word has to match a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Leniency {
    /// The word, its other forms, and words that begin with it; beside those that only begin with
    /// it, also words that it abbreviates by leaving out vowels.
    Strict,
    /// Also typos and letters in order, for a term that has no strict match.
    Lenient,
    /// Also lenient for a term that is only the beginning of words, or looks like an abbreviation:
    /// in "crt new key", `crt` may stand for `create`, even if an entry names a CRT file.
    Fuzzy,
}

/// Looks clauses up in an index.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub index: &'a Index,
    pub weights: &'a Arc<Weights>,
    pub buffers: &'a BufferPool,
    /// As in the match cache.
    pub is_word: fn(&str) -> bool,
}

impl Lookup<'_> {
    /// The matches of any of `alternatives`.
    pub fn find(
        self,
        alternatives: &[Alternative],
        leniency: Leniency,
        marks: &Marks,
    ) -> ClauseMatches {
        let mut found = ClauseMatches {
            segments: self.index.segments().map(|_| SegmentMatches::default()).collect(),
            ..ClauseMatches::default()
        };
        let mut entries = 0;
        for alternative in alternatives {
            entries += match alternative {
                Alternative::Term(term) => self.add_term(&mut found, term, leniency),
                Alternative::Signs(signs) => {
                    found.signs.push(signs.clone());
                    let segments = text_scan::with_signs(signs, self.index);
                    TermMatches::of_entries(segments).add_to(&mut found, None)
                }
                Alternative::Filter(condition) => {
                    let segments = filter::matches(self.index, condition, marks);
                    TermMatches::of_entries(segments).add_to(&mut found, None)
                }
            };
        }
        let total = self.index.len() as f32;
        let having = (entries as f32).clamp(1.0, total.max(1.0));
        let rarity = (1.0 + (total - having + 0.5) / (having + 0.5)).ln();
        found.rarity = rarity.powf(self.weights.rarity_exponent);
        found
    }

    /// Adds the matches of one term; returns the number of entries that determines its rarity.
    fn add_term(self, clause: &mut ClauseMatches, term: &Term, leniency: Leniency) -> usize {
        let language = self.index.language();
        let attempts: &[(Tolerance, Language)] = match (term.exact, term.typed) {
            (true, false) => &[(Tolerance::Exact, language)],
            (true, true) => &[(Tolerance::Exact, language), (Tolerance::Forms, Language::Unknown)],
            (false, _) => &[(Tolerance::Forms, language)],
        };
        let fuzzy = leniency == Leniency::Fuzzy && !term.exact;
        for &(tolerance, language) in attempts {
            let mut matcher = self.matcher(term, tolerance, language);
            let mut found = self.find_term(&matcher);
            found.is_intended = !is_abbreviation(&term.word);
            let begins_words = found.words > 0 && found.forms == 0;
            if begins_words && !found.is_intended && !fuzzy && !term.exact {
                // `dbn` may begin `dbname`, but also stand for `debian`.
                matcher = self.matcher(term, Tolerance::Abbreviations, language);
                found = self.find_term(&matcher);
            }
            if found.words > 0 && (found.forms > 0 && found.is_intended || !fuzzy) {
                return found.add_to(clause, Some(matcher));
            }
        }
        if !term.exact
            && let Some(reading) = self.reading(term)
        {
            let found = TermMatches::of_entries(text_scan::with_reading(&reading, self.index));
            if found.entries > 0 {
                clause.readings.push(reading);
                return found.add_to(clause, None);
            }
        }
        if term.exact || leniency == Leniency::Strict {
            return 0;
        }
        let matcher = self.matcher(term, Tolerance::Fuzzy, language);
        let found = self.find_term(&matcher);
        if found.words > 0 {
            return found.add_to(clause, Some(matcher));
        }
        let reads_questions =
            term.word.chars().count() >= SUBSEQUENCE_FROM && self.index.len() <= MAX_QUESTIONS_READ;
        if !reads_questions {
            return 0;
        }
        let best = self.weights.question_subsequence;
        let found = TermMatches::of_entries(text_scan::with_letters(&term.word, self.index, best));
        found.add_to(clause, Some(self.matcher(term, Tolerance::Subsequence, language)))
    }

    /// The term as a reading, if the index has such scripts.
    fn reading(self, term: &Term) -> Option<Reading> {
        let has_scripts = dictionaries(self.index).any(Dictionary::has_east_asian);
        (has_scripts && self.index.len() <= MAX_QUESTIONS_READ)
            .then(|| Reading::new(&term.word))
            .flatten()
    }

    fn matcher(self, term: &Term, tolerance: Tolerance, language: Language) -> TermMatcher {
        let mut matcher =
            TermMatcher::new(&term.word, term.typed, tolerance, language, self.weights)
                .with_word((self.is_word)(&term.word));
        if tolerance != Tolerance::Subsequence {
            matcher.complete(dictionaries(self.index));
        }
        matcher
    }

    fn find_term(self, matcher: &TermMatcher) -> TermMatches {
        let segments: Vec<&Segment> = self.index.segments().map(|(_, segment)| segment).collect();
        let one = |segment: &&Segment| self.find_in(matcher, segment);
        let found: Vec<_> = if segments.len() > 1 {
            segments.par_iter().map(one).collect()
        } else {
            segments.iter().map(one).collect()
        };
        found.into_iter().fold(TermMatches::default(), TermMatches::join)
    }

    fn find_in(self, matcher: &TermMatcher, segment: &Segment) -> TermMatches {
        let mut scores = SegmentMatches::new();
        let mut words = Vec::new();
        matcher.find(&segment.head.postings.words, |n, score| words.push((n, score)));
        let mut count = words.len();
        let mut best_word = best_of(&words, &segment.head.postings, matcher);
        let mut forms = count_forms(&words, &segment.head.postings, matcher);
        for word in words.drain(..) {
            scores.add_head(segment, word, self.weights, self.buffers);
        }
        if let Some(body) = &segment.body {
            matcher.find(&body.postings.words, |n, score| words.push((n, score)));
            count += words.len();
            best_word = best_word.max(best_of(&words, &body.postings, matcher));
            forms = forms.max(count_forms(&words, &body.postings, matcher));
            for word in words {
                scores.add_body(body, word, self.weights, self.buffers);
            }
        }
        let entries = scores.count();
        TermMatches {
            segments: vec![scores],
            words: count,
            entries,
            forms,
            best_word,
            is_intended: false,
        }
    }
}

/// The matches of one term in some segments.
#[derive(Default)]
struct TermMatches {
    segments: Vec<SegmentMatches>,
    /// The number of matching words of the dictionaries.
    words: usize,
    /// The number of entries that match.
    entries: usize,
    /// The number of entries that have a form of the term.
    forms: usize,
    best_word: Option<BestWord>,
    /// As [`ClauseMatches::is_intended`].
    is_intended: bool,
}

impl TermMatches {
    /// Matches that are not words of a dictionary.
    fn of_entries(segments: Vec<SegmentMatches>) -> Self {
        let entries = segments.iter().map(SegmentMatches::count).sum();
        Self { segments, entries, ..Self::default() }
    }

    /// Adds the matches of further segments.
    fn join(mut self, other: Self) -> Self {
        self.segments.extend(other.segments);
        self.words += other.words;
        self.entries += other.entries;
        self.forms += other.forms;
        self.best_word = self.best_word.max(other.best_word);
        self
    }

    /// Adds the matches to a clause; returns the number of entries that determines the rarity of
    /// the term.
    fn add_to(self, clause: &mut ClauseMatches, matcher: Option<TermMatcher>) -> usize {
        clause.is_intended |= self.is_intended;
        let best = clause.best_word.take().max(self.best_word);
        clause.best_word = best;
        for (old, new) in clause.segments.iter_mut().zip(self.segments) {
            old.merge(new);
        }
        clause.matchers.extend(matcher.map(Arc::new));
        if self.forms > 0 { self.forms } else { self.entries }
    }
}

fn dictionaries(index: &Index) -> impl Iterator<Item = &Dictionary> {
    index.segments().flat_map(|(_, segment)| segment.postings()).map(|postings| &postings.words)
}

/// The first word with the highest score.
fn best_of(words: &[(usize, u8)], postings: &Postings, matcher: &TermMatcher) -> Option<BestWord> {
    let &(n, score) = words.iter().max_by_key(|(n, score)| (*score, Reverse(*n)))?;
    let word = postings.words.word(n).into();
    Some(BestWord { score, word, is_form: matcher.is_form(score) })
}

/// The number of entries that have a form of the term, counted once per word.
fn count_forms(words: &[(usize, u8)], postings: &Postings, matcher: &TermMatcher) -> usize {
    let forms = words.iter().filter(|(_, score)| matcher.is_form(*score));
    forms.map(|&(n, _)| postings.count(n) as usize).sum()
}
