//! Ranks the hits of search engines among the local ones.
//!
//! All entries of an engine's answer are hits, whatever words they have: the engine may know other
//! forms and meanings. They are ranked like all other entries, with the engine's rank as a prior.

use super::hits::{Hit, Hits};
use super::index::{Index, LiveView};
use super::query::Query;
use super::retrieve::{Candidate, Field, MatchMode, Pool, Retrieval, RetrievalContext, any_term};
use super::weights::Weights;
use crate::collection::EntryKey;
use rustc_hash::{FxHashMap, FxHashSet};

/// Adds the entries of the answers that no term matched: to the single list of a sentence,
/// otherwise below the matches.
pub(super) fn add_missing(outcome: &mut Retrieval, live: &LiveView, context: &RetrievalContext) {
    let pools = std::iter::once(&outcome.matches).chain(&outcome.close);
    let known: FxHashSet<u32> =
        pools.flat_map(|pool| &pool.candidates).map(|candidate| candidate.entry).collect();
    let is_missing = |entry: &u32| !known.contains(entry) && context.accepts(*entry);
    let mut missing: Vec<u32> = live.entries().into_iter().filter(is_missing).collect();
    if missing.is_empty() {
        return;
    }
    let unscored = |entry| Candidate::new(entry, 0.0, Field::Engine);
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

/// Adds the engines' ranks to the scores, scaled so that the best score is 1, and sorts. Entries
/// that are no hits of an engine count by their local rank.
pub(super) fn add_prior(candidates: &mut [Candidate], live: &LiveView, weights: &Weights) {
    let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
    let norm = best.max(f32::MIN_POSITIVE);
    let mut loaded = 0..;
    for candidate in &mut *candidates {
        let rank = live.rank(candidate.entry).or_else(|| loaded.next()).unwrap_or(u32::MAX);
        let prior = 1.0 / (1.0 + rank as f32 * weights.live_rank_decay);
        candidate.score = candidate.score / norm + weights.live_rank_weight * prior;
    }
    candidates.sort_unstable_by(Candidate::order);
}

/// The hits of an empty query over live sources: their recently read entries, then the loaded ones.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Entry, EntryStore, Marks};
    use crate::search::{Engine, LiveAnswer, LiveEntries};
    use std::sync::Arc;

    fn entry(id: &str, question: &str) -> Entry {
        let tags = vec![question.split(' ').next().unwrap_or_default().to_owned()];
        Entry { id: id.into(), question: question.into(), tags, ..Entry::default() }
    }

    /// An engine over a loaded entry, `f`, and those of a live source, some of which are in the
    /// answer.
    fn engine(answer: Option<&[u32]>) -> Engine {
        let loaded = Index::new(&[entry("f", "glue of a file")]);
        let given = ["glue pots", "paint for glue pots", "varnish", "glue guns"];
        let given: Vec<Entry> = ["a", "b", "c", "d"]
            .iter()
            .zip(given)
            .map(|(id, question)| entry(id, question))
            .collect();
        let index = Index::default().with_entries(EntryStore::new(&given));
        let answer =
            answer.map(|entries| LiveAnswer { entries: entries.to_vec(), total: Some(1_204_551) });
        Engine::new(loaded.with_live(&[LiveEntries { index, answer }]))
    }

    fn ids(hits: &Hits) -> Vec<&str> {
        let entry = |n| hits.index.entry(hits.get(n)?.entry);
        (0..hits.ready()).filter_map(entry).map(|entry| entry.id()).collect()
    }

    fn query(text: &str) -> Query {
        Query { text: text.into(), limit: 100, ..Query::default() }
    }

    #[test]
    fn all_hits_of_the_engine_are_listed_and_none_that_it_gave_before() {
        let mut engine = engine(Some(&[2, 3, 0]));
        let hits = engine.search(&query("glue"));
        assert_eq!(hits.index.live().and_then(|live| live.total), Some(1_204_551));
        let mut found = ids(&hits);
        assert_eq!(found.pop(), Some("c"), "it has no word of the query");
        assert_eq!(hits.get(3).map(|hit| hit.field), Some(Field::Engine));
        assert_eq!(hits.matches, 3);
        found.sort_unstable();
        assert_eq!(found, ["a", "d", "f"]);
        assert_eq!(ids(&engine.search(&query("glue tag:varnish"))), ["c"]);
        let sentence = engine.search(&query("where are the pots that hold my warm glue"));
        assert!(ids(&sentence).contains(&"c") && !ids(&sentence).contains(&"b"));
    }

    #[test]
    fn the_rank_of_the_engine_decides_between_hits_that_are_level() {
        for (answer, best) in [([0, 3], "a"), ([3, 0], "d")] {
            let mut engine = engine(Some(&answer));
            assert_eq!(ids(&engine.search(&query("glue")))[0], best);
            // A better match comes first, whatever the engine's rank.
            assert_eq!(ids(&engine.search(&query("glue guns")))[0], "d");
        }
    }

    #[test]
    fn without_an_answer_what_is_known_is_searched_and_an_empty_query_lists_what_was_read() {
        let mut engine = engine(None);
        let hits = engine.search(&query("glue pots"));
        assert_eq!(ids(&hits)[..2], ["a", "b"]);
        let key = |id: &str| EntryKey { source: "", name: id }.to_string();
        let recent = Arc::new(vec![key("b"), key("gone"), key("d")]);
        let hits = engine.search(&Query { recent, ..query("") });
        assert_eq!(ids(&hits), ["d", "b", "f"]);
        assert_eq!((hits.total, hits.rank_of(4)), (3, Some(0)));
    }

    #[test]
    fn a_bookmark_is_found_though_the_engine_does_not_give_it() {
        let bookmarked = [EntryKey { source: "", name: "b" }.to_string()].into();
        let marks = Arc::new(Marks { bookmarked, ..Marks::default() });
        let wanted = Query { marks, ..query("glue is:bookmarked") };
        assert_eq!(ids(&engine(Some(&[0])).search(&wanted)), ["b"]);
    }
}
