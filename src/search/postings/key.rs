//! Words that are compared millions of times.

use std::cmp::Ordering;

/// The first bytes of a word as a number, which mostly tells two words apart: big-endian, so that
/// numbers are ordered as texts are; what a short word lacks is 0. Two halves, for a `u128` would
/// want more room in a table.
pub(super) type Start = [u64; 2];

/// A word with its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    start: Start,
    pub text: &'a str,
}

impl<'a> Key<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { start: start(text), text }
    }
}

/// The start of a word.
pub(super) fn start(text: &str) -> Start {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else {
        return [start_of_short(bytes), 0];
    };
    let first = u64::from_be_bytes(*first);
    let next = match bytes.get(8..16).and_then(<[u8]>::first_chunk) {
        Some(next) => u64::from_be_bytes(*next),
        // The last eight bytes, without those that are the first ones too.
        None => u64::from_be_bytes(*last).checked_shl(8 * (16 - bytes.len() as u32)).unwrap_or(0),
    };
    [first, next]
}

/// Whether a start is all of a word, and of no longer one. No word has a byte 0.
pub(super) fn is_whole(start: Start) -> bool {
    start[1].trailing_zeros() >= 8
}

/// The first half of a word of less than eight bytes.
fn start_of_short(bytes: &[u8]) -> u64 {
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

/// Compares two words, of which `a` and `b` are the starts.
pub(super) fn order<'a>(
    a: Start,
    b: Start,
    texts: impl FnOnce() -> (&'a str, &'a str),
) -> Ordering {
    let by_start = a.cmp(&b);
    if by_start.is_ne() || is_whole(a) {
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
    use super::{Key, is_whole, start};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_ordered_as_their_texts(a in "[abé]{0,20}", b in "[abé]{0,20}") {
            prop_assert_eq!(Key::new(&a).cmp(&Key::new(&b)), a.cmp(&b));
        }

        #[test]
        fn a_start_has_the_first_bytes(text in "[a-zé]{0,20}") {
            let [first, next] = start(&text).map(u64::to_be_bytes);
            let bytes: Vec<u8> = first.into_iter().chain(next).take(text.len()).collect();
            prop_assert_eq!(&bytes, &text.as_bytes()[..text.len().min(16)]);
            prop_assert_eq!(is_whole(start(&text)), text.len() < 16);
        }
    }
}
