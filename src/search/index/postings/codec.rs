//! The encoding of posting lists.
//!
//! A list is a run of LEB128 numbers. Each is the distance to the next entry shifted left by
//! [`PAYLOAD_BITS`], with the payload of the occurrence in the low bits. Lists are only read from
//! their start, so that merging two indexes rewrites one number per list and copies the rest.

/// The bits of a posting that hold its payload.
pub(super) const PAYLOAD_BITS: u32 = 3;
/// The number of different payloads.
pub(in crate::search) const PAYLOADS: usize = 1 << PAYLOAD_BITS;

/// Appends a posting, `distance` entries after the one before.
pub(super) fn push(bytes: &mut Vec<u8>, distance: u32, payload: u32) {
    let mut value = u64::from(distance) << PAYLOAD_BITS | u64::from(payload);
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Takes the first posting off a list: its distance and payload.
pub(super) fn take(bytes: &[u8]) -> (u32, u32, &[u8]) {
    let head = bytes.iter().take_while(|&&byte| byte >= 0x80).count() + 1;
    let (first, rest) = bytes.split_at(head.min(bytes.len()));
    let value = first
        .iter()
        .enumerate()
        .fold(0_u64, |value, (i, byte)| value | u64::from(byte & 0x7f) << (7 * i));
    ((value >> PAYLOAD_BITS) as u32, value as u32 & (PAYLOADS as u32 - 1), rest)
}

/// Calls `each` with the entry and payload of every posting of a list, ascending.
pub(super) fn for_each(list: &[u8], mut each: impl FnMut(usize, usize)) {
    let mut entry = 0;
    let mut bytes = list.iter();
    while let Some(&byte) = bytes.next() {
        let mut value = u64::from(byte & 0x7f);
        if byte >= 0x80 {
            let mut shift = 7;
            for &byte in bytes.by_ref() {
                value |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
        }
        entry += (value >> PAYLOAD_BITS) as usize;
        each(entry, value as usize & (PAYLOADS - 1));
    }
}
