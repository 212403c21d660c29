//! Searches on a thread of its own; the newest query wins.
//!
//! Hits by words come at once. When no other query follows for a moment, a query that reads as a
//! sentence is answered once more, by sentence vectors.

use super::engine::Engine;
use super::hits::Hits;
use super::index::Index;
use super::query::Query;
use super::semantic::{Background, SentenceOptions, SentenceVectors};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// How long the query must stay before its hits change their order.
const PAUSE: Duration = Duration::from_millis(30);
/// Of the hits so many are encoded first: those in sight.
const IN_SIGHT: usize = 50;

enum SearchRequest {
    Index(Index),
    Search(u64, Query),
}

/// The handle of the search thread; dropping it ends the thread.
#[derive(Debug)]
pub struct Searcher {
    requests: Sender<SearchRequest>,
}

impl Searcher {
    /// Starts the thread. `publish` is called there with every answer; it must not block.
    pub fn spawn(
        sentences: SentenceOptions,
        publish: impl FnMut(Hits) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let worker = SearchWorker {
            engine: Engine::default(),
            background: Background::spawn(sentences),
            newest: None,
            refined: None,
            publish,
        };
        thread::Builder::new().name("search".into()).spawn(move || worker.run(&inbox))?;
        Ok(Self { requests })
    }

    /// Searches `index` from now on; the last query is answered again.
    pub fn set_index(&self, index: Index) {
        // The thread only ends with the program, or by a panic that was reported there.
        let _ = self.requests.send(SearchRequest::Index(index));
    }

    /// Asks for the hits of `query`. A newer query may take its place before it is answered.
    pub fn search(&self, generation: u64, query: Query) {
        let _ = self.requests.send(SearchRequest::Search(generation, query));
    }
}

struct SearchWorker<F> {
    engine: Engine,
    background: Background,
    /// The newest query and its generation.
    newest: Option<(u64, Query)>,
    /// The generation that was answered by sentence vectors: more of its hits come in that order.
    refined: Option<u64>,
    publish: F,
}

impl<F: FnMut(Hits)> SearchWorker<F> {
    fn run(mut self, inbox: &Receiver<SearchRequest>) {
        let mut refines = false;
        while let Some(first) = self.next(inbox, refines) {
            let index = self.take(std::iter::once(first).chain(inbox.try_iter()));
            let hits = self.answer();
            refines = hits.as_ref().is_some_and(|hits| hits.can_be_refined);
            if let Some(index) = index {
                let in_sight = hits.as_ref().map(|hits| hits.entries(IN_SIGHT)).unwrap_or_default();
                self.background.set_index(&index, in_sight);
            }
            if let Some(hits) = hits {
                (self.publish)(hits);
            }
        }
    }

    /// The next request; before it comes, the newest query is refined, and work done in advance.
    fn next(&mut self, inbox: &Receiver<SearchRequest>, refines: bool) -> Option<SearchRequest> {
        if refines {
            match inbox.recv_timeout(PAUSE) {
                Ok(request) => return Some(request),
                Err(RecvTimeoutError::Timeout) => self.refine(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        loop {
            match inbox.try_recv() {
                Err(TryRecvError::Empty) if self.engine.prepare() => {}
                Err(TryRecvError::Empty) => return inbox.recv().ok(),
                waiting => return waiting.ok(),
            }
        }
    }

    /// Takes requests in; returns the newest index, if there is a new one.
    fn take(&mut self, requests: impl Iterator<Item = SearchRequest>) -> Option<Index> {
        let mut new = None;
        for request in requests {
            match request {
                SearchRequest::Index(index) => {
                    self.engine.set_index(index.clone());
                    self.refined = None;
                    new = Some(index);
                }
                SearchRequest::Search(generation, query) => self.newest = Some((generation, query)),
            }
        }
        new
    }

    fn answer(&mut self) -> Option<Hits> {
        let (generation, query) = self.newest.as_ref()?;
        let hits = self.engine.search(query);
        let again = hits.can_be_refined && self.refined == Some(*generation);
        let vectors = again.then(|| hits.index.attached::<SentenceVectors>()).flatten();
        let refined = vectors.and_then(|vectors| self.engine.refine(query, vectors));
        Some(Hits { generation: *generation, ..refined.unwrap_or(hits) })
    }

    fn refine(&mut self) {
        let Some((generation, query)) = &self.newest else { return };
        let vectors = self.engine.index().attached::<SentenceVectors>();
        if let Some(hits) = vectors.and_then(|vectors| self.engine.refine(query, vectors)) {
            self.refined = Some(*generation);
            (self.publish)(Hits { generation: *generation, ..hits });
        }
    }
}
