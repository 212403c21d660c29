//! Entries ready to be searched, and how they get there while loading goes on.

use super::language::Language;
use super::postings::PostingsBuilder;
use super::segment::{Part, Segment};
use crate::collection::{Entry, EntryRef, Store};
use crate::load::{Diagnostic, Sink};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An immutable set of entries, ready to be searched; cloning it copies a pointer.
#[derive(Debug, Clone, Default)]
pub struct Index(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stores: Vec<Arc<Store>>,
    /// The number of entries before each store, and at last their sum.
    starts: Vec<usize>,
    segments: Vec<Segment>,
    /// The same for the segments: they cover the entries in other pieces than the stores.
    segment_starts: Vec<usize>,
    language: Language,
}

fn starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    std::iter::once(0)
        .chain(lengths.scan(0, |sum, length| {
            *sum += length;
            Some(*sum)
        }))
        .collect()
}

impl Index {
    /// An index over entries at hand.
    pub fn new(entries: &[Entry]) -> Self {
        let builder = Indexer::new(|_| ());
        builder.entries(0, Store::new(entries));
        builder.finish()
    }

    fn of(stores: Vec<Arc<Store>>, segments: Vec<Segment>, language: Language) -> Self {
        let starts_of_stores = starts(stores.iter().map(|store| store.len()));
        let segment_starts = starts(segments.iter().map(Segment::len));
        Self(Arc::new(Inner {
            stores,
            starts: starts_of_stores,
            segments,
            segment_starts,
            language,
        }))
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

    /// All entries in the collection's order.
    pub fn entries(&self) -> impl Iterator<Item = EntryRef<'_>> {
        self.0.stores.iter().flat_map(|store| store.iter())
    }

    /// The segments, each with the number of its first entry.
    pub(super) fn segments(&self) -> impl ExactSizeIterator<Item = (usize, &Segment)> {
        self.0.segment_starts.iter().copied().take(self.0.segments.len()).zip(&self.0.segments)
    }

    /// The language that most of its text is in.
    pub(super) fn language(&self) -> Language {
        self.0.language
    }

    fn range(&self, range: Range<usize>) -> impl Iterator<Item = EntryRef<'_>> {
        range.filter_map(|n| self.entry(n as u32))
    }
}

/// What an [`Indexer`] tells.
#[derive(Debug, Clone)]
pub enum IndexEvent {
    /// A larger or better prepared index, which holds all entries of the former ones under the
    /// same numbers.
    Grown(Index),
    /// A record was skipped or odd.
    Diagnostic(Diagnostic),
    /// How many bytes of how many have been read.
    Progress(u64, u64),
}

/// Builds indexes of what a loader finds, and publishes each larger one.
///
/// Each part that a loading thread gives becomes a segment on that very thread, so that as many
/// are built at once as there are loading threads. Segments are joined as they settle, since
/// each repeats a dictionary; [`Indexer::finish`] joins what is left and indexes the answers that
/// were too many to index on the way.
pub struct Indexer<P> {
    state: Mutex<State>,
    /// Empty, with the memory of earlier parts.
    builders: Mutex<Vec<PostingsBuilder>>,
    publish: P,
}

#[derive(Default)]
struct State {
    waiting: BTreeMap<usize, (Arc<Store>, Segment)>,
    parts: usize,
    stores: Vec<Arc<Store>>,
    segments: Vec<Segment>,
    entries: usize,
    language: Language,
    answers: usize,
    joining: bool,
}

/// Bytes of answers that are indexed together with their questions; the rest comes after all
/// questions.
const ANSWERS_AT_ONCE: usize = 16 << 20;
/// So many segments are worth joining some of them while loading goes on.
const MANY: usize = 64;
/// So many are then joined into one.
const JOINED: usize = 32;
/// Below this, one segment is searched faster than two at once.
const WORTH_SPLITTING: usize = 20_000;
/// Entries looked at to tell the language.
const SAMPLE: usize = 400;

impl<P: Fn(IndexEvent) + Sync> Indexer<P> {
    /// `publish` is called from loading threads.
    pub fn new(publish: P) -> Self {
        Self { state: Mutex::default(), builders: Mutex::default(), publish }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// To be called when everything is loaded: gives the index in its best shape, and publishes
    /// it, with the answers indexed.
    pub fn finish(&self) -> Index {
        let State { stores, segments, entries, language, .. } = std::mem::take(&mut *self.state());
        lock(&self.builders).clear();
        let joined = join_all(&segments, groups(entries));
        // Answers take the room that they leave.
        drop(segments);
        let index = Index::of(stores, joined, language);
        (self.publish)(IndexEvent::Grown(index.clone()));
        if index.0.segments.iter().all(|segment| segment.body.is_some()) {
            return index;
        }
        let index = with_bodies(&index);
        (self.publish)(IndexEvent::Grown(index.clone()));
        index
    }

    /// Joins some segments when there are many, on the loading thread that saw it.
    fn settle(&self) {
        let mut state = self.state();
        if state.joining || state.segments.len() < MANY {
            return;
        }
        let from = (0..=state.segments.len() - JOINED)
            .min_by_key(|&from| {
                state.segments[from..from + JOINED].iter().map(Segment::len).sum::<usize>()
            })
            .unwrap_or(0);
        let chosen = state.segments[from..from + JOINED].to_vec();
        state.joining = true;
        drop(state);
        let joined = join(&chosen);
        let mut state = self.state();
        state.segments.splice(from..from + JOINED, [joined]);
        state.joining = false;
    }
}

impl State {
    fn index(&self) -> Index {
        Index::of(self.stores.clone(), self.segments.clone(), self.language)
    }

