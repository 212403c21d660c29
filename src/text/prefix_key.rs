//! The first bytes of a word as numbers. Most words are no longer, and comparing two numbers avoids
//! a loop over letters with mispredicted branches.

/// The first sixteen bytes of a text, big-endian, so that keys sort as texts do; a shorter text is
/// padded with 0. Two halves take less space in a table than a `u128`, which is aligned to 16
/// bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrefixKey(pub u64, pub u64);

impl PrefixKey {
    /// The key of a word.
    pub fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else {
            let mut buffer = [0; 8];
            buffer[..bytes.len()].copy_from_slice(bytes);
            return Self(u64::from_be_bytes(buffer), 0);
        };
        let first = u64::from_be_bytes(*first);
        let next = match bytes.get(8..16).and_then(<[u8]>::first_chunk) {
            Some(next) => u64::from_be_bytes(*next),
            // The last eight bytes, without those that overlap the first ones.
            None => {
                u64::from_be_bytes(*last).checked_shl(8 * (16 - bytes.len() as u32)).unwrap_or(0)
            }
        };
        Self(first, next)
    }

    /// The key of a word whose first sixteen bytes are `bytes`, little-endian, padded with 0.
    pub(super) fn of_bytes(bytes: u128) -> Self {
        Self((bytes as u64).swap_bytes(), ((bytes >> 64) as u64).swap_bytes())
    }

    /// The key as one number.
    pub fn wide(self) -> u128 {
        u128::from(self.0) << 64 | u128::from(self.1)
    }

    /// Whether it contains a whole word. No word has a byte 0.
    pub fn is_whole(self) -> bool {
        self.1.trailing_zeros() >= 8
    }

    /// The word, if the key contains all of it; writes its bytes to `buffer`.
    pub fn word(self, buffer: &mut [u8; 16]) -> Option<&str> {
        let bytes = self.wide();
        *buffer = bytes.to_be_bytes();
        let end = 16 - bytes.trailing_zeros() as usize / 8;
        let word = buffer.get(..end).filter(|_| self.is_whole())?;
        std::str::from_utf8(word).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::PrefixKey;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_has_the_first_bytes(text in "[a-zé]{1,20}") {
            let key = PrefixKey::of(&text);
            let bytes: Vec<u8> =
                [key.0, key.1].into_iter().flat_map(u64::to_be_bytes).take(text.len()).collect();
            prop_assert_eq!(&bytes, &text.as_bytes()[..text.len().min(16)]);
            prop_assert_eq!(key.is_whole(), text.len() < 16);
            let room = &mut [0; 16];
            prop_assert_eq!(key.word(room), (text.len() < 16).then_some(&*text));
        }
    }
}
