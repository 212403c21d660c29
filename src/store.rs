//! What is kept between starts: bookmarks, what was read, earlier queries; for each collection.
//!
//! Every change is applied to what the file holds at that moment, under a lock, and the new state
//! takes the old one's place in one step. So two programs at once lose nothing of each other's, and
//! whoever is killed leaves the old state or the new one. A damaged file is kept aside.

mod change;
mod history;
mod state_writer;

pub use change::StateChange;
pub use history::History;
pub use state_writer::StateWriter;

use crate::load::Source;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many queries are remembered.
const MOST_QUERIES: usize = 500;
/// How many entries that were read are remembered.
const MOST_READ: usize = 200;

/// What is remembered of a collection. Entries are named by their
/// [key](crate::collection::EntryRef::key).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What was opened, for people who look into the file.
    pub sources: Vec<String>,
    /// In the order in which they were set.
    pub bookmarks: Vec<String>,
    /// The newest last, each once.
    pub queries: Vec<String>,
    /// The newest last, each once.
    pub read: Vec<String>,
}

impl State {
    /// Applies one change.
    fn apply(&mut self, change: &StateChange) {
        match change {
            StateChange::Bookmark(key, true) if self.bookmarks.contains(key) => {}
            StateChange::Bookmark(key, true) => self.bookmarks.push(key.clone()),
            StateChange::Bookmark(key, false) => self.bookmarks.retain(|other| other != key),
            StateChange::Query(query) => put_last(&mut self.queries, query, MOST_QUERIES),
            StateChange::Read(key) => put_last(&mut self.read, key, MOST_READ),
        }
    }
}

fn put_last(list: &mut Vec<String>, item: &str, most: usize) {
    list.retain(|other| other != item);
    list.push(item.to_owned());
    list.drain(..list.len().saturating_sub(most));
}

/// Where the state of all collections is kept; `None` without a home.
pub fn folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("qa"))
}

/// The file of one collection.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    sources: Vec<String>,
}

impl Store {
    /// The file of the collection that `sources` make, in `folder`.
    pub fn new(folder: &Path, sources: &[Source]) -> Self {
        let name = |source: &Source| match source {
            Source::BuiltIn => "built-in".to_owned(),
            Source::Stdin => "-".to_owned(),
            Source::Path(path) => {
                let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
                whole.as_deref().unwrap_or(path).to_string_lossy().into_owned()
            }
        };
        let sources: Vec<String> = sources.iter().map(name).collect();
        let number = sources.iter().fold(FNV_START, |hash, name| fnv(fnv(hash, name), "\0"));
        Self { path: folder.join(format!("{number:016x}.json")), sources }
    }

    /// What is remembered, and a remark when the file was damaged and has been put aside.
    pub fn read(&self) -> (State, Option<String>) {
        match self.read_file() {
            Ok(Some(state)) => (state, None),
            Ok(None) => (State::default(), None),
            Err(error) => match self.put_aside() {
                Ok(aside) => {
                    let aside = aside.display();
                    (State::default(), Some(format!("saved state was damaged ({error}): {aside}")))
                }
                Err(_) => (State::default(), Some(format!("saved state cannot be read: {error}"))),
            },
        }
    }

    /// `None` when there is no file yet.
    fn read_file(&self) -> io::Result<Option<State>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn put_aside(&self) -> io::Result<PathBuf> {
        let free = (1..1000).map(|n| self.path.with_extension(format!("damaged-{n}.json")));
        let aside =
            free.into_iter().find(|path| !path.exists()).ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(&self.path, &aside)?;
        Ok(aside)
    }

