//! Entries ready to be searched.

use crate::collection::{Entry, EntryRef, Store};
use crate::load::{Problem, Sink};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// An immutable set of entries in segments; cloning it copies a pointer.
#[derive(Debug, Clone, Default)]
pub struct Index(Arc<Segments>);

#[derive(Debug, Default)]
struct Segments {
    stores: Vec<Arc<Store>>,
    /// The number of entries before each store, and at last their sum.
    starts: Vec<usize>,
}

impl Index {
    /// An index over entries at hand.
    pub fn new(entries: &[Entry]) -> Self {
        Self::of(vec![Arc::new(Store::new(entries))])
    }

    fn of(stores: Vec<Arc<Store>>) -> Self {
        let mut starts = vec![0];
        for store in &stores {
            starts.push(starts[starts.len() - 1] + store.len());
        }
        Self(Arc::new(Segments { stores, starts }))
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.0.starts.last().copied().unwrap_or(0)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry with this number.
    pub fn entry(&self, n: u32) -> Option<EntryRef<'_>> {
        let n = n as usize;
        let at = self.0.starts.partition_point(|&start| start <= n).checked_sub(1)?;
        self.0.stores.get(at)?.get(n - self.0.starts[at])
    }
}

/// Builds indexes of what a loader finds, and publishes each larger one.
pub struct Indexer<P> {
    state: Mutex<State>,
    publish: P,
}

#[derive(Default)]
struct State {
    waiting: BTreeMap<usize, Arc<Store>>,
    ready: Vec<Arc<Store>>,
}

impl<P: Fn(IndexEvent) + Sync> Indexer<P> {
    /// `publish` is called from loading threads.
    pub fn new(publish: P) -> Self {
        Self { state: Mutex::default(), publish }
    }
}

/// What an [`Indexer`] tells.
#[derive(Debug, Clone)]
pub enum IndexEvent {
    /// A larger index, which holds all entries of the former ones under the same numbers.
    Grown(Index),
    /// A record was skipped or odd.
    Problem(Problem),
    /// How many bytes of how many have been read.
    Progress(u64, u64),
}

impl<P: Fn(IndexEvent) + Sync> Sink for Indexer<P> {
    fn entries(&self, part: usize, entries: Vec<Entry>) {
        let store = Arc::new(Store::new(&entries));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(part, store);
        while let Some(next) = {
            let n = state.ready.len();
            state.waiting.remove(&n)
        } {
            state.ready.push(next);
        }
        (self.publish)(IndexEvent::Grown(Index::of(state.ready.clone())));
    }

    fn problem(&self, problem: Problem) {
        (self.publish)(IndexEvent::Problem(problem));
    }

    fn progress(&self, done: u64, total: u64) {
        (self.publish)(IndexEvent::Progress(done, total));
    }
}
