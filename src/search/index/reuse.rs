//! Reuses the segments of a former load that did not change.

use super::postings::PostingsBuilder;
use super::segment::{Segment, SegmentPart};
use super::snapshot::Index;
use crate::collection::EntryStore;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Indexes the stores of a reload: the changed ones, and as few others as possible.
pub(super) struct Reload<'a> {
    pub former: &'a Index,
    pub stores: &'a [Arc<EntryStore>],
    /// The segment of each store; `None` if the former load has the same store.
    pub segments: &'a [Option<Segment>],
    /// Whether to index answers if the former load does not determine it.
    pub inline: bool,
}

/// A run of stores, given by their numbers.
enum Run {
    /// A former segment has exactly these stores.
    Kept(Range<usize>, Segment),
    /// A former segment has these stores, some of which changed.
    Changed(Range<usize>, Change),
    /// A store of no former segment.
    Single(usize),
}

/// What changed within a former segment.
struct Change {
    segment: Segment,
    /// The number of the segment's first entry in the former index.
    first: usize,
    /// The entries of the segment that are removed.
    old: Range<usize>,
    /// The stores that replace them.
    new: Range<usize>,
}

impl Run {
    fn stores(&self) -> Range<usize> {
        match self {
            Self::Kept(stores, _) | Self::Changed(stores, _) => stores.clone(),
            Self::Single(n) => *n..n + 1,
        }
    }
}

