//! Choosing the best entries by the grades of their words alone, without looking at a text.
//!
//! The score of an entry: over the terms, the grade times the term's rarity, in the question
//! (shorter ones before longer ones) and, weighing less, in the answer (normalised as BM25 does;
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009); times how much of the
//! query's weight the entry covers.

use super::evaluate::{Matches, SegmentMatches};
use super::index::Index;
use super::query::Condition;
use super::rank::Candidate;
use super::segment::{Segment, long};
use super::{conditions, engine};
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// What the answer counts, the question being 1.
const ANSWER: f32 = 0.30;
/// How much the length of the question matters.
const QUESTION_LENGTH: f32 = 0.25;
/// How much the length of the answer matters.
const ANSWER_LENGTH: f32 = 0.6;
/// The power to which the covered share of the query is raised.
const COVERAGE: f32 = 1.5;
/// What a word such as "the" counts, compared to another one as rare.
const WEIGHTLESS: f32 = 0.3;
/// Of the entries that lack a word, those that cover this share of what the best one covers.
const CLOSE: f32 = 0.5;

/// A clause of the query with its weight.
#[derive(Debug, Clone)]
pub(super) struct Weighted {
    pub matches: Arc<Matches>,
    pub weight: f32,
    /// Whether a hit may lack it.
    pub weightless: bool,
}

impl Weighted {
    pub fn new(matches: Arc<Matches>, weightless: bool) -> Self {
        let weight = matches.weight * if weightless { WEIGHTLESS } else { 1.0 };
        Self { matches, weight, weightless }
    }
}

/// What there is to choose from, and how many of the best to put in order.
pub(super) struct Choice<'a> {
    pub index: &'a Index,
    pub conditions: &'a [Condition],
    /// For each segment the entries that the conditions let through; `None` for all.
    pub allowed: &'a Option<Vec<Vec<bool>>>,
    pub best: usize,
}

/// Entries that were chosen.
#[derive(Debug, Default)]
pub(super) struct Scored {
    pub total: usize,
    /// Best first.
    pub best: Vec<Candidate>,
}

/// For each segment, which entries meet the conditions that can be told without the terms.
pub(super) fn allowed(
    index: &Index,
    conditions: &[Condition],
    bookmarked: &HashSet<String>,
) -> Option<Vec<Vec<bool>>> {
    if !conditions.iter().any(conditions::is_filter) {
        return None;
    }
    let one = |(start, segment): (usize, &Segment)| {
        conditions::allowed(index, start, segment, conditions, bookmarked)
    };
    Some(index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect())
}

/// All entries that meet the conditions, where there are no terms.
pub(super) fn unscored(choice: &Choice<'_>) -> Scored {
    let mut scored = Scored::default();
    for (s, (start, segment)) in choice.index.segments().enumerate() {
        for n in 0..segment.len() {
            let entry = (start + n) as u32;
            if choice.lets_through(s, n, entry) {
                scored.total += 1;
                if scored.best.len() < choice.best {
                    scored.best.push(Candidate::new(entry, 1.0, engine::field_of(true)));
                }
            }
        }
    }
    scored
}

/// The entries that have every term.
pub(super) fn full(clauses: &[Weighted], choice: &Choice<'_>) -> Scored {
    choose(clauses, choice, |clause| !clause.weightless)
}

/// The entries that cover most of the query.
pub(super) fn closest(clauses: &[Weighted], choice: &Choice<'_>) -> Scored {
    let mut scored = choose(clauses, choice, |_| false);
    let most = scored.best.iter().map(|c| c.covered).fold(0.0, f32::max);
    let before = scored.best.len();
    if scored.total == before {
        scored.best.retain(|c| c.covered >= most * CLOSE);
        scored.total = scored.best.len();
    }
    scored
}

impl Choice<'_> {
    fn lets_through(&self, segment: usize, n: usize, entry: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed[segment][n])
            && conditions::verify(self.index, entry, self.conditions)
    }
}

