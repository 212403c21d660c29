//! Builds indexes while sources are loaded.

use super::merge;
use super::postings::PostingsBuilder;
use super::reuse::Reload;
use super::segment::{Segment, SegmentPart};
use super::snapshot::Index;
use crate::collection::{Entry, EntryStore};
use crate::load::{Diagnostic, Sink};
use crate::search::language::Languages;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An event of an [`Indexer`].
#[derive(Debug, Clone)]
pub enum IndexEvent {
    /// A larger or better merged index, which holds all entries of the earlier ones under the same
    /// numbers.
    Grown(Index),
    /// A record was skipped or is doubtful.
    Diagnostic(Diagnostic),
    /// A text of a source is in no entry.
    Unused(Diagnostic),
    /// Bytes read and bytes in total.
    Progress(u64, u64),
}

/// Builds indexes from loaded entries and publishes each larger one.
///
/// Each part becomes a segment on the loading thread that delivers it, so that as many segments are
/// built concurrently as there are loading threads. Segments are merged as they accumulate, since
/// each repeats a dictionary. [`Indexer::finish`] merges the rest and indexes the answers that were
/// deferred during loading.
///
/// On a reload, unchanged parts wait for [`Indexer::finish`]: a segment of the former index that
/// has only such parts is reused. Nothing is published before.
pub struct Indexer<P> {
    state: Mutex<IndexState>,
    /// Empty builders that keep the memory of earlier parts.
    builders: Mutex<Vec<PostingsBuilder>>,
    /// The index of the former load.
    former: Index,
    /// [`MAX_PART_BYTES`], but for tests.
    max_part_bytes: usize,
    publish: P,
}

#[derive(Default)]
struct IndexState {
    /// Parts that were delivered out of order.
    waiting: BTreeMap<usize, (Arc<EntryStore>, Option<Segment>)>,
    /// The number of parts added so far, in order.
    parts: usize,
    stores: Vec<Arc<EntryStore>>,
    /// `None` for a store that is shared with the former load.
    segments: Vec<Option<Segment>>,
    /// The number of entries of all delivered parts.
    delivered: usize,
    /// The number of entries of the parts added so far.
    entries: usize,
    languages: Languages,
    /// The number of entries when the languages were last detected.
    detected_at: usize,
    /// The bytes of all answers so far.
    answers: usize,
    merging: bool,
}

/// Up to this many bytes of answers are indexed together with their questions; the others follow
/// after all questions.
const ANSWER_BYTES_INLINE: usize = 16 << 20;
/// From this number on, segments are merged during loading.
const MERGE_FROM: usize = 64;
/// How many neighbouring segments are merged at a time.
const MERGE_COUNT: usize = 32;
/// The same of a dense index, whose segments are merged as soon as there are so many small ones.
const DENSE_MERGE_COUNT: usize = 8;
/// The most bytes of text in one part: offsets of its postings then fit in 32 bits.
const MAX_PART_BYTES: usize = u32::MAX as usize / MAX_POSTING_BYTES;
/// The most bytes of postings for each byte of text, also while they are merged.
const MAX_POSTING_BYTES: usize = 25;
/// During loading, the languages are detected again whenever the number of entries has grown by
/// this factor.
const DETECT_AT_GROWTH: usize = 2;

impl<P: Fn(IndexEvent) + Sync> Indexer<P> {
    /// `publish` is called on loading threads.
    pub fn new(publish: P) -> Self {
        Self::after(Index::default(), publish)
    }

    /// As [`Indexer::new`], but shares the memory of parts that `former` has as well.
    pub fn after(former: Index, publish: P) -> Self {
        let (state, builders) = (Mutex::default(), Mutex::default());
        Self { state, builders, former, max_part_bytes: MAX_PART_BYTES, publish }
    }

    /// The entries of a part, shared with the former load if they are unchanged, and whether they
    /// are.
    fn shared(&self, part: usize, entries: EntryStore) -> (Arc<EntryStore>, bool) {
        match self.former.stores().get(part) {
            Some(former) if **former == entries => (Arc::clone(former), true),
            Some(_) | None => (Arc::new(entries), false),
        }
    }

    /// The segment of a part; includes its answers only if `inline`.
    fn segment(&self, store: &EntryStore, inline: bool) -> Segment {
        let mut builder = lock(&self.builders).pop().unwrap_or_default();
        let head = Arc::new(SegmentPart::head(&mut builder, store.iter()));
        let body = inline.then(|| Arc::new(SegmentPart::body(&mut builder, store.iter())));
        lock(&self.builders).push(builder);
        Segment { head, body }
    }

