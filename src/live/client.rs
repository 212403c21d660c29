//! Queries an engine in the background: after a pause in typing, and the newest query wins.
//!
//! One thread waits for queries and replies; each running command has another thread. A reply to an
//! older query is still used while no newer query has started.

mod known;

use super::error::LiveError;
use super::process::Interrupt;
use super::{Reply, query_engine};
use crate::collection::Entry;
use crate::load::LiveSource;
use crate::search::LiveEntries;
use known::KnownEntries;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The delay before a query, and its time limit.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// The pause in typing after which the query is sent.
    pub pause: Duration,
    /// The time limit of a reply.
    pub limit: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self { pause: Duration::from_millis(120), limit: Duration::from_secs(10) }
    }
}

/// An event of a live source.
#[derive(Debug, Clone)]
pub enum LiveEvent {
    /// The entries or the answer changed.
    Changed(LiveEntries),
    /// Whether a query is in progress.
    Querying(bool),
    /// A query failed.
    Failed(LiveError),
    /// A reply came with this warning.
    Warned(String),
    /// The reply to the query for related questions with this number: all entries, and the numbers
    /// of the related ones among them, best first.
    Related(u64, LiveEntries, Vec<u32>),
    /// A query for related questions failed.
    RelatedFailed(u64, LiveError),
}

enum EngineRequest {
    Query(String),
    Related(u64, String),
    Keep(Box<Entry>),
    Replied(u64, Purpose, Result<Reply, LiveError>),
    End,
}

/// The purpose of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Query,
    Related(u64),
}

/// The handle of the threads; dropping it ends them and the running commands.
pub struct EngineClient {
    requests: Sender<EngineRequest>,
    thread: Option<JoinHandle<()>>,
}

impl EngineClient {
    /// Starts the thread. `kept` has entries saved by earlier starts. The thread calls `publish`
    /// with every event; it must not block.
    pub fn spawn(
        source: LiveSource,
        timing: Timing,
        kept: &[Entry],
        publish: impl Fn(LiveEvent) + Send + 'static,
    ) -> io::Result<Self> {
        let (requests, inbox) = channel();
        let mut worker = EngineWorker {
            source: Arc::new(source),
            timing,
            requests: requests.clone(),
            known: KnownEntries::new(kept),
            waiting: None,
            queried: String::new(),
            query: None,
            related: None,
            ending: Vec::new(),
            runs: 0,
            publish,
        };
        let run = move || worker.run(&inbox);
        let thread = thread::Builder::new().name("live".into()).spawn(run)?;
        Ok(Self { requests, thread: Some(thread) })
    }

    /// Requests the hits of a query after the pause, unless another query follows. An empty query
    /// has no hits.
    pub fn query(&self, query: &str) {
        // The thread only ends with this handle.
        let _ = self.requests.send(EngineRequest::Query(query.to_owned()));
    }

    /// Protects an entry from being dropped.
    pub fn keep(&self, entry: Entry) {
        let _ = self.requests.send(EngineRequest::Keep(Box::new(entry)));
    }

    /// Requests entries like a question immediately; the reply has the same number.
    pub fn query_related(&self, number: u64, question: &str) {
        let _ = self.requests.send(EngineRequest::Related(number, question.to_owned()));
    }
}

impl Drop for EngineClient {
    fn drop(&mut self) {
        let _ = self.requests.send(EngineRequest::End);
        self.thread.take().map(JoinHandle::join);
    }
}

/// A running command.
struct EngineRun {
    number: u64,
    interrupt: Interrupt,
    thread: JoinHandle<()>,
}

impl EngineRun {
    fn end(mut self) -> JoinHandle<()> {
        self.interrupt.interrupt();
        self.thread
    }
}

struct EngineWorker<F> {
    source: Arc<LiveSource>,
    timing: Timing,
    requests: Sender<EngineRequest>,
    known: KnownEntries,
    /// The query to send next, and when.
    waiting: Option<(String, Instant)>,
    /// The last query sent; empty if it has no answer and none is expected.
    queried: String,
    query: Option<EngineRun>,
    related: Option<EngineRun>,
    /// Interrupted runs.
    ending: Vec<JoinHandle<()>>,
    runs: u64,
    publish: F,
}

