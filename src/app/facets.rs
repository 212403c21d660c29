//! The tags and sources of a collection with their counts, for filtering.

use super::popup::{Effect, PopupRow};
use crate::collection::EntryRef;
use crate::search::{Engine, Hits, Index, Query};
use rustc_hash::FxHashMap;

/// Tags and sources with the number of entries of each, most common first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The tags.
    pub tags: Vec<(String, usize)>,
    /// The sources.
    pub sources: Vec<(String, usize)>,
}

impl Facets {
    /// Counts the tags and sources of an index. Reads every entry: not for the UI thread.
    pub fn of(index: &Index) -> Self {
        Self::count(index.entries())
    }

    /// Counts the tags and sources of the matches of a query, or of the close entries if it has no
    /// match. May search and read every entry: not for the UI thread.
    pub fn of_hits(hits: &Hits) -> Self {
        let all = if hits.ready() < hits.total {
            let query = Query { limit: hits.total, ..hits.query.clone() };
            &Engine::new(hits.index.clone()).search(&query)
        } else {
            hits
        };
        let found = (0..all.total).filter_map(|n| all.get(n));
        let counted = found.filter(|hit| hit.is_match || all.matches == 0);
        Self::count(counted.filter_map(|hit| all.index.entry(hit.entry)))
    }

    fn count<'a>(entries: impl Iterator<Item = EntryRef<'a>>) -> Self {
        let (mut tags, mut sources) = (FxHashMap::default(), FxHashMap::default());
        for entry in entries {
            for tag in entry.tags() {
                *tags.entry(tag).or_insert(0) += 1;
            }
            *sources.entry(entry.source().as_ref()).or_insert(0) += 1;
        }
        Self { tags: by_count(tags), sources: by_count(sources) }
    }

    /// The rows of the filter pop-up.
    pub fn rows(&self) -> Vec<PopupRow> {
        let rows = |facets: &[(String, usize)], operator: &str, group| -> Vec<PopupRow> {
            let row = |(name, count): &(String, usize)| PopupRow {
                label: count.to_string(),
                text: name.clone(),
                group,
                effect: Effect::Insert(term(operator, name)),
            };
            facets.iter().map(row).collect()
        };
        let mut all = rows(&self.tags, "tag", "Tags");
        if self.sources.len() > 1 {
            all.extend(rows(&self.sources, "source", "Sources"));
        }
        all
    }
}

/// A filter in query syntax: quoted if the name has blanks.
fn term(operator: &str, name: &str) -> String {
    if name.contains(char::is_whitespace) {
        format!("{operator}:\"{}\"", name.replace('"', ""))
    } else {
        format!("{operator}:{name}")
    }
}

fn by_count(counts: FxHashMap<&str, usize>) -> Vec<(String, usize)> {
    let mut sorted: Vec<_> =
        counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    sorted.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    sorted
}
