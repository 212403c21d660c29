//! Inverted index: for each word, the entries that have it.
//!
//! A list is a run of LEB128 numbers, each the distance to the next entry shifted left by
//! [`NOTE_BITS`], with a note on the occurrence in the low bits. Lists are only ever read from
//! their start, so that joining two indexes rewrites one number a list and copies the rest.

mod builder;
mod key;

use super::dictionary::Dictionary;
pub(super) use builder::PostingsBuilder;
use key::Key;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// How many bits of a posting tell of the occurrence.
const NOTE_BITS: u32 = 3;
/// How many different notes there are.
pub(super) const NOTES: usize = 1 << NOTE_BITS;

/// Words and, for each, where it occurs.
#[derive(Debug, Default)]
pub(super) struct Postings {
    pub words: Dictionary,
    lists: Vec<List>,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct List {
    /// Of its first byte; it ends where the next begins.
    start: u32,
    /// How many entries it has.
    count: u32,
    /// Its last entry.
    last: u32,
}

impl Postings {
    /// How many entries have the `n`-th word.
    pub fn count(&self, n: usize) -> u32 {
        self.lists[n].count
    }

    /// Calls `each` with every entry that has the `n`-th word, ascending, and its note.
    pub fn for_each(&self, n: usize, mut each: impl FnMut(usize, usize)) {
        let mut entry = 0;
        let mut bytes = self.list(n).iter();
        while let Some(&byte) = bytes.next() {
            let mut value = u64::from(byte & 0x7f);
            if byte >= 0x80 {
                let mut shift = 7;
                for &byte in bytes.by_ref() {
                    value |= u64::from(byte & 0x7f) << shift;
                    shift += 7;
                    if byte < 0x80 {
                        break;
                    }
                }
            }
            entry += (value >> NOTE_BITS) as usize;
            each(entry, value as usize & (NOTES - 1));
        }
    }

    fn list(&self, n: usize) -> &[u8] {
        let end = self.lists.get(n + 1).map_or(self.bytes.len(), |next| next.start as usize);
        &self.bytes[self.lists[n].start as usize..end]
    }

    /// Joins indexes of consecutive runs of entries; `parts` are given with their entry counts.
    pub fn join(parts: &[(&Postings, usize)]) -> Postings {
        let mut bases = Vec::with_capacity(parts.len());
        let mut base = 0;
        for (_, entries) in parts {
            bases.push(base as u32);
            base += entries;
        }
        let mut out = Postings::default();
        out.bytes.reserve(parts.iter().map(|(part, _)| part.bytes.len()).sum());
        // The next word of every part, the least first; equal words in the parts' order.
        let at =
            |p: usize, n: usize| (n < parts[p].0.words.len()).then(|| parts[p].0.words.word(n));
        let first = |p| at(p, 0).map(|word| Reverse((Key::new(word), p, 0)));
        let mut next: BinaryHeap<_> = (0..parts.len()).filter_map(first).collect();
        let mut current: Option<Key<'_>> = None;
        while let Some(mut least) = next.peek_mut() {
            let Reverse((word, p, n)) = *least;
            if let Some(word) = at(p, n + 1) {
                *least = Reverse((Key::new(word), p, n + 1));
            } else {
                PeekMut::pop(least);
            }
            if current != Some(word) {
                current = Some(word);
                out.words.push_known(word.text, parts[p].0.words.mask(n));
                out.lists.push(List { start: out.bytes.len() as u32, count: 0, last: 0 });
            }
            out.append(parts[p].0, n, bases[p]);
        }
        out.shrink();
        out
    }

    /// Appends a list of another index to the last list of this one.
    fn append(&mut self, part: &Postings, n: usize, base: u32) {
        let Some(list) = self.lists.last_mut() else { return };
        let bytes = part.list(n);
        let head = bytes.iter().take_while(|&&byte| byte >= 0x80).count() + 1;
        let first = bytes[..head]
            .iter()
            .enumerate()
            .fold(0_u64, |value, (i, byte)| value | u64::from(byte & 0x7f) << (7 * i));
        let entry = (first >> NOTE_BITS) as u32 + base;
        let note = first & (NOTES as u64 - 1);
        put(&mut self.bytes, u64::from(entry - list.last) << NOTE_BITS | note);
        self.bytes.extend_from_slice(&bytes[head..]);
        list.count += part.lists[n].count;
        list.last = part.lists[n].last + base;
    }

    fn reserve(&mut self, words: usize, text: usize, bytes: usize) {
        self.words.reserve(words, text);
        self.lists.reserve(words);
        self.bytes.reserve(bytes);
    }

    fn shrink(&mut self) {
        self.words.shrink();
        self.lists.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }
}

fn put(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
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
                postings.for_each(n, |entry, note| list.push((entry, note)));
                assert_eq!(list.len(), postings.count(n) as usize);
                (postings.words.word(n).to_owned(), list)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn joined_parts_equal_the_whole(
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
            prop_assert_eq!(listing(&Postings::join(&with_sizes)), listing(&whole));
        }
    }
}
