//! Words in sort order, compared by their first bytes if those differ.

use crate::text::PrefixKey;
use std::cmp::Ordering;

/// A word with its prefix key.
#[derive(Debug, Clone, Copy)]
pub(super) struct SortedWord<'a> {
    prefix: PrefixKey,
    pub text: &'a str,
}

impl<'a> SortedWord<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { prefix: PrefixKey::of(text), text }
    }
}

/// Compares two words with the prefix keys `a` and `b`; calls `texts` only if the keys are equal.
pub(super) fn order<'a>(
    a: PrefixKey,
    b: PrefixKey,
    texts: impl FnOnce() -> (&'a str, &'a str),
) -> Ordering {
    let by_prefix = a.cmp(&b);
    if by_prefix.is_ne() || a.is_whole() {
        return by_prefix;
    }
    let (a, b) = texts();
    a.cmp(b)
}

impl Ord for SortedWord<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        order(self.prefix, other.prefix, || (self.text, other.text))
    }
}

impl PartialOrd for SortedWord<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SortedWord<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for SortedWord<'_> {}

#[cfg(test)]
mod tests {
    use super::SortedWord;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_ordered_as_their_texts(a in "[abé]{0,20}", b in "[abé]{0,20}") {
            prop_assert_eq!(SortedWord::new(&a).cmp(&SortedWord::new(&b)), a.cmp(&b));
        }
    }
}
