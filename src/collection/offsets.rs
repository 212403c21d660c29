//! Where the items of a concatenated text end, in about two bytes each.

use std::ops::Range;

/// The bits of an offset that are stored with each item.
const LOW_BITS: u32 = u16::BITS;

/// The ascending end offsets of consecutive items, each of 32 bits.
///
/// A source may have millions of items of a few bytes, for which 32-bit offsets would take as much
/// memory as the items. Only the low half of each offset is stored; the high half is the number of
/// `carries` before the item.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Offsets {
    low: Vec<u16>,
    /// `carries[k]`: how many offsets are below `(k + 1) << 16`.
    carries: Vec<u32>,
}

impl Offsets {
    /// The bytes of memory of an item.
    pub(crate) const BYTES: usize = size_of::<u16>();

    pub(crate) fn with_capacity(items: usize) -> Self {
        Self { low: Vec::with_capacity(items), carries: Vec::new() }
    }

    /// Appends the end of the next item, at or above the end of the last one.
    pub(crate) fn push(&mut self, end: usize) {
        self.carries.resize(end >> LOW_BITS, self.low.len() as u32);
        self.low.push(end as u16);
    }

    /// The number of items.
    pub(crate) fn len(&self) -> usize {
        self.low.len()
    }

    /// The bytes of item `n`, which must exist. The first item begins at 0.
    pub(crate) fn span(&self, n: usize) -> Range<usize> {
        let high = self.high(n);
        let Some(before) = n.checked_sub(1) else { return 0..self.offset(high, n) };
        // Neighbours rarely differ in the high half.
        let is_carried = high > 0 && self.carries[high - 1] as usize > before;
        let high_before = if is_carried { self.high(before) } else { high };
        self.offset(high_before, before)..self.offset(high, n)
    }

    fn high(&self, n: usize) -> usize {
        self.carries.partition_point(|&items| items as usize <= n)
    }

    fn offset(&self, high: usize, n: usize) -> usize {
        high << LOW_BITS | usize::from(self.low[n])
    }

    pub(crate) fn reserve(&mut self, items: usize) {
        self.low.reserve(items);
    }

    /// Releases unused capacity.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.low.shrink_to_fit();
        self.carries.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spans_are_those_of_the_lengths(
            lengths in proptest::collection::vec(prop_oneof![0..9_usize, 65_530..65_540_usize, 0..400_000_usize], 0..200),
        ) {
            let (mut offsets, mut end) = (Offsets::default(), 0);
            let mut spans = Vec::new();
            for length in lengths {
                spans.push(end..end + length);
                end += length;
                offsets.push(end);
            }
            let read: Vec<_> = (0..offsets.len()).map(|n| offsets.span(n)).collect();
            prop_assert_eq!(read, spans);
        }
    }
}
