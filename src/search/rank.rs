//! Rank stage: orders the best candidates by the texts of their questions.
//!
//! The index knows the words of an entry, but not their positions. This stage reads the question
//! and the other wordings of the few hundred best candidates: terms that are close together and in
//! the order of the query, and a question with few other words, raise the score.

use super::index::Index;
use super::retrieve::{Candidate, Field, WeightedClause, total_weight};
use super::weights::Weights;
use crate::collection::{EntryRef, only_code};
use crate::text::words;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that are at most this many positions apart are near.
const NEAR_DISTANCE: i64 = 3;
/// How many occurrences of a repeated term are considered.
const MAX_OCCURRENCES: usize = 8;
/// A question with this share of matching words has no others.
const ALL_WORDS: f32 = 0.999;
/// A query that has more than this share of some words has most of them.
const MOST_WORDS: f32 = 0.5;
/// A question that covers this share of the query covers all of it.
const WHOLE_QUERY: f32 = 0.95;
/// How many candidates a thread ranks at a time.
const CHUNK: usize = 128;

/// Scores candidates by their texts and sorts them.
pub(super) fn rank(
    index: &Index,
    candidates: &mut [Candidate],
    clauses: &[WeightedClause],
    weights: &Weights,
) {
    let rank_chunk = |ranker: &mut Ranker<'_>, candidates: &mut [Candidate]| {
        for candidate in candidates {
            if let Some(entry) = index.entry(candidate.entry) {
                ranker.rank(candidate, entry);
            }
        }
    };
    candidates.par_chunks_mut(CHUNK).for_each_init(|| Ranker::new(clauses, weights), rank_chunk);
    candidates.sort_unstable_by(Candidate::order);
}

/// The best field of an entry with an informative term.
pub(super) fn matched_field(
    entry: EntryRef<'_>,
    clauses: &[WeightedClause],
    weights: &Weights,
) -> Option<Field> {
    let mut ranker = Ranker::new(clauses, weights);
    let mut has_term = |text: &str| {
        ranker.locate(text);
        ranker.has_term()
    };
    if has_term(entry.question()) {
        Some(Field::Question)
    } else if entry.aliases().any(&mut has_term) {
        Some(Field::Alias)
    } else if entry.tags().any(&mut has_term) {
        Some(Field::Tag)
    } else {
        has_term(entry.answer()).then_some(Field::Answer)
    }
}

/// How a wording matches the query.
struct WordingMatch {
    bonus: f32,
    /// Whether it has an informative term.
    has_term: bool,
}

/// Programs that show how-to sheets.
const SHEET_READERS: [&str; 4] = ["tldr", "cheat", "navi", "eg"];

/// Whether a command of `name` only shows another sheet, as in pages of aliases.
fn is_reference(command: &str, name: &str) -> bool {
    let mut words = command.split_whitespace();
    let reader = words.next().filter(|first| SHEET_READERS.contains(first));
    reader.is_some_and(|reader| reader != name) && words.next().is_some() && !command.contains('\n')
}

/// Whether `name` is the tool of a command: a script of several lines that never names it only
/// illustrates an answer, and `name` is its topic.
fn is_tool(name: &str, command: &str) -> bool {
    if !command.contains('\n') {
        return true;
    }
    let used = folded_words(command);
    let mut has_all = true;
    words(name, |word| has_all &= word.variant || used.contains(word.folded));
    has_all
}

fn folded_words(text: &str) -> FxHashSet<String> {
    let mut folded = FxHashSet::default();
    words(text, |word| {
        folded.insert(word.folded.to_owned());
    });
    folded
}

struct Ranker<'a> {
    clauses: &'a [WeightedClause],
    weights: &'a Weights,
    /// The offset of each word's match scores; most words occur in many questions.
    known: FxHashMap<Box<str>, usize>,
    /// The match scores of each known word for all clauses.
    scores: Vec<u8>,
    /// The matches of each clause: position and match score.
    occurrences: Vec<Vec<(i64, u8)>>,
    total_weight: f32,
}

impl<'a> Ranker<'a> {
    fn new(clauses: &'a [WeightedClause], weights: &'a Weights) -> Self {
        Self {
            clauses,
            weights,
            known: FxHashMap::default(),
            scores: Vec::new(),
            occurrences: vec![Vec::new(); clauses.len()],
            total_weight: total_weight(clauses),
        }
    }

    fn rank(&mut self, candidate: &mut Candidate, entry: EntryRef<'_>) {
        let question = self.wording(entry.question());
        let mut bonus = question.bonus;
        let mut field = question.has_term.then_some(Field::Question);
        for alias in entry.aliases() {
            let alias = self.wording(alias);
            bonus = bonus.max(alias.bonus);
            field = field.or(alias.has_term.then_some(Field::Alias));
        }
        if field.is_none() && candidate.field == Field::Question {
            field = entry.tags().any(|tag| self.wording(tag).has_term).then_some(Field::Tag);
        }
        candidate.field = field.unwrap_or(candidate.field);
        if let Some(command) = only_code(entry.answer()) {
            let name = entry.tags().next().unwrap_or_default();
            if is_reference(command, name) {
                if !self.asks_for_reference(entry.question(), command) {
                    candidate.score *= self.weights.reference_factor;
                }
            } else if self.names(name) && is_tool(name, command) {
                // A how-to is about its command, although the question leaves it out.
                let whole = self.wording(&format!("{name} {}", entry.question()));
                bonus = bonus.max(whole.bonus) + self.weights.command_bonus;
            }
        }
        candidate.score *= 1.0 + bonus;
    }

