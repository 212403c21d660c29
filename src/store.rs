//! The state saved between starts: bookmarks, read entries, earlier queries.
//!
//! Queries belong to the set of opened sources; bookmarks and read entries belong to the files of
//! the entries, and are found again with any set of sources. Every change is applied to the current
//! content of the file, under a lock, and the new content replaces the old one atomically. So
//! concurrent programs lose none of each other's changes, and a killed one leaves either the old or
//! the new state. A damaged file is kept under another name.

mod approvals;
mod change;
mod file;
mod history;
mod kept;
mod places;
mod remembered;
mod state_writer;
mod tolerant_list;
mod used;
mod values;

pub use approvals::Approvals;
pub use change::StateChange;
pub use history::History;
pub use state_writer::StateWriter;
pub use values::Values;

use crate::collection::{Entry, EntryKey, Recall};
use crate::load::Source;
use crate::text::{FNV_START, fnv};
use file::StateFile;
use kept::Kept;
use places::OpenedPlaces;
use remembered::Remembered;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use tolerant_list::TolerantList;
use used::{Used, now};

/// The most queries that are saved for a set of sources.
const MAX_QUERIES: usize = 500;
/// The most read entries that are saved.
const MAX_READ: usize = 1000;

/// The state for the opened sources. Entries are named by their
/// [key](crate::collection::EntryRef::key).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Bookmarked entries, in the order of bookmarking.
    pub bookmarks: Vec<String>,
    /// Earlier queries, newest last, each once.
    pub queries: Vec<String>,
    /// Read entries, newest last, each once.
    pub read: Vec<String>,
    /// How much entries were used: the sum of 1000 for each use today, half of that for a use a
    /// month ago.
    pub used: HashMap<String, u32>,
    /// Entries marked as known.
    pub known: Vec<String>,
    /// Entries marked to review again.
    pub again: Vec<String>,
}

/// The file of one set of sources.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct OfSources {
    /// For people who read the file.
    sources: Vec<String>,
    queries: TolerantList<String>,
    /// Bookmarks saved by the first versions: entries without their files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bookmarks: Vec<String>,
    /// Read entries saved by the first versions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    read: Vec<String>,
    /// Fields of later versions.
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// The file of all entries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct OfEntries {
    bookmarks: TolerantList<Remembered>,
    read: TolerantList<Remembered>,
    #[serde(skip_serializing_if = "TolerantList::has_nothing")]
    used: TolerantList<Used>,
    #[serde(skip_serializing_if = "TolerantList::has_nothing")]
    known: TolerantList<Remembered>,
    #[serde(skip_serializing_if = "TolerantList::has_nothing")]
    again: TolerantList<Remembered>,
    /// Fields of later versions.
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// Moves an item to the end of a list, and keeps only the last `most` items.
fn put_last<T: PartialEq>(list: &mut Vec<T>, item: T, most: usize) {
    list.retain(|other| *other != item);
    list.push(item);
    list.drain(..list.len().saturating_sub(most));
}

/// The folder of all state; `None` without a home folder.
pub fn folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("qa"))
}

/// The files with the state of a set of sources.
#[derive(Debug, Clone)]
pub struct Store {
    sources: StateFile<OfSources>,
    entries: StateFile<OfEntries>,
    kept: StateFile<Kept>,
    places: OpenedPlaces,
}

impl Store {
    /// The files for `sources` in `folder`.
    pub fn new(folder: &Path, sources: &[Source]) -> Self {
        let places = OpenedPlaces::of(sources);
        let number =
            places.all().fold(FNV_START, |hash, place| fnv(fnv(hash, place.as_bytes()), &[0]));
        Self {
            sources: StateFile::new(folder.join(format!("{number:016x}.json"))),
            entries: entries_file(folder),
            kept: StateFile::new(folder.join("live.json")),
            places,
        }
    }

    /// The saved entries of the opened sources, newest last, and a warning if the file could not be
    /// read. They are sanitised like those of any file.
    pub fn kept(&self) -> (Vec<Entry>, Option<String>) {
        kept::entries(&self.kept, &self.places)
    }

    /// The state, and a warning if a file could not be read.
    pub fn read(&self) -> (State, Option<String>) {
        let (of_sources, warning) = self.sources.read();
        let (of_entries, other_warning) = self.entries.read();
        let keys = |old: Vec<String>, entries: TolerantList<Remembered>| {
            let old = old.into_iter().map(|name| self.old_key(name));
            old.chain(entries.iter().flat_map(|entry| self.keys(entry))).collect()
        };
        let time = now();
        let used = of_entries.used.iter().flat_map(|used| {
            let amount = used.thousandths(time);
            self.keys(&used.entry).map(move |key| (key, amount))
        });
        let used = used.filter(|(_, amount)| *amount > 0).collect();
        let state = State {
            used,
            bookmarks: keys(of_sources.bookmarks, of_entries.bookmarks),
            queries: of_sources.queries.into_items(),
            read: keys(of_sources.read, of_entries.read),
            known: keys(Vec::new(), of_entries.known),
            again: keys(Vec::new(), of_entries.again),
        };
        (state, warning.or(other_warning))
    }

