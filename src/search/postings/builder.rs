//! Collecting words and where they occur, a text at a time.

use super::key::{order, start};
use super::{List, NOTE_BITS, NOTES, Postings, put};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Collects the occurrences of words, entry by entry.
#[derive(Default)]
pub(in super::super) struct PostingsBuilder {
    /// Numbers of words, found by the words' hashes.
    numbers: HashTable<u32>,
    words: Vec<Word>,
    /// The texts of all words, one after the other.
    text: String,
    /// Word, and entry with note.
    found: Vec<(u32, u32)>,
}

/// All that is needed to note an occurrence lies side by side, for there are millions.
struct Word {
    /// As [`start`] gives it: for a word of up to eight bytes nothing else is looked at.
    start: u64,
    hash: u32,
    /// The place of its text.
    from: u32,
    length: u32,
    count: u32,
    /// The place of its newest occurrence in `found`, and the entry of that.
    newest: u32,
    entry: u32,
}

impl Word {
    fn text<'a>(&self, all: &'a str) -> &'a str {
        &all[self.from as usize..(self.from + self.length) as usize]
    }
}

/// The table takes a place from the low bits of a hash and a mark from the highest.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

impl PostingsBuilder {
    /// Notes that `entry` has `word`. Entries come in ascending order. Where the entry already
    /// has it, `again` makes one note of the old and the new one.
    pub fn add(&mut self, word: &str, entry: u32, note: u32, again: impl Fn(u32, u32) -> u32) {
        let number = self.number(word);
        let known = &mut self.words[number as usize];
        if known.count > 0 && known.entry == entry {
            let notes = NOTES as u32 - 1;
            let (_, old) = &mut self.found[known.newest as usize];
            *old = *old & !notes | again(*old & notes, note) & notes;
            return;
        }
        known.newest = self.found.len() as u32;
        known.entry = entry;
        known.count += 1;
        self.found.push((number, entry << NOTE_BITS | note));
    }

    fn number(&mut self, word: &str) -> u32 {
        let start = start(word);
        let long = word.len() > size_of::<u64>();
        let hash = if long { FxBuildHasher.hash_one(word) } else { FxBuildHasher.hash_one(start) };
        let hash = (hash >> 32) as u32 ^ hash as u32;
        let Self { numbers, words, text, .. } = self;
        let is_it = |&number: &u32| {
            let known = &words[number as usize];
            let alike = known.start == start && known.length as usize == word.len();
            alike && (!long || known.text(text) == word)
        };
        if let Some(&number) = numbers.find(spread(hash), is_it) {
            return number;
        }
        let number = words.len() as u32;
        let (from, length) = (text.len() as u32, word.len() as u32);
        numbers.insert_unique(spread(hash), number, |&n| spread(words[n as usize].hash));
        text.push_str(word);
        words.push(Word { start, hash, from, length, count: 0, newest: 0, entry: 0 });
        number
    }

    /// Sorts everything by word.
    pub fn finish(self) -> Postings {
        let Self { words, text, found, numbers } = self;
        drop(numbers);
        let mut sorted: Vec<(u64, u32)> = words.iter().map(|w| w.start).zip(0..).collect();
        sorted.sort_unstable_by(|&(a, m), &(b, n)| {
            order(a, b, || (words[m as usize].text(&text), words[n as usize].text(&text)))
        });
        let mut ends = Vec::with_capacity(words.len());
        let mut sum = 0;
        for word in &words {
            ends.push(sum);
            sum += word.count;
        }
        // Counting sort of the occurrences by word; they stay in the entries' order.
        let mut by_word = vec![0; found.len()];
        for (number, occurrence) in &found {
            let end = &mut ends[*number as usize];
            by_word[*end as usize] = *occurrence;
            *end += 1;
        }
        let mut out = Postings::default();
        out.bytes.reserve(found.len() * 3 / 2);
        drop(found);
        for (_, number) in sorted {
            let word = &words[number as usize];
            let end = ends[number as usize] as usize;
            let start = out.bytes.len() as u32;
            let mut last = 0;
            for &occurrence in &by_word[end - word.count as usize..end] {
                let (entry, note) = (occurrence >> NOTE_BITS, occurrence & (NOTES as u32 - 1));
                put(&mut out.bytes, u64::from(entry - last) << NOTE_BITS | u64::from(note));
                last = entry;
            }
            out.words.push(word.text(&text));
            out.lists.push(List { start, count: word.count, last });
        }
        out.shrink();
        out
    }
}
