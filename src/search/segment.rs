//! A run of consecutive entries, ready to be searched, that never changes.

use super::postings::{Postings, PostingsBuilder};
use crate::collection::EntryRef;
use crate::text::words;
use std::sync::Arc;

/// Bits of a note in [`Segment::head`]: where the word stands.
pub(super) const IN_QUESTION: u32 = 1;
pub(super) const IN_ALIAS: u32 = 2;
pub(super) const IN_TAG: u32 = 4;

/// The index of a run of entries. Questions (with other wordings and tags) are indexed first,
/// since they are what is looked for; answers may follow later.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Words of questions, other wordings and tags.
    pub head: Arc<Part>,
    /// Words of answers.
    pub body: Option<Arc<Part>>,
}

/// One of the two halves of a segment.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub postings: Postings,
    /// For each entry the number of its words, as [`short`] writes it.
    pub lengths: Vec<u8>,
    /// The sum of the words' numbers, for their mean.
    pub words: u64,
}

impl Segment {
    /// How many entries it covers.
    pub fn len(&self) -> usize {
        self.head.lengths.len()
    }

    /// Its words, with where they are, of questions and then of answers.
    pub fn postings(&self) -> impl Iterator<Item = &Postings> {
        std::iter::once(&self.head).chain(&self.body).map(|part| &part.postings)
    }
}

impl Part {
    /// Indexes questions, other wordings and tags, in the memory of `builder`.
    pub fn head<'a>(
        builder: &mut PostingsBuilder,
        entries: impl Iterator<Item = EntryRef<'a>>,
    ) -> Self {
        let mut part = Self::default();
        let mut found = builder.collect(|old, new| old | new);
        for (n, entry) in (0..).zip(entries) {
            let mut add = |text: &str, place: u32| {
                let mut count = 0;
                words(text, |word| {
                    count += u32::from(!word.variant);
                    found.add(&word, n, place);
                });
                count
            };
            let count = add(entry.question(), IN_QUESTION);
            entry.aliases().for_each(|alias| _ = add(alias, IN_ALIAS));
            entry.tags().for_each(|tag| _ = add(tag, IN_TAG));
            part.note_length(count);
        }
        part.postings = found.finish();
        part
    }

    /// Indexes answers; a note is the number of occurrences, up to the highest note.
    pub fn body<'a>(
        builder: &mut PostingsBuilder,
        entries: impl Iterator<Item = EntryRef<'a>>,
    ) -> Self {
        let mut part = Self::default();
        let most = super::postings::NOTES as u32 - 1;
        let mut found = builder.collect(|old, new| (old + new).min(most));
        for (n, entry) in (0..).zip(entries) {
            let mut count = 0;
            words(entry.answer(), |word| {
                count += u32::from(!word.variant);
                found.add(&word, n, 1);
            });
            part.note_length(count);
        }
        part.postings = found.finish();
        part
    }

    fn note_length(&mut self, count: u32) {
        self.lengths.push(short(count));
        self.words += u64::from(count);
    }

    /// One part for consecutive runs of entries.
    pub fn join(parts: &[&Self]) -> Self {
        let sized: Vec<_> = parts.iter().map(|part| (&part.postings, part.lengths.len())).collect();
        Self {
            postings: Postings::join(&sized),
            lengths: parts.iter().flat_map(|part| part.lengths.iter().copied()).collect(),
            words: parts.iter().map(|part| part.words).sum(),
        }
    }
}

/// A number of words in eight bits: exact up to 64, then eight steps to each doubling.
pub(super) fn short(count: u32) -> u8 {
    if count <= 64 {
        return count as u8;
    }
    let octave = count.ilog2() - 6;
    let step = (count >> (octave + 3)) - 8;
    (64 + octave * 8 + step).min(255) as u8
}

/// What [`short`] wrote, to within an eighth.
pub(super) fn long(short: u8) -> f32 {
    if short <= 64 {
        return f32::from(short);
    }
    let (octave, step) = ((u32::from(short) - 64) / 8, (u32::from(short) - 64) % 8);
    ((8 + step) as f32) * (1_u32 << (octave + 3)) as f32
}

#[cfg(test)]
mod tests {
    use super::{long, short};

    #[test]
    fn lengths_survive_within_an_eighth() {
        for count in (0..10_000).chain([100_000, 1_000_000]) {
            let (back, count) = (long(short(count)), count as f32);
            assert!(back <= count && back * 1.126 >= count, "{count} became {back}");
        }
    }
}
