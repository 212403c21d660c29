//! Marks of entries: bookmarks, known, to be asked again.

use super::EntryRef;
use std::collections::HashSet;

/// Whether a person knew an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recall {
    /// They know it.
    Known,
    /// They want to be asked again.
    Again,
}

/// The [keys](super::EntryRef::key) of the entries with a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Bookmarked entries.
    pub bookmarked: HashSet<String>,
    /// Entries whose answers are [known](Recall::Known).
    pub known: HashSet<String>,
    /// Entries to be asked [again](Recall::Again).
    pub again: HashSet<String>,
}

impl Marks {
    /// What was marked of an entry's answer.
    pub fn recall(&self, entry: &EntryRef<'_>) -> Option<Recall> {
        if entry.is_in(&self.known) {
            Some(Recall::Known)
        } else {
            entry.is_in(&self.again).then_some(Recall::Again)
        }
    }

    /// Marks the entry with a key, or takes its mark away.
    pub fn set_recall(&mut self, key: &str, recall: Option<Recall>) {
        self.known.remove(key);
        self.again.remove(key);
        match recall {
            Some(Recall::Known) => drop(self.known.insert(key.to_owned())),
            Some(Recall::Again) => drop(self.again.insert(key.to_owned())),
            None => {}
        }
    }
}
