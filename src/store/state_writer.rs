//! Saves changes on a thread of its own.

use super::{History, StateChange, Store};
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

/// Saves changes without making the caller wait for the disk; dropping it waits until all are
/// saved.
#[derive(Debug, Default)]
pub struct StateWriter {
    changes: Option<Sender<StateChange>>,
    thread: Option<JoinHandle<()>>,
}

impl StateWriter {
    /// Saves changes in `store`, and queries in `history` where there is one; errors go to
    /// `failed`.
    pub fn spawn(
        store: Option<Store>,
        history: Option<History>,
        failed: impl Fn(io::Error) + Send + 'static,
    ) -> io::Result<Self> {
        if store.is_none() && history.is_none() {
            return Ok(Self::default());
        }
        let (changes, inbox) = channel();
        let keep = move || {
            while let Ok(first) = inbox.recv() {
                let mut changes: Vec<StateChange> =
                    std::iter::once(first).chain(inbox.try_iter()).collect();
                if let Some(history) = &history {
                    let queries =
                        changes.extract_if(.., |change| matches!(change, StateChange::Query(_)));
                    history.add(&queries.collect::<Vec<_>>()).unwrap_or_else(&failed);
                }
                if let Some(store) = store.as_ref().filter(|_| !changes.is_empty()) {
                    store.save(&changes).unwrap_or_else(&failed);
                }
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

impl Drop for StateWriter {
    fn drop(&mut self) {
        drop(self.changes.take());
        if let Some(thread) = self.thread.take() {
            // A panic of it was reported already.
            let _ = thread.join();
        }
    }
}
