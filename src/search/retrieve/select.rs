//! Selects the best entries of all segments.

use super::candidate::{Candidate, Field};
use super::context::RetrievalContext;
use super::coverage_histogram::CoverageHistogram;
use super::scorer::{ScoredClauses, Scorer};
use super::top_k::TopK;
use super::weighted_clause::WeightedClause;
use crate::search::index::Segment;
use rayon::prelude::*;

/// The retrieved entries.
#[derive(Debug, Default)]
pub(in crate::search) struct Retrieved {
    /// The number of entries that match.
    pub total: usize,
    /// The number of those that have every required term.
    pub complete: usize,
    /// The best entries, best first.
    pub best: Vec<Candidate>,
}

/// All entries that meet the conditions, in collection order.
pub(super) fn unscored(context: &RetrievalContext) -> Retrieved {
    let mut retrieved = Retrieved::default();
    if context.accepts_all() {
        let first = (0..context.index.len().min(context.limit) as u32).map(unscored_candidate);
        let total = context.index.len();
        return Retrieved { total, complete: total, best: first.collect() };
    }
    for (s, (start, segment)) in context.index.segments().enumerate() {
        for n in 0..segment.len() {
            let entry = (start + n) as u32;
            if context.accepts_at(s, n, entry) {
                retrieved.total += 1;
                if retrieved.best.len() < context.limit {
                    retrieved.best.push(unscored_candidate(entry));
                }
            }
        }
    }
    retrieved
}

fn unscored_candidate(entry: u32) -> Candidate {
    Candidate::new(entry, 0.0, Field::Question)
}

/// The entries that have every required term.
pub(in crate::search) fn all_terms(
    clauses: &[WeightedClause],
    context: &RetrievalContext,
) -> Retrieved {
    select(clauses, context, true)
}

/// The entries that have any term and cover enough of the query.
pub(in crate::search) fn any_term(
    clauses: &[WeightedClause],
    context: &RetrievalContext,
) -> Retrieved {
    select(clauses, context, false)
}

fn select(clauses: &[WeightedClause], context: &RetrievalContext, complete: bool) -> Retrieved {
    let segments: Vec<_> = context.index.segments().enumerate().collect();
    let query = ScoredClauses::new(clauses, complete, context);
    // An entry that has every word is a hit, even if all words are common.
    let min_ratio = if complete { 0.0 } else { context.weights.min_coverage_ratio };
    let one = |&(s, (start, segment)): &(usize, (usize, &Segment))| {
        let scorer = Scorer::new(&query, s, segment);
        let mut top = TopK::new(context.limit);
        let mut histogram = CoverageHistogram::new(query.max_coverage(), min_ratio);
        let accepts = |n| context.accepts_at(s, n, (start + n) as u32);
        scorer.for_each(&mut top, &mut histogram, !context.accepts_all(), accepts);
        let exact = top.take().into_iter().map(|(_, n)| scorer.candidate(start, n as usize));
        (exact.collect::<Vec<_>>(), histogram)
    };
    let all: Vec<_> = if segments.len() > 1 {
        segments.par_iter().map(one).collect()
    } else {
        segments.iter().map(one).collect()
    };
    let mut best = Vec::new();
    let mut histogram = CoverageHistogram::new(query.max_coverage(), min_ratio);
    for (of_segment, counted) in all {
        best.extend(of_segment);
        histogram.merge(&counted);
    }
    best.sort_unstable_by(Candidate::order);
    best.truncate(context.limit);
    let (covered, total) = histogram.hits(min_ratio);
    best.retain(|candidate| candidate.covered >= covered);
    Retrieved { total, complete: histogram.complete(), best }
}