fn choose(
    clauses: &[Weighted],
    choice: &Choice<'_>,
    required: impl Fn(&Weighted) -> bool + Sync,
) -> Scored {
    let segments: Vec<_> = choice.index.segments().enumerate().collect();
    let required: Vec<bool> = clauses.iter().map(&required).collect();
    let lengths = Lengths::of(choice.index);
    let one = |&(s, (start, segment)): &(usize, (usize, &Segment))| {
        let scorer = Scorer::new(clauses, &required, s, segment, &lengths);
        let mut best = Best::new(choice.best);
        scorer.for_each(|n, score, covered, in_head| {
            let entry = (start + n) as u32;
            if choice.lets_through(s, n, entry) {
                best.offer(
                    Candidate {
                        covered,
                        ..Candidate::new(entry, score, engine::field_of(in_head))
                    },
                    segment.head.lengths[n],
                );
            }
        });
        best
    };
    let all: Vec<Best> = if segments.len() > 1 {
        segments.par_iter().map(one).collect()
    } else {
        segments.iter().map(one).collect()
    };
    let total = all.iter().map(|best| best.total).sum();
    let mut best: Vec<Candidate> = all.into_iter().flat_map(Best::take).collect();
    best.sort_unstable_by(Candidate::order);
    best.truncate(choice.best);
    Scored { total, best }
}

/// Factors by length, for the 256 values of [`super::segment::short`].
struct Lengths {
    question: [f32; 256],
    answer: [f32; 256],
}

impl Lengths {
    fn of(index: &Index) -> Self {
        let (mut questions, mut answers) = ((0, 0), (0, 0));
        for (_, segment) in index.segments() {
            questions = (questions.0 + segment.head.words, questions.1 + segment.len());
            if let Some(body) = &segment.body {
                answers = (answers.0 + body.words, answers.1 + segment.len());
            }
        }
        let mean = |(words, entries): (u64, usize)| (words as f32 / entries.max(1) as f32).max(1.0);
        let (question, answer) = (mean(questions), mean(answers));
        let factor = |weight: f32, mean: f32, n: usize| {
            1.0 / (1.0 - weight + weight * (long(n as u8) / mean).max(0.1))
        };
        Self {
            question: std::array::from_fn(|n| factor(QUESTION_LENGTH, question, n)),
            answer: std::array::from_fn(|n| factor(ANSWER_LENGTH, answer, n).min(1.6) * ANSWER),
        }
    }
}

/// Scores the entries of one segment.
struct Scorer<'a> {
    clauses: Vec<Part<'a>>,
    total_weight: f32,
    segment: &'a Segment,
    lengths: &'a Lengths,
    /// Whether some required clause matches nothing here.
    impossible: bool,
}

struct Part<'a> {
    matches: &'a SegmentMatches,
    weight: f32,
    required: bool,
    weightless: bool,
}

/// Entries that are scored together, their sums in the nearest cache.
const BLOCK: usize = 2048;

impl<'a> Scorer<'a> {
    fn new(
        clauses: &'a [Weighted],
        required: &[bool],
        s: usize,
        segment: &'a Segment,
        lengths: &'a Lengths,
    ) -> Self {
        let total_weight = clauses.iter().map(|clause| clause.weight).sum();
        let parts = clauses.iter().zip(required).map(|(clause, &required)| Part {
            matches: &clause.matches.segments[s],
            weight: clause.weight,
            required,
            weightless: clause.weightless,
        });
        let (parts, absent): (Vec<_>, Vec<_>) = parts.partition(|part| !part.matches.is_empty());
        let impossible = absent.iter().any(|part| part.required) || parts.is_empty();
        Self { clauses: parts, total_weight, segment, lengths, impossible }
    }

    /// Calls `each` with every entry that matches: its number in the segment, its score, the share
    /// of the query that it covers, and whether a term of weight is in its question.
    fn for_each(&self, mut each: impl FnMut(usize, f32, f32, bool)) {
        if self.impossible {
            return;
        }
        if let Some(few) = self.few() {
            for n in few {
                self.one(n as usize, &mut each);
            }
            return;
        }
        let entries = self.segment.len();
        let mut sums = Sums::default();
        for start in (0..entries).step_by(BLOCK) {
            let end = (start + BLOCK).min(entries);
            self.block(start..end, &mut sums);
            for i in 0..end - start {
                if sums.missing[i] == 0 && sums.covered[i] > 0.0 {
                    let n = start + i;
                    let score = self.score(n, sums.head[i], sums.body[i], sums.covered[i]);
                    each(n, score, sums.covered[i], sums.in_head[i] > 0);
                }
            }
        }
    }

