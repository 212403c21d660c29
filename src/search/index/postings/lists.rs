//! Posting lists of a run of entries.

use super::codec::{List, ListBuilder};
use super::sorted_word::SortedWord;
use crate::collection::Offsets;
use crate::search::index::dictionary::Dictionary;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::Range;

/// The most bytes that a list can grow by when merged: its first distance, and the numbers before
/// it.
const MAX_GROWTH: usize = 15;

/// Words and, for each, the entries that have it, with a payload per occurrence.
#[derive(Debug, Default)]
pub(in crate::search) struct Postings {
    pub words: Dictionary,
    /// Where each list ends in `bytes`.
    ends: Offsets,
    /// All lists, concatenated, as [`super::codec`] describes. At most 4 GiB.
    bytes: Vec<u8>,
}

/// The postings of some consecutive entries.
#[derive(Debug, Clone)]
pub(in crate::search) struct PostingsSlice<'a> {
    pub of: &'a Postings,
    pub entries: Range<usize>,
}

impl PostingsSlice<'_> {
    /// Whether it has all entries of list `n`.
    fn has_all(&self, n: usize) -> bool {
        self.entries.start == 0 && self.entries.contains(&(self.of.list(n).last as usize))
    }

    /// Whether it has an entry of list `n`.
    fn has_any(&self, n: usize) -> bool {
        let mut found = self.has_all(n);
        if !found && self.of.list(n).last as usize >= self.entries.start {
            self.of.for_each(n, |entry, _| found |= self.entries.contains(&entry));
        }
        found
    }

    /// Appends its part of list `n` to another list. `base` becomes the number of its first entry.
    fn append_to(&self, out: &mut ListBuilder, n: usize, base: u32) {
        let list = self.of.list(n);
        if self.has_all(n) {
            out.append(list, base);
            return;
        }
        list.for_each(|entry, payload| {
            if self.entries.contains(&entry) {
                out.push((entry - self.entries.start) as u32 + base, payload as u32);
            }
        });
    }

    /// The number of the first word, from `from` on, that one of its entries has.
    fn next_word(&self, from: usize) -> Option<usize> {
        (from..self.of.words.len()).find(|&n| self.has_any(n))
    }
}

impl Postings {
    /// The number of entries that have word `n`.
    pub fn count(&self, n: usize) -> u32 {
        self.list(n).count
    }

    /// Calls `each` with every entry that has word `n`, ascending, and its payload.
    pub fn for_each(&self, n: usize, each: impl FnMut(usize, usize)) {
        self.list(n).for_each(each);
    }

    /// The bytes of memory that the words and their lists take.
    pub fn bytes(&self) -> usize {
        self.words.bytes() + Offsets::BYTES * self.ends.len() + self.bytes.len()
    }

