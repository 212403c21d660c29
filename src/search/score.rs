//! Choosing the best entries by the grades of their words alone, without looking at a text.
//!
//! The score of an entry: over the terms, the grade times the term's rarity, in the question
//! (shorter ones before longer ones) and, weighing less, in the answer (normalised as BM25 does;
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009); times how much of the
//! query's weight the entry covers.

mod best;
mod block;

use super::evaluate::{Matches, SegmentMatches};
use super::index::Index;
use super::query::{Clause, Condition};
use super::rank::Candidate;
use super::segment::{Segment, long};
use super::{conditions, engine};
use best::Best;
use block::{BLOCK, Block, Sums};
use rayon::prelude::*;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// What the answer counts, the question being 1.
const ANSWER: f32 = 0.26;
/// How much the length of the question matters.
const QUESTION_LENGTH: f32 = 0.25;
/// How much the length of the answer matters.
const ANSWER_LENGTH: f32 = 0.5;
/// The power to which the covered share of the query is raised.
const COVERAGE: f32 = 0.15;
/// What a word such as "the" counts, compared to another one as rare.
const WEIGHTLESS: f32 = 0.5;
/// Of the entries that lack a word, those that cover this share of what the best one covers.
const CLOSE: f32 = 0.1;

/// A clause of the query with its weight.
#[derive(Debug, Clone)]
pub(super) struct Weighted {
    pub matches: Arc<Matches>,
    pub weight: f32,
    /// Whether a hit may lack it.
    pub weightless: bool,
    /// Its first alternative, as it was typed.
    pub term: String,
}

impl Weighted {
    pub fn new(matches: Arc<Matches>, clause: &Clause) -> Self {
        let weightless = clause.weightless;
        let term = clause.alternatives.first().map_or_else(String::new, |term| term.word.clone());
        let weight = matches.weight * if weightless { WEIGHTLESS } else { 1.0 };
        Self { matches, weight, weightless, term }
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
    /// How many of them have every term.
    pub complete: usize,
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
    choose(clauses, choice, true)
}

/// The entries that cover most of the query.
pub(super) fn closest(clauses: &[Weighted], choice: &Choice<'_>) -> Scored {
    choose(clauses, choice, false)
}

impl Choice<'_> {
    /// Whether the conditions let an entry through, whatever segment it is in.
    pub fn lets_through_entry(&self, entry: u32) -> bool {
        let place = self.index.segments().enumerate().find_map(|(s, (start, segment))| {
            let n = (entry as usize).checked_sub(start)?;
            (n < segment.len()).then_some((s, n))
        });
        place.is_some_and(|(s, n)| self.lets_through(s, n, entry))
    }

    fn lets_through(&self, segment: usize, n: usize, entry: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed[segment][n])
            && (self.conditions.is_empty()
                || conditions::verify(self.index, entry, self.conditions))
    }
}

