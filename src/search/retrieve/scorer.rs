//! Scores the entries of one segment by their match scores, without reading a text.
//!
//! The score of an entry is the sum over the terms of the match score times the term's weight, in
//! the question (shorter ones before longer ones) and, weighing less, in the answer (normalised as
//! in BM25; Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). It is
//! multiplied by two factors: for the covered share of the query, and for a question that has every
//! informative term.
//!
//! Weights are scaled to shares of 255, so that the sum over the terms, with match scores up to
//! 255, fits in 16 bits: a million entries are summed at the speed of memory. The best entries are
//! then scored again with the exact weights.

use super::accumulator::{Accumulator, BLOCK, PartialScore, RUN, highest};
use super::candidate::{Candidate, Field};
use super::context::RetrievalContext;
use super::coverage_histogram::CoverageHistogram;
use super::segment_matches::SegmentMatches;
use super::top_k::TopK;
use super::weighted_clause::{WeightedClause, total_weight};
use crate::search::index::{LengthNorms, Segment, multiply_high, widen};
use std::ops::Range;

/// Further terms of a query are ignored: it is a pasted text.
const MAX_TERMS: usize = 200;

/// The clauses of a query, prepared for scoring in all segments.
pub(super) struct ScoredClauses<'a> {
    clauses: &'a [WeightedClause],
    /// The weight of each clause as a share of the query, in 255ths; at least 1.
    shares: Vec<u8>,
    total_weight: f32,
    /// Whether a hit must have every required term.
    complete: bool,
    /// The number of required terms.
    required: u8,
    /// The number of informative terms: those that are not stop words.
    informative: u8,
    /// Factors by the covered share of the query in 255ths.
    coverage: Box<[f32; 256]>,
    coverage_exponent: f32,
    question_match_boost: f32,
    norms: &'a LengthNorms,
}

impl<'a> ScoredClauses<'a> {
    /// Prepares clauses; with `complete`, a hit must have every required term.
    pub fn new(
        clauses: &'a [WeightedClause],
        complete: bool,
        context: &'a RetrievalContext,
    ) -> Self {
        let clauses = &clauses[..clauses.len().min(MAX_TERMS)];
        let total_weight = total_weight(clauses);
        let parts = 255.0 - clauses.len() as f32;
        let share = |clause: &WeightedClause| ((clause.weight / total_weight * parts) as u8).max(1);
        let exponent = context.weights.coverage_exponent;
        let count = |has: fn(&WeightedClause) -> bool| {
            clauses.iter().filter(|clause| has(clause)).count() as u8
        };
        Self {
            clauses,
            shares: clauses.iter().map(share).collect(),
            total_weight,
            complete,
            required: count(|clause| clause.required),
            informative: count(|clause| !clause.is_stop_word),
            coverage: Box::new(std::array::from_fn(|n| (n as f32 / 255.0).powf(exponent))),
            coverage_exponent: exponent,
            question_match_boost: context.weights.question_match_boost,
            norms: &context.norms,
        }
    }

    /// The share in 255ths that an entry with every term covers.
    pub fn max_coverage(&self) -> u8 {
        self.shares.iter().fold(0, |sum: u8, &share| sum.saturating_add(share))
    }
}

/// Scores the entries of one segment.
pub(super) struct Scorer<'a> {
    query: &'a ScoredClauses<'a>,
    parts: Vec<ClausePart<'a>>,
    segment: &'a Segment,
    /// The length norm of each entry's question, for [`widen`].
    question_norms: &'a [u8],
}

/// A clause that matches in the segment.
struct ClausePart<'a> {
    matches: &'a SegmentMatches,
    weight: f32,
    /// The weight as a share of the query, in 255ths; at least 1.
    share: u8,
    is_stop_word: bool,
    required: bool,
}

