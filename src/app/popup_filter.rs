//! Filtering the rows of a pop-up by what is typed, also where there are hundreds of thousands.
//!
//! The rows are folded once. A longer query keeps a part of the rows that matched before, so that
//! only those are matched again.

use super::popup::Row;
use crate::text::{fold, fold_into};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;
use std::sync::Arc;

/// The rows that match what was typed.
#[derive(Debug, Clone)]
pub(super) struct PopupFilter {
    folded: Arc<FoldedRows>,
    /// Best match first; otherwise the order of the rows stays.
    best_first: bool,
    /// What was typed, folded, and the rows that match it; before that, what it was typed after:
    /// a letter that is deleted costs nothing. The first query is empty.
    steps: Vec<(String, Vec<u32>)>,
}

/// The folded texts of all rows.
#[derive(Debug, Default)]
struct FoldedRows {
    text: String,
    /// Where each row's text ends.
    ends: Vec<usize>,
}

impl FoldedRows {
    fn get(&self, n: u32) -> &str {
        let n = n as usize;
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[n]]
    }
}

impl PopupFilter {
    /// All rows match at first.
    pub fn new(rows: &[Row], best_first: bool) -> Self {
        let mut folded = FoldedRows::default();
        for row in rows {
            fold_into(&row.label, &mut folded.text);
            folded.text.push(' ');
            fold_into(&row.text, &mut folded.text);
            folded.ends.push(folded.text.len());
        }
        let all = (0..rows.len() as u32).collect();
        Self { folded: Arc::new(folded), best_first, steps: vec![(String::new(), all)] }
    }

    /// The numbers of the rows that match, in the order in which they are shown.
    pub fn matching(&self) -> &[u32] {
        self.steps.last().map_or(&[], |(_, matching)| matching)
    }

    /// Filters by another query.
    pub fn apply(&mut self, query: &str) {
        let query = fold(query.trim());
        while self.steps.len() > 1 && !query.starts_with(&self.steps[self.steps.len() - 1].0) {
            self.steps.pop();
        }
        if self.steps.last().is_some_and(|(known, _)| *known == query) {
            return;
        }
        let terms: Vec<&str> = query.split_whitespace().collect();
        let candidates = self.matching();
        let folded = &self.folded;
        let matcher = SkimMatcherV2::default().ignore_case();
        let score = |n: u32| -> Option<i64> {
            let text = folded.get(n);
            if !terms.iter().all(|term| has_in_order(text, term)) {
                return None;
            }
            terms.iter().map(|term| matcher.fuzzy_match(text, term)).sum()
        };
        let mut scored: Vec<(i64, u32)> =
            candidates.par_iter().filter_map(|&n| Some((-score(n)?, n))).collect();
        if self.best_first {
            scored.par_sort_unstable();
        } else {
            scored.sort_unstable_by_key(|&(_, n)| n);
        }
        let matching = scored.into_iter().map(|(_, n)| n).collect();
        self.steps.push((query, matching));
    }
}

/// Whether `text` has the characters of `term` in their order: what cannot match need not be scored.
fn has_in_order(text: &str, term: &str) -> bool {
    let mut rest = text;
    term.chars().all(|c| match rest.find(c) {
        Some(at) => {
            rest = &rest[at + c.len_utf8()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::popup::Effect;
    use super::*;
    use proptest::prelude::*;

    fn rows(texts: &[String]) -> Vec<Row> {
        let row = |text: &String| Row {
            label: String::new(),
            text: text.clone(),
            group: "",
            effect: Effect::Nothing,
        };
        texts.iter().map(row).collect()
    }

    proptest! {
        #[test]
        fn a_query_typed_letter_by_letter_leaves_the_same_rows(
            texts in prop::collection::vec("[abÄ é]{0,8}", 0..20),
            query in "[abäe ]{0,5}",
            other in "[abäe ]{0,5}",
            best_first in any::<bool>(),
        ) {
            let rows = rows(&texts);
            let mut whole = PopupFilter::new(&rows, best_first);
            whole.apply(&query);
            let mut by_letter = PopupFilter::new(&rows, best_first);
            for (at, c) in query.char_indices() {
                by_letter.apply(&query[..at + c.len_utf8()]);
            }
            prop_assert_eq!(whole.matching(), by_letter.matching());
            by_letter.apply(&other);
            by_letter.apply(&query);
            prop_assert_eq!(whole.matching(), by_letter.matching());
        }
    }
}
