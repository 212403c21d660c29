//! Ranks entries that were used before first among level hits.

use super::index::Index;
use super::retrieve::Candidate;
use std::collections::HashMap;

/// Reorders candidates, best first: level ones by how much they were used. A candidate is level
/// with the first one of its group if its score is lower by at most the share `ratio`, so no
/// candidate overtakes a better one.
pub(super) fn put_used_first(
    index: &Index,
    candidates: &mut [Candidate],
    used: &HashMap<String, u32>,
    ratio: f32,
) {
    if used.is_empty() {
        return;
    }
    let usage = |candidate: &Candidate| {
        let key = index.entry(candidate.entry).map(|entry| entry.key().to_string());
        key.and_then(|key| used.get(&key)).copied().unwrap_or(0)
    };
    let is_level = |first: &Candidate, other: &Candidate| {
        other.score >= first.score - first.score.abs() * ratio && other.is_match == first.is_match
    };
    let mut rest = candidates;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|other| is_level(first, other)).count().max(1);
        let (group, others) = rest.split_at_mut(count);
        if count > 1 {
            group.sort_by_cached_key(|candidate| std::cmp::Reverse(usage(candidate)));
        }
        rest = others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Entry;
    use crate::search::retrieve::Field;

    #[test]
    fn use_decides_among_level_candidates_only() {
        let entry = |n: usize| Entry { question: format!("Question {n}?"), ..Entry::default() };
        let index = Index::new(&(0..5).map(entry).collect::<Vec<_>>());
        let key = |n| index.entry(n).unwrap().key().to_string();
        let used = HashMap::from([(key(1), 1000), (key(2), 3000), (key(4), 9000)]);
        let scores = [1.0, 1.0, 0.995, 0.97, 0.96];
        let candidate = |(n, &score)| Candidate::new(n, score, Field::Question);
        let mut candidates: Vec<_> = (0..).zip(&scores).map(candidate).collect();
        put_used_first(&index, &mut candidates, &used, 0.01);
        let order: Vec<u32> = candidates.iter().map(|candidate| candidate.entry).collect();
        assert_eq!(order, [2, 1, 0, 3, 4]);
    }
}
