//! Saves changes in the background.

use super::{History, StateChange, Store};
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

/// The most changes that are kept after an error to try again.
const MAX_UNSAVED: usize = 1000;

/// Saves changes without blocking the caller; dropping it waits until all are saved.
#[derive(Debug, Default)]
pub struct StateWriter {
    changes: Option<Sender<StateChange>>,
    thread: Option<JoinHandle<()>>,
}

impl StateWriter {
    /// Starts saving changes in `store`, and queries in `history` if there is one; reports errors
    /// to `failed`.
    pub fn spawn(
        store: Option<Store>,
        history: Option<History>,
        failed: impl Fn(io::Error) + Send + 'static,
    ) -> io::Result<Self> {
        if store.is_none() && history.is_none() {
            return Ok(Self::default());
        }
        let (changes, inbox) = channel();
        let places = StatePlaces { store, history };
        let keep = move || {
            // Unsaved changes; the disk may have space again later.
            let mut unsaved = Vec::new();
            while let Ok(first) = inbox.recv() {
                unsaved.extend(std::iter::once(first).chain(inbox.try_iter()));
                unsaved = places.save(unsaved, &failed);
            }
            if !unsaved.is_empty() {
                places.save(unsaved, &failed);
            }
        };
        let thread = thread::Builder::new().name("keep".into()).spawn(keep)?;
        Ok(Self { changes: Some(changes), thread: Some(thread) })
    }

    /// Saves one change soon.
    pub fn save(&self, change: StateChange) {
        if let Some(changes) = &self.changes {
            // The thread ends early only by a panic, which was reported.
            let _ = changes.send(change);
        }
    }
}

/// The destinations of changes.
struct StatePlaces {
    store: Option<Store>,
    history: Option<History>,
}

impl StatePlaces {
    /// Returns the unsaved changes, limited to the last ones.
    fn save(&self, changes: Vec<StateChange>, failed: impl Fn(io::Error)) -> Vec<StateChange> {
        let is_for_history = |change: &StateChange| {
            self.history.is_some() && matches!(change, StateChange::Query(_))
        };
        let (queries, others): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_for_history);
        let mut unsaved = Vec::new();
        let mut note = |changes: Vec<StateChange>, result: io::Result<()>| {
            if let Err(error) = result {
                failed(error);
                unsaved.extend(changes);
            }
        };
        if let Some(history) = &self.history {
            let added = history.add(&queries);
            note(queries, added);
        }
        if let Some(store) = self.store.as_ref().filter(|_| !others.is_empty()) {
            let saved = store.save(&others);
            note(others, saved);
        }
        unsaved.drain(..unsaved.len().saturating_sub(MAX_UNSAVED));
        unsaved
    }
}

impl Drop for StateWriter {
    fn drop(&mut self) {
        drop(self.changes.take());
        if let Some(thread) = self.thread.take() {
            // The panic hook reported any panic.
            let _ = thread.join();
        }
    }
}