impl Reload<'_> {
    /// The segments of all stores, in order.
    pub fn segments(&self) -> Vec<Segment> {
        if self.segments.iter().all(Option::is_some) {
            return self.segments.iter().flatten().cloned().collect();
        }
        let mut runs = Vec::new();
        let mut end = 0;
        for run in self.former_runs() {
            runs.extend((end..run.stores().start).map(Run::Single));
            end = run.stores().end;
            runs.push(run);
        }
        runs.extend((end..self.stores.len()).map(Run::Single));
        runs.into_par_iter()
            .map_init(PostingsBuilder::default, |builder, run| self.index(builder, run))
            .flatten_iter()
            .collect()
    }

    /// The former segments that are worth keeping.
    fn former_runs(&self) -> impl Iterator<Item = Run> {
        let last = self.former.segments().len().saturating_sub(1);
        let segments = self.former.segments().enumerate();
        segments.filter_map(move |(n, (first, segment))| self.run(first, segment, n == last))
    }

    /// The run of a former segment whose first entry has the number `first`. `None` if more than
    /// half of it changed. Appended stores belong to the run of the last segment.
    fn run(&self, first: usize, segment: &Segment, is_last: bool) -> Option<Run> {
        let former = self.former.stores_of(first..first + segment.len())?;
        let end = if is_last { self.stores.len() } else { former.end.min(self.stores.len()) };
        let stores = former.start..end;
        if stores.is_empty() {
            return None;
        }
        let mut changed =
            (former.start..stores.end.max(former.end)).filter(|&n| !self.is_unchanged(n));
        let Some(start) = changed.next() else {
            return Some(Run::Kept(stores, segment.clone()));
        };
        let end = changed.next_back().unwrap_or(start) + 1;
        let entries = |stores: &[Arc<EntryStore>]| stores.iter().map(|s| s.len()).sum::<usize>();
        let of_former = self.former.stores();
        let before = entries(&of_former[former.start..start.min(former.end)]);
        let old = before..before + entries(&of_former[start.min(former.end)..end.min(former.end)]);
        let new = start..end.min(stores.end);
        let is_small = 2 * old.len().max(entries(&self.stores[new.clone()])) <= segment.len();
        is_small.then(|| Run::Changed(stores, Change { segment: segment.clone(), first, old, new }))
    }

    fn is_unchanged(&self, n: usize) -> bool {
        let stores = self.stores.get(n).zip(self.former.stores().get(n));
        stores.is_some_and(|(new, old)| Arc::ptr_eq(new, old))
            && self.segments.get(n).is_some_and(Option::is_none)
    }

    fn index(&self, builder: &mut PostingsBuilder, run: Run) -> Vec<Segment> {
        match run {
            Run::Kept(_, segment) => vec![segment],
            Run::Changed(stores, change) => match self.changed(builder, &change) {
                Some(segment) => vec![segment],
                None => stores.map(|n| self.single(builder, n, self.inline)).collect(),
            },
            Run::Single(n) => vec![self.single(builder, n, self.inline)],
        }
    }

    /// The former segment with the changed entries. `None` if one segment cannot hold them.
    fn changed(&self, builder: &mut PostingsBuilder, change: &Change) -> Option<Segment> {
        let Change { segment, first, old, new } = change;
        let with_answers = segment.body.is_some();
        let new: Vec<Segment> =
            new.clone().map(|n| self.single(builder, n, with_answers)).collect();
        let gone = || self.former.range(first + old.start..first + old.end);
        let heads: Vec<&SegmentPart> = new.iter().map(|segment| &*segment.head).collect();
        let words = SegmentPart::head(builder, gone()).words;
        let head = Arc::new(segment.head.replace(old.clone(), words, &heads)?);
        let body = match &segment.body {
            Some(body) => {
                let bodies: Vec<&SegmentPart> =
                    new.iter().filter_map(|segment| segment.body.as_deref()).collect();
                let words = SegmentPart::body(builder, gone()).words;
                Some(Arc::new(body.replace(old.clone(), words, &bodies)?))
            }
            None => None,
        };
        Some(Segment { head, body })
    }

    /// The segment of one store.
    fn single(&self, builder: &mut PostingsBuilder, n: usize, with_answers: bool) -> Segment {
        let store = &self.stores[n];
        let known = self.segments[n].clone();
        let Segment { head, body } = known.unwrap_or_else(|| Segment {
            head: Arc::new(SegmentPart::head(builder, store.iter())),
            body: None,
        });
        let mut indexed = || Arc::new(SegmentPart::body(builder, store.iter()));
        let body = body.or_else(|| with_answers.then(&mut indexed));
        Segment { head, body }
    }
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

    /// A load of parts; `forms` has the form of the words of each.
    fn load(former: &Index, forms: &[&str]) -> Index {
        let indexer = Indexer::after(former.clone(), |_| ());
        for (part, form) in forms.iter().enumerate().rev() {
            let entry = |n: usize| Entry {
                question: format!("What is {form}{n}?"),
                answer: format!("It is said{n}."),
                ..Entry::default()
            };
            let first = part * ENTRIES_OF_PART;
            let entries: Vec<Entry> = (first..first + ENTRIES_OF_PART).map(entry).collect();
            indexer.entries(part, EntryStore::new(&entries));
        }
        indexer.finish()
    }

    /// All words of all segments with their entries, the lengths of all entries, and the total
    /// number of words.
    fn content(index: &Index) -> (Vec<(String, usize, usize)>, Vec<u8>, u64) {
        let (mut words, mut lengths, mut count) = (Vec::new(), Vec::new(), 0);
        for (start, segment) in index.segments() {
            for part in std::iter::once(&segment.head).chain(&segment.body) {
                for n in 0..part.postings.words.len() {
                    let word = part.postings.words.word(n);
                    part.postings.for_each(n, |entry, payload| {
                        words.push((word.to_owned(), start + entry, payload));
                    });
                }
                count += part.words;
            }
            lengths.extend_from_slice(&segment.head.lengths);
        }
        words.sort();
        (words, lengths, count)
    }

    /// The number of segments that `index` shares with `former`.
    fn kept(index: &Index, former: &Index) -> usize {
        let is_kept = |segment: &Segment| {
            former.segments().any(|(_, old)| Arc::ptr_eq(&old.head, &segment.head))
        };
        index.segments().filter(|(_, segment)| is_kept(segment)).count()
    }

    #[test]
    fn a_reload_indexes_what_a_first_load_indexes_but_no_unchanged_segment_again() {
        let old = ["old"; PARTS];
        let first = load(&Index::default(), &old);
        let segments = first.segments().len();
        let with = |changed: &[usize], parts: usize| {
            let form = |n| if changed.contains(&n) || n >= PARTS { "new" } else { "old" };
            (0..parts).map(form).collect::<Vec<_>>()
        };
        let cases = [
            (with(&[], PARTS), segments),
            (with(&[0], PARTS), segments - 1),
            (with(&[PARTS - 1], PARTS), segments - 1),
            (with(&[PARTS - 3, PARTS - 2], PARTS), segments - 1),
            (with(&[], PARTS + 1), segments - 1),
            (with(&[], PARTS - 1), segments - 1),
            (with(&[], 1), 0),
            (with(&(0..PARTS).collect::<Vec<_>>(), PARTS), 0),
        ];
        for (forms, expected) in cases {
            let again = load(&first, &forms);
            assert_eq!(content(&again), content(&load(&Index::default(), &forms)), "{forms:?}");
            assert_eq!(kept(&again, &first), expected, "{forms:?}");
            // And back again.
            let back = load(&again, &old);
            assert_eq!(content(&back), content(&first), "after {forms:?}");
        }
    }
}