    fn state(&self) -> MutexGuard<'_, IndexState> {
        lock(&self.state)
    }

    /// Ends loading: publishes and returns the fully merged index with all answers.
    pub fn finish(&self) -> Index {
        let IndexState { stores, segments, entries, answers, .. } =
            std::mem::take(&mut *self.state());
        lock(&self.builders).clear();
        let languages = Languages::detect(&stores);
        let inline = answers <= ANSWER_BYTES_INLINE;
        let reload = Reload { former: &self.former, stores: &stores, segments: &segments, inline };
        let complete = reload.segments();
        drop(segments);
        let merged = if merge::is_dense(&stores, complete.iter()) {
            merge::merge_dense(complete)
        } else {
            merge::merge_all(complete, merge::segment_count(entries))
        };
        let index = Index::of(stores, merged, languages);
        (self.publish)(IndexEvent::Grown(index.clone()));
        if index.segments().all(|(_, segment)| segment.body.is_some()) {
            return index;
        }
        let index = merge::with_answers(&index);
        (self.publish)(IndexEvent::Grown(index.clone()));
        index
    }

    /// The entries, or none and a diagnostic if their numbers would exceed 32 bits.
    fn within_limits(&self, entries: EntryStore) -> EntryStore {
        let total = {
            let mut state = self.state();
            state.delivered += entries.len();
            state.delivered
        };
        if entries.text_bytes() <= self.max_part_bytes && u32::try_from(total).is_ok() {
            return entries;
        }
        let source = entries.get(0).map(|entry| Arc::clone(entry.source())).unwrap_or_default();
        let message = format!("too large to index: {} entries were skipped", entries.len());
        self.problem(Diagnostic { source, line: 0, column: 0, message });
        self.state().delivered -= entries.len();
        EntryStore::default()
    }

    /// Merges some segments if there are many, on the calling thread.
    fn merge_some(&self) {
        let mut state = self.state();
        // On a reload, each store keeps its own segment, which may be reused from the former load.
        if !self.former.is_empty() || state.merging {
            return;
        }
        let Some(run) = state.mergeable_run() else { return };
        let chosen: Vec<Segment> = state.segments[run.clone()].iter().flatten().cloned().collect();
        state.merging = true;
        drop(state);
        let merged = merge::merge(chosen);
        let mut state = self.state();
        if let Some(merged) = merged {
            state.segments.splice(run, [Some(merged)]);
        }
        state.merging = false;
    }
}

impl IndexState {
    /// The index so far; `None` if a part is not indexed yet.
    fn index(&self) -> Option<Index> {
        let segments = self.segments.iter().cloned().collect::<Option<_>>()?;
        Some(Index::growing(self.stores.clone(), segments, self.languages))
    }

    /// The neighbouring segments to merge next, if any.
    fn mergeable_run(&self) -> Option<Range<usize>> {
        let (count, most) = if merge::is_dense(&self.stores, self.segments.iter().flatten()) {
            (DENSE_MERGE_COUNT, merge::MAX_DENSE_ENTRIES)
        } else if self.segments.len() >= MERGE_FROM {
            (MERGE_COUNT, usize::MAX)
        } else {
            return None;
        };
        let entries =
            |run: &[Option<Segment>]| -> usize { run.iter().flatten().map(Segment::len).sum() };
        let runs = self.segments.windows(count).map(entries).enumerate();
        let (from, _) = runs.filter(|&(_, sum)| sum <= most).min_by_key(|&(_, sum)| sum)?;
        Some(from..from + count)
    }

    /// Adds the delivered parts whose turn it is; returns false if there are none.
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
        if self.entries > DETECT_AT_GROWTH * self.detected_at {
            self.languages = Languages::detect(&self.stores);
            self.detected_at = self.entries;
        }
        before != self.parts
    }
}

impl<P: Fn(IndexEvent) + Sync> Sink for Indexer<P> {
    fn entries(&self, part: usize, entries: EntryStore) {
        let (store, is_kept) = self.shared(part, self.within_limits(entries));
        let answers: usize = store.iter().map(|entry| entry.answer().len()).sum();
        let inline = {
            let mut state = self.state();
            state.answers += answers;
            state.answers <= ANSWER_BYTES_INLINE
        };
        let segment = (!is_kept).then(|| self.segment(&store, inline));
        let mut state = self.state();
        state.waiting.insert(part, (store, segment));
        if state.advance()
            && let Some(index) = state.index()
        {
            drop(state);
            (self.publish)(IndexEvent::Grown(index));
            self.merge_some();
        }
    }

    fn problem(&self, diagnostic: Diagnostic) {
        (self.publish)(IndexEvent::Diagnostic(diagnostic));
    }

    fn unused(&self, text: Diagnostic) {
        (self.publish)(IndexEvent::Unused(text));
    }

    fn progress(&self, done: u64, total: u64) {
        (self.publish)(IndexEvent::Progress(done, total));
    }
}

impl Index {
    /// An index over `entries`.
    pub fn new(entries: &[Entry]) -> Self {
        let indexer = Indexer::new(|_| ());
        indexer.entries(0, EntryStore::new(entries));
        indexer.finish()
    }
}

/// Ignores poisoning: no change here can be left half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_whose_postings_might_exceed_32_bits_is_skipped_and_reported() {
        assert!(u32::try_from(MAX_PART_BYTES * MAX_POSTING_BYTES).is_ok());
        let part = |answer: &str| {
            let entry = |n: usize| Entry {
                question: format!("Where is lamp {n}?"),
                answer: answer.into(),
                ..Entry::default()
            };
            EntryStore::new(&[entry(1), entry(2)])
        };
        let (small, large) = (part("Here."), part("In the attic."));
        let reported = Mutex::new(Vec::new());
        let mut indexer = Indexer::new(|event| {
            if let IndexEvent::Diagnostic(problem) = event {
                lock(&reported).push(problem.message);
            }
        });
        indexer.max_part_bytes = small.text_bytes();
        indexer.entries(0, part("Here."));
        indexer.entries(1, large);
        indexer.entries(2, small);
        assert_eq!(indexer.finish().len(), 4);
        assert_eq!(*lock(&reported), ["too large to index: 2 entries were skipped"]);
    }
}
