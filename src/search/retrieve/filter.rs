//! Checks the conditions of a query against entries.

use super::segment_matches::SegmentMatches;
use crate::collection::{EntryRef, Marks};
use crate::search::index::{IN_TAG, Index, Segment, shown};
use crate::search::query::{Condition, folded_words};
use crate::text::fold;
use rayon::prelude::*;

/// The match score of an entry that meets a filter which is one of several alternatives.
const FILTER_SCORE: u8 = 255;

/// Whether each entry of each segment meets all filters ([`Condition::is_filter`]); `None` if there
/// are none.
pub(in crate::search) fn accepted(
    index: &Index,
    conditions: &[Condition],
    marks: &Marks,
) -> Option<Vec<Vec<bool>>> {
    if !conditions.iter().any(Condition::is_filter) {
        return None;
    }
    let one = |(start, segment): (usize, &Segment)| {
        accepted_of_segment(index, start, segment, conditions, marks)
    };
    Some(index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect())
}

/// The entries that meet a filter, as matches in their questions.
pub(super) fn matches(index: &Index, condition: &Condition, marks: &Marks) -> Vec<SegmentMatches> {
    let one = |(start, segment): (usize, &Segment)| {
        let mut found = SegmentMatches::new();
        let meets = meeting(&Filtered { index, start, segment, marks }, condition);
        for n in (0..segment.len()).filter(|&n| meets[n]) {
            found.set_head(n, FILTER_SCORE, segment.len());
        }
        found
    };
    index.segments().map(one).collect()
}

/// A segment to filter.
struct Filtered<'a> {
    index: &'a Index,
    start: usize,
    segment: &'a Segment,
    marks: &'a Marks,
}

fn accepted_of_segment(
    index: &Index,
    start: usize,
    segment: &Segment,
    conditions: &[Condition],
    marks: &Marks,
) -> Vec<bool> {
    let filtered = Filtered { index, start, segment, marks };
    let mut accepted = vec![true; segment.len()];
    for condition in conditions.iter().filter(|condition| condition.is_filter()) {
        let meets = meeting(&filtered, condition);
        accepted.iter_mut().zip(meets).for_each(|(accepted, meets)| *accepted &= meets);
    }
    accepted
}

/// Whether each entry of a segment meets a filter.
fn meeting(filtered: &Filtered<'_>, condition: &Condition) -> Vec<bool> {
    let Filtered { index, start, segment, marks } = filtered;
    let of_entries = |meets: &dyn Fn(EntryRef<'_>) -> bool| -> Vec<bool> {
        let entries = (0..segment.len()).map(|n| index.entry((start + n) as u32));
        entries.map(|entry| entry.is_some_and(meets)).collect()
    };
    let all = |sets: Vec<Vec<bool>>| -> Vec<bool> {
        (0..segment.len()).map(|n| sets.iter().all(|set| set[n])).collect()
    };
    match condition {
        Condition::Without(words) => {
            let having = all(words.iter().map(|word| with_word(segment, word)).collect());
            having.into_iter().map(|has| !has).collect()
        }
        Condition::Tag(words) => all(words.iter().map(|word| with_tag(segment, word)).collect()),
        Condition::Source(part) => of_entries(&|entry| fold(entry.source()).contains(part)),
        Condition::Bookmarked => of_entries(&|entry| entry.is_in(&marks.bookmarked)),
        Condition::Recalled(recall) => of_entries(&|entry| marks.recall(&entry) == Some(*recall)),
        Condition::Not(condition) => {
            meeting(filtered, condition).into_iter().map(|meets| !meets).collect()
        }
        Condition::Any(conditions) => {
            let sets: Vec<Vec<bool>> =
                conditions.iter().map(|condition| meeting(filtered, condition)).collect();
            (0..segment.len()).map(|n| sets.iter().any(|set| set[n])).collect()
        }
        Condition::Nothing => vec![false; segment.len()],
        Condition::Begins(_)
        | Condition::Ends(_)
        | Condition::Phrase(_)
        | Condition::Contains(_) => vec![true; segment.len()],
    }
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

/// Whether an entry meets the conditions that are not filters; reads its text.
pub(super) fn text_meets(
    index: &Index,
    entry: u32,
    conditions: &[Condition],
    marks: &Marks,
) -> bool {
    conditions
        .iter()
        .filter(|condition| !condition.is_filter())
        .all(|condition| index.entry(entry).is_some_and(|entry| meets(entry, condition, marks)))
}

/// Whether an entry meets a condition. The condition is a filter only if it is one of several
/// alternatives that are not all filters.
fn meets(entry: EntryRef<'_>, condition: &Condition, marks: &Marks) -> bool {
    let wordings = || std::iter::once(entry.question()).chain(entry.aliases());
    let texts = || wordings().chain(entry.tags()).chain(shown(entry)).map(folded_words);
    match condition {
        Condition::Begins(begin) => {
            wordings().map(folded_words).any(|text| begins_with(&text, begin))
        }
        Condition::Ends(end) => wordings().map(folded_words).any(|text| text.ends_with(end)),
        Condition::Phrase(phrase) => {
            let has_phrase = |text: &[String]| text.windows(phrase.len()).any(|w| w == phrase);
            let mut texts = wordings().chain(shown(entry)).map(folded_words);
            texts.any(|text| has_phrase(&text))
        }
        Condition::Contains(words) => texts()
            .any(|text| words.iter().any(|word| text.iter().any(|other| other.starts_with(word)))),
        Condition::Not(condition) => !meets(entry, condition, marks),
        Condition::Any(conditions) => {
            conditions.iter().any(|condition| meets(entry, condition, marks))
        }
        Condition::Without(words) => {
            !words.iter().all(|word| texts().any(|text| text.contains(word)))
        }
        Condition::Tag(words) => {
            let has = |word: &String| {
                entry.tags().flat_map(folded_words).any(|other| other.starts_with(word))
            };
            words.iter().all(has)
        }
        Condition::Source(part) => fold(entry.source()).contains(part),
        Condition::Bookmarked => entry.is_in(&marks.bookmarked),
        Condition::Recalled(recall) => marks.recall(&entry) == Some(*recall),
        Condition::Nothing => false,
    }
}

/// The last word of `begin` may be unfinished.
fn begins_with(text: &[String], begin: &[String]) -> bool {
    let Some((last, before)) = begin.split_last() else { return true };
    text.starts_with(before) && text.get(before.len()).is_some_and(|word| word.starts_with(last))
}
