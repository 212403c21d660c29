//! Putting the best entries in order by what their questions say.
//!
//! The index knows which words an entry has, not how they stand. For the few hundred best, the
//! question and its other wordings are read: terms that stand side by side and in the query's
//! order, and a question that says little else, raise the score.

use super::Field;
use super::index::Index;
use super::score::Weighted;
use crate::collection::EntryRef;
use crate::text::words;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// What two neighbouring terms of the query add, by how they stand in the question.
const SIDE_BY_SIDE: f32 = 1.0;
const NEAR: f32 = 0.7;
const IN_ORDER: f32 = 0.45;
const SWAPPED: f32 = 0.35;
const BACKWARDS: f32 = 0.25;
/// So many words apart is near.
const NEAR_BY: i64 = 3;
const COVERS: f32 = 0.8;
const WHOLE: f32 = 0.42;
/// Candidates that one thread ranks at a time.
const TOGETHER: usize = 128;
/// What a question adds that has no other words than the query's.
const NOTHING_ELSE: f32 = 0.95;
/// What a question adds that begins with the query's first term.
const BEGINS: f32 = 0.12;

/// An entry that may become a hit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub entry: u32,
    pub score: f32,
    /// The share of the query's weight that it has, in 255ths.
    pub covered: u8,
    pub field: Field,
    /// Whether every term of weight is in its question, its other wordings or its tags.
    pub in_head: bool,
    /// The length of its question; the shorter one wins a tie.
    pub length: u8,
}

impl Candidate {
    pub fn new(entry: u32, score: f32, field: Field) -> Self {
        Self { entry, score, covered: 0, field, in_head: false, length: 0 }
    }

    /// Best first; no two entries are equal.
    pub fn order(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(self.length.cmp(&other.length))
            .then(self.entry.cmp(&other.entry))
    }
}

/// Scores candidates by their texts and sorts them.
pub(super) fn rerank(index: &Index, candidates: &mut [Candidate], clauses: &[Weighted]) {
    let rank = |ranker: &mut Ranker<'_>, candidates: &mut [Candidate]| {
        for candidate in candidates {
            if let Some(entry) = index.entry(candidate.entry) {
                ranker.rank(candidate, entry);
            }
        }
    };
    candidates.par_chunks_mut(TOGETHER).for_each_init(|| Ranker::new(clauses), rank);
    candidates.sort_unstable_by(Candidate::order);
}

/// How a wording answers the query.
struct Wording {
    bonus: f32,
    /// Whether a term of weight is in it.
    matched: bool,
}

struct Ranker<'a> {
    clauses: &'a [Weighted],
    /// Where in `grades` those of a word are; most words stand in many questions.
    known: FxHashMap<Box<str>, usize>,
    /// For each word its grades for all clauses.
    grades: Vec<u8>,
    /// For each clause, where it matches: position and grade.
    places: Vec<Vec<(i64, u8)>>,
    total_weight: f32,
}

impl<'a> Ranker<'a> {
    fn new(clauses: &'a [Weighted]) -> Self {
        let total_weight = clauses.iter().map(|clause| clause.weight).sum::<f32>();
        Self {
            clauses,
            known: FxHashMap::default(),
            grades: Vec::new(),
            places: vec![Vec::new(); clauses.len()],
            total_weight: total_weight.max(f32::MIN_POSITIVE),
        }
    }

    fn rank(&mut self, candidate: &mut Candidate, entry: EntryRef<'_>) {
        let question = self.wording(entry.question());
        let mut bonus = question.bonus;
        let mut field = question.matched.then_some(Field::Question);
        for alias in entry.aliases() {
            let alias = self.wording(alias);
            bonus = bonus.max(alias.bonus);
            field = field.or(alias.matched.then_some(Field::Alias));
        }
        if field.is_none() && candidate.field == Field::Question {
            field = entry.tags().any(|tag| self.wording(tag).matched).then_some(Field::Tag);
        }
        candidate.field = field.unwrap_or(candidate.field);
        candidate.score *= 1.0 + bonus;
    }

    fn wording(&mut self, text: &str) -> Wording {
        let matched_words = self.place(text);
        let covered = self.covered();
        let mut bonus = COVERS * covered * covered + NOTHING_ELSE * matched_words * covered;
        if matched_words > 0.999 && covered > 0.95 {
            bonus += WHOLE;
        }
        for pair in 0..self.clauses.len().saturating_sub(1) {
            bonus += self.pair(pair);
        }
        if let Some((clause, places)) = self.clauses.first().zip(self.places.first())
            && places.first().is_some_and(|(position, _)| *position == 0)
        {
            bonus += BEGINS * (clause.weight / self.total_weight).sqrt();
        }
        let weighty =
            |(clause, places): (&Weighted, &Vec<_>)| !clause.weightless && !places.is_empty();
        Wording { bonus, matched: self.clauses.iter().zip(&self.places).any(weighty) }
    }

    /// Finds where the clauses match; gives the share of the wording's words that do.
    fn place(&mut self, text: &str) -> f32 {
        let Self { clauses, known, grades, places, .. } = self;
        places.iter_mut().for_each(Vec::clear);
        let (mut count, mut matched, mut last) = (0_u32, 0_u32, None);
        words(text, |word| {
            let row = known.get(word.folded).copied().unwrap_or_else(|| {
                let grade = |clause: &Weighted| {
                    let graders = clause.matches.graders.iter();
                    graders.map(|grader| grader.grade(word.folded)).max().unwrap_or(0)
                };
                let row = grades.len();
                grades.extend(clauses.iter().map(grade));
                known.insert(word.folded.into(), row);
                row
            });
            count += u32::from(!word.variant);
            for (places, &grade) in places.iter_mut().zip(&grades[row..]) {
                if grade > 0 {
                    places.push((i64::from(word.position), grade));
                    if !word.variant && last != Some(word.position) {
                        last = Some(word.position);
                        matched += 1;
                    }
                }
            }
        });
        matched as f32 / count.max(1) as f32
    }

    /// The share of the query's weight that the wording has, by grade.
    fn covered(&self) -> f32 {
        let covered = |(clause, places): (&Weighted, &Vec<(i64, u8)>)| {
            let best = places.iter().map(|(_, grade)| *grade).max().unwrap_or(0);
            clause.weight * f32::from(best) / 255.0
        };
        self.clauses.iter().zip(&self.places).map(covered).sum::<f32>() / self.total_weight
    }

    /// What clauses `first` and `first + 1` add by standing close.
    fn pair(&self, first: usize) -> f32 {
        let (a, b) = (&self.places[first], &self.places[first + 1]);
        let mut best = 0.0_f32;
        for &(at, grade) in a.iter().take(8) {
            for &(then, next) in b.iter().take(8) {
                let closeness = match then - at {
                    1 => SIDE_BY_SIDE,
                    2..=NEAR_BY => NEAR,
                    -2..=-1 => SWAPPED,
                    distance if distance > 0 => IN_ORDER,
                    _ => BACKWARDS,
                };
                best = best.max(closeness * f32::from(grade.min(next)) / 255.0);
            }
        }
        let weight = self.clauses[first].weight.min(self.clauses[first + 1].weight) * 2.0;
        best * weight / self.total_weight
    }
}
