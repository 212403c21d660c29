//! Passes each query to the live sources, and adds their entries to the loaded ones.

use super::event::Event;
use crate::app::{JobResult, Message};
use crate::collection::Entry;
use crate::live::{EngineClient, LiveError, LiveEvent, Timing};
use crate::load::Source;
use crate::search::{Index, LiveEntries, without_operators};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;

#[cfg(test)]
mod tests;

/// The live sources.
#[derive(Default)]
pub(super) struct LiveSources {
    sources: Vec<LiveState>,
    messages: VecDeque<Message>,
    related: Option<Related>,
}

/// A live source.
struct LiveState {
    name: Arc<str>,
    client: EngineClient,
    entries: LiveEntries,
    querying: bool,
}

/// Related entries, waiting for hits of an index that has them.
struct Related {
    number: u64,
    /// The number of the source.
    source: usize,
    /// The numbers of its entries.
    entries: Vec<u32>,
}

impl LiveSources {
    /// Starts a client for each live source among `sources`. `kept` has entries saved by earlier
    /// starts.
    pub fn spawn(
        sources: &[Source],
        timing: Timing,
        kept: &[Entry],
        events: &Sender<Event>,
    ) -> io::Result<Self> {
        let mut spawned = Vec::new();
        for source in sources {
            let Source::Live(live) = source else { continue };
            let (number, events) = (spawned.len(), events.clone());
            let own: Vec<Entry> =
                kept.iter().filter(|entry| entry.place.source == live.name).cloned().collect();
            // Fails only when the program is ending.
            let publish = move |event| drop(events.send(Event::Live(number, event)));
            let client = EngineClient::spawn(live.clone(), timing, &own, publish)?;
            let (name, entries) = (Arc::clone(&live.name), LiveEntries::default());
            spawned.push(LiveState { name, client, entries, querying: false });
        }
        Ok(Self { sources: spawned, ..Self::default() })
    }

    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Whether a query is in progress.
    pub fn is_querying(&self) -> bool {
        self.sources.iter().any(|source| source.querying)
    }

    /// Sends the words of a query to all engines.
    pub fn query(&mut self, query: &str) {
        if self.is_empty() {
            return;
        }
        let words = without_operators(query);
        for source in &mut self.sources {
            // Set now, so that the hits of the previous query are not mistaken for the answer.
            source.querying = !words.trim().is_empty();
            source.client.query(&words);
        }
    }

    /// Protects an entry from eviction.
    pub fn keep(&self, entry: &Entry) {
        if let Some(source) = self.sources.iter().find(|live| live.name == entry.place.source) {
            source.client.keep(entry.clone());
        }
    }

    /// Queries the engine of an entry for entries like its question.
    pub fn query_related(&self, number: u64, source: &str, question: &str) {
        if let Some(source) = self.sources.iter().find(|live| *live.name == *source) {
            source.client.query_related(number, question);
        }
    }

    /// Appends the entries of the engines to the loaded ones.
    pub fn join(&self, loaded: &Index) -> Index {
        if self.is_empty() {
            return loaded.clone();
        }
        let entries: Vec<LiveEntries> =
            self.sources.iter().map(|source| source.entries.clone()).collect();
        loaded.with_live(&entries)
    }

    /// Handles an event; returns whether the entries or the answers changed.
    pub fn receive(&mut self, number: usize, event: LiveEvent) -> bool {
        let Some(source) = self.sources.get_mut(number) else { return false };
        match event {
            LiveEvent::Changed(entries) => {
                source.entries = entries;
                return true;
            }
            LiveEvent::Querying(querying) => {
                source.querying = querying;
                self.messages.push_back(Message::Querying(self.is_querying()));
            }
            LiveEvent::Failed(LiveError::Ended { .. }) => {}
            LiveEvent::Failed(error) => {
                self.messages.push_back(Message::Failed(error.to_string()));
            }
            LiveEvent::Warned(text) => self.messages.push_back(Message::Notice(text)),
            LiveEvent::Related(related, entries, found) => {
                source.entries = entries;
                self.related = Some(Related { number: related, source: number, entries: found });
                return true;
            }
            LiveEvent::RelatedFailed(number, error) => {
                let none = JobResult::Popup(Err("no related question"));
                let failed = Message::Failed(error.to_string());
                self.messages.extend([Message::Finished(number, none), failed]);
            }
        }
        false
    }

    /// The next message that results from received events; `shown` is the index of the shown hits,
    /// `joined` the newest result of [`join`](Self::join).
    pub fn take_message(&mut self, shown: &Index, joined: &Index) -> Option<Message> {
        self.messages.pop_front().or_else(|| self.take_related(shown, joined))
    }

    /// The pop-up of related entries, once the hits are of the joined index: in an older one the
    /// entries of a later source have other numbers.
    fn take_related(&mut self, shown: &Index, joined: &Index) -> Option<Message> {
        if !shown.is_same(joined) {
            return None;
        }
        let Related { number, source, entries } = self.related.take()?;
        let before = self.sources.iter().take(source);
        let before: usize = before.map(|source| source.entries.index.len()).sum();
        let start = shown.live()?.first as usize + before;
        let entries: Vec<u32> = entries.iter().map(|entry| start as u32 + entry).collect();
        Some(Message::Finished(number, JobResult::related(shown, &entries)))
    }
}
