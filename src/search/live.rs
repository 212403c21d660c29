//! Hits of search engines among those that are found here.
//!
//! All entries of an engine's answer are hits, whatever words they have: the engine may know other
//! forms and meanings. They are ranked here like all others, with the rank that the engine gave
//! them as a prior.

use super::hits::{Hit, Hits};
use super::index::{Index, LiveView};
use super::query::Query;
use super::retrieve::{Candidate, Field, MatchMode, Outcome, Pool, RetrievalContext, any_term};
use super::weights::Weights;
use crate::collection::EntryKey;
use rustc_hash::{FxHashMap, FxHashSet};

/// Adds the entries of the answers that no term found: to the one list of a sentence, else below the
/// matches.
pub(super) fn add_missing(outcome: &mut Outcome, live: &LiveView, context: &RetrievalContext) {
    let pools = std::iter::once(&outcome.matches).chain(&outcome.close);
    let known: FxHashSet<u32> =
        pools.flat_map(|pool| &pool.candidates).map(|candidate| candidate.entry).collect();
    let is_missing = |entry: &u32| !known.contains(entry) && context.accepts(*entry);
    let mut missing: Vec<u32> = live.entries().into_iter().filter(is_missing).collect();
    if missing.is_empty() {
        return;
    }
    let unscored = |entry| Candidate::new(entry, 0.0, Field::Meaning);
    if outcome.mode == MatchMode::Sentence {
        return outcome.matches.candidates.extend(missing.into_iter().map(unscored));
    }
    let clauses = outcome.close.last().unwrap_or(&outcome.matches).clauses.clone();
    let mut candidates = any_term(&clauses, context).best;
    candidates.retain(|candidate| missing.binary_search(&candidate.entry).is_ok());
    let scored: FxHashSet<u32> = candidates.iter().map(|candidate| candidate.entry).collect();
    missing.retain(|entry| !scored.contains(entry));
    candidates.extend(missing.into_iter().map(unscored));
    let total = candidates.len();
    outcome.close.push(Pool { total, candidates, clauses, ..Pool::default() });
}

/// Adds the engines' ranks to the scores, the best of which counts 1, and sorts. Entries that are
/// no hits of an engine count by their rank here.
pub(super) fn add_prior(pool: &mut Pool, live: &LiveView, weights: &Weights) {
    let best = pool.candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
    let norm = best.max(f32::MIN_POSITIVE);
    let mut loaded = 0..;
    for candidate in &mut pool.candidates {
        let rank = live.rank(candidate.entry).or_else(|| loaded.next()).unwrap_or(u32::MAX);
        let prior = 1.0 / (1.0 + rank as f32 * weights.live_rank_decay);
        candidate.score = candidate.score / norm + weights.live_rank_weight * prior;
    }
    pool.candidates.sort_unstable_by(Candidate::order);
}

/// The hits of an empty query over live sources: what was read of them lately, then what was loaded.
pub(super) fn recent(index: &Index, live: &LiveView, query: &Query, hits: Hits) -> Hits {
    let mut numbers: FxHashMap<EntryKey<'_>, u32> = FxHashMap::default();
    for n in live.first..index.len() as u32 {
        if let Some(entry) = index.entry(n) {
            numbers.insert(entry.key(), n);
        }
    }
    let read = query.recent.iter().rev().filter_map(|key| numbers.remove(&EntryKey::parse(key)));
    let hit = |entry| Hit { entry, score: 0.0, field: Field::Question, is_match: true };
    let read: Vec<Hit> = read.map(hit).collect();
    let total = read.len() + live.first as usize;
    let loaded = (0..live.first).map(hit);
    let ordered = read.into_iter().chain(loaded).take(query.limit).collect();
    Hits { total, matches: total, ordered, ..hits }
}
