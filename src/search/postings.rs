//! Inverted index: for each word, the entries that have it.
//!
//! A list is a run of LEB128 numbers, each the distance to the next entry shifted left by
//! [`NOTE_BITS`], with a note on the occurrence in the low bits. Lists are only ever read from
//! their start, so that joining two indexes rewrites one number a list and copies the rest.

use super::dictionary::Dictionary;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
        let mut next: BinaryHeap<Reverse<(&str, usize, usize)>> = parts
            .iter()
            .enumerate()
            .filter(|(_, (part, _))| part.words.len() > 0)
            .map(|(p, (part, _))| Reverse((part.words.word(0), p, 0)))
            .collect();
        let mut current: Option<&str> = None;
        while let Some(Reverse((word, p, n))) = next.pop() {
            let part = parts[p].0;
            if n + 1 < part.words.len() {
                next.push(Reverse((part.words.word(n + 1), p, n + 1)));
            }
            if current != Some(word) {
                current = Some(word);
                out.words.push(word);
                out.lists.push(List { start: out.bytes.len() as u32, count: 0, last: 0 });
            }
            out.append(part, n, bases[p]);
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

/// Collects the occurrences of words, entry by entry.
#[derive(Default)]
pub(super) struct PostingsBuilder {
    numbers: FxHashMap<Box<str>, u32>,
    /// For each word, the place of its newest occurrence in `found`.
    newest: Vec<u32>,
    counts: Vec<u32>,
    /// Word, and entry with note.
    found: Vec<(u32, u32)>,
}

impl PostingsBuilder {
    /// Notes that `entry` has `word`. Entries come in ascending order. Where the entry already
    /// has it, `again` makes one note of the old and the new one.
    pub fn add(&mut self, word: &str, entry: u32, note: u32, again: impl Fn(u32, u32) -> u32) {
        let number = if let Some(&number) = self.numbers.get(word) {
            number
        } else {
            let number = self.newest.len() as u32;
            self.numbers.insert(word.into(), number);
            self.newest.push(u32::MAX);
            self.counts.push(0);
            number
        };
        let newest = &mut self.newest[number as usize];
        if let Some((_, old)) = self.found.get_mut(*newest as usize)
            && *old >> NOTE_BITS == entry
        {
            let notes = NOTES as u32 - 1;
            *old = *old & !notes | again(*old & notes, note) & notes;
            return;
        }
        *newest = self.found.len() as u32;
        self.counts[number as usize] += 1;
        self.found.push((number, entry << NOTE_BITS | note));
    }

    /// Sorts everything by word.
    pub fn finish(self) -> Postings {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        // Counting sort of the occurrences by word; they stay in the entries' order.
        let mut ends = Vec::with_capacity(self.counts.len());
        let mut sum = 0;
        for count in &self.counts {
            ends.push(sum);
            sum += count;
        }
        let mut sorted = vec![0; self.found.len()];
        for (number, occurrence) in &self.found {
            let end = &mut ends[*number as usize];
            sorted[*end as usize] = *occurrence;
            *end += 1;
        }
        let mut out = Postings::default();
        out.bytes.reserve(self.found.len() * 3 / 2);
        for (word, number) in &words {
            let count = self.counts[*number as usize];
            let end = ends[*number as usize] as usize;
            let start = out.bytes.len() as u32;
            let mut last = 0;
            for &occurrence in &sorted[end - count as usize..end] {
                let (entry, note) = (occurrence >> NOTE_BITS, occurrence & (NOTES as u32 - 1));
                put(&mut out.bytes, u64::from(entry - last) << NOTE_BITS | u64::from(note));
                last = entry;
            }
            out.words.push(word);
            out.lists.push(List { start, count, last });
        }
        out.shrink();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn build(texts: &[Vec<String>]) -> Postings {
        let mut builder = PostingsBuilder::default();
        for (entry, words) in texts.iter().enumerate() {
            for word in words {
                builder.add(word, entry as u32, 1, |old, new| old + new);
            }
        }
        builder.finish()
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
            texts in proptest::collection::vec(proptest::collection::vec("[a-d]{1,2}", 0..4), 0..600),
            cut in 0.0..1.0_f64,
            second in 0.0..1.0_f64,
        ) {
            let a = (texts.len() as f64 * cut.min(second)) as usize;
            let b = (texts.len() as f64 * cut.max(second)) as usize;
            let parts = [build(&texts[..a]), build(&texts[a..b]), build(&texts[b..])];
            let sizes = [a, b - a, texts.len() - b];
            let with_sizes: Vec<_> = parts.iter().zip(sizes).collect();
            prop_assert_eq!(listing(&Postings::join(&with_sizes)), listing(&build(&texts)));
        }
    }
}
