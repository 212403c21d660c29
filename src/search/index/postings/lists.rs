//! Posting lists of a run of entries.

use super::codec;
use super::sorted_word::SortedWord;
use crate::search::index::dictionary::Dictionary;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::Range;

/// Words and, for each, the entries that have it, with a payload per occurrence.
#[derive(Debug, Default)]
pub(in crate::search) struct Postings {
    pub words: Dictionary,
    lists: Vec<List>,
    /// All lists, one after the other, as [`codec`] describes. At most 4 GiB.
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct List {
    /// The offset of its first byte; it ends where the next list begins.
    start: u32,
    /// The number of its entries.
    count: u32,
    /// Its last entry.
    last: u32,
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
        self.entries.start == 0 && self.entries.contains(&(self.of.lists[n].last as usize))
    }

    /// Whether it has an entry of list `n`.
    fn has_any(&self, n: usize) -> bool {
        let mut found = self.has_all(n);
        if !found && self.of.lists[n].last as usize >= self.entries.start {
            self.of.for_each(n, |entry, _| found |= self.entries.contains(&entry));
        }
        found
    }

    /// The first word, from number `from`, that one of its entries has.
    fn next_word(&self, from: usize) -> Option<usize> {
        (from..self.of.words.len()).find(|&n| self.has_any(n))
    }
}

impl Postings {
    /// How many entries have word `n`.
    pub fn count(&self, n: usize) -> u32 {
        self.lists[n].count
    }

    /// Calls `each` with every entry that has word `n`, ascending, and its payload.
    pub fn for_each(&self, n: usize, each: impl FnMut(usize, usize)) {
        codec::for_each(self.list(n), each);
    }

    fn list(&self, n: usize) -> &[u8] {
        let end = self.lists.get(n + 1).map_or(self.bytes.len(), |next| next.start as usize);
        &self.bytes[self.lists[n].start as usize..end]
    }

    /// Merges slices of postings: the entries of the first come first, then those of the second.
    /// `None` if the result would exceed the range of its 32-bit offsets.
    pub fn merge(slices: &[PostingsSlice<'_>]) -> Option<Self> {
        // A rewritten distance may take some bytes more than the one it replaces.
        let bytes: usize =
            slices.iter().map(|slice| slice.of.bytes.len() + 5 * slice.of.lists.len()).sum();
        let text: usize = slices.iter().map(|slice| slice.of.words.text_bytes()).sum();
        let entries: usize = slices.iter().map(|slice| slice.entries.len()).sum();
        if [bytes, text, entries].into_iter().any(|size| u32::try_from(size).is_err()) {
            return None;
        }
        let mut bases = Vec::with_capacity(slices.len());
        let mut base = 0;
        for slice in slices {
            bases.push(base as u32);
            base += slice.entries.len();
        }
        let mut out = Self::default();
        out.bytes.reserve(slices.iter().map(|slice| slice.of.bytes.len()).sum());
        // The next word of every slice, the least first; equal words in the slices' order.
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
                current = Some(least_word);
                out.words.push_with_mask(least_word.text, slices[p].of.words.mask(n));
                out.lists.push(List { start: out.bytes.len() as u32, count: 0, last: 0 });
            }
            out.append(&slices[p], n, bases[p]);
        }
        out.shrink();
        Some(out)
    }

    /// Appends what a slice has of list `n` to the last list. `base` becomes the number of the
    /// slice's first entry.
    fn append(&mut self, slice: &PostingsSlice<'_>, n: usize, base: u32) {
        let Some(list) = self.lists.last_mut() else { return };
        if slice.has_all(n) {
            let (first, payload, rest) = codec::take(slice.of.list(n));
            codec::push(&mut self.bytes, first + base - list.last, payload);
            self.bytes.extend_from_slice(rest);
            list.count += slice.of.lists[n].count;
            list.last = slice.of.lists[n].last + base;
            return;
        }
        slice.of.for_each(n, |entry, payload| {
            if slice.entries.contains(&entry) {
                let entry = (entry - slice.entries.start) as u32 + base;
                codec::push(&mut self.bytes, entry - list.last, payload as u32);
                list.count += 1;
                list.last = entry;
            }
        });
    }

    /// Reserves memory for `words` words of `text` bytes, and `bytes` bytes of lists.
    pub(super) fn reserve(&mut self, words: usize, text: usize, bytes: usize) {
        self.words.reserve(words, text);
        self.lists.reserve(words);
        self.bytes.reserve(bytes);
    }

    /// Adds a word that sorts after all others, with its ascending entries and their payloads.
    pub(super) fn push(&mut self, word: &str, postings: impl Iterator<Item = (u32, u32)>) {
        let start = self.bytes.len() as u32;
        let (mut count, mut last) = (0, 0);
        for (entry, payload) in postings {
            codec::push(&mut self.bytes, entry - last, payload);
            last = entry;
            count += 1;
        }
        self.words.push(word);
        self.lists.push(List { start, count, last });
    }

    /// Releases reserved memory that is not in use.
    pub(super) fn shrink(&mut self) {
        self.words.shrink();
        self.lists.shrink_to_fit();
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

    proptest! {
        #[test]
        fn merged_slices_equal_what_they_were_cut_from(
            texts in proptest::collection::vec(proptest::collection::vec("[a-d]{1,2}|[ab]{7,9}|[ab]{15,17}", 0..4), 0..600),
            cut in 0.0..1.0_f64,
            second in 0.0..1.0_f64,
        ) {
            let a = (texts.len() as f64 * cut.min(second)) as usize;
            let b = (texts.len() as f64 * cut.max(second)) as usize;
            // One builder for all: it begins anew each time.
            let builder = &mut PostingsBuilder::default();
            let parts = [&texts[..a], &texts[a..b], &texts[b..]].map(|part| build(builder, part));
            let sizes = [a, b - a, texts.len() - b];
            let slice = |(of, size)| PostingsSlice { of, entries: 0..size };
            let slices: Vec<_> = parts.iter().zip(sizes).map(slice).collect();
            let whole = build(&mut PostingsBuilder::default(), &texts);
            prop_assert_eq!(listing(&Postings::merge(&slices).expect("small lists")), listing(&whole));
            // What is left when the second part is taken out of the whole.
            let ends = [0..a, b..texts.len()].map(|entries| PostingsSlice { of: &whole, entries });
            let rest: Vec<_> = texts[..a].iter().chain(&texts[b..]).cloned().collect();
            let rest = build(&mut PostingsBuilder::default(), &rest);
            prop_assert_eq!(listing(&Postings::merge(&ends).expect("small lists")), listing(&rest));
        }
    }
}
