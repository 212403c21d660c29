//! Highlighting: the parts of a text that match, computed for visible text only.

use super::retrieve::{TermMatcher, Tolerance, WeightedClause};
use crate::text::{Reading, fold, grapheme_range, words};
use std::ops::Range;
use std::sync::Arc;

/// Finds the parts of a text that match one query.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    matchers: Vec<Arc<TermMatcher>>,
    signs: Vec<String>,
    readings: Vec<Reading>,
}

/// Readings are not looked for in lines of more characters than this, since each look reads the
/// line.
const MAX_READING_CHARS: usize = 1000;

impl Highlighter {
    pub(super) fn new(clauses: &[WeightedClause]) -> Self {
        let informative = clauses.iter().filter(|clause| !clause.is_stop_word);
        let signs = clauses.iter().flat_map(|clause| clause.matches.signs.clone()).collect();
        let matchers = informative.flat_map(|clause| clause.matches.matchers.clone()).collect();
        let readings = clauses.iter().flat_map(|clause| clause.matches.readings.clone()).collect();
        Self { matchers, signs, readings }
    }

    /// Byte ranges of `text` that match: sorted, disjoint, not empty, on grapheme boundaries.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.matchers.is_empty() && self.signs.is_empty() && self.readings.is_empty() {
            return found;
        }
        if !text.is_ascii() && text.chars().nth(MAX_READING_CHARS).is_none() {
            found.extend(self.readings.iter().flat_map(|reading| reading.ranges(text)));
        }
        for signs in &self.signs {
            found.extend(text.match_indices(signs.as_str()).map(|(at, _)| at..at + signs.len()));
        }
        words(text, |word| {
            let scored = self.matchers.iter().map(|m| (m.match_score(word.folded), m));
            if let Some((score, matcher)) = scored.max_by_key(|(score, _)| *score)
                && score > 0
            {
                let raw = &text[word.range.clone()];
                push_in_word(matcher, word.folded, raw, word.range.start, &mut found);
            }
        });
        for matcher in self.matchers.iter().filter(|m| m.tolerance() == Tolerance::Subsequence) {
            push_subsequence(matcher, text, &mut found);
        }
        merge(text, found)
    }
}

/// Adds the matching part of a word: the term itself, its letters in order, or the whole word.
fn push_in_word(
    matcher: &TermMatcher,
    folded: &str,
    raw: &str,
    start: usize,
    found: &mut Vec<Range<usize>>,
) {
    let same_offsets = raw.is_ascii() && raw.len() == folded.len();
    let term = matcher.term();
    if same_offsets && let Some(at) = folded.find(term) {
        found.push(start + at..start + at + term.len());
    } else if same_offsets
        && !matcher.matches_whole(folded)
        && let Some(letters) = matcher.matched_letters(folded)
    {
        found.extend(letters.into_iter().map(|at| start + at..start + at + 1));
    } else {
        found.push(start..start + raw.len());
    }
}

/// Adds letters in order across the whole text.
fn push_subsequence(matcher: &TermMatcher, text: &str, found: &mut Vec<Range<usize>>) {
    let folded = fold(text);
    if folded.len() == text.len()
        && text.is_ascii()
        && let Some(letters) = matcher.matched_letters(&folded)
    {
        found.extend(letters.into_iter().map(|at| at..at + 1));
    }
}

/// Sorts ranges, merges those that touch, and widens them to grapheme boundaries.
fn merge(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.retain(|range| !range.is_empty());
    if !text.is_ascii() {
        for range in &mut found {
            *range = grapheme_range(text, range.clone());
        }
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    found.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    found
}
