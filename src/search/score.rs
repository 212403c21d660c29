//! Choosing the best entries by the grades of their words alone, without looking at a text.
//!
//! The score of an entry: over the terms, the grade times the term's rarity, in the question
//! (shorter ones before longer ones) and, weighing less, in the answer (normalised as BM25 does;
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009); times how much of the
//! query's weight the entry covers, and by how much more an entry counts whose question has all.

mod best;
mod block;
mod lengths;
mod tally;

use super::evaluate::{Matches, SegmentMatches};
use super::index::Index;
use super::query::{Clause, Condition};
use super::rank::Candidate;
use super::segment::Segment;
use super::{conditions, engine};
use best::Best;
use block::{BLOCK, Block, RUN, Sums, most};
pub(super) use lengths::Lengths;
use lengths::{product, wide};
use rayon::prelude::*;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use tally::Tally;

/// The power to which the covered share of the query is raised.
const COVERAGE: f32 = 0.15;
/// What an entry counts whose question has every term, one that needs its answer for some being 1:
/// what the question is about matters more than how often the answer says it.
const ASKED: f32 = 1.6;
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
    pub lengths: &'a Lengths,
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
    let shares = shares(clauses);
    let whole = shares.iter().fold(0, |sum: u8, &share| sum.saturating_add(share));
    // An entry that has every word is a hit, however little the words tell.
    let close = if complete { 0.0 } else { CLOSE };
    let one = |&(s, (start, segment)): &(usize, (usize, &Segment))| {
        let scorer = Scorer::new((clauses, &shares), complete, s, segment, choice.lengths);
        let filtered = choice.allowed.is_some() || !choice.conditions.is_empty();
        let (mut best, mut tally) = (Best::new(choice.best), Tally::new(whole, close));
        let lets_through = |n| choice.lets_through(s, n, (start + n) as u32);
        scorer.for_each(&mut best, &mut tally, filtered, lets_through);
        let exact = best.take().into_iter().map(|(_, n)| scorer.candidate(start, n as usize));
        (exact.collect::<Vec<_>>(), tally)
    };
    let all: Vec<_> = if segments.len() > 1 {
        segments.par_iter().map(one).collect()
    } else {
        segments.iter().map(one).collect()
    };
    let mut best = Vec::new();
    let mut tally = Tally::new(whole, close);
    for (of_segment, counted) in all {
        best.extend(of_segment);
        tally.join(&counted);
    }
    best.sort_unstable_by(Candidate::order);
    best.truncate(choice.best);
    let (covered, total) = tally.hits(close);
    best.retain(|candidate| candidate.covered >= covered);
    Scored { total, complete: tally.complete(), best }
}

/// More terms than this are a pasted text; its beginning will do.
const TERMS: usize = 200;

/// The weight of each clause as a share of the query, in 255ths; at least 1.
fn shares(clauses: &[Weighted]) -> Vec<u8> {
    let total = total_weight(clauses);
    let parts = 255.0 - clauses.len().min(TERMS) as f32;
    let share = |clause: &Weighted| ((clause.weight / total * parts) as u8).max(1);
    clauses.iter().take(TERMS).map(share).collect()
}

