//! The overview of a large collection, shown before the user types: recently read questions,
//! bookmarks and tags.

use super::Facets;
use crate::collection::EntryKey;
use crate::search::Index;
use rustc_hash::FxHashMap;
use std::collections::HashSet;

/// A collection of more questions than this starts with an overview.
pub(super) const LARGE: usize = 1000;
/// The most questions of each kind that are shown.
const MAX_PER_KIND: usize = 5;

/// An overview of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Recently read questions, newest first.
    pub recent: Vec<String>,
    /// Bookmarked questions.
    pub bookmarked: Vec<String>,
    /// Tags and sources.
    pub facets: Facets,
}

impl Overview {
    /// The overview of an index. `recent` has [keys](crate::collection::EntryRef::key), newest
    /// last. Reads every entry: not for the UI thread.
    pub fn of(index: &Index, recent: &[String], bookmarks: &HashSet<String>) -> Self {
        let question = |n: u32| Some(index.entry(n)?.question().to_owned());
        let bookmarks = bookmarks.iter().map(String::as_str);
        let mut bookmarked: Vec<u32> = numbers_by_key(index, bookmarks).into_values().collect();
        bookmarked.sort_unstable();
        Self {
            recent: entries_by_key(index, recent)
                .into_iter()
                .filter_map(question)
                .take(MAX_PER_KIND)
                .collect(),
            bookmarked: bookmarked.into_iter().filter_map(question).take(MAX_PER_KIND).collect(),
            facets: Facets::of(index),
        }
    }
}

/// The entries with these [keys](crate::collection::EntryRef::key), the last key's entry first.
/// Reads every entry: not for the UI thread.
pub fn entries_by_key(index: &Index, keys: &[String]) -> Vec<u32> {
    let mut numbers = numbers_by_key(index, keys.iter().map(String::as_str));
    keys.iter().rev().filter_map(|key| numbers.remove(&EntryKey::parse(key))).collect()
}

/// The first entry of each key.
fn numbers_by_key<'a>(
    index: &'a Index,
    keys: impl Iterator<Item = &'a str>,
) -> FxHashMap<EntryKey<'a>, u32> {
    let mut numbers: FxHashMap<EntryKey, Option<u32>> =
        keys.map(|key| (EntryKey::parse(key), None)).collect();
    if numbers.is_empty() {
        return FxHashMap::default();
    }
    for n in 0..index.len() as u32 {
        if let Some(number) = index.entry(n).and_then(|entry| numbers.get_mut(&entry.key())) {
            number.get_or_insert(n);
        }
    }
    numbers.into_iter().filter_map(|(key, number)| Some((key, number?))).collect()
}
