//! Posting lists of a run of entries.

use super::codec;
use super::sorted_word::SortedWord;
use crate::search::index::dictionary::Dictionary;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

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

    /// Merges the postings of consecutive runs of entries, given with their entry counts. `None`
    /// if the result would exceed the range of its 32-bit offsets.
    pub fn merge(parts: &[(&Self, usize)]) -> Option<Self> {
        // A rewritten distance may take some bytes more than the one it replaces.
        let bytes: usize =
            parts.iter().map(|(part, _)| part.bytes.len() + 5 * part.lists.len()).sum();
        let text: usize = parts.iter().map(|(part, _)| part.words.text_bytes()).sum();
        let entries: usize = parts.iter().map(|(_, entries)| entries).sum();
        if [bytes, text, entries].into_iter().any(|size| u32::try_from(size).is_err()) {
            return None;
        }
        let mut bases = Vec::with_capacity(parts.len());
        let mut base = 0;
        for (_, entries) in parts {
            bases.push(base as u32);
            base += entries;
        }
        let mut out = Self::default();
        out.bytes.reserve(parts.iter().map(|(part, _)| part.bytes.len()).sum());
        // The next word of every part, the least first; equal words in the parts' order.
        let at =
            |p: usize, n: usize| (n < parts[p].0.words.len()).then(|| parts[p].0.words.word(n));
        let first = |p| at(p, 0).map(|word| Reverse((SortedWord::new(word), p, 0)));
        let mut next: BinaryHeap<_> = (0..parts.len()).filter_map(first).collect();
        let mut current: Option<SortedWord<'_>> = None;
        while let Some(mut least) = next.peek_mut() {
            let Reverse((word, p, n)) = *least;
            if let Some(word) = at(p, n + 1) {
                *least = Reverse((SortedWord::new(word), p, n + 1));
            } else {
                PeekMut::pop(least);
            }
            if current != Some(word) {
                current = Some(word);
                out.words.push_with_mask(word.text, parts[p].0.words.mask(n));
                out.lists.push(List { start: out.bytes.len() as u32, count: 0, last: 0 });
            }
            out.append(parts[p].0, n, bases[p]);
        }
        out.shrink();
        Some(out)
    }

    /// Appends list `n` of `part`, whose entries begin at `base`, to the last list.
    fn append(&mut self, part: &Self, n: usize, base: u32) {
        let Some(list) = self.lists.last_mut() else { return };
        let (first, payload, rest) = codec::take(part.list(n));
        codec::push(&mut self.bytes, first + base - list.last, payload);
        self.bytes.extend_from_slice(rest);
        list.count += part.lists[n].count;
        list.last = part.lists[n].last + base;
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
        fn merged_parts_equal_the_whole(
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
            let with_sizes: Vec<_> = parts.iter().zip(sizes).collect();
            let whole = build(&mut PostingsBuilder::default(), &texts);
            prop_assert_eq!(listing(&Postings::merge(&with_sizes).expect("small lists")), listing(&whole));
        }
    }
}
