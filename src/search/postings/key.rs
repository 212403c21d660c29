//! Words that are compared millions of times.

use std::cmp::Ordering;

/// A word with its first eight bytes as a number, which mostly tells two words apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    /// Big-endian, so that numbers are ordered as texts are; what a short word lacks is 0.
    start: u64,
    pub text: &'a str,
}

impl<'a> Key<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { start: start(text), text }
    }
}

/// The first eight bytes of a word, as in [`Key`].
pub(super) fn start(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if let Some(start) = bytes.first_chunk() {
        return u64::from_be_bytes(*start);
    }
    // Two halves that may overlap, for a loop over the letters takes longer than all the rest.
    let missing = 8 * (8 - bytes.len());
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u32::from_be_bytes(*first), u32::from_be_bytes(*last));
            u64::from(first) << 32 | u64::from(last) << missing & 0xffff_ffff
        }
        _ => match *bytes {
            [a, b, c] => u64::from_be_bytes([a, b, c, 0, 0, 0, 0, 0]),
            [a, b] => u64::from_be_bytes([a, b, 0, 0, 0, 0, 0, 0]),
            [a] => u64::from(a) << 56,
            _ => 0,
        },
    }
}

/// Compares two words, of which `a` and `b` are the first eight bytes. No word has a byte 0.
pub(super) fn order<'a>(a: u64, b: u64, texts: impl FnOnce() -> (&'a str, &'a str)) -> Ordering {
    let by_start = a.cmp(&b);
    if by_start.is_ne() || a.trailing_zeros() >= 8 {
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
        fn keys_are_ordered_as_their_texts(a in "[abé]{0,12}", b in "[abé]{0,12}") {
            prop_assert_eq!(Key::new(&a).cmp(&Key::new(&b)), a.cmp(&b));
        }
    }
}
