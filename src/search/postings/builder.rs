//! Collecting words and where they occur, a text at a time.

use super::key::{Start, is_whole, order, start};
use super::{List, NOTE_BITS, NOTES, Postings, put};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Collects the occurrences of words, entry by entry. It may be used again after
/// [`PostingsBuilder::finish`], which keeps its memory.
#[derive(Default)]
pub(in super::super) struct PostingsBuilder {
    /// Numbers of words, found by the words' hashes.
    numbers: HashTable<u32>,
    words: Vec<Word>,
    /// The texts of all words, one after the other.
    text: String,
    /// Where each word's text ends.
    ends: Vec<u32>,
    /// Word, and entry with note.
    found: Vec<(u32, u32)>,
    /// Room for sorting: fresh memory for each part would have to be fetched from the system.
    sorted: Vec<(Start, u32)>,
    by_word: Vec<u32>,
    /// The newest entry, and where its occurrences begin in `found`.
    entry: u32,
    since: u32,
}

/// All that is needed to note an occurrence lies side by side and is small, for there are
/// millions of occurrences, and the words of a part should stay in the processor's cache.
struct Word {
    /// Where it [`is_whole`], nothing else of a word is looked at.
    start: Start,
    /// The place of its newest occurrence in `found`.
    newest: u32,
    count: u32,
}

fn hash(word: &str, start: Start) -> u64 {
    let hash = match start {
        [first, 0] => FxBuildHasher.hash_one(first),
        _ if is_whole(start) => FxBuildHasher.hash_one((start[0], start[1])),
        _ => FxBuildHasher.hash_one(word),
    };
    // The table takes a place from the low bits and a mark from the highest.
    hash ^ hash >> 32
}

fn text_of<'a>(n: u32, text: &'a str, ends: &[u32]) -> &'a str {
    let from = if n == 0 { 0 } else { ends[n as usize - 1] };
    &text[from as usize..ends[n as usize] as usize]
}

impl PostingsBuilder {
    /// Notes that `entry` has `word`. Entries come in ascending order. Where the entry already
    /// has it, `again` makes one note of the old and the new one.
    pub fn add(&mut self, word: &str, entry: u32, note: u32, again: impl Fn(u32, u32) -> u32) {
        if entry != self.entry {
            self.entry = entry;
            self.since = self.found.len() as u32;
        }
        let number = self.number(word);
        let known = &mut self.words[number as usize];
        if known.count > 0 && known.newest >= self.since {
            let notes = NOTES as u32 - 1;
            let (_, old) = &mut self.found[known.newest as usize];
            *old = *old & !notes | again(*old & notes, note) & notes;
            return;
        }
        known.newest = self.found.len() as u32;
        known.count += 1;
        self.found.push((number, entry << NOTE_BITS | note));
    }

    fn number(&mut self, word: &str) -> u32 {
        let start = start(word);
        let whole = is_whole(start);
        let Self { numbers, words, text, ends, .. } = self;
        let is_it = |&n: &u32| {
            words[n as usize].start == start && (whole || text_of(n, text, ends) == word)
        };
        let hash_of_word = hash(word, start);
        if let Some(&number) = numbers.find(hash_of_word, is_it) {
            return number;
        }
        let number = words.len() as u32;
        numbers.insert_unique(hash_of_word, number, |&n| {
            hash(text_of(n, text, ends), words[n as usize].start)
        });
        text.push_str(word);
        ends.push(text.len() as u32);
        words.push(Word { start, newest: 0, count: 0 });
        number
    }

    /// Sorts everything by word, and begins anew.
    pub fn finish(&mut self) -> Postings {
        let Self { words, text, ends, found, sorted, by_word, .. } = &mut *self;
        sorted.clear();
        sorted.extend(words.iter().map(|w| w.start).zip(0..));
        sorted.sort_unstable_by(|&(a, m), &(b, n)| {
            order(a, b, || (text_of(m, text, ends), text_of(n, text, ends)))
        });
        let mut places = Vec::with_capacity(words.len());
        let mut sum = 0;
        for word in &*words {
            places.push(sum);
            sum += word.count;
        }
        // Counting sort of the occurrences by word; they stay in the entries' order.
        by_word.resize(found.len(), 0);
        for (number, occurrence) in &*found {
            let place = &mut places[*number as usize];
            by_word[*place as usize] = *occurrence;
            *place += 1;
        }
        let mut out = Postings::default();
        out.reserve(words.len(), text.len(), found.len() * 3 / 2);
        for &(_, number) in &*sorted {
            let word = &words[number as usize];
            let end = places[number as usize] as usize;
            let start = out.bytes.len() as u32;
            let mut last = 0;
            for &occurrence in &by_word[end - word.count as usize..end] {
                let (entry, note) = (occurrence >> NOTE_BITS, occurrence & (NOTES as u32 - 1));
                put(&mut out.bytes, u64::from(entry - last) << NOTE_BITS | u64::from(note));
                last = entry;
            }
            out.words.push(text_of(number, text, ends));
            out.lists.push(List { start, count: word.count, last });
        }
        out.shrink();
        self.clear();
        out
    }

    fn clear(&mut self) {
        let Self { numbers, words, text, ends, found, entry, since, .. } = self;
        numbers.clear();
        words.clear();
        text.clear();
        ends.clear();
        found.clear();
        (*entry, *since) = (0, 0);
    }
}
