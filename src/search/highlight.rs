//! Showing where a text matches: only ever computed for what is on the screen.

use crate::text::{fold, grapheme_range, words};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::ops::Range;

/// Finds the parts of a text that match the query that it was made for.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    terms: Vec<String>,
}

impl Highlighter {
    pub(super) fn new(terms: Vec<String>) -> Self {
        Self { terms }
    }

    /// Byte ranges of `text` that match: sorted, disjoint, on grapheme borders.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let matcher = SkimMatcherV2::default();
        let mut found = Vec::new();
        words(text, |word| {
            let meets = |term: &String| {
                matcher.fuzzy_match(word.folded, term).is_some()
                    && fold(&text[word.range.clone()]).len() < 4 * term.len()
            };
            if self.terms.iter().any(meets) {
                found.push(grapheme_range(text, word.range));
            }
        });
        found.sort_by_key(|range: &Range<usize>| (range.start, range.end));
        found.dedup_by(|next, last| {
            let overlap = next.start <= last.end;
            if overlap {
                last.end = last.end.max(next.end);
            }
            overlap
        });
        found
    }
}
