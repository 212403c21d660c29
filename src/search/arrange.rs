//! Reorders ranked candidates, drops the weak ones, and joins matches and close entries into one
//! list.

use super::highlight::Highlighter;
use super::hits::{Hit, Hits};
use super::index::Index;
use super::retrieve::{Candidate, MAX_CLOSE, MatchMode, Pool, Retrieval};
use super::weights::Weights;

/// The most entries of a sentence that lack a term.
const MAX_SENTENCE_HITS: usize = 50;

/// Drops entries that share only stop words with the query and mean something else.
pub(super) fn drop_unrelated(pool: &mut Pool, index: &Index, weights: &Weights) {
    let least = weights.min_close_cosine;
    pool.candidates.retain(|candidate| {
        candidate.is_match
            || candidate.has_required
            || is_live_hit(index, candidate.entry)
            || candidate.similarity.is_none_or(|similarity| similarity >= least)
    });
}

/// Sorts close entries again, also by the share of the query that they cover.
pub(super) fn prefer_covering(candidates: &mut [Candidate], weights: &Weights) {
    let most = candidates.iter().map(|candidate| candidate.covered).max().unwrap_or(0).max(1);
    for candidate in candidates.iter_mut().filter(|candidate| !candidate.is_match) {
        let share = f32::from(candidate.covered) / f32::from(most);
        candidate.score *= share.powf(weights.close_coverage_exponent);
    }
    candidates.sort_unstable_by(Candidate::order);
}

/// Sorts the entries of a sentence again, boosting those with every informative term.
pub(super) fn prefer_complete(candidates: &mut [Candidate], weights: &Weights) {
    for candidate in candidates.iter_mut().filter(|candidate| candidate.is_match) {
        candidate.score *= weights.sentence_match_boost;
    }
    candidates.sort_unstable_by(Candidate::order);
}

/// Truncates the lists to their limits and joins them into hits.
pub(super) fn join(hits: Hits, found: Retrieval, weights: &Weights) -> Hits {
    let Retrieval { mode, matches, close } = found;
    let limit = hits.query.limit;
    let ratio = weights.min_score_ratio;
    let highlighter = Highlighter::new(&close.last().unwrap_or(&matches).clauses);
    let mut candidates = matches.candidates;
    let mut total = matches.total;
    if mode == MatchMode::Sentence {
        let least = best_score(&candidates) * ratio;
        let mut rank = 0;
        candidates.retain(|candidate| {
            rank += 1;
            candidate.is_match
                || candidate.score >= least && rank <= MAX_SENTENCE_HITS
                || is_live_hit(&hits.index, candidate.entry)
        });
        total = candidates.len();
    }
    let matching = match mode {
        MatchMode::Sentence => candidates.iter().filter(|c| c.is_match).count(),
        MatchMode::Everything | MatchMode::MatchesFirst => total,
    };
    if !close.is_empty() {
        let close = close.into_iter().flat_map(|pool| pool.candidates).enumerate();
        let close = close.filter(|(n, c)| *n < MAX_CLOSE || is_live_hit(&hits.index, c.entry));
        candidates.extend(close.map(|(_, candidate)| candidate));
        total = candidates.len();
    }
    let hit = |c: &Candidate| Hit {
        entry: c.entry,
        score: c.score,
        field: c.field,
        is_match: c.is_match,
    };
    Hits {
        total,
        matches: matching,
        mode,
        highlighter,
        ordered: candidates.iter().take(limit).map(hit).collect(),
        ..hits
    }
}

/// Whether an entry is a hit of a search engine.
fn is_live_hit(index: &Index, entry: u32) -> bool {
    index.live().and_then(|live| live.rank(entry)).is_some()
}

fn best_score(candidates: &[Candidate]) -> f32 {
    candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max)
}
