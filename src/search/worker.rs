//! Searches on a thread of its own; the newest query wins.

use super::engine::Engine;
use super::hits::Hits;
use super::index::Index;
use super::query::Query;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

enum Request {
    Index(Index),
    Search(u64, Query),
}

/// The handle of the search thread; dropping it ends the thread.
#[derive(Debug)]
pub struct Searcher {
    requests: Sender<Request>,
}

impl Searcher {
    /// Starts the thread. `publish` is called there with every answer; it must not block.
    pub fn spawn(publish: impl FnMut(Hits) + Send + 'static) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        thread::Builder::new().name("search".into()).spawn(move || run(&inbox, publish))?;
        Ok(Self { requests })
    }

    /// Searches `index` from now on; the last query is answered again.
    pub fn set_index(&self, index: Index) {
        // The thread only ends with the program, or by a panic that was reported there.
        let _ = self.requests.send(Request::Index(index));
    }

    /// Asks for the hits of `query`. A newer query may take its place before it is answered.
    pub fn search(&self, generation: u64, query: Query) {
        let _ = self.requests.send(Request::Search(generation, query));
    }
}

fn run(inbox: &Receiver<Request>, mut publish: impl FnMut(Hits)) {
    let mut engine = Engine::default();
    let mut newest = None;
    loop {
        let first = loop {
            match inbox.try_recv() {
                Err(TryRecvError::Empty) if engine.prepare() => {}
                Err(TryRecvError::Empty) => break inbox.recv().ok(),
                waiting => break waiting.ok(),
            }
        };
        let Some(first) = first else { return };
        for request in std::iter::once(first).chain(inbox.try_iter()) {
            match request {
                Request::Index(index) => engine.set_index(index),
                Request::Search(generation, query) => newest = Some((generation, query)),
            }
        }
        if let Some((generation, query)) = &newest {
            let hits = engine.search(query);
            publish(Hits { generation: *generation, ..hits });
        }
    }
}
