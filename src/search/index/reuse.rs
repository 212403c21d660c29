//! Keeps the segments of a former load whose entries did not change.

use super::postings::PostingsBuilder;
use super::segment::{Segment, SegmentPart};
use super::snapshot::Index;
use crate::collection::EntryStore;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A run of stores with its segment.
enum Run {
    Indexed(Segment),
    /// A store whose segment of the former load holds others that changed.
    Missing(Arc<EntryStore>),
}

/// The segments of all stores, in order. Where a store has none, because the former load has it too,
/// the former segment is kept if it holds nothing else; else the store is indexed, its answers only
/// if `inline`.
pub(super) fn complete(
    former: &Index,
    stores: &[Arc<EntryStore>],
    segments: Vec<Option<Segment>>,
    inline: bool,
) -> Vec<Segment> {
    if segments.iter().all(Option::is_some) {
        return segments.into_iter().flatten().collect();
    }
    let kept = kept_segments(former, stores, &segments);
    let mut kept = kept.into_iter().peekable();
    let mut runs = Vec::new();
    let mut end = 0;
    for (n, (segment, store)) in segments.into_iter().zip(stores).enumerate() {
        if let Some((range, segment)) = kept.next_if(|(range, _)| range.start == n) {
            runs.push(Run::Indexed(segment));
            end = range.end;
        }
        if n >= end {
            runs.push(segment.map_or_else(|| Run::Missing(Arc::clone(store)), Run::Indexed));
        }
    }
    let one = |builder: &mut PostingsBuilder, run: Run| match run {
        Run::Indexed(segment) => segment,
        Run::Missing(store) => Segment {
            head: Arc::new(SegmentPart::head(builder, store.iter())),
            body: inline.then(|| Arc::new(SegmentPart::body(builder, store.iter()))),
        },
    };
    runs.into_par_iter().map_init(PostingsBuilder::default, one).collect()
}

/// The former segments that hold nothing but stores that have no segment yet and stand where they
/// stood, each with the numbers of these stores.
fn kept_segments(
    former: &Index,
    stores: &[Arc<EntryStore>],
    segments: &[Option<Segment>],
) -> Vec<(Range<usize>, Segment)> {
    let is_same = |n: usize| {
        let (new, old) = (stores.get(n), former.stores().get(n));
        let is_shared = new.zip(old).is_some_and(|(new, old)| Arc::ptr_eq(new, old));
        is_shared && segments.get(n).is_some_and(Option::is_none)
    };
    let kept = |(start, segment): (usize, &Segment)| {
        let range = former.stores_of(start..start + segment.len())?;
        let is_kept = range.clone().all(is_same) && !range.is_empty();
        is_kept.then(|| (range, segment.clone()))
    };
    former.segments().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Entry;
    use crate::load::Sink;
    use crate::search::index::Indexer;

    const PARTS: usize = 10;
    /// Enough for a segment per core.
    const ENTRIES_OF_PART: usize = 2500;

    fn load(former: &Index, changed: Option<usize>) -> Index {
        let indexer = Indexer::after(former.clone(), |_| ());
        for part in (0..PARTS).rev() {
            let first = part * ENTRIES_OF_PART;
            let form = if changed == Some(part) { "new" } else { "old" };
            let entry = |n: usize| Entry {
                question: format!("What is {form}{n}?"),
                answer: format!("It is said{n}."),
                ..Entry::default()
            };
            let entries: Vec<Entry> = (first..first + ENTRIES_OF_PART).map(entry).collect();
            indexer.entries(part, EntryStore::new(&entries));
        }
        indexer.finish()
    }

    /// All words of all segments, each with the entries of the collection that have it.
    fn words(index: &Index) -> Vec<(String, usize)> {
        let mut words = Vec::new();
        for (start, segment) in index.segments() {
            for postings in segment.postings() {
                for n in 0..postings.words.len() {
                    let word = postings.words.word(n);
                    postings.for_each(n, |entry, _| words.push((word.to_owned(), start + entry)));
                }
            }
        }
        words.sort();
        words
    }

    #[test]
    fn a_reload_indexes_what_a_first_load_indexes_but_no_unchanged_segment_again() {
        let first = load(&Index::default(), None);
        let segments = first.segments().len();
        for (changed, kept) in
            [(None, segments), (Some(0), segments - 1), (Some(PARTS - 1), segments - 1)]
        {
            let again = load(&first, changed);
            assert_eq!(words(&again), words(&load(&Index::default(), changed)), "{changed:?}");
            let is_kept = |segment: &Segment| {
                first.segments().any(|(_, former)| Arc::ptr_eq(&former.head, &segment.head))
            };
            let found = again.segments().filter(|(_, segment)| is_kept(segment)).count();
            assert_eq!(found, kept, "{changed:?}");
        }
    }
}
