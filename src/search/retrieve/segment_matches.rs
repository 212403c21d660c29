//! The match scores of one clause for the entries of one segment.

use super::buffer_pool::BufferPool;
use crate::search::index::{IN_ALIAS, IN_QUESTION, IN_TAG, PAYLOADS, Segment, SegmentPart};
use crate::search::weights::Weights;

/// The matches of a clause in one segment.
#[derive(Debug, Default)]
pub(super) struct SegmentMatches {
    /// The score of each entry in its question, other wordings or tags; empty if none matches.
    pub head: Vec<u8>,
    /// The score of each entry in its answer; empty if none matches.
    pub body: Vec<u8>,
    /// The matching entries in any order, if they are few.
    pub sparse: Option<Vec<u32>>,
}

/// Matching entries are listed if they are fewer than one in this many.
const SPARSE_RATIO: usize = 32;
/// Up to this many matching entries are always listed.
const SPARSE_MIN: usize = 64;

impl SegmentMatches {
    /// No matches yet.
    pub fn new() -> Self {
        Self { sparse: Some(Vec::new()), ..Self::default() }
    }

    /// Adds the entries whose question, other wordings or tags have word `n`.
    pub fn add_head(
        &mut self,
        segment: &Segment,
        (n, score): (usize, u8),
        weights: &Weights,
        buffers: &BufferPool,
    ) {
        let entries = segment.len();
        if self.head.is_empty() {
            self.head = buffers.zeros(entries);
        }
        let by_payload: [u8; PAYLOADS] = std::array::from_fn(|payload| {
            (f32::from(score) * field_factor(payload as u32, weights)) as u8
        });
        let head = &mut self.head[..];
        let postings = &segment.head.postings;
        let mut list = SparseList::new(&mut self.sparse, entries, postings.count(n));
        if list.is_full() {
            postings
                .for_each(n, |entry, payload| head[entry] = head[entry].max(by_payload[payload]));
            return;
        }
        postings.for_each(n, |entry, payload| {
            let value = by_payload[payload];
            if head[entry] < value {
                list.push(entry, head[entry] == 0);
                head[entry] = value;
            }
        });
    }

    /// Adds the entries whose answer has word `n`.
    pub fn add_body(
        &mut self,
        body: &SegmentPart,
        (n, score): (usize, u8),
        weights: &Weights,
        buffers: &BufferPool,
    ) {
        let entries = body.lengths.len();
        if self.body.is_empty() {
            self.body = buffers.zeros(entries);
        }
        // The saturating term frequency of BM25, scaled so that many occurrences approach the full
        // score.
        let by_payload: [u8; PAYLOADS] = std::array::from_fn(|count| {
            let count = count as f32;
            ((f32::from(score) * count / (count + weights.answer_saturation)) as u8).max(1)
        });
        let (head, scores) = (&self.head[..], &mut self.body[..]);
        let mut list = SparseList::new(&mut self.sparse, entries, body.postings.count(n));
        if list.is_full() {
            body.postings.for_each(n, |entry, payload| {
                scores[entry] = scores[entry].max(by_payload[payload]);
            });
            return;
        }
        body.postings.for_each(n, |entry, payload| {
            let value = by_payload[payload];
            if scores[entry] < value {
                let new = scores[entry] == 0 && head.get(entry).is_none_or(|&head| head == 0);
                list.push(entry, new);
                scores[entry] = value;
            }
        });
    }

    /// Sets the score of an entry that had no match; the segment has `entries` entries.
    pub fn set_head(&mut self, n: usize, score: u8, entries: usize) {
        if self.head.is_empty() {
            self.head = vec![0; entries];
        }
        self.head[n] = score;
        SparseList::new(&mut self.sparse, entries, 0).push(n, true);
    }

    /// As [`SegmentMatches::set_head`], but for its answer.
    pub fn set_body(&mut self, n: usize, score: u8, entries: usize) {
        if self.body.is_empty() {
            self.body = vec![0; entries];
        }
        self.body[n] = score;
        SparseList::new(&mut self.sparse, entries, 0).push(n, true);
    }

    /// The number of entries that match.
    pub fn count(&self) -> usize {
        if let Some(sparse) = &self.sparse {
            return sparse.len();
        }
        match (self.head.is_empty(), self.body.is_empty()) {
            (true, true) => 0,
            (false, true) => self.head.chunks(COUNTED_TOGETHER).map(count_matching).sum(),
            (true, false) => self.body.chunks(COUNTED_TOGETHER).map(count_matching).sum(),
            (false, false) => {
                let both = |(head, body): (&u8, &u8)| u32::from(head | body > 0);
                self.head.iter().zip(&self.body).map(both).sum::<u32>() as usize
            }
        }
    }

    /// Merges the matches of another alternative: each entry keeps its higher score.
    pub fn merge(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let sparse = match (self.sparse.take(), other.sparse) {
            (Some(mut sparse), Some(more)) => {
                let is_new = |&n: &u32| self.at(n as usize) == (0, 0);
                sparse.extend(more.into_iter().filter(is_new));
                Some(sparse)
            }
            _ => None,
        };
        for (mine, theirs) in [(&mut self.head, other.head), (&mut self.body, other.body)] {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = theirs.max(*mine));
            }
        }
        self.sparse = sparse;
    }

    /// Whether no entry matches.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.body.is_empty()
    }

    /// The scores of one entry, in its question and in its answer.
    pub fn at(&self, n: usize) -> (u8, u8) {
        let of = |scores: &[u8]| scores.get(n).copied().unwrap_or(0);
        (of(&self.head), of(&self.body))
    }
}

/// The factor of the best field that a payload names.
fn field_factor(payload: u32, weights: &Weights) -> f32 {
    if payload & IN_QUESTION != 0 {
        1.0
    } else if payload & IN_ALIAS != 0 {
        weights.alias_factor
    } else if payload & IN_TAG != 0 {
        weights.tag_factor
    } else {
        0.0
    }
}

/// How many entries are counted in eight bits.
const COUNTED_TOGETHER: usize = 255;

/// The number of at most [`COUNTED_TOGETHER`] scores above 0.
fn count_matching(scores: &[u8]) -> usize {
    usize::from(scores.iter().map(|&score| u8::from(score > 0)).sum::<u8>())
}

/// Lists entries until there are too many.
struct SparseList<'a> {
    entries: &'a mut Option<Vec<u32>>,
    max: usize,
}

impl<'a> SparseList<'a> {
    /// A list for a segment of `total` entries, to which at most `coming` are added.
    fn new(entries: &'a mut Option<Vec<u32>>, total: usize, coming: u32) -> Self {
        let max = (total / SPARSE_RATIO).max(SPARSE_MIN);
        if coming as usize > max {
            *entries = None;
        }
        Self { entries, max }
    }

    fn is_full(&self) -> bool {
        self.entries.is_none()
    }

    fn push(&mut self, entry: usize, new: bool) {
        if new && let Some(entries) = self.entries {
            entries.push(entry as u32);
            if entries.len() > self.max {
                *self.entries = None;
            }
        }
    }
}
