//! Searches on its own thread; the newest query wins.
//!
//! Hits by words are published immediately. If no other query follows for a moment, a query that
//! reads as a sentence is ranked again, by sentence vectors.

use super::engine::Engine;
use super::hits::Hits;
use super::index::Index;
use super::query::Query;
use super::semantic::{Background, SentenceOptions, SentenceVectors};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// How long the query must stay unchanged before its hits are ranked again.
const PAUSE: Duration = Duration::from_millis(30);
/// How many hits are encoded first: the visible ones.
const VISIBLE: usize = 50;

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
    /// Starts the thread. It calls `publish` with every answer, which must not block.
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

    /// Replaces the index, and answers the newest query again.
    pub fn set_index(&self, index: Index) {
        // The thread only ends with the program, or by a panic that was reported there.
        let _ = self.requests.send(SearchRequest::Index(index));
    }

    /// Requests the hits of `query`. A newer query may replace it before it is answered.
    pub fn search(&self, generation: u64, query: Query) {
        let _ = self.requests.send(SearchRequest::Search(generation, query));
    }
}

struct SearchWorker<F> {
    engine: Engine,
    background: Background,
    /// The newest query and its generation.
    newest: Option<(u64, Query)>,
    /// The generation that was ranked by sentence vectors: later answers for it keep that ranking.
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
                let visible = hits.as_ref().map(|hits| hits.entries(VISIBLE)).unwrap_or_default();
                self.background.set_index(&index, visible);
            }
            if let Some(hits) = hits {
                (self.publish)(hits);
            }
        }
    }

    /// Waits for the next request; meanwhile refines the newest query and does work in advance.
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

    /// Applies requests; returns the newest index, if there is a new one.
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
