//! Ranks the rows of a list by a query, with the matcher for entries.

use super::engine::Engine;
use super::index::Index;
use super::query::plain_clauses;
use super::weights::Weights;
use crate::collection::Entry;
use crate::text::fold;
use std::sync::Arc;

/// A searchable list of rows; cloning it copies pointers.
#[derive(Debug, Clone)]
pub struct RowIndex {
    index: Index,
    /// The folded label of each row.
    labels: Arc<[String]>,
    weights: Arc<Weights>,
}

impl RowIndex {
    /// An index of rows with their labels (such as keys or numbers) and texts. Slow for hundreds of
    /// thousands of rows.
    pub fn new<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut labels = Vec::new();
        let entry = |(label, text): (&str, &str)| {
            labels.push(fold(label));
            let aliases = if label.is_empty() { Vec::new() } else { vec![label.to_owned()] };
            Entry { question: text.to_owned(), aliases, ..Entry::default() }
        };
        let entries: Vec<Entry> = rows.map(entry).collect();
        Self { index: Index::new(&entries), labels: labels.into(), weights: Arc::default() }
    }

    /// The numbers of the rows that have every word of `query`, best first; rows whose label equals
    /// it come before all others. If no row has every word, those with similar words. An empty
    /// query matches all rows, in order.
    pub fn matching(&self, query: &str) -> Vec<u32> {
        let clauses = plain_clauses(query, self.index.languages());
        if clauses.is_empty() {
            return (0..self.labels.len() as u32).collect();
        }
        let mut engine = Engine::without_threads(self.index.clone(), Arc::clone(&self.weights));
        let mut rows = engine.rank_rows(&clauses);
        let wanted = fold(query.trim());
        rows.sort_by_key(|&row| !has_label(&self.labels[row as usize], &wanted));
        rows
    }
}

/// Whether a label equals `wanted`, or is a list that contains it.
fn has_label(label: &str, wanted: &str) -> bool {
    label == wanted || label.split_whitespace().any(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matching<'a>(rows: &[(&str, &'a str)], query: &str) -> Vec<&'a str> {
        let index = RowIndex::new(rows.iter().copied());
        index.matching(query).into_iter().map(|n| rows[n as usize].1).collect()
    }

    #[test]
    fn the_best_row_is_first_and_typos_are_forgiven() {
        let rows = [
            ("Esc", "clear the query, then quit"),
            ("^Q", "quit"),
            ("?", "show all keys"),
            ("^K", "delete to the end"),
        ];
        assert_eq!(matching(&rows, "quit"), ["quit", "clear the query, then quit"]);
        assert_eq!(matching(&rows, "quti")[0], "quit");
        assert_eq!(matching(&rows, "the query quit"), ["clear the query, then quit"]);
        assert_eq!(matching(&rows, "?"), ["show all keys"]);
        assert_eq!(matching(&rows, "^k"), ["delete to the end", "show all keys"]);
        assert_eq!(matching(&rows, "deleting"), ["delete to the end"]);
        assert_eq!(matching(&rows, "").len(), 4);
        assert!(matching(&rows, "zebra").is_empty());
    }

    #[test]
    fn a_label_comes_before_texts() {
        let rows = [("1", "a 2 b"), ("2", "chapter"), ("12", "2")];
        assert_eq!(matching(&rows, "2")[0], "chapter");
    }

    proptest! {
        #[test]
        fn rows_with_every_word_match(
            texts in prop::collection::vec("[abé]{1,4}( [abé]{1,4}){0,2}", 1..20),
            query in "[abe]{1,3}( [abe]{1,3})?",
        ) {
            let index = RowIndex::new(texts.iter().map(|text| ("", text.as_str())));
            let found = index.matching(&query);
            let mut once = found.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), found.len());
            for (n, text) in texts.iter().enumerate() {
                let has = |term: &str| fold(text).split(' ').any(|word| word.starts_with(term));
                let has_all = query.split(' ').all(has);
                prop_assert!(!has_all || found.contains(&(n as u32)), "{} in {:?}", query, text);
            }
        }
    }
}
