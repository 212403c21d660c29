//! Finds the letters of a term in order across whole questions, with `fuzzy-matcher`.

use super::segment_matches::SegmentMatches;
use crate::search::index::{Index, Segment};
use crate::text::fold_into;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

/// The least share of the best score that a match gets.
const MIN_SHARE: f32 = 0.02;

/// The questions that have the letters of `word` in order; `best` is the highest match score.
pub(super) fn find(word: &str, index: &Index, best: f32) -> Vec<SegmentMatches> {
    let matcher = SkimMatcherV2::default().element_limit(1 << 16);
    let max_score = matcher.fuzzy_match(word, word).unwrap_or(1).max(1) as f32;
    let one = |(start, segment): (usize, &Segment)| {
        let mut found = SegmentMatches::new();
        let mut folded = String::new();
        for n in 0..segment.len() {
            let Some(entry) = index.entry((start + n) as u32) else { continue };
            folded.clear();
            fold_into(entry.question(), &mut folded);
            let Some(score) = matcher.fuzzy_match(&folded, word) else { continue };
            let score = (best * (score as f32 / max_score).clamp(MIN_SHARE, 1.0)) as u8;
            found.set_head(n, score.max(1), segment.len());
        }
        found
    };
    index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect()
}