impl<'a> Scorer<'a> {
    /// A scorer of `segment`, which is number `s`.
    pub fn new(query: &'a ScoredClauses<'a>, s: usize, segment: &'a Segment) -> Self {
        let part = |(clause, &share): (&'a WeightedClause, &u8)| ClausePart {
            matches: &clause.matches.segments[s],
            weight: clause.weight,
            share,
            is_stop_word: clause.is_stop_word,
            required: clause.required,
        };
        let parts = query.clauses.iter().zip(&query.shares).map(part);
        let parts = parts.filter(|part| !part.matches.is_empty()).collect();
        Self { query, parts, segment, question_norms: query.norms.of_segment(s) }
    }

    /// Counts every matching entry and offers it to `top`; if `filtered`, only those that `accepts`
    /// returns true for.
    pub fn for_each(
        &self,
        top: &mut TopK,
        histogram: &mut CoverageHistogram,
        filtered: bool,
        accepts: impl Fn(usize) -> bool,
    ) {
        let ScoredClauses { complete, required, .. } = *self.query;
        let present = self.parts.iter().filter(|part| part.required).count();
        if self.parts.is_empty() || complete && present < usize::from(required) {
            return;
        }
        if let Some(sparse) = self.sparse() {
            for n in sparse {
                let sums = self.sums_of(n as usize);
                if self.counts(n as usize, sums, histogram, &accepts) {
                    top.offer(self.score(n as usize, sums), n);
                }
            }
            return;
        }
        let entries = self.segment.len();
        let has_bodies = self.parts.iter().any(|part| !part.matches.body.is_empty());
        let mut sums = Accumulator::new(has_bodies);
        for start in (0..entries).step_by(BLOCK) {
            let end = (start + BLOCK).min(entries);
            self.sum_up(start..end, &mut sums);
            if filtered {
                for (i, n) in (start..end).enumerate() {
                    let sums = sums.get(i);
                    if self.counts(n, sums, histogram, &accepts) {
                        top.offer(self.score(n, sums), n as u32);
                    }
                }
            } else {
                // An entry that matches a single term has every term.
                if complete && self.parts.len() > 1 {
                    sums.drop_incomplete(end - start, required);
                }
                let complete = sums.complete(end - start, required);
                histogram.add_all(sums.covered(end - start), complete);
                self.offer(start..end, &sums, top);
            }
        }
    }

    /// Whether an entry with these sums is a hit; counts it if so.
    fn counts(
        &self,
        n: usize,
        sums: PartialScore,
        histogram: &mut CoverageHistogram,
        accepts: impl Fn(usize) -> bool,
    ) -> bool {
        let has_all = sums.present >= self.query.required;
        let is_hit = sums.covered > 0 && (has_all || !self.query.complete) && accepts(n);
        if is_hit {
            histogram.add(sums.covered, has_all);
        }
        is_hit
    }

    /// The approximate score of an entry.
    fn score(&self, n: usize, sums: PartialScore) -> f32 {
        let mut score = multiply_high(sums.head, widen(self.question_norms[n]));
        if let Some(body) = &self.segment.body {
            let norm = self.query.norms.answer_fixed[body.lengths[n] as usize];
            score += multiply_high(sums.body, norm);
        }
        f32::from(score) * self.query.coverage[sums.covered as usize]
    }

    /// Offers the entries of a block after summing. Few of them can be among the best; bounds over
    /// many entries rule out the others.
    fn offer(&self, range: Range<usize>, sums: &Accumulator, top: &mut TopK) {
        let norms = self.query.norms;
        let max = self.parts.iter().fold(0, |sum: u8, part| sum.saturating_add(part.share));
        // The smallest integer sum that scores more, at any coverage. The division loses much less
        // than the hundredth.
        let least = (top.threshold() / self.query.coverage[max as usize] + 0.01) as u16 + 1;
        let (heads, bodies) = sums.runs();
        let runs = heads.iter().enumerate().take(range.len().div_ceil(RUN));
        for (run, heads) in runs {
            let start = range.start + run * RUN;
            let body = bodies
                .get(run)
                .map_or(0, |bodies| multiply_high(highest(bodies), norms.max_answer));
            if multiply_high(highest(heads), norms.max_question) + body < least {
                continue;
            }
            let question_norms = &self.question_norms[start..range.end.min(start + RUN)];
            let bound = |(&head, &norm): (&u16, &u8)| multiply_high(head, widen(norm)) + body;
            let is_good = |pair| u16::from(bound(pair) >= least);
            if heads.iter().zip(question_norms).map(is_good).sum::<u16>() == 0 {
                continue;
            }
            for (n, pair) in (start..).zip(heads.iter().zip(question_norms)) {
                if bound(pair) < least {
                    continue;
                }
                let sums = sums.get(n - range.start);
                if sums.covered > 0 {
                    top.offer(self.score(n, sums), n as u32);
                }
            }
        }
    }

