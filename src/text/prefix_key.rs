//! The first bytes of a word as numbers, which mostly are all of it: to compare words that way
//! takes two steps instead of a loop over letters that no processor foresees.

/// The first sixteen bytes of a text, big-endian, so that numbers are ordered as texts are; what a
/// short text lacks is 0. Two halves, for a `u128` would want more room in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrefixKey(pub u64, pub u64);

impl PrefixKey {
    /// The start of a word.
    pub fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else {
            let mut room = [0; 8];
            room[..bytes.len()].copy_from_slice(bytes);
            return Self(u64::from_be_bytes(room), 0);
        };
        let first = u64::from_be_bytes(*first);
        let next = match bytes.get(8..16).and_then(<[u8]>::first_chunk) {
            Some(next) => u64::from_be_bytes(*next),
            // The last eight bytes, without those that are the first ones too.
            None => {
                u64::from_be_bytes(*last).checked_shl(8 * (16 - bytes.len() as u32)).unwrap_or(0)
            }
        };
        Self(first, next)
    }

    /// The start of a word of which `bytes` are the first sixteen, little-endian, and 0 beyond its
    /// end.
    pub(super) fn of_bytes(bytes: u128) -> Self {
        Self((bytes as u64).swap_bytes(), ((bytes >> 64) as u64).swap_bytes())
    }

    /// The same as one number.
    pub fn wide(self) -> u128 {
        u128::from(self.0) << 64 | u128::from(self.1)
    }

    /// Whether it is all of a word, and of no longer one. No word has a byte 0.
    pub fn is_whole(self) -> bool {
        self.1.trailing_zeros() >= 8
    }

    /// The word, where this is all of it; `room` holds it.
    pub fn word(self, room: &mut [u8; 16]) -> Option<&str> {
        let bytes = self.wide();
        *room = bytes.to_be_bytes();
        let end = 16 - bytes.trailing_zeros() as usize / 8;
        let word = room.get(..end).filter(|_| self.is_whole())?;
        std::str::from_utf8(word).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::PrefixKey;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_start_has_the_first_bytes(text in "[a-zé]{1,20}") {
            let start = PrefixKey::of(&text);
            let bytes: Vec<u8> =
                [start.0, start.1].into_iter().flat_map(u64::to_be_bytes).take(text.len()).collect();
            prop_assert_eq!(&bytes, &text.as_bytes()[..text.len().min(16)]);
            prop_assert_eq!(start.is_whole(), text.len() < 16);
            let room = &mut [0; 16];
            prop_assert_eq!(start.word(room), (text.len() < 16).then_some(&*text));
        }
    }
}
