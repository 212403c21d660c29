//! The matches of a clause in all segments.

use super::segment_matches::SegmentMatches;
use super::term_matcher::TermMatcher;
use crate::text::Reading;
use std::sync::Arc;

/// The matches of a clause in all segments.
#[derive(Debug, Default)]
pub(in crate::search) struct ClauseMatches {
    pub(super) segments: Vec<SegmentMatches>,
    /// The matchers that found them, for ranking and highlighting.
    pub matchers: Vec<Arc<TermMatcher>>,
    /// Literal signs that matched, for highlighting.
    pub signs: Vec<String>,
    /// Readings that were found, for highlighting.
    pub readings: Vec<Reading>,
    /// The inverse document frequency of the clause.
    pub rarity: f32,
    /// The word of the collection that matches best.
    pub best_word: Option<BestWord>,
    /// Whether the matching words are probably intended: a term that looks like an abbreviation may
    /// mean another word.
    pub is_intended: bool,
}

/// The best match of a clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct BestWord {
    /// Its match score.
    pub score: u8,
    pub word: Box<str>,
    /// Whether it is a form of a term.
    pub is_form: bool,
}

impl ClauseMatches {
    /// Whether an entry has a term of the clause in any form.
    pub fn has_form(&self) -> bool {
        self.best_word.as_ref().is_some_and(|best| best.is_form)
    }

    /// Releases the buffers of all scores for reuse.
    pub fn into_buffers(self) -> impl Iterator<Item = Vec<u8>> {
        self.segments.into_iter().flat_map(|segment| [segment.head, segment.body])
    }

    /// The bytes of all scores.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.head.len() + segment.body.len()).sum()
    }
}