impl<F: Fn(LiveEvent)> EngineWorker<F> {
    fn run(&mut self, inbox: &Receiver<EngineRequest>) {
        if !self.known.is_empty() {
            self.publish_changed();
        }
        loop {
            match self.next(inbox) {
                Some(EngineRequest::Query(query)) => self.wait_for_pause(query.trim()),
                Some(EngineRequest::Related(number, question)) => {
                    self.ending.extend(self.related.take().map(EngineRun::end));
                    self.related = self.start(question, Purpose::Related(number));
                }
                Some(EngineRequest::Keep(entry)) => self.known.keep(*entry),
                Some(EngineRequest::Replied(number, purpose, reply)) => {
                    self.replied(number, purpose, reply);
                }
                None => {
                    if let Some((query, _)) = self.waiting.take() {
                        self.ending.extend(self.query.take().map(EngineRun::end));
                        self.queried.clone_from(&query);
                        self.query = self.start(query, Purpose::Query);
                    }
                }
                Some(EngineRequest::End) => break,
            }
            self.ending.retain(|thread| !thread.is_finished());
        }
        let running = [self.query.take(), self.related.take()].into_iter().flatten();
        self.ending.extend(running.map(EngineRun::end));
        // No command outlives the program.
        for thread in self.ending.drain(..) {
            // The panic hook reported the panic.
            let _ = thread.join();
        }
    }

    /// The next request; `None` when the pause is over.
    fn next(&self, inbox: &Receiver<EngineRequest>) -> Option<EngineRequest> {
        let Some((_, due)) = &self.waiting else {
            return Some(inbox.recv().unwrap_or(EngineRequest::End));
        };
        match inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(request) => Some(request),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(EngineRequest::End),
        }
    }

    fn wait_for_pause(&mut self, query: &str) {
        if query.is_empty() {
            self.waiting = None;
            self.queried.clear();
            self.ending.extend(self.query.take().map(EngineRun::end));
            if self.known.forget_answer() {
                self.publish_changed();
            }
            self.publish_querying();
        } else if query == self.queried {
            self.waiting = None;
            self.publish_querying();
        } else if self.waiting.as_ref().is_none_or(|(waiting, _)| *waiting != query) {
            self.waiting = Some((query.to_owned(), Instant::now() + self.timing.pause));
            self.publish_querying();
        }
    }

    fn publish_querying(&self) {
        (self.publish)(LiveEvent::Querying(self.waiting.is_some() || self.query.is_some()));
    }

    fn publish_changed(&self) {
        (self.publish)(LiveEvent::Changed(self.known.entries()));
    }

    /// Runs the command on a new thread.
    fn start(&mut self, query: String, purpose: Purpose) -> Option<EngineRun> {
        self.runs += 1;
        let (number, time) = (self.runs, self.timing.limit);
        let (source, requests) = (Arc::clone(&self.source), self.requests.clone());
        let spawn = || {
            let (interrupt, interrupted) = Interrupt::new()?;
            let run = move || {
                let reply = query_engine(&source, &query, time, Some(&interrupted));
                let _ = requests.send(EngineRequest::Replied(number, purpose, reply));
            };
            let thread = thread::Builder::new().name("live-run".into()).spawn(run)?;
            Ok::<_, io::Error>(EngineRun { number, interrupt, thread })
        };
        match spawn() {
            Ok(run) => Some(run),
            Err(error) => {
                let (program, error) = (self.source.name.to_string(), error.to_string());
                (self.publish)(LiveEvent::Failed(LiveError::Start { program, error }));
                None
            }
        }
    }

    fn replied(&mut self, number: u64, purpose: Purpose, reply: Result<Reply, LiveError>) {
        let run = match purpose {
            Purpose::Query => &mut self.query,
            Purpose::Related(_) => &mut self.related,
        };
        if run.take_if(|run| run.number == number).is_none() {
            // A newer one replaced it.
            return;
        }
        match (purpose, reply) {
            (Purpose::Query, Ok(reply)) => {
                self.known.answer(&reply);
                self.publish_changed();
                if let Some(warning) = reply.warning {
                    (self.publish)(LiveEvent::Warned(warning));
                }
            }
            (Purpose::Query, Err(error)) => {
                self.queried.clear();
                (self.publish)(LiveEvent::Failed(error));
            }
            (Purpose::Related(number), Ok(reply)) => {
                let found = self.known.add(&reply.entries);
                (self.publish)(LiveEvent::Related(number, self.known.entries(), found));
            }
            (Purpose::Related(number), Err(error)) => {
                (self.publish)(LiveEvent::RelatedFailed(number, error));
            }
        }
        if purpose == Purpose::Query {
            self.publish_querying();
        }
    }
}
