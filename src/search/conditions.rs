//! What operators demand of an entry beside its terms.

use super::index::Index;
use super::query::{Condition, folded_words as folded};
use super::segment::{IN_TAG, Segment};
use crate::collection::EntryRef;
use crate::text::fold;
use std::collections::HashSet;

/// Whether the index alone can tell which entries meet the condition; the others are checked by
/// [`verify`], against the text of entries that have the terms.
pub(super) fn is_filter(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Without(_) | Condition::Tag(_) | Condition::Source(_) | Condition::Bookmarked
    )
}

/// For each entry of a segment whether it meets all conditions that [`is_filter`] is true for.
pub(super) fn allowed(
    index: &Index,
    start: usize,
    segment: &Segment,
    conditions: &[Condition],
    bookmarked: &HashSet<String>,
) -> Vec<bool> {
    let mut allowed = vec![true; segment.len()];
    let mut keep = |has: &dyn Fn(usize) -> bool| {
        allowed.iter_mut().enumerate().for_each(|(n, allowed)| *allowed &= has(n));
    };
    let entry = |n: usize| index.entry((start + n) as u32);
    for condition in conditions {
        match condition {
            Condition::Without(words) => {
                let sets: Vec<Vec<bool>> = words.iter().map(|word| having(segment, word)).collect();
                keep(&|n| !sets.iter().all(|set| set[n]));
            }
            Condition::Tag(words) => {
                let sets: Vec<Vec<bool>> = words.iter().map(|word| tagged(segment, word)).collect();
                keep(&|n| sets.iter().all(|set| set[n]));
            }
            Condition::Source(part) => {
                keep(&|n| entry(n).is_some_and(|entry| fold(entry.source()).contains(part)));
            }
            Condition::Bookmarked => {
                keep(&|n| entry(n).is_some_and(|entry| bookmarked.contains(entry.key())));
            }
            Condition::Begins(_) | Condition::Ends(_) | Condition::Phrase(_) => {}
        }
    }
    allowed
}

/// Which entries have exactly this word anywhere.
fn having(segment: &Segment, word: &str) -> Vec<bool> {
    let mut set = vec![false; segment.len()];
    for part in std::iter::once(&segment.head).chain(&segment.body) {
        if let Some(n) = part.postings.words.find(word) {
            part.postings.for_each(n, |entry, _| set[entry] = true);
        }
    }
    set
}

/// Which entries have a tag with a word that begins so.
fn tagged(segment: &Segment, beginning: &str) -> Vec<bool> {
    let mut set = vec![false; segment.len()];
    let postings = &segment.head.postings;
    for n in postings.words.starting_with(beginning) {
        postings.for_each(n, |entry, note| set[entry] |= note as u32 & IN_TAG != 0);
    }
    set
}

/// Whether an entry meets the conditions that only its text can tell.
pub(super) fn verify(index: &Index, entry: u32, conditions: &[Condition]) -> bool {
    conditions
        .iter()
        .filter(|condition| !is_filter(condition))
        .all(|condition| index.entry(entry).is_some_and(|entry| meets(entry, condition)))
}

fn meets(entry: EntryRef<'_>, condition: &Condition) -> bool {
    let wordings = std::iter::once(entry.question()).chain(entry.aliases());
    match condition {
        Condition::Begins(begin) => wordings.map(folded).any(|text| begins_with(&text, begin)),
        Condition::Ends(end) => wordings.map(folded).any(|text| text.ends_with(end)),
        Condition::Phrase(phrase) => wordings
            .chain([entry.answer()])
            .any(|text| folded(text).windows(phrase.len()).any(|window| window == phrase)),
        _ => true,
    }
}

/// The last word may not be typed to its end.
fn begins_with(text: &[String], begin: &[String]) -> bool {
    let Some((last, before)) = begin.split_last() else { return true };
    text.starts_with(before) && text.get(before.len()).is_some_and(|word| word.starts_with(last))
}