    /// The only entries that can match, if they are few: those with the rarest required term, or
    /// with any term if none is required.
    fn few(&self) -> Option<Vec<u32>> {
        let lists = self.clauses.iter().filter(|part| part.required);
        if self.clauses.iter().any(|part| part.required) {
            let shortest =
                lists.filter_map(|part| part.matches.few.as_ref()).min_by_key(|few| few.len());
            return shortest.map(|few| {
                let mut few = few.clone();
                few.sort_unstable();
                few
            });
        }
        let mut all = Vec::new();
        for part in &self.clauses {
            all.extend_from_slice(part.matches.few.as_ref()?);
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    fn one(&self, n: usize, each: &mut impl FnMut(usize, f32, f32, bool)) {
        let (mut head, mut body, mut covered, mut in_head) = (0.0, 0.0, 0.0, false);
        for part in &self.clauses {
            let h = part.matches.head.get(n).copied().unwrap_or(0);
            let b = part.matches.body.get(n).copied().unwrap_or(0);
            if h | b == 0 {
                if part.required {
                    return;
                }
                continue;
            }
            head += part.weight * f32::from(h);
            body += part.weight * f32::from(b);
            covered += part.weight;
            in_head |= h > 0 && !part.weightless;
        }
        each(n, self.score(n, head, body, covered), covered, in_head);
    }

    fn block(&self, range: std::ops::Range<usize>, sums: &mut Sums) {
        sums.clear(range.len());
        for part in &self.clauses {
            let SegmentMatches { head, body, .. } = part.matches;
            let required = u8::from(part.required);
            let heads = if head.is_empty() { None } else { Some(&head[range.clone()]) };
            let bodies = if body.is_empty() { None } else { Some(&body[range.clone()]) };
            let zeros = [0_u8; BLOCK];
            let heads = heads.unwrap_or(&zeros[..range.len()]);
            let bodies = bodies.unwrap_or(&zeros[..range.len()]);
            let weighty = u8::from(!part.weightless);
            for (i, (&h, &b)) in heads.iter().zip(bodies).enumerate() {
                let has = u8::from(h | b != 0);
                sums.head[i] += part.weight * f32::from(h);
                sums.body[i] += part.weight * f32::from(b);
                sums.covered[i] += part.weight * f32::from(has);
                sums.missing[i] |= required & (1 - has);
                sums.in_head[i] |= weighty & u8::from(h != 0);
            }
        }
    }

    fn score(&self, n: usize, head: f32, body: f32, covered: f32) -> f32 {
        let question = self.lengths.question[self.segment.head.lengths[n] as usize];
        let length = self.segment.body.as_ref().map_or(0, |body| body.lengths[n]);
        let answer = self.lengths.answer[length as usize];
        let share = covered / self.total_weight.max(f32::MIN_POSITIVE);
        (head * question + body * answer) * share * share.powf(COVERAGE - 1.0) / 255.0
    }
}

/// Sums over the terms, for a block of entries.
struct Sums {
    head: Vec<f32>,
    body: Vec<f32>,
    covered: Vec<f32>,
    missing: Vec<u8>,
    in_head: Vec<u8>,
}

impl Default for Sums {
    fn default() -> Self {
        let zeros = || vec![0.0; BLOCK];
        Self {
            head: zeros(),
            body: zeros(),
            covered: zeros(),
            missing: vec![0; BLOCK],
            in_head: vec![0; BLOCK],
        }
    }
}

impl Sums {
    fn clear(&mut self, length: usize) {
        self.head[..length].fill(0.0);
        self.body[..length].fill(0.0);
        self.covered[..length].fill(0.0);
        self.missing[..length].fill(0);
        self.in_head[..length].fill(0);
    }
}

impl SegmentMatches {
    fn is_empty(&self) -> bool {
        self.head.is_empty() && self.body.is_empty()
    }
}

/// Keeps the best of many candidates, without ordering them all.
struct Best {
    most: usize,
    total: usize,
    kept: Vec<Candidate>,
    threshold: f32,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most: most.max(1), total: 0, kept: Vec::new(), threshold: f32::NEG_INFINITY }
    }

    fn offer(&mut self, candidate: Candidate, length: u8) {
        self.total += 1;
        if candidate.score < self.threshold {
            return;
        }
        self.kept.push(Candidate { length, ..candidate });
        if self.kept.len() >= self.most.saturating_mul(2) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.most {
            self.kept.select_nth_unstable_by(self.most - 1, Candidate::order);
            self.kept.truncate(self.most);
            self.threshold = self.kept[self.most - 1].score;
        }
    }

    fn take(mut self) -> Vec<Candidate> {
        self.cut();
        self.kept
    }
}
