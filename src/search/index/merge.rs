//! Merges segments, and indexes the answers that were deferred during loading.

use super::postings::PostingsBuilder;
use super::segment::{Segment, SegmentPart};
use super::snapshot::Index;
use crate::collection::EntryStore;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A smaller index is searched faster as one segment than as two in parallel.
const SPLIT_FROM: usize = 20_000;

/// The maximum entries of a segment that is merged from those of a dense index.
pub(super) const MAX_DENSE_ENTRIES: usize = 1 << 18;

/// The number of segments of a finished index of `entries` entries.
pub(super) fn segment_count(entries: usize) -> usize {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if entries < SPLIT_FROM { 1 } else { threads }
}

/// Merges consecutive segments into `count` of about the same size.
pub(super) fn merge_all(segments: Vec<Segment>, count: usize) -> Vec<Segment> {
    if segments.len() <= count {
        return segments;
    }
    let total: usize = segments.iter().map(Segment::len).sum();
    let target = total.div_ceil(count.max(1)).max(1);
    let mut runs: Vec<Vec<Segment>> = vec![Vec::new()];
    let mut seen = 0;
    for segment in segments {
        if seen >= target * runs.len() {
            runs.push(Vec::new());
        }
        seen += segment.len();
        if let Some(run) = runs.last_mut() {
            run.push(segment);
        }
    }
    // A run that one segment cannot hold stays as it is.
    let runs = runs.into_iter().flat_map(|run| {
        if can_merge(&run) { vec![run] } else { run.into_iter().map(|one| vec![one]).collect() }
    });
    merge_runs(runs.collect())
}

/// Whether an index is large and takes more memory than the texts of its entries, as for entries of
/// one or two unique words.
pub(super) fn is_dense<'s>(
    stores: &[Arc<EntryStore>],
    segments: impl Iterator<Item = &'s Segment>,
) -> bool {
    let entries: usize = stores.iter().map(|store| store.len()).sum();
    let texts: usize = stores.iter().map(|store| store.text_bytes()).sum();
    entries > segment_count(entries) * MAX_DENSE_ENTRIES
        && segments.map(Segment::bytes).sum::<usize>() > texts
}

/// Merges consecutive small segments of a dense index. Larger segments stay separate: they have few
/// words in common, and a merge needs the memory of its segments twice.
pub(super) fn merge_dense(segments: Vec<Segment>) -> Vec<Segment> {
    let mut runs: Vec<Vec<Segment>> = Vec::new();
    let mut length = 0;
    for segment in segments {
        length += segment.len();
        if let Some(run) = runs.last_mut().filter(|_| length <= MAX_DENSE_ENTRIES) {
            run.push(segment);
        } else {
            length = segment.len();
            runs.push(vec![segment]);
        }
    }
    merge_runs(runs)
}

/// Merges each run of segments into one: all heads first, whose memory is then free for the bodies.
fn merge_runs(runs: Vec<Vec<Segment>>) -> Vec<Segment> {
    let (heads, bodies): (Vec<_>, Vec<_>) = runs.into_iter().map(into_parts).unzip();
    // Each run is dropped as soon as it is merged.
    let heads: Vec<_> = heads.into_par_iter().map(|parts| merge_parts(&parts)).collect();
    let bodies: Vec<_> = bodies.into_par_iter().map(|parts| merge_parts(&parts?)).collect();
    let segments = heads.into_iter().zip(bodies);
    segments.filter_map(|(head, body)| Some(Segment { head: head?, body })).collect()
}

type Parts = Vec<Arc<SegmentPart>>;

/// The heads of segments, and their bodies if all have one.
fn into_parts(segments: Vec<Segment>) -> (Parts, Option<Parts>) {
    let (heads, bodies): (Parts, Vec<_>) =
        segments.into_iter().map(|Segment { head, body }| (head, body)).unzip();
    (heads, bodies.into_iter().collect())
}

/// Merges parts that fit into one.
fn merge_parts(parts: &[Arc<SegmentPart>]) -> Option<Arc<SegmentPart>> {
    if let [only] = parts {
        return Some(Arc::clone(only));
    }
    SegmentPart::merge(&parts.iter().map(|part| &**part).collect::<Vec<_>>()).map(Arc::new)
}

/// Whether one segment can hold all of these.
fn can_merge(segments: &[Segment]) -> bool {
    let heads: Vec<&SegmentPart> = segments.iter().map(|segment| &*segment.head).collect();
    let bodies: Option<Vec<&SegmentPart>> = segments.iter().map(|s| s.body.as_deref()).collect();
    SegmentPart::can_merge(&heads) && bodies.is_none_or(|bodies| SegmentPart::can_merge(&bodies))
}

/// Merges consecutive segments into one. `None` if it would exceed the range of 32-bit offsets.
pub(super) fn merge(segments: Vec<Segment>) -> Option<Segment> {
    can_merge(&segments).then(|| merge_runs(vec![segments]).pop()).flatten()
}

/// Indexes the answers of all segments that lack them.
pub(super) fn with_answers(index: &Index) -> Index {
    let segments = index.segments().flat_map(|(start, segment)| match segment.body {
        Some(_) => vec![segment.clone()],
        None => answered(index, start..start + segment.len(), Arc::clone(&segment.head)),
    });
    Index::of(index.stores().to_vec(), segments.collect(), index.languages())
}

/// The segment of `range` with its answers, or several if one cannot hold them. Indexes in pieces
/// to bound the memory.
fn answered(index: &Index, range: Range<usize>, head: Arc<SegmentPart>) -> Vec<Segment> {
    const PIECE: usize = 16_384;
    let starts: Vec<usize> = range.clone().step_by(PIECE).collect();
    let pieces: Vec<SegmentPart> = starts
        .par_iter()
        .map_init(PostingsBuilder::default, |builder, &from| {
            SegmentPart::body(builder, index.range(from..(from + PIECE).min(range.end)))
        })
        .collect();
    if let Some(body) = SegmentPart::merge(&pieces.iter().collect::<Vec<_>>()) {
        return vec![Segment { head, body: Some(Arc::new(body)) }];
    }
    drop(pieces);
    let middle = usize::midpoint(range.start, range.end);
    let halves = [range.start..middle, middle..range.end].into_iter();
    let halves = halves.flat_map(|half| {
        let head = SegmentPart::head(&mut PostingsBuilder::default(), index.range(half.clone()));
        answered(index, half, Arc::new(head))
    });
    halves.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_neighbours_of_a_dense_index_are_merged_up_to_a_limit() {
        let segment = |&entries: &usize| {
            let head = SegmentPart { lengths: vec![1; entries], ..SegmentPart::default() };
            Segment { head: Arc::new(head), body: None }
        };
        let (half, more) = (MAX_DENSE_ENTRIES / 2, MAX_DENSE_ENTRIES + 1);
        let segments = [1, half, half, more, half, 1, 2].iter().map(segment).collect();
        let merged: Vec<usize> = merge_dense(segments).iter().map(Segment::len).collect();
        assert_eq!(merged, [1 + half, half, more, half + 3]);
    }
}