fn choose(clauses: &[Weighted], choice: &Choice<'_>, complete: bool) -> Scored {
    let segments: Vec<_> = choice.index.segments().enumerate().collect();
    let lengths = Lengths::of(choice.index);
    let one = |&(s, (start, segment)): &(usize, (usize, &Segment))| {
        let scorer = Scorer::new(clauses, complete, s, segment, &lengths);
        let filtered = choice.allowed.is_some() || !choice.conditions.is_empty();
        let mut best = Best::new(choice.best);
        scorer.for_each(&mut best, filtered, |n| choice.lets_through(s, n, (start + n) as u32));
        let exact = best.take().into_iter().map(|(_, n)| scorer.candidate(start, n as usize));
        (exact.collect::<Vec<_>>(), best.counts, best.complete)
    };
    let all: Vec<_> = if segments.len() > 1 {
        segments.par_iter().map(one).collect()
    } else {
        segments.iter().map(one).collect()
    };
    let mut scored = Scored::default();
    let mut counts = [0; 256];
    for (best, segment_counts, complete) in all {
        scored.best.extend(best);
        scored.complete += complete;
        counts.iter_mut().zip(segment_counts).for_each(|(sum, count)| *sum += count);
    }
    scored.best.sort_unstable_by(Candidate::order);
    scored.best.truncate(choice.best);
    let most = counts.iter().rposition(|&count| count > 0).unwrap_or(0);
    let close = if complete { 0 } else { (most as f32 * CLOSE) as usize };
    scored.best.retain(|candidate| usize::from(candidate.covered) >= close);
    scored.total = counts[close..].iter().sum();
    scored
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
///
/// All weights are scaled to shares of 255, so that the sums over the terms, of at most 255 a
/// grade, fit into 16 bits: a million entries are summed up at the speed of memory. Those that
/// are kept are scored again with the exact weights.
struct Scorer<'a> {
    parts: Vec<Part<'a>>,
    total_weight: f32,
    segment: &'a Segment,
    lengths: &'a Lengths,
    /// By the covered share of the query in 255ths.
    coverage: [f32; 256],
    /// Whether an entry must have every term that has weight.
    complete: bool,
    /// How many such terms there are.
    required: u8,
    /// Whether any term is in an answer.
    has_body: bool,
}

struct Part<'a> {
    matches: &'a SegmentMatches,
    weight: f32,
    /// The weight as a share of the query, in 255ths; at least 1.
    share: u8,
    weightless: bool,
}

