//! The immutable index of a run of consecutive entries.

use super::postings::{PAYLOADS, Postings, PostingsBuilder, PostingsSlice};
use super::shown::shown;
use crate::collection::EntryRef;
use crate::text::words;
use std::ops::Range;
use std::sync::Arc;

/// Bits of a payload in [`Segment::head`]: the fields with the word.
pub(in crate::search) const IN_QUESTION: u32 = 1;
pub(in crate::search) const IN_ALIAS: u32 = 2;
pub(in crate::search) const IN_TAG: u32 = 4;

/// The distinct words that are indexed at a time: while a [`PostingsBuilder`] is in use, it takes
/// several times the memory of the result. Texts of a language have fewer, and are indexed at once.
const PIECE_WORDS: usize = 1 << 17;

/// The distinct words of one answer, or of one question with its tags, that are indexed; the rest
/// cannot be searched for. Only data such as hashes and measurements has more, in megabytes of text.
const MAX_ENTRY_WORDS: usize = 1 << 18;

/// The index of a run of entries. Questions, with other wordings and tags, are indexed first, since
/// most queries search for their words. Answers may follow later.
#[derive(Debug, Clone)]
pub(in crate::search) struct Segment {
    /// Words of questions, other wordings and tags.
    pub head: Arc<SegmentPart>,
    /// Words of answers.
    pub body: Option<Arc<SegmentPart>>,
}

/// The postings and lengths of one half of a segment.
#[derive(Debug, Default)]
pub(in crate::search) struct SegmentPart {
    pub postings: Postings,
    /// The number of words of each entry, encoded by [`encode_length`].
    pub lengths: Vec<u8>,
    /// The number of words of all entries, for their mean.
    pub words: u64,
}

impl Segment {
    /// The number of its entries.
    pub fn len(&self) -> usize {
        self.head.lengths.len()
    }

    /// The bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        self.postings().map(|postings| postings.bytes() + self.len()).sum()
    }

    /// The postings of questions, and of answers if they are indexed.
    pub fn postings(&self) -> impl Iterator<Item = &Postings> {
        std::iter::once(&self.head).chain(&self.body).map(|part| &part.postings)
    }
}

impl SegmentPart {
    /// Indexes questions, other wordings and tags.
    pub fn head<'a>(
        builder: &mut PostingsBuilder,
        entries: impl Iterator<Item = EntryRef<'a>>,
    ) -> Self {
        Self::index(
            builder,
            entries,
            |old, new| old | new,
            |entry, add| {
                let count = add(entry.question(), IN_QUESTION);
                // A plain loop: `for_each` would move an iterator of 150 bytes for each entry.
                for alias in entry.aliases() {
                    add(alias, IN_ALIAS);
                }
                for tag in entry.tags() {
                    add(tag, IN_TAG);
                }
                count
            },
        )
    }

    /// Indexes answers; the payload is the number of occurrences, up to the highest payload.
    pub fn body<'a>(
        builder: &mut PostingsBuilder,
        entries: impl Iterator<Item = EntryRef<'a>>,
    ) -> Self {
        let max = PAYLOADS as u32 - 1;
        Self::index(
            builder,
            entries,
            |old, new| (old + new).min(max),
            |entry, add| shown(entry).map(|text| add(text, 1)).sum(),
        )
    }

    /// Indexes the texts that `texts` passes on with their payloads, [`PIECE_WORDS`] at a time. It
    /// returns the length of the entry; `add` returns that of a text.
    fn index<'a>(
        builder: &mut PostingsBuilder,
        entries: impl Iterator<Item = EntryRef<'a>>,
        combine: impl Fn(u32, u32) -> u32 + Copy,
        texts: impl Fn(EntryRef<'a>, &mut dyn FnMut(&str, u32) -> u32) -> u32,
    ) -> Self {
        let mut entries = entries.peekable();
        let mut pieces = Vec::new();
        while pieces.is_empty() || entries.peek().is_some() {
            let mut piece = Self::default();
            let mut collector = builder.collect(combine);
            for (n, entry) in (0..).zip(entries.by_ref()) {
                let full = collector.len() + MAX_ENTRY_WORDS;
                piece.push_length(texts(entry, &mut |text, payload| {
                    let mut count = 0;
                    words(text, |word| {
                        count += u32::from(!word.variant);
                        if collector.len() < full {
                            collector.add(&word, n, payload);
                        }
                    });
                    count
                }));
                if collector.len() >= PIECE_WORDS {
                    break;
                }
            }
            piece.lengths.shrink_to_fit();
            piece.postings = collector.finish();
            pieces.push(piece);
        }
        match pieces.pop() {
            Some(only) if pieces.is_empty() => only,
            last => {
                pieces.extend(last);
                Self::join(&pieces.iter().collect::<Vec<_>>())
            }
        }
    }

    fn push_length(&mut self, count: u32) {
        self.lengths.push(encode_length(count));
        self.words += u64::from(count);
    }

    /// Whether one part can hold the parts of consecutive runs of entries.
    pub fn can_merge(parts: &[&Self]) -> bool {
        Postings::can_merge(&slices(parts))
    }

    /// Merges the parts of consecutive runs of entries, if one part [can](Self::can_merge) hold them.
    pub fn merge(parts: &[&Self]) -> Option<Self> {
        Self::can_merge(parts).then(|| Self::join(parts))
    }

    /// As [`SegmentPart::merge`], of parts that one part can hold.
    fn join(parts: &[&Self]) -> Self {
        Self {
            postings: Postings::merge(&slices(parts)),
            lengths: parts.iter().flat_map(|part| part.lengths.iter().copied()).collect(),
            words: parts.iter().map(|part| part.words).sum(),
        }
    }

    /// Replaces the entries `old`, which have `old_words` words, by those of `new`. `None` if the
    /// result would exceed the range of 32-bit offsets.
    pub fn replace(&self, old: Range<usize>, old_words: u64, new: &[&Self]) -> Option<Self> {
        let (before, after) = (0..old.start, old.end..self.lengths.len());
        let mut slices = vec![self.slice(before.clone())];
        slices.extend(self::slices(new));
        slices.push(self.slice(after.clone()));
        slices.retain(|slice| !slice.entries.is_empty());
        let added = new.iter().flat_map(|part| part.lengths.iter());
        let lengths = self.lengths[before].iter().chain(added).chain(&self.lengths[after]);
        Postings::can_merge(&slices).then(|| Self {
            postings: Postings::merge(&slices),
            lengths: lengths.copied().collect(),
            words: self.words - old_words + new.iter().map(|part| part.words).sum::<u64>(),
        })
    }

    fn slice(&self, entries: Range<usize>) -> PostingsSlice<'_> {
        PostingsSlice { of: &self.postings, entries }
    }
}