    /// Applies changes to what the file holds now.
    pub fn save(&self, changes: &[StateChange]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // Its own file, for the state's file is replaced; the lock ends with the program at the
        // latest.
        let lock = File::create(self.path.with_extension("lock"))?;
        lock.lock()?;
        let (mut state, _) = self.read();
        state.sources.clone_from(&self.sources);
        for change in changes {
            state.apply(change);
        }
        // Under the lock the name is ours, and what a killed program left there is written over.
        let new = self.path.with_extension("new");
        let written = write_through(&new, &state).and_then(|()| fs::rename(&new, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written?;
        // The new name has to reach the disk, too. Not every system can do that for a folder.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// Writes a file that is on the disk when this returns.
fn write_through(path: &Path, state: &State) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(state)?;
    text.push(b'\n');
    let mut file = File::create(path)?;
    file.write_all(&text)?;
    file.sync_all()
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the same on every system and in every version, unlike the hashes of the library.
fn fnv(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(&folder.path().join("new"), &[Source::BuiltIn]);
        (folder, store)
    }

    fn bookmark(key: &str, set: bool) -> StateChange {
        StateChange::Bookmark(key.into(), set)
    }

    #[test]
    fn gives_back_what_was_saved() {
        let (_folder, store) = store();
        assert_eq!(store.read(), (State::default(), None));
        store.save(&[bookmark("a", true), bookmark("b", true), bookmark("a", true)]).unwrap();
        store
            .save(&[
                bookmark("a", false),
                StateChange::Query("x".into()),
                StateChange::Query("y".into()),
            ])
            .unwrap();
        store.save(&[StateChange::Query("x".into()), StateChange::Read("b".into())]).unwrap();
        let (state, remark) = store.read();
        assert_eq!(state.bookmarks, ["b"]);
        assert_eq!(state.queries, ["y", "x"]);
        assert_eq!(state.read, ["b"]);
        assert_eq!(state.sources, ["built-in"]);
        assert_eq!(remark, None);
    }

    #[test]
    fn programs_at_once_lose_nothing_of_each_other() {
        let (_folder, store) = store();
        thread::scope(|scope| {
            for program in 0..4 {
                let store = &store;
                scope.spawn(move || {
                    for n in 0..10 {
                        store.save(&[bookmark(&format!("{program}-{n}"), true)]).unwrap();
                    }
                });
            }
        });
        assert_eq!(store.read().0.bookmarks.len(), 40);
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_all_goes_on() {
        let (_folder, store) = store();
        store.save(&[bookmark("a", true)]).unwrap();
        for damage in ["{\"bookmarks\": [\"a\"", "\0\0\0"] {
            fs::write(&store.path, damage).unwrap();
            let (state, remark) = store.read();
            assert_eq!(state, State::default());
            assert!(remark.unwrap().contains("damaged"));
            store.save(&[bookmark("b", true)]).unwrap();
            assert_eq!(store.read().0.bookmarks, ["b"]);
        }
        let names = fs::read_dir(store.path.parent().unwrap()).unwrap();
        let aside = names.filter(|name| {
            name.as_ref().unwrap().file_name().to_string_lossy().contains("damaged")
        });
        assert_eq!(aside.count(), 2);
    }

    #[test]
    fn a_failed_save_leaves_the_old_state() {
        let (_folder, store) = store();
        store.save(&[bookmark("a", true)]).unwrap();
        let lock = store.path.with_extension("lock");
        fs::remove_file(&lock).unwrap();
        fs::create_dir(&lock).unwrap();
        assert!(store.save(&[bookmark("b", true)]).is_err());
        assert_eq!(store.read().0.bookmarks, ["a"]);
    }

    #[test]
    fn a_keeper_has_saved_all_when_it_is_gone() {
        let (_folder, store) = store();
        let keeper =
            StateWriter::spawn(Some(store.clone()), None, |error| panic!("{error}")).unwrap();
        (0..1000).for_each(|n| keeper.save(StateChange::Query(n.to_string())));
        drop(keeper);
        let queries = store.read().0.queries;
        assert_eq!((queries.len(), queries[MOST_QUERIES - 1].as_str()), (MOST_QUERIES, "999"));
    }

    #[test]
    fn collections_are_told_apart() {
        let folder = Path::new("f");
        let one = |path: &str| Source::Path(path.into());
        let path = |sources: &[Source]| Store::new(folder, sources).path;
        assert_eq!(path(&[one("a"), one("b")]), path(&[one("a"), one("b")]));
        assert_ne!(path(&[one("a"), one("b")]), path(&[one("ab")]));
        assert_ne!(path(&[Source::Stdin]), path(&[Source::BuiltIn]));
    }
}
