//! Queries live sources for `--filter`.

use super::output::{Failure, warn};
use crate::live::{LiveError, Reply, query_now};
use crate::load::{LiveSource, Source};
use crate::search::{Index, LiveAnswer, LiveEntries, without_operators};
use crate::{collection::EntryStore, process};
use std::thread;
use std::time::Duration;

/// The live sources to query.
pub(super) struct LiveHits {
    sources: Vec<LiveSource>,
    /// The time limit of each query.
    time: Duration,
    /// The loaded entries of other sources.
    loaded: Index,
    error: Option<LiveError>,
}

impl LiveHits {
    /// Uses the live sources among `sources`.
    pub(super) fn new(sources: &[Source], time: Duration, loaded: Index) -> Result<Self, Failure> {
        let live = sources.iter().filter_map(|source| match source {
            Source::Live(live) => Some(live.clone()),
            Source::BuiltIn | Source::Stdin | Source::Path(_) => None,
        });
        let sources: Vec<LiveSource> = live.collect();
        if !sources.is_empty() {
            process::kill_all_on_signals()?;
        }
        Ok(Self { sources, time, loaded, error: None })
    }

    /// Queries all engines for the words of a query. Returns the loaded entries with those of the
    /// engines; `None` if there is no engine.
    pub(super) fn query(&mut self, query: &str) -> Option<Index> {
        if self.sources.is_empty() {
            return None;
        }
        let words = without_operators(query);
        let query_source = |source: &LiveSource| query_now(source, &words, self.time);
        let replies: Vec<Result<Reply, LiveError>> = if words.is_empty() {
            Vec::new()
        } else {
            thread::scope(|scope| {
                let running: Vec<_> = self
                    .sources
                    .iter()
                    .map(|source| scope.spawn(|| query_source(source)))
                    .collect();
                running.into_iter().filter_map(|thread| thread.join().ok()).collect()
            })
        };
        let mut entries = Vec::new();
        for reply in replies {
            match reply {
                Ok(reply) => {
                    reply.warning.iter().for_each(warn);
                    entries.push(live_entries(&reply));
                }
                Err(error) => {
                    if let Some(before) = self.error.replace(error) {
                        warn(before);
                    }
                }
            }
        }
        Some(self.loaded.with_live(&entries))
    }

    /// The last failure; earlier ones were printed.
    pub(super) fn take_error(&mut self) -> Option<LiveError> {
        self.error.take()
    }
}

fn live_entries(reply: &Reply) -> LiveEntries {
    let index = Index::default().with_entries(EntryStore::new(&reply.entries));
    let answer = LiveAnswer { entries: (0..index.len() as u32).collect(), total: reply.total };
    LiveEntries { index, answer: Some(answer) }
}
