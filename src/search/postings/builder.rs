//! Collecting words and where they occur, a text at a time.

use super::{List, NOTE_BITS, NOTES, Postings, put};
use crate::text::{PrefixKey, Word};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// The memory for collecting the occurrences of words, which may be used again and again.
#[derive(Default)]
pub(in super::super) struct PostingsBuilder {
    /// Numbers of words, found by the words' hashes.
    numbers: HashTable<u32>,
    words: Vec<Known>,
    /// The texts of those words that their starts do not tell, one after the other.
    text: String,
    /// Where each word's text ends.
    ends: Vec<u32>,
    /// Word, and entry with note.
    found: Vec<(u32, u32)>,
    /// Room for sorting: fresh memory for each part would have to be fetched from the system.
    sorted: Vec<Sorted>,
    places: Vec<u32>,
    by_word: Vec<u32>,
    /// The newest entry, and where its occurrences begin in `found`.
    entry: u32,
    since: u32,
}

/// All that is needed to note an occurrence lies side by side and is small, for there are
/// millions of occurrences, and the words of a part should stay in the processor's cache.
struct Known {
    /// Where it is whole, nothing else of a word is looked at.
    start: PrefixKey,
    /// The place of its newest occurrence in `found`.
    newest: u32,
    count: u32,
}

struct Sorted {
    start: PrefixKey,
    number: u32,
    count: u32,
}

fn hash(start: PrefixKey) -> u64 {
    let hash = FxBuildHasher.hash_one(start);
    // The table takes a place from the low bits and a mark from the highest.
    hash ^ hash >> 32
}

fn text_of<'a>(n: u32, text: &'a str, ends: &[u32]) -> &'a str {
    let from = if n == 0 { 0 } else { ends[n as usize - 1] };
    &text[from as usize..ends[n as usize] as usize]
}

impl PostingsBuilder {
    /// Begins anew. Where an entry already has a word, `again` makes one note of the old and the
    /// new one.
    pub fn collect<F: Fn(u32, u32) -> u32>(&mut self, again: F) -> Collector<'_, F> {
        let Self { numbers, words, text, ends, found, entry, since, .. } = &mut *self;
        numbers.clear();
        words.clear();
        text.clear();
        ends.clear();
        found.clear();
        (*entry, *since) = (0, 0);
        Collector { memory: self, again }
    }

    fn number(&mut self, word: &str, start: PrefixKey) -> u32 {
        let whole = start.is_whole();
        let Self { numbers, words, text, ends, .. } = self;
        let is_it = |&n: &u32| {
            words[n as usize].start == start && (whole || text_of(n, text, ends) == word)
        };
        let place = numbers.entry(hash(start), is_it, |&n| hash(words[n as usize].start));
        let number = words.len() as u32;
        match place {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(free) => free.insert(number),
        };
        if !whole {
            text.push_str(word);
        }
        ends.push(text.len() as u32);
        words.push(Known { start, newest: 0, count: 0 });
        number
    }
}

/// Takes in the occurrences of words.
pub(in super::super) struct Collector<'m, F> {
    memory: &'m mut PostingsBuilder,
    again: F,
}

impl<F: Fn(u32, u32) -> u32> Collector<'_, F> {
    /// Notes that `entry` has `word`. Entries come in ascending order.
    pub fn add(&mut self, word: &Word<'_>, entry: u32, note: u32) {
        let number = self.memory.number(word.folded, word.start);
        let PostingsBuilder { words, found, entry: newest, since, .. } = &mut *self.memory;
        if entry != *newest {
            *newest = entry;
            *since = found.len() as u32;
        }
        let known = &mut words[number as usize];
        if known.count > 0 && known.newest >= *since {
            let notes = NOTES as u32 - 1;
            let (_, old) = &mut found[known.newest as usize];
            *old = *old & !notes | (self.again)(*old & notes, note) & notes;
            return;
        }
        known.newest = found.len() as u32;
        known.count += 1;
        found.push((number, entry << NOTE_BITS | note));
    }

    /// Sorts everything by word.
    pub fn finish(self) -> Postings {
        let PostingsBuilder { words, text, ends, found, sorted, places, by_word, .. } = self.memory;
        sorted.clear();
        sorted.extend(words.iter().zip(0..).map(|(&Known { start, count, .. }, number)| Sorted {
            start,
            number,
            count,
        }));
        // Starts first, without a branch; few words are longer, and fewer begin alike.
        sorted.sort_unstable_by_key(|word| word.start.wide());
        for alike in sorted.chunk_by_mut(|a, b| a.start == b.start) {
            alike.sort_unstable_by_key(|word| text_of(word.number, text, ends));
        }
        places.resize(words.len(), 0);
        let mut sum = 0;
        for word in &*sorted {
            places[word.number as usize] = sum;
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
        out.reserve(words.len(), 8 * words.len(), found.len() * 3 / 2);
        let mut rest = by_word.as_slice();
        for word in &*sorted {
            let (own, others) = rest.split_at(word.count as usize);
            rest = others;
            let start = out.bytes.len() as u32;
            let mut last = 0;
            for &occurrence in own {
                let (entry, note) = (occurrence >> NOTE_BITS, occurrence & (NOTES as u32 - 1));
                put(&mut out.bytes, u64::from(entry - last) << NOTE_BITS | u64::from(note));
                last = entry;
            }
            let mut room = [0; 16];
            let whole = word.start.word(&mut room);
            out.words.push(whole.unwrap_or_else(|| text_of(word.number, text, ends)));
            out.lists.push(List { start, count: word.count, last });
        }
        out.shrink();
        out
    }
}
