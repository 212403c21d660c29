//! The interface to which loading delivers its results.

use super::error::Diagnostic;
use crate::collection::{Entry, EntryStore};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Receives the results of loading. Loaders may call it from several threads concurrently.
pub trait Sink: Sync {
    /// The entries of part `part`. Parts are numbered from 0 without gaps and may arrive in any
    /// order; their numbers give the order of the collection.
    fn entries(&self, part: usize, entries: EntryStore);
    /// A skipped or suspicious record.
    fn problem(&self, problem: Diagnostic);
    /// Text that reached no entry, such as an introduction or unrecognised content.
    fn unused(&self, text: Diagnostic) {
        let _ = text;
    }
    /// A file or another source was read to its end and gave this many entries.
    fn file(&self, source: &str, entries: usize) {
        let _ = (source, entries);
    }
    /// The entries that `source`, a file or all files of a folder, had in an earlier load. They are
    /// kept when the source cannot be read now.
    fn former(&self, source: &str) -> Option<EntryStore> {
        let _ = source;
        None
    }
    /// Bytes read so far and in total; `total` is 0 while unknown.
    fn progress(&self, done: u64, total: u64) {
        let _ = (done, total);
    }
    /// Whether the results are no longer wanted. Loaders poll it between pieces of work and return
    /// early with what they have.
    fn cancelled(&self) -> bool {
        false
    }
}

/// The result of loading, apart from the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The collection's title, or one built from the names of the sources.
    pub title: String,
    /// A note about the whole collection.
    pub note: Option<String>,
}

impl Summary {
    /// The summary of several sources.
    pub(crate) fn of_all(mut summaries: Vec<Self>) -> Self {
        if summaries.len() == 1 {
            return summaries.remove(0);
        }
        let titles: Vec<_> = summaries.into_iter().map(|summary| summary.title).collect();
        Self { title: titles.join(", "), note: None }
    }
}

/// A sink that keeps everything.
#[derive(Debug, Default)]
pub struct Collector {
    parts: Mutex<BTreeMap<usize, EntryStore>>,
    problems: Mutex<Vec<Diagnostic>>,
    unused: Mutex<Vec<Diagnostic>>,
    files: Mutex<Vec<(String, usize)>>,
}

impl Collector {
    /// Takes the entries, in their order.
    pub fn take_entries(&self) -> Vec<Entry> {
        let parts = std::mem::take(&mut *lock(&self.parts));
        parts.values().flat_map(EntryStore::iter).map(|entry| entry.to_entry()).collect()
    }

    /// Takes the diagnostics, those of one source by line and column.
    pub fn take_problems(&self) -> Vec<Diagnostic> {
        let mut problems = std::mem::take(&mut *lock(&self.problems));
        // Blocks of a large file are read in parallel.
        for of_source in problems.chunk_by_mut(|a, b| a.source == b.source) {
            of_source.sort_by_key(|problem| (problem.line, problem.column));
        }
        problems
    }

    /// Takes the descriptions of texts that reached no entry.
    pub fn take_unused(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut *lock(&self.unused))
    }

    /// Takes the names of all files that were read, each with the number of its entries.
    pub fn take_files(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut *lock(&self.files))
    }
}

impl Sink for Collector {
    fn entries(&self, part: usize, entries: EntryStore) {
        lock(&self.parts).insert(part, entries);
    }

    fn problem(&self, problem: Diagnostic) {
        lock(&self.problems).push(problem);
    }

    fn unused(&self, text: Diagnostic) {
        lock(&self.unused).push(text);
    }

    fn file(&self, source: &str, entries: usize) {
        lock(&self.files).push((source.to_owned(), entries));
    }
}

/// Locks a mutex. A panic of another lock holder has already been reported, and does not leave the
/// data inconsistent.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
