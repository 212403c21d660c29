//! Marks of entries: bookmarked, known, to review again.

use super::EntryRef;
use std::collections::HashSet;

/// Whether the user knows an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recall {
    /// The user knows it.
    Known,
    /// The user wants to review it again.
    Again,
}

/// The [keys](super::EntryRef::key) of the entries with a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Bookmarked entries.
    pub bookmarked: HashSet<String>,
    /// Entries whose answers are [known](Recall::Known).
    pub known: HashSet<String>,
    /// Entries to review [again](Recall::Again).
    pub again: HashSet<String>,
}

impl Marks {
    /// The mark of an entry's answer.
    pub fn recall(&self, entry: &EntryRef<'_>) -> Option<Recall> {
        if entry.is_in(&self.known) {
            Some(Recall::Known)
        } else {
            entry.is_in(&self.again).then_some(Recall::Again)
        }
    }

    /// Sets or removes the mark of the entry with this key.
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