    /// Takes in the parts whose turn it is; tells whether there was any.
    fn advance(&mut self) -> bool {
        let before = self.parts;
        while let Some((store, segment)) = self.waiting.remove(&self.parts) {
            self.parts += 1;
            if !store.is_empty() {
                self.entries += store.len();
                self.stores.push(store);
                self.segments.push(segment);
            }
        }
        if before != self.parts && self.entries < 4 * SAMPLE || self.language == Language::Unknown {
            let sample = self.stores.iter().flat_map(|store| store.iter());
            self.language = Language::of(sample.take(SAMPLE));
        }
        before != self.parts
    }
}

impl<P: Fn(IndexEvent) + Sync> Sink for Indexer<P> {
    fn entries(&self, part: usize, entries: Store) {
        let store = Arc::new(entries);
        let all = || store.iter();
        let mut builder = lock(&self.builders).pop().unwrap_or_default();
        let head = Arc::new(Part::head(&mut builder, all()));
        let answers: usize = all().map(|entry| entry.answer().len()).sum();
        let at_once = {
            let mut state = self.state();
            state.answers += answers;
            state.answers <= ANSWERS_AT_ONCE
        };
        let body = at_once.then(|| Arc::new(Part::body(&mut builder, all())));
        lock(&self.builders).push(builder);
        let mut state = self.state();
        state.waiting.insert(part, (Arc::clone(&store), Segment { head, body }));
        if state.advance() {
            let index = state.index();
            drop(state);
            (self.publish)(IndexEvent::Grown(index));
            self.settle();
        }
    }

    fn problem(&self, problem: Diagnostic) {
        (self.publish)(IndexEvent::Diagnostic(problem));
    }

    fn progress(&self, done: u64, total: u64) {
        (self.publish)(IndexEvent::Progress(done, total));
    }
}

/// What a thread held that panicked is whole: nothing below leaves it half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many segments a finished index of so many entries has.
fn groups(entries: usize) -> usize {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if entries < WORTH_SPLITTING { 1 } else { threads }
}

fn join_all(segments: &[Segment], groups: usize) -> Vec<Segment> {
    if segments.len() <= groups {
        return segments.to_vec();
    }
    let total: usize = segments.iter().map(Segment::len).sum();
    let target = total.div_ceil(groups.max(1)).max(1);
    let mut runs: Vec<Vec<Segment>> = vec![Vec::new()];
    let mut seen = 0;
    for segment in segments {
        if seen >= target * runs.len() {
            runs.push(Vec::new());
        }
        seen += segment.len();
        if let Some(run) = runs.last_mut() {
            run.push(segment.clone());
        }
    }
    runs.par_iter().map(|run| join(run)).collect()
}

fn join(segments: &[Segment]) -> Segment {
    if let [only] = segments {
        return only.clone();
    }
    let heads: Vec<&Part> = segments.iter().map(|segment| &*segment.head).collect();
    let bodies: Option<Vec<&Part>> = segments.iter().map(|s| s.body.as_deref()).collect();
    Segment {
        head: Arc::new(Part::join(&heads)),
        body: bodies.map(|bodies| Arc::new(Part::join(&bodies))),
    }
}

/// Indexes the answers of all segments that lack it, in pieces small enough to stay in bounds.
fn with_bodies(index: &Index) -> Index {
    const PIECE: usize = 16_384;
    let segments: Vec<Segment> = index
        .segments()
        .map(|(start, segment)| {
            let starts: Vec<usize> = (start..start + segment.len()).step_by(PIECE).collect();
            let pieces: Vec<Part> = starts
                .par_iter()
                .map_init(PostingsBuilder::default, |builder, &from| {
                    let end = (from + PIECE).min(start + segment.len());
                    Part::body(builder, index.range(from..end))
                })
                .collect();
            let pieces: Vec<&Part> = pieces.iter().collect();
            Segment { head: Arc::clone(&segment.head), body: Some(Arc::new(Part::join(&pieces))) }
        })
        .collect();
    Index::of(index.0.stores.clone(), segments, index.0.language)
}