impl<'a> Scorer<'a> {
    fn new(
        clauses: &'a [Weighted],
        complete: bool,
        s: usize,
        segment: &'a Segment,
        lengths: &'a Lengths,
    ) -> Self {
        let total_weight: f32 = clauses.iter().map(|clause| clause.weight).sum::<f32>();
        let total_weight = total_weight.max(f32::MIN_POSITIVE);
        let part = |clause: &'a Weighted| Part {
            matches: &clause.matches.segments[s],
            weight: clause.weight,
            share: ((clause.weight / total_weight * (255.0 - clauses.len().min(200) as f32)) as u8)
                .max(1),
            weightless: clause.weightless,
        };
        let required = clauses.iter().filter(|clause| !clause.weightless).count().min(255) as u8;
        // More terms than this are a pasted text; its beginning will do.
        let parts = clauses.iter().take(200).map(part).filter(|part| !part.matches.is_empty());
        let parts: Vec<_> = parts.collect();
        let has_body = parts.iter().any(|part| !part.matches.body.is_empty());
        let coverage = std::array::from_fn(|share| (share as f32 / 255.0).powf(COVERAGE));
        Self { parts, total_weight, segment, lengths, coverage, complete, required, has_body }
    }

    /// Offers every entry that matches to `best`; where they are `filtered`, only those that
    /// `lets_through` does.
    fn for_each(&self, best: &mut Best, filtered: bool, lets_through: impl Fn(usize) -> bool) {
        let present = self.parts.iter().filter(|part| !part.weightless).count();
        if self.parts.is_empty() || self.complete && present < usize::from(self.required) {
            return;
        }
        if let Some(few) = self.few() {
            for n in few {
                let sums = self.sums_of(n as usize);
                self.offer(n as usize, sums, best, &lets_through);
            }
            return;
        }
        let entries = self.segment.len();
        let mut block = Block::new();
        for start in (0..entries).step_by(BLOCK) {
            let end = (start + BLOCK).min(entries);
            self.sum_up(start..end, &mut block);
            if filtered {
                for i in 0..end - start {
                    self.offer(start + i, block.get(i), best, &lets_through);
                }
            } else {
                self.score(start..end, &mut block);
                best.count(block.covered(end - start), block.complete(end - start, self.required));
                best.offer_all(start as u32, block.scores(end - start));
            }
        }
    }

    /// Scores a block that was summed up; what is no hit gets 0.
    fn score(&self, range: Range<usize>, block: &mut Block) {
        if self.complete {
            block.drop_incomplete(range.len(), self.required);
        }
        let questions = &self.segment.head.lengths[range.clone()];
        let answers = self.segment.body.as_ref().filter(|_| self.has_body);
        let answers = answers.map(|body| (&body.lengths[range], &self.lengths.answer));
        block.score((questions, &self.lengths.question), answers, &self.coverage);
    }

    fn offer(&self, n: usize, sums: Sums, best: &mut Best, lets_through: impl Fn(usize) -> bool) {
        let has_all = sums.present >= self.required;
        if sums.covered == 0 || self.complete && !has_all || !lets_through(n) {
            return;
        }
        best.complete += usize::from(has_all);
        let question = self.lengths.question[self.segment.head.lengths[n] as usize];
        let mut score = f32::from(sums.head) * question;
        if sums.body > 0 {
            score += f32::from(sums.body) * self.answer_factor(n);
        }
        best.offer(score * self.coverage[sums.covered as usize], n as u32, sums.covered);
    }

    fn answer_factor(&self, n: usize) -> f32 {
        let length = self.segment.body.as_ref().map_or(0, |body| body.lengths[n]);
        self.lengths.answer[length as usize]
    }

    /// The only entries that can match, if they are few: those with the rarest required term, or
    /// with any term if none is required.
    fn few(&self) -> Option<Vec<u32>> {
        let mut few = if self.complete && self.required > 0 {
            let required = self.parts.iter().filter(|part| !part.weightless);
            required
                .filter_map(|part| part.matches.few.as_ref())
                .min_by_key(|few| few.len())?
                .clone()
        } else {
            let mut all = Vec::new();
            for part in &self.parts {
                all.extend_from_slice(part.matches.few.as_ref()?);
            }
            all
        };
        few.sort_unstable();
        few.dedup();
        Some(few)
    }

    fn sums_of(&self, n: usize) -> Sums {
        let mut sums = Sums::default();
        for part in &self.parts {
            let (head, body) = part.matches.at(n);
            if head | body > 0 {
                sums.head += u16::from(head) * u16::from(part.share);
                sums.body += u16::from(body) * u16::from(part.share);
                sums.covered += part.share;
                sums.present += u8::from(!part.weightless);
            }
        }
        sums
    }

    fn sum_up(&self, range: Range<usize>, block: &mut Block) {
        let length = range.len();
        block.clear(length);
        for part in &self.parts {
            let SegmentMatches { head, body, .. } = part.matches;
            let weighty = u8::from(!part.weightless);
            if body.is_empty() {
                block.add(&head[range.clone()], part.share, weighty);
            } else {
                let zeros = [0; BLOCK];
                let head = if head.is_empty() { &zeros[..length] } else { &head[range.clone()] };
                block.add_both(head, &body[range.clone()], part.share, weighty);
            }
        }
    }

    /// An entry with its exact score.
    fn candidate(&self, start: usize, n: usize) -> Candidate {
        let (mut head, mut body, mut covered, mut in_head) = (0.0, 0.0, 0.0, false);
        for part in &self.parts {
            let (h, b) = part.matches.at(n);
            head += part.weight * f32::from(h);
            body += part.weight * f32::from(b);
            covered += if h | b > 0 { part.weight } else { 0.0 };
            in_head |= h > 0 && !part.weightless;
        }
        let length = self.segment.head.lengths[n];
        let score = head * self.lengths.question[length as usize] + body * self.answer_factor(n);
        let share = covered / self.total_weight;
        Candidate {
            entry: (start + n) as u32,
            score: score * share.powf(COVERAGE) / 255.0,
            covered: self.sums_of(n).covered,
            field: engine::field_of(in_head),
            length,
        }
    }
}

impl SegmentMatches {
    fn is_empty(&self) -> bool {
        self.head.is_empty() && self.body.is_empty()
    }

    /// The grades of one entry, in its question and in its answer.
    fn at(&self, n: usize) -> (u8, u8) {
        let of = |grades: &[u8]| grades.get(n).copied().unwrap_or(0);
        (of(&self.head), of(&self.body))
    }
}
