//! Conditions of a query, checked against entries.

use crate::collection::EntryRef;
use crate::search::index::{IN_TAG, Index, Segment};
use crate::search::query::{Condition, folded_words};
use crate::text::fold;
use rayon::prelude::*;
use std::collections::HashSet;

/// For each segment and entry whether it meets all conditions that are filters
/// ([`Condition::is_filter`]); `None` if there are no filters.
pub(in crate::search) fn accepted(
    index: &Index,
    conditions: &[Condition],
    bookmarked: &HashSet<String>,
) -> Option<Vec<Vec<bool>>> {
    if !conditions.iter().any(Condition::is_filter) {
        return None;
    }
    let one = |(start, segment): (usize, &Segment)| {
        accepted_of_segment(index, start, segment, conditions, bookmarked)
    };
    Some(index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect())
}

fn accepted_of_segment(
    index: &Index,
    start: usize,
    segment: &Segment,
    conditions: &[Condition],
    bookmarked: &HashSet<String>,
) -> Vec<bool> {
    let mut accepted = vec![true; segment.len()];
    let mut keep = |meets: &dyn Fn(usize) -> bool| {
        accepted.iter_mut().enumerate().for_each(|(n, accepted)| *accepted &= meets(n));
    };
    let entry = |n: usize| index.entry((start + n) as u32);
    for condition in conditions {
        match condition {
            Condition::Without(words) => {
                let sets: Vec<Vec<bool>> =
                    words.iter().map(|word| with_word(segment, word)).collect();
                keep(&|n| !sets.iter().all(|set| set[n]));
            }
            Condition::Tag(words) => {
                let sets: Vec<Vec<bool>> =
                    words.iter().map(|word| with_tag(segment, word)).collect();
                keep(&|n| sets.iter().all(|set| set[n]));
            }
            Condition::Source(part) => {
                keep(&|n| entry(n).is_some_and(|entry| fold(entry.source()).contains(part)));
            }
            Condition::Bookmarked => {
                keep(&|n| entry(n).is_some_and(|entry| entry.is_in(bookmarked)));
            }
            Condition::Begins(_) | Condition::Ends(_) | Condition::Phrase(_) => {}
        }
    }
    accepted
}

/// The entries that have exactly this word in any field.
fn with_word(segment: &Segment, word: &str) -> Vec<bool> {
    let mut set = vec![false; segment.len()];
    for postings in segment.postings() {
        if let Some(n) = postings.words.find(word) {
            postings.for_each(n, |entry, _| set[entry] = true);
        }
    }
    set
}

/// The entries that have a tag with a word that begins with `prefix`.
fn with_tag(segment: &Segment, prefix: &str) -> Vec<bool> {
    let mut set = vec![false; segment.len()];
    let postings = &segment.head.postings;
    for n in postings.words.starting_with(prefix) {
        postings.for_each(n, |entry, payload| set[entry] |= payload as u32 & IN_TAG != 0);
    }
    set
}

/// Whether an entry meets the conditions that are no filters; this reads its text.
pub(super) fn text_meets(index: &Index, entry: u32, conditions: &[Condition]) -> bool {
    conditions
        .iter()
        .filter(|condition| !condition.is_filter())
        .all(|condition| index.entry(entry).is_some_and(|entry| meets(entry, condition)))
}

fn meets(entry: EntryRef<'_>, condition: &Condition) -> bool {
    let wordings = std::iter::once(entry.question()).chain(entry.aliases());
    match condition {
        Condition::Begins(begin) => {
            wordings.map(folded_words).any(|text| begins_with(&text, begin))
        }
        Condition::Ends(end) => wordings.map(folded_words).any(|text| text.ends_with(end)),
        Condition::Phrase(phrase) => wordings
            .chain([entry.answer()])
            .any(|text| folded_words(text).windows(phrase.len()).any(|window| window == phrase)),
        Condition::Without(_)
        | Condition::Tag(_)
        | Condition::Source(_)
        | Condition::Bookmarked => true,
    }
}

/// The last word of `begin` may be unfinished.
fn begins_with(text: &[String], begin: &[String]) -> bool {
    let Some((last, before)) = begin.split_last() else { return true };
    text.starts_with(before) && text.get(before.len()).is_some_and(|word| word.starts_with(last))
}