fn slices<'a>(parts: &[&'a SegmentPart]) -> Vec<PostingsSlice<'a>> {
    parts.iter().map(|part| part.slice(0..part.lengths.len())).collect()
}

/// Encodes a number of words in eight bits: exact up to 64, then eight steps per doubling.
pub(in crate::search) fn encode_length(count: u32) -> u8 {
    if count <= 64 {
        return count as u8;
    }
    let octave = count.ilog2() - 6;
    let step = (count >> (octave + 3)) - 8;
    (64 + octave * 8 + step).min(255) as u8
}

/// Decodes a number of words, to within an eighth.
pub(in crate::search) fn decode_length(code: u8) -> f32 {
    if code <= 64 {
        return f32::from(code);
    }
    let (octave, step) = ((u32::from(code) - 64) / 8, (u32::from(code) - 64) % 8);
    ((8 + step) as f32) * (1_u32 << (octave + 3)) as f32
}

#[cfg(test)]
mod tests {
    use super::{
        MAX_ENTRY_WORDS, PIECE_WORDS, PostingsBuilder, SegmentPart, decode_length, encode_length,
    };
    use crate::collection::{Entry, EntryStore};

    /// The entries of a word in questions.
    fn entries_of(part: &SegmentPart, word: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let number = part.postings.words.find(word);
        number.inspect(|&n| part.postings.for_each(n, |entry, _| found.push(entry)));
        found
    }

    #[test]
    fn entries_with_more_words_than_a_piece_are_indexed_as_one_part() {
        let count = PIECE_WORDS + 10;
        let question = |n: usize| Entry { question: format!("same w{n}q"), ..Entry::default() };
        let store = EntryStore::new(&(0..count).map(question).collect::<Vec<_>>());
        let part = SegmentPart::head(&mut PostingsBuilder::default(), store.iter());
        assert_eq!((part.lengths.len(), part.words), (count, 2 * count as u64));
        assert_eq!(entries_of(&part, "same"), (0..count).collect::<Vec<_>>());
        for n in [0, PIECE_WORDS - 2, PIECE_WORDS, count - 1] {
            assert_eq!(entries_of(&part, &format!("w{n}q")), [n]);
        }
    }

    #[test]
    fn the_words_of_one_entry_are_limited_and_those_of_others_are_not() {
        let words: Vec<_> = (0..MAX_ENTRY_WORDS + 10).map(|n| format!("w{n}q")).collect();
        let long = words.join(" ");
        let entry = |answer: &str| Entry { answer: answer.into(), ..Entry::default() };
        let store = EntryStore::new(&[entry("first"), entry(&long), entry("last")]);
        let part = SegmentPart::body(&mut PostingsBuilder::default(), store.iter());
        assert_eq!(part.postings.words.len(), MAX_ENTRY_WORDS + 2);
        let found = ["first", "w0q", "last"].map(|word| entries_of(&part, word));
        assert_eq!(found, [[0], [1], [2]]);
    }

    #[test]
    fn lengths_survive_within_an_eighth() {
        for count in (0..10_000).chain([100_000, 1_000_000]) {
            let (back, count) = (decode_length(encode_length(count)), count as f32);
            assert!(back <= count && back * 1.126 >= count, "{count} became {back}");
        }
    }
}
