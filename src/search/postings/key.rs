//! Words that are compared millions of times.

use crate::text::PrefixKey;
use std::cmp::Ordering;

/// A word with its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    start: PrefixKey,
    pub text: &'a str,
}

impl<'a> Key<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { start: PrefixKey::of(text), text }
    }
}

/// Compares two words, of which `a` and `b` are the starts.
pub(super) fn order<'a>(
    a: PrefixKey,
    b: PrefixKey,
    texts: impl FnOnce() -> (&'a str, &'a str),
) -> Ordering {
    let by_start = a.cmp(&b);
    if by_start.is_ne() || a.is_whole() {
        return by_start;
    }
    let (a, b) = texts();
    a.cmp(b)
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        order(self.start, other.start, || (self.text, other.text))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key<'_> {}

#[cfg(test)]
mod tests {
    use super::Key;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_ordered_as_their_texts(a in "[abé]{0,20}", b in "[abé]{0,20}") {
            prop_assert_eq!(Key::new(&a).cmp(&Key::new(&b)), a.cmp(&b));
        }
    }
}
