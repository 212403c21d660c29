//! Showing where a text matches: only ever computed for what is on the screen.

use super::grade::{Grader, Tolerance};
use super::score::Weighted;
use crate::text::{fold, grapheme_range, words};
use std::ops::Range;
use std::sync::Arc;

/// Finds the parts of a text that match the query that it was made for.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    graders: Vec<Arc<Grader>>,
}

impl Highlighter {
    pub(super) fn new(clauses: &[Weighted]) -> Self {
        let weighty = clauses.iter().filter(|clause| !clause.weightless);
        Self { graders: weighty.flat_map(|clause| clause.matches.graders.clone()).collect() }
    }

    /// Byte ranges of `text` that match: sorted, disjoint, not empty, on grapheme borders.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.graders.is_empty() {
            return found;
        }
        words(text, |word| {
            let graded = self.graders.iter().map(|grader| (grader.grade(word.folded), grader));
            if let Some((grade, grader)) = graded.max_by_key(|(grade, _)| *grade)
                && grade > 0
            {
                within(
                    grader,
                    word.folded,
                    &text[word.range.clone()],
                    word.range.start,
                    &mut found,
                );
            }
        });
        for grader in self.graders.iter().filter(|g| g.tolerance() == Tolerance::Across) {
            across(grader, text, &mut found);
        }
        tidy(text, found)
    }
}

/// The part of a word that matches: the typed beginning, the letters in order, or all of it.
fn within(grader: &Grader, folded: &str, raw: &str, start: usize, found: &mut Vec<Range<usize>>) {
    let same_offsets = raw.is_ascii() && raw.len() == folded.len();
    let term = grader.term();
    if same_offsets && let Some(at) = folded.find(term) {
        found.push(start + at..start + at + term.len());
    } else if same_offsets
        && !grader.is_form_or_typo(folded)
        && let Some(letters) = grader.matched_letters(folded)
    {
        found.extend(letters.into_iter().map(|at| start + at..start + at + 1));
    } else {
        found.push(start..start + raw.len());
    }
}

/// Letters in order across the whole text.
fn across(grader: &Grader, text: &str, found: &mut Vec<Range<usize>>) {
    let folded = fold(text);
    if folded.len() == text.len()
        && text.is_ascii()
        && let Some(letters) = grader.matched_letters(&folded)
    {
        found.extend(letters.into_iter().map(|at| at..at + 1));
    }
}

/// Sorts ranges, joins those that touch, and widens them to grapheme borders.
fn tidy(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
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