    fn list(&self, n: usize) -> List<'_> {
        List::of(&self.bytes[self.ends.span(n)])
    }

    /// Whether one dictionary and its 32-bit offsets can hold all words and lists of the slices.
    pub fn can_merge(slices: &[PostingsSlice<'_>]) -> bool {
        let sum = |size: fn(&PostingsSlice<'_>) -> usize| slices.iter().map(size).sum::<usize>();
        let bytes = sum(|slice| slice.of.bytes.len() + MAX_GROWTH * slice.of.words.len());
        let sizes =
            [bytes, sum(|slice| slice.of.words.text_bytes()), sum(|slice| slice.entries.len())];
        sizes.into_iter().all(|size| u32::try_from(size).is_ok())
    }

    /// Merges slices of postings, whose entries are numbered one slice after the other. Requires
    /// [`Postings::can_merge`].
    pub fn merge(slices: &[PostingsSlice<'_>]) -> Self {
        let mut bases = Vec::with_capacity(slices.len());
        let mut base = 0;
        for slice in slices {
            bases.push(base as u32);
            base += slice.entries.len();
        }
        let mut out = Self::default();
        // At most; growing step by step would leave more unused memory behind.
        let sum = |size: fn(&Self) -> usize| slices.iter().map(|slice| size(slice.of)).sum();
        let (words, text) = (sum(|of| of.words.len()), sum(|of| of.words.text_bytes()));
        out.reserve(words, text, sum(|of| of.bytes.len()));
        let mut list = ListBuilder::default();
        // The next word of every slice, smallest first; equal words in the slices' order.
        let word = |p: usize, n: usize| SortedWord::new(slices[p].of.words.word(n));
        let first = |p: usize| slices[p].next_word(0).map(|n| Reverse((word(p, n), p, n)));
        let mut next: BinaryHeap<_> = (0..slices.len()).filter_map(first).collect();
        let mut current: Option<SortedWord<'_>> = None;
        while let Some(mut least) = next.peek_mut() {
            let Reverse((least_word, p, n)) = *least;
            if let Some(n) = slices[p].next_word(n + 1) {
                *least = Reverse((word(p, n), p, n));
            } else {
                PeekMut::pop(least);
            }
            if current != Some(least_word) {
                if current.is_some() {
                    out.push_list(&mut list);
                }
                current = Some(least_word);
                out.words.push_with_mask(least_word.text, slices[p].of.words.mask(n));
            }
            slices[p].append_to(&mut list, n, bases[p]);
        }
        if current.is_some() {
            out.push_list(&mut list);
        }
        out.shrink();
        out
    }

    /// Reserves memory for `words` words of `text` bytes, and `bytes` bytes of lists.
    pub(super) fn reserve(&mut self, words: usize, text: usize, bytes: usize) {
        self.words.reserve(words, text);
        self.ends.reserve(words);
        self.bytes.reserve(bytes);
    }

    /// Appends a word, which must sort after all others, with its list.
    pub(super) fn push(&mut self, word: &str, list: &mut ListBuilder) {
        self.words.push(word);
        self.push_list(list);
    }

    fn push_list(&mut self, list: &mut ListBuilder) {
        list.write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    /// Releases reserved memory that is not in use.
    pub(super) fn shrink(&mut self) {
        self.words.shrink();
        self.ends.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::PostingsBuilder;
    use super::*;
    use crate::text::words;
    use proptest::prelude::*;

    fn build(builder: &mut PostingsBuilder, texts: &[Vec<String>]) -> Postings {
        let mut found = builder.collect(|old, new| old + new);
        for (entry, text) in texts.iter().enumerate() {
            for word in text {
                words(word, |word| found.add(&word, entry as u32, 1));
            }
        }
        found.finish()
    }

    fn listing(postings: &Postings) -> Vec<(String, Vec<(usize, usize)>)> {
        (0..postings.words.len())
            .map(|n| {
                let mut list = Vec::new();
                postings.for_each(n, |entry, payload| list.push((entry, payload)));
                assert_eq!(list.len(), postings.count(n) as usize);
                (postings.words.word(n).to_owned(), list)
            })
            .collect()
    }

    #[test]
    fn slices_beyond_the_range_of_32_bits_are_not_merged() {
        let of = Postings::default();
        let slice = |size| PostingsSlice { of: &of, entries: 0..size };
        assert!(Postings::can_merge(&[slice(3 << 30), slice(1 << 29)]));
        assert!(!Postings::can_merge(&[slice(3 << 30), slice(3 << 30)]));
    }

    proptest! {
        #[test]
        fn merged_slices_equal_what_they_were_cut_from(
            texts in proptest::collection::vec(proptest::collection::vec("[a-d]{1,2}|[ab]{7,9}|[ab]{15,17}", 0..4), 0..600),
            cut in 0.0..1.0_f64,
            second in 0.0..1.0_f64,
        ) {
            let a = (texts.len() as f64 * cut.min(second)) as usize;
            let b = (texts.len() as f64 * cut.max(second)) as usize;
            // One builder for all: each use resets it.
            let builder = &mut PostingsBuilder::default();
            let parts = [&texts[..a], &texts[a..b], &texts[b..]].map(|part| build(builder, part));
            let sizes = [a, b - a, texts.len() - b];
            let slice = |(of, size)| PostingsSlice { of, entries: 0..size };
            let slices: Vec<_> = parts.iter().zip(sizes).map(slice).collect();
            let whole = build(&mut PostingsBuilder::default(), &texts);
            prop_assert_eq!(listing(&Postings::merge(&slices)), listing(&whole));
            // What remains when the second part is removed from the whole.
            let ends = [0..a, b..texts.len()].map(|entries| PostingsSlice { of: &whole, entries });
            let rest: Vec<_> = texts[..a].iter().chain(&texts[b..]).cloned().collect();
            let rest = build(&mut PostingsBuilder::default(), &rest);
            prop_assert_eq!(listing(&Postings::merge(&ends)), listing(&rest));
        }
    }
}
