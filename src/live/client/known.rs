//! The entries that an engine has returned in this session, each once, with stable numbers.

use crate::collection::{Entry, EntryStore};
use crate::live::Reply;
use crate::search::{Index, LiveAnswer, LiveEntries};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// With more entries, all are dropped except the kept ones and those of the newest answer.
const MAX_ENTRIES: usize = 10_000;

/// All entries so far, and the newest answer.
pub(super) struct KnownEntries {
    /// Saved entries, which are never dropped.
    kept: Vec<Entry>,
    index: Index,
    numbers: FxHashMap<u64, u32>,
    answer: Option<LiveAnswer>,
}

impl KnownEntries {
    pub(super) fn new(kept: &[Entry]) -> Self {
        let mut known = Self {
            kept: kept.to_vec(),
            index: Index::default(),
            numbers: FxHashMap::default(),
            answer: None,
        };
        known.add(kept);
        known
    }

    pub(super) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    pub(super) fn entries(&self) -> LiveEntries {
        LiveEntries { index: self.index.clone(), answer: self.answer.clone() }
    }

    /// Adds the entries of a reply, which becomes the newest answer.
    pub(super) fn answer(&mut self, reply: &Reply) {
        if self.index.len() + reply.entries.len() > MAX_ENTRIES {
            *self = Self::new(&std::mem::take(&mut self.kept));
        }
        let entries = self.add(&reply.entries);
        self.answer = Some(LiveAnswer { entries, total: reply.total });
    }

    /// Protects an entry from being dropped.
    pub(super) fn keep(&mut self, entry: Entry) {
        self.kept.retain(|other| identity(other) != identity(&entry));
        self.kept.push(entry);
    }

    /// Drops the answer, since the query is empty; returns false if there was none.
    pub(super) fn forget_answer(&mut self) -> bool {
        self.answer.take().is_some()
    }

    /// Adds entries; returns their numbers, each once.
    pub(super) fn add(&mut self, entries: &[Entry]) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::with_capacity(entries.len());
        let mut new = Vec::new();
        for entry in entries {
            let next = (self.index.len() + new.len()) as u32;
            let number = *self.numbers.entry(identity(entry)).or_insert_with(|| {
                new.push(entry.clone());
                next
            });
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        if !new.is_empty() {
            self.index = self.index.with_entries(EntryStore::new(&new));
        }
        numbers
    }
}

/// A hash of everything that is shown of an entry.
fn identity(entry: &Entry) -> u64 {
    let mut hasher = FxHasher::default();
    let Entry { id, question, answer, tags, aliases, url, .. } = entry;
    (id, question, answer, tags, aliases, url).hash(&mut hasher);
    hasher.finish()
}
