//! Splits compounds into words that a collection has: `Versandkosten` into `Versand` and `Kosten`.

use super::term_matcher::{TermMatcher, Tolerance};
use crate::search::index::Index;
use crate::search::weights::Weights;
use std::sync::Arc;

/// The fewest letters of a part.
const MIN_PART: usize = 4;
/// Letters that may join two parts, folded; the longest first.
const LINKS: [&str; 5] = ["es", "en", "er", "s", "n"];

/// The parts of a compound that entries have in some form, if there are any: all of it in two
/// parts, or its longest beginning and ending.
pub(super) fn parts(word: &str, index: &Index) -> Option<Vec<String>> {
    let splits = word.char_indices().map(|(at, _)| at).skip(MIN_PART);
    let splits: Vec<usize> = splits.filter(|&at| word[at..].chars().count() >= MIN_PART).collect();
    let beginnings = splits.iter().rev().map(|&at| &word[..at]);
    let endings = splits.iter().map(|&at| &word[at..]);
    for (beginning, ending) in splits.iter().rev().map(|&at| word.split_at(at)) {
        let first = known_form(beginning, index);
        if let (Some(first), true) = (first, has_form(ending, index)) {
            return Some(vec![first.to_owned(), ending.to_owned()]);
        }
    }
    let first = { beginnings }.find_map(|part| known_form(part, index));
    let last = { endings }.find(|part| has_form(part, index));
    let parts: Vec<String> = first.into_iter().chain(last).map(str::to_owned).collect();
    (!parts.is_empty()).then_some(parts)
}

/// The part, with or without a link at its end, that an entry has.
fn known_form<'a>(part: &'a str, index: &Index) -> Option<&'a str> {
    let without = LINKS.iter().filter_map(|link| part.strip_suffix(link));
    std::iter::once(part)
        .chain(without.filter(|part| part.chars().count() >= MIN_PART))
        .find(|part| has_form(part, index))
}

/// Whether an entry has a word in some form.
fn has_form(word: &str, index: &Index) -> bool {
    let weights = Arc::<Weights>::default();
    let matcher = TermMatcher::new(word, false, Tolerance::Forms, index.language(), &weights);
    let mut dictionaries = index.segments().flat_map(|(_, segment)| segment.postings());
    dictionaries.any(|postings| {
        let mut found = false;
        matcher.find(&postings.words, |_, score| found |= matcher.is_form(score));
        found
    })
}