fn total_weight(clauses: &[Weighted]) -> f32 {
    clauses.iter().map(|clause| clause.weight).sum::<f32>().max(f32::MIN_POSITIVE)
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
    /// For each entry that of its question, for [`wide`].
    factors: &'a [u8],
    lengths: &'a Lengths,
    /// By the covered share of the query in 255ths.
    coverage: [f32; 256],
    /// Whether an entry must have every term that has weight.
    complete: bool,
    /// How many such terms there are.
    required: u8,
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
        (clauses, shares): (&'a [Weighted], &[u8]),
        complete: bool,
        s: usize,
        segment: &'a Segment,
        lengths: &'a Lengths,
    ) -> Self {
        let part = |(clause, &share): (&'a Weighted, &u8)| Part {
            matches: &clause.matches.segments[s],
            weight: clause.weight,
            share,
            weightless: clause.weightless,
        };
        let required = clauses.iter().filter(|clause| !clause.weightless).count().min(255) as u8;
        let parts = clauses.iter().zip(shares).map(part).filter(|part| !part.matches.is_empty());
        let parts: Vec<_> = parts.collect();
        let total_weight = total_weight(clauses);
        let factors = lengths.of_segment(s);
        let coverage = std::array::from_fn(|share| (share as f32 / 255.0).powf(COVERAGE));
        Self { parts, total_weight, segment, factors, lengths, coverage, complete, required }
    }

    /// Counts every entry that matches in `tally` and offers it to `best`; where they are
    /// `filtered`, only those that `lets_through` does.
    fn for_each(
        &self,
        best: &mut Best,
        tally: &mut Tally,
        filtered: bool,
        lets_through: impl Fn(usize) -> bool,
    ) {
        let present = self.parts.iter().filter(|part| !part.weightless).count();
        if self.parts.is_empty() || self.complete && present < usize::from(self.required) {
            return;
        }
        if let Some(few) = self.few() {
            for n in few {
                let sums = self.sums_of(n as usize);
                if self.counts(n as usize, sums, tally, &lets_through) {
                    best.offer(self.score(n as usize, sums), n);
                }
            }
            return;
        }
        let entries = self.segment.len();
        let mut block = Block::new(self.parts.iter().any(|part| !part.matches.body.is_empty()));
        for start in (0..entries).step_by(BLOCK) {
            let end = (start + BLOCK).min(entries);
            self.sum_up(start..end, &mut block);
            if filtered {
                for (i, n) in (start..end).enumerate() {
                    let sums = block.get(i);
                    if self.counts(n, sums, tally, &lets_through) {
                        best.offer(self.score(n, sums), n as u32);
                    }
                }
            } else {
                // What matches a single term has all there are.
                if self.complete && self.parts.len() > 1 {
                    block.drop_incomplete(end - start, self.required);
                }
                let complete = block.complete(end - start, self.required);
                tally.add_all(block.covered(end - start), complete);
                self.offer(start..end, &block, best);
            }
        }
    }

    /// Whether an entry with these sums is a hit; if so it is counted.
    fn counts(
        &self,
        n: usize,
        sums: Sums,
        tally: &mut Tally,
        lets_through: impl Fn(usize) -> bool,
    ) -> bool {
        let has_all = sums.present >= self.required;
        let is_hit = sums.covered > 0 && (has_all || !self.complete) && lets_through(n);
        if is_hit {
            tally.add(sums.covered, has_all);
        }
        is_hit
    }

    /// About the score of an entry, in whole numbers but for the coverage.
    fn score(&self, n: usize, sums: Sums) -> f32 {
        let mut score = product(sums.head, wide(self.factors[n]));
        if let Some(body) = self.segment.body.as_ref().filter(|_| sums.body > 0) {
            score += product(sums.body, self.lengths.whole_answer[body.lengths[n] as usize]);
        }
        f32::from(score) * self.coverage[sums.covered as usize]
    }

    /// Offers the entries of a block that was summed up. Few are good enough, and a bound that is
    /// made of many at once rules the others out.
    fn offer(&self, range: Range<usize>, block: &Block, best: &mut Best) {
        let all = self.parts.iter().fold(0, |sum: u8, part| sum.saturating_add(part.share));
        // The least whole number that scores more, whatever an entry covers. What the division
        // loses is much less than the hundredth.
        let least = (best.threshold() / self.coverage[all as usize] + 0.01) as u16 + 1;
        let (heads, bodies) = block.runs();
        let runs = heads.iter().enumerate().take(range.len().div_ceil(RUN));
        for (run, heads) in runs {
            let start = range.start + run * RUN;
            let body =
                bodies.get(run).map_or(0, |bodies| product(most(bodies), self.lengths.best_answer));
            if product(most(heads), self.lengths.best_question) + body < least {
                continue;
            }
            let factors = &self.factors[start..range.end.min(start + RUN)];
            let bound = |(&head, &factor): (&u16, &u8)| product(head, wide(factor)) + body;
            let is_good = |sums| u16::from(bound(sums) >= least);
            if heads.iter().zip(factors).map(is_good).sum::<u16>() == 0 {
                continue;
            }
            for (n, sums) in (start..).zip(heads.iter().zip(factors)) {
                if bound(sums) < least {
                    continue;
                }
                let sums = block.get(n - range.start);
                if sums.covered > 0 {
                    best.offer(self.score(n, sums), n as u32);
                }
            }
        }
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
        let (mut head, mut body, mut covered, mut in_head) = (0.0, 0.0, 0.0, 0);
        for part in &self.parts {
            let (h, b) = part.matches.at(n);
            head += part.weight * f32::from(h);
            body += part.weight * f32::from(b);
            covered += if h | b > 0 { part.weight } else { 0.0 };
            in_head += u8::from(h > 0 && !part.weightless);
        }
        let length = self.segment.head.lengths[n];
        let score = head * self.lengths.question[length as usize] + body * self.answer_factor(n);
        let share = covered / self.total_weight;
        let field = engine::field_of(in_head > 0);
        let in_head = in_head >= self.required;
        let asked = if in_head { ASKED } else { 1.0 };
        Candidate {
            entry: (start + n) as u32,
            score: score * share.powf(COVERAGE) * asked / 255.0,
            covered: self.sums_of(n).covered,
            field,
            in_head,
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
