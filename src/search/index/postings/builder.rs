//! Collects the words of texts and their occurrences.

use super::codec::{ListBuilder, PAYLOAD_BITS, PAYLOADS};
use super::lists::Postings;
use crate::text::{PrefixKey, Word};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Collects the occurrences of words in reusable memory.
#[derive(Default)]
pub(in crate::search) struct PostingsBuilder {
    /// Numbers of words by hash.
    numbers: HashTable<u32>,
    words: Vec<CollectedWord>,
    /// The concatenated texts of the words longer than their prefix keys.
    text: String,
    /// The end offset of each word's text.
    ends: Vec<u32>,
    /// Word number; entry and payload.
    occurrences: Vec<(u32, u32)>,
    /// Scratch memory for sorting: fresh memory for each part costs page faults.
    sorted: Vec<WordToSort>,
    offsets: Vec<u32>,
    by_word: Vec<u32>,
    /// The newest entry, and the offset of its first occurrence in `occurrences`.
    entry: u32,
    entry_start: u32,
}

/// A collected word. It is small and has everything that adding an occurrence reads: there are
/// millions of occurrences, and the words of a part should fit in the processor's cache.
struct CollectedWord {
    /// The beginning of the word, or all of a short one.
    prefix: PrefixKey,
    /// The offset of its latest occurrence in `occurrences`.
    newest: u32,
    count: u32,
}

struct WordToSort {
    prefix: PrefixKey,
    number: u32,
    count: u32,
}

fn hash(prefix: PrefixKey) -> u64 {
    let hash = FxBuildHasher.hash_one(prefix);
    // The table takes the bucket from the low bits and a tag from the highest.
    hash ^ hash >> 32
}

fn text_of<'a>(n: u32, text: &'a str, ends: &[u32]) -> &'a str {
    let from = if n == 0 { 0 } else { ends[n as usize - 1] };
    &text[from as usize..ends[n as usize] as usize]
}

impl PostingsBuilder {
    /// Starts a new part. `combine` returns the payload of a repeated word in an entry from its old
    /// and new payload.
    pub fn collect<F: Fn(u32, u32) -> u32>(&mut self, combine: F) -> PostingsCollector<'_, F> {
        let Self { numbers, words, text, ends, occurrences, entry, entry_start, .. } = &mut *self;
        numbers.clear();
        words.clear();
        text.clear();
        ends.clear();
        occurrences.clear();
        (*entry, *entry_start) = (0, 0);
        PostingsCollector { memory: self, combine }
    }

    fn number(&mut self, word: &str, prefix: PrefixKey) -> u32 {
        let whole = prefix.is_whole();
        let Self { numbers, words, text, ends, .. } = self;
        let is_same = |&n: &u32| {
            words[n as usize].prefix == prefix && (whole || text_of(n, text, ends) == word)
        };
        let bucket = numbers.entry(hash(prefix), is_same, |&n| hash(words[n as usize].prefix));
        let number = words.len() as u32;
        match bucket {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(free) => free.insert(number),
        };
        if !whole {
            text.push_str(word);
        }
        ends.push(text.len() as u32);
        words.push(CollectedWord { prefix, newest: 0, count: 0 });
        number
    }
}

/// Collects occurrences of words.
pub(in crate::search) struct PostingsCollector<'m, F> {
    memory: &'m mut PostingsBuilder,
    combine: F,
}

impl<F: Fn(u32, u32) -> u32> PostingsCollector<'_, F> {
    /// The number of distinct words.
    pub fn len(&self) -> usize {
        self.memory.words.len()
    }

    /// Adds an occurrence of `word` in `entry`. Entries must come in ascending order.
    pub fn add(&mut self, word: &Word<'_>, entry: u32, payload: u32) {
        let number = self.memory.number(word.folded, word.prefix);
        let PostingsBuilder { words, occurrences, entry: newest, entry_start, .. } =
            &mut *self.memory;
        if entry != *newest {
            *newest = entry;
            *entry_start = occurrences.len() as u32;
        }
        let known = &mut words[number as usize];
        if known.count > 0 && known.newest >= *entry_start {
            let payloads = PAYLOADS as u32 - 1;
            let (_, old) = &mut occurrences[known.newest as usize];
            *old = *old & !payloads | (self.combine)(*old & payloads, payload) & payloads;
            return;
        }
        known.newest = occurrences.len() as u32;
        known.count += 1;
        occurrences.push((number, entry << PAYLOAD_BITS | payload));
    }

    /// Sorts the occurrences by word.
    pub fn finish(self) -> Postings {
        let PostingsBuilder { words, text, ends, occurrences, sorted, offsets, by_word, .. } =
            self.memory;
        sorted.clear();
        sorted.extend(words.iter().zip(0..).map(
            |(&CollectedWord { prefix, count, .. }, number)| WordToSort { prefix, number, count },
        ));
        // Prefix keys first, without a branch; few words are longer, and fewer share a prefix.
        sorted.sort_unstable_by_key(|word| word.prefix.wide());
        for alike in sorted.chunk_by_mut(|a, b| a.prefix == b.prefix) {
            alike.sort_unstable_by_key(|word| text_of(word.number, text, ends));
        }
        offsets.resize(words.len(), 0);
        let mut sum = 0;
        for word in &*sorted {
            offsets[word.number as usize] = sum;
            sum += word.count;
        }
        // Counting sort of the occurrences by word; they stay in the order of entries.
        by_word.resize(occurrences.len(), 0);
        for (number, occurrence) in &*occurrences {
            let offset = &mut offsets[*number as usize];
            by_word[*offset as usize] = *occurrence;
            *offset += 1;
        }
        let mut out = Postings::default();
        out.reserve(words.len(), 8 * words.len(), occurrences.len() * 3 / 2);
        let mut rest = by_word.as_slice();
        let mut list = ListBuilder::default();
        for word in &*sorted {
            let (own, others) = rest.split_at(word.count as usize);
            rest = others;
            let mut buffer = [0; 16];
            let whole = word.prefix.word(&mut buffer);
            let text = whole.unwrap_or_else(|| text_of(word.number, text, ends));
            for occurrence in own {
                list.push(occurrence >> PAYLOAD_BITS, occurrence & (PAYLOADS as u32 - 1));
            }
            out.push(text, &mut list);
        }
        out.shrink();
        out
    }
}