    fn answer_norm(&self, n: usize) -> f32 {
        let length = self.segment.body.as_ref().map_or(0, |body| body.lengths[n]);
        self.query.norms.answer[length as usize]
    }

    /// The entries that can match, if they are few: those with the rarest required term, or with
    /// any term if none is required.
    fn sparse(&self) -> Option<Vec<u32>> {
        let mut sparse = if self.query.complete && self.query.required > 0 {
            let required = self.parts.iter().filter(|part| part.required);
            required
                .filter_map(|part| part.matches.sparse.as_ref())
                .min_by_key(|sparse| sparse.len())?
                .clone()
        } else {
            let mut all = Vec::new();
            for part in &self.parts {
                all.extend_from_slice(part.matches.sparse.as_ref()?);
            }
            all
        };
        sparse.sort_unstable();
        sparse.dedup();
        Some(sparse)
    }

    fn sums_of(&self, n: usize) -> PartialScore {
        let mut sums = PartialScore::default();
        for part in &self.parts {
            let (head, body) = part.matches.at(n);
            if head | body > 0 {
                sums.head += u16::from(head) * u16::from(part.share);
                sums.body += u16::from(body) * u16::from(part.share);
                sums.covered += part.share;
                sums.present += u8::from(part.required);
            }
        }
        sums
    }

    fn sum_up(&self, range: Range<usize>, sums: &mut Accumulator) {
        let length = range.len();
        sums.clear(length);
        for part in &self.parts {
            let SegmentMatches { head, body, .. } = part.matches;
            let required = u8::from(part.required);
            if body.is_empty() {
                sums.add(&head[range.clone()], part.share, required);
            } else {
                let zeros = [0; BLOCK];
                let head = if head.is_empty() { &zeros[..length] } else { &head[range.clone()] };
                sums.add_both(head, &body[range.clone()], part.share, required);
            }
        }
    }

    /// The candidate of entry `n`, with its exact score; `start` is the number of the segment's
    /// first entry.
    pub fn candidate(&self, start: usize, n: usize) -> Candidate {
        let (mut head, mut body, mut covered, mut in_head) = (0.0, 0.0, 0.0, 0);
        for part in &self.parts {
            let (h, b) = part.matches.at(n);
            head += part.weight * f32::from(h);
            body += part.weight * f32::from(b);
            covered += if h | b > 0 { part.weight } else { 0.0 };
            in_head += u8::from(h > 0 && !part.is_stop_word);
        }
        let query = self.query;
        let sums = self.sums_of(n);
        let length = self.segment.head.lengths[n];
        let score = head * query.norms.question[length as usize] + body * self.answer_norm(n);
        let share = covered / query.total_weight;
        let field = if in_head > 0 { Field::Question } else { Field::Answer };
        let in_head = in_head >= query.informative;
        let boost = if in_head { query.question_match_boost } else { 1.0 };
        Candidate {
            entry: (start + n) as u32,
            score: score * share.powf(query.coverage_exponent) * boost / 255.0,
            covered: sums.covered,
            has_required: sums.present > 0,
            similarity: None,
            field,
            in_head,
            is_match: false,
            length,
        }
    }
}