    /// The key of an entry that was saved without its file.
    fn old_key(&self, name: String) -> String {
        match self.places.only_file() {
            Some(source) => EntryKey { source, name: &name }.to_string(),
            None => name,
        }
    }

    fn keys(&self, entry: &Remembered) -> impl Iterator<Item = String> {
        let name = entry.entry.clone();
        self.places
            .names(&entry.source)
            .map(move |source| EntryKey { source: &source, name: &name }.to_string())
    }

    /// Applies changes to the current content of the files.
    pub fn save(&self, changes: &[StateChange]) -> io::Result<()> {
        let is_old = |change: &StateChange| match change {
            StateChange::Query(_) | StateChange::Bookmark(_, false) => true,
            StateChange::Bookmark(_, true)
            | StateChange::Recall(..)
            | StateChange::Read(_)
            | StateChange::Used(_)
            | StateChange::Keep(_) => false,
        };
        let is_of_entry = |change: &StateChange| match change {
            StateChange::Bookmark(..)
            | StateChange::Recall(..)
            | StateChange::Read(_)
            | StateChange::Used(_) => true,
            StateChange::Query(_) | StateChange::Keep(_) => false,
        };
        if changes.iter().any(is_old) {
            self.sources.change(|state| {
                state.sources = self.places.all().map(str::to_owned).collect();
                for change in changes {
                    state.apply(change);
                }
            })?;
        }
        if changes.iter().any(is_of_entry) {
            self.entries.change(|state| {
                for change in changes {
                    state.apply(change, self);
                }
            })?;
        }
        kept::keep(
            &self.kept,
            &self.places,
            || self.entries.read().0.bookmarks.into_items(),
            changes.iter().filter_map(|change| match change {
                StateChange::Keep(entry) => Some(&**entry),
                StateChange::Query(_)
                | StateChange::Bookmark(..)
                | StateChange::Recall(..)
                | StateChange::Read(_)
                | StateChange::Used(_) => None,
            }),
        )
    }

    fn remembered(&self, key: &str) -> Remembered {
        let EntryKey { source, name } = EntryKey::parse(key);
        Remembered::new(self.places.place(source), name.to_owned())
    }
}

impl OfSources {
    fn apply(&mut self, change: &StateChange) {
        match change {
            StateChange::Query(query) => put_last(&mut self.queries, query.clone(), MAX_QUERIES),
            StateChange::Bookmark(key, false) => {
                let name = EntryKey::parse(key).name;
                self.bookmarks.retain(|other| other != name);
            }
            StateChange::Bookmark(_, true)
            | StateChange::Recall(..)
            | StateChange::Read(_)
            | StateChange::Used(_)
            | StateChange::Keep(_) => {}
        }
    }
}

impl OfEntries {
    fn apply(&mut self, change: &StateChange, store: &Store) {
        match change {
            StateChange::Bookmark(key, true) => {
                let entry = store.remembered(key);
                if !self.bookmarks.contains(&entry) {
                    self.bookmarks.push(entry);
                }
            }
            StateChange::Bookmark(key, false) => {
                let entry = store.remembered(key);
                self.bookmarks.retain(|other| *other != entry);
            }
            StateChange::Recall(key, recall) => {
                let entry = store.remembered(key);
                self.known.retain(|other| *other != entry);
                self.again.retain(|other| *other != entry);
                match recall {
                    Some(Recall::Known) => self.known.push(entry),
                    Some(Recall::Again) => self.again.push(entry),
                    None => {}
                }
            }
            StateChange::Read(key) => put_last(&mut self.read, store.remembered(key), MAX_READ),
            StateChange::Used(key) => used::add(&mut self.used, store.remembered(key), now()),
            StateChange::Query(_) | StateChange::Keep(_) => {}
        }
    }
}

/// Deletes the record of used entries in `folder`.
pub fn forget_used(folder: &Path) -> io::Result<()> {
    entries_file(folder).change(|state| state.used.clear())
}

fn entries_file(folder: &Path) -> StateFile<OfEntries> {
    StateFile::new(folder.join("entries.json"))
}

#[cfg(test)]
mod tests;
