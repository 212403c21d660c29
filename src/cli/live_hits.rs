//! Asks live sources for `--filter`.

use super::output::{Failure, warn};
use crate::live::{LiveError, Reply, ask_now};
use crate::load::{LiveSource, Source};
use crate::search::{Index, LiveAnswer, LiveEntries, without_operators};
use crate::{collection::EntryStore, process};
use std::thread;
use std::time::Duration;

/// The live sources that are asked for each query.
pub(super) struct LiveHits {
    sources: Vec<LiveSource>,
    /// The time that each has.
    time: Duration,
    /// What was loaded beside them.
    loaded: Index,
    error: Option<LiveError>,
}

impl LiveHits {
    /// The live ones of `sources`.
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

    /// Asks all engines for the words of a query: the loaded entries with theirs; `None` if there
    /// is no engine.
    pub(super) fn ask(&mut self, query: &str) -> Option<Index> {
        if self.sources.is_empty() {
            return None;
        }
        let words = without_operators(query);
        let ask = |source: &LiveSource| ask_now(source, &words, self.time);
        let replies: Vec<Result<Reply, LiveError>> = if words.is_empty() {
            Vec::new()
        } else {
            thread::scope(|scope| {
                let asked: Vec<_> =
                    self.sources.iter().map(|source| scope.spawn(|| ask(source))).collect();
                asked.into_iter().filter_map(|thread| thread.join().ok()).collect()
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