    /// Whether the query has every word of a name, and not only letters of it.
    fn names(&mut self, name: &str) -> bool {
        if name.is_empty() || self.locate(name) <= ALL_WORDS {
            return false;
        }
        let all = || self.occurrences.iter().flatten();
        let has_word = |at: i64| {
            all().any(|&(position, score)| position == at && score > self.weights.subsequence)
        };
        all().all(|&(position, _)| has_word(position))
    }

    /// Whether the query has most words of the question of a reference, beside those of the command
    /// that the reference shows: it asks for documentation.
    fn asks_for_reference(&mut self, question: &str, command: &str) -> bool {
        let named = folded_words(command);
        let mut others = String::new();
        words(question, |word| {
            if !word.variant && !named.contains(word.folded) {
                others.push_str(word.folded);
                others.push(' ');
            }
        });
        self.locate(&others) > MOST_WORDS
    }

    fn wording(&mut self, text: &str) -> WordingMatch {
        let matching_words = self.locate(text);
        let covered = self.covered();
        let weights = self.weights;
        let mut bonus = weights.coverage_bonus * covered * covered
            + weights.no_other_words_bonus * matching_words * covered;
        if matching_words > ALL_WORDS && covered > WHOLE_QUERY {
            bonus += weights.exact_question_bonus;
        }
        for pair in 0..self.clauses.len().saturating_sub(1) {
            bonus += self.proximity(pair);
        }
        if let Some((clause, occurrences)) = self.clauses.first().zip(self.occurrences.first())
            && occurrences.first().is_some_and(|(position, _)| *position == 0)
        {
            bonus += weights.first_term_bonus * (clause.weight / self.total_weight).sqrt();
        }
        WordingMatch { bonus, has_term: self.has_term() }
    }

    /// Whether the located wording has an informative term.
    fn has_term(&self) -> bool {
        let has_term = |(clause, occurrences): (&WeightedClause, &Vec<_>)| {
            !clause.is_stop_word && !occurrences.is_empty()
        };
        self.clauses.iter().zip(&self.occurrences).any(has_term)
    }

    /// Locates the clauses in a wording; returns the share of its words that match.
    fn locate(&mut self, text: &str) -> f32 {
        let Self { clauses, known, scores, occurrences, .. } = self;
        occurrences.iter_mut().for_each(Vec::clear);
        let (mut count, mut matching, mut last) = (0_u32, 0_u32, None);
        words(text, |word| {
            let row = known.get(word.folded).copied().unwrap_or_else(|| {
                let score = |clause: &WeightedClause| {
                    let matchers = clause.matches.matchers.iter();
                    matchers.map(|matcher| matcher.match_score(word.folded)).max().unwrap_or(0)
                };
                let row = scores.len();
                scores.extend(clauses.iter().map(score));
                known.insert(word.folded.into(), row);
                row
            });
            count += u32::from(!word.variant);
            for (occurrences, &score) in occurrences.iter_mut().zip(&scores[row..]) {
                if score > 0 {
                    occurrences.push((i64::from(word.position), score));
                    if !word.variant && last != Some(word.position) {
                        last = Some(word.position);
                        matching += 1;
                    }
                }
            }
        });
        matching as f32 / count.max(1) as f32
    }

    /// The share of the query's weight that the wording covers, by match scores.
    fn covered(&self) -> f32 {
        let covered = |(clause, occurrences): (&WeightedClause, &Vec<(i64, u8)>)| {
            let best = occurrences.iter().map(|(_, score)| *score).max().unwrap_or(0);
            clause.weight * f32::from(best) / 255.0
        };
        self.clauses.iter().zip(&self.occurrences).map(covered).sum::<f32>() / self.total_weight
    }

    /// The bonus for the distance between clauses `first` and `first + 1`.
    fn proximity(&self, first: usize) -> f32 {
        let weights = self.weights;
        let (a, b) = (&self.occurrences[first], &self.occurrences[first + 1]);
        let mut best = 0.0_f32;
        for &(at, score) in a.iter().take(MAX_OCCURRENCES) {
            for &(then, next) in b.iter().take(MAX_OCCURRENCES) {
                let closeness = match then - at {
                    1 => weights.adjacent_bonus,
                    2..=NEAR_DISTANCE => weights.near_bonus,
                    -2..=-1 => weights.swapped_bonus,
                    distance if distance > 0 => weights.in_order_bonus,
                    _ => weights.reversed_bonus,
                };
                best = best.max(closeness * f32::from(score.min(next)) / 255.0);
            }
        }
        let weight = self.clauses[first].weight.min(self.clauses[first + 1].weight) * 2.0;
        best * weight / self.total_weight
    }
}
