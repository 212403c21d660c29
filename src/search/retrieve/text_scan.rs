//! Finds matches by reading texts, where no dictionary helps.

use super::segment_matches::SegmentMatches;
use crate::collection::EntryRef;
use crate::search::index::{Index, Segment, shown};
use crate::text::{Reading, fold_into, has_signs, has_signs_alone};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

/// The minimum share of the best score for a subsequence match.
const MIN_SHARE: f32 = 0.02;
/// The match score of a text whose reading matches a term.
const READING_SCORE: u8 = 200;
/// The match score of signs.
const SIGNS_SCORE: u8 = 255;
/// The match score of signs that are a part of longer ones.
const PART_OF_SIGNS_SCORE: u8 = 170;

/// The questions with the letters of `word` in order; `best` is the highest match score.
pub(super) fn with_letters(word: &str, index: &Index, best: f32) -> Vec<SegmentMatches> {
    let matcher = SkimMatcherV2::default().element_limit(1 << 16);
    let max_score = matcher.fuzzy_match(word, word).unwrap_or(1).max(1) as f32;
    scan(index, |entry, folded| {
        folded.clear();
        fold_into(entry.question(), folded);
        let score = matcher.fuzzy_match(folded, word)?;
        let score = (best * (score as f32 / max_score).clamp(MIN_SHARE, 1.0)) as u8;
        Some(InField::Head(score.max(1)))
    })
}

/// The entries that have signs in any text, with a lower score where they are part of longer signs.
pub(super) fn with_signs(signs: &str, index: &Index) -> Vec<SegmentMatches> {
    scan(index, |entry, _| {
        let head = std::iter::once(entry.question()).chain(entry.aliases()).chain(entry.tags());
        if let Some(score) = head.filter_map(|text| signs_score(text, signs)).max() {
            return Some(InField::Head(score));
        }
        shown(entry).filter_map(|text| signs_score(text, signs)).max().map(InField::Body)
    })
}

fn signs_score(text: &str, signs: &str) -> Option<u8> {
    let score = || if has_signs_alone(text, signs) { SIGNS_SCORE } else { PART_OF_SIGNS_SCORE };
    has_signs(text, signs).then(score)
}

/// The questions and other wordings with a part that is read as `reading`.
pub(super) fn with_reading(reading: &Reading, index: &Index) -> Vec<SegmentMatches> {
    scan(index, |entry, folded| {
        let mut wordings = std::iter::once(entry.question()).chain(entry.aliases());
        let has_reading = wordings.any(|text| {
            folded.clear();
            fold_into(text, folded);
            reading.is_in(folded)
        });
        has_reading.then_some(InField::Head(READING_SCORE))
    })
}

/// A match score in a field.
enum InField {
    Head(u8),
    Body(u8),
}

/// Reads all entries; `find` gets a reusable buffer.
fn scan(
    index: &Index,
    find: impl Fn(EntryRef<'_>, &mut String) -> Option<InField> + Sync,
) -> Vec<SegmentMatches> {
    let one = |(start, segment): (usize, &Segment)| {
        let mut found = SegmentMatches::new();
        let mut buffer = String::new();
        for n in 0..segment.len() {
            let Some(entry) = index.entry((start + n) as u32) else { continue };
            match find(entry, &mut buffer) {
                Some(InField::Head(score)) => found.set_head(n, score, segment.len()),
                Some(InField::Body(score)) => found.set_body(n, score, segment.len()),
                None => {}
            }
        }
        found
    };
    index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect()
}
