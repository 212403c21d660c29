//! The encoding of posting lists.
//!
//! A list is a sequence of LEB128 numbers. Each is the distance to the next entry, shifted left by
//! [`PAYLOAD_BITS`], with the payload of the occurrence in the low bits. Lists are only read from
//! their start, so that merging two indexes rewrites one number per list and copies the rest.
//!
//! A list of several postings is preceded by their number and the last entry. Most words of a large
//! collection occur once; such a list is just its posting.

/// The bits of a posting that hold its payload.
pub(super) const PAYLOAD_BITS: u32 = 3;
/// The number of different payloads.
pub(in crate::search) const PAYLOADS: usize = 1 << PAYLOAD_BITS;

/// A list, with what can be known without reading its postings.
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'a> {
    /// The number of its postings.
    pub count: u32,
    /// Its last entry.
    pub last: u32,
    postings: &'a [u8],
}

impl<'a> List<'a> {
    /// The list that these bytes hold.
    pub fn of(bytes: &'a [u8]) -> Self {
        let (first, rest) = take_number(bytes);
        if rest.is_empty() {
            return Self { count: 1, last: (first >> PAYLOAD_BITS) as u32, postings: bytes };
        }
        let (last, postings) = take_number(rest);
        Self { count: first as u32, last: last as u32, postings }
    }

    /// Calls `each` with the entry and payload of every posting, ascending.
    pub fn for_each(self, each: impl FnMut(usize, usize)) {
        for_each(self.postings, each);
    }
}

/// Builds a list.
#[derive(Debug, Default)]
pub(super) struct ListBuilder {
    count: u32,
    last: u32,
    postings: Vec<u8>,
}

impl ListBuilder {
    /// Appends a posting.
    pub fn push(&mut self, entry: u32, payload: u32) {
        push_posting(&mut self.postings, entry - self.last, payload);
        self.last = entry;
        self.count += 1;
    }

    /// Appends a list, whose entries are numbered from `base`.
    pub fn append(&mut self, list: List<'_>, base: u32) {
        let (first, rest) = take_number(list.postings);
        let (distance, payload) = ((first >> PAYLOAD_BITS) as u32, first as u32 & MAX_PAYLOAD);
        push_posting(&mut self.postings, distance + base - self.last, payload);
        self.postings.extend_from_slice(rest);
        self.last = list.last + base;
        self.count += list.count;
    }

    /// Appends the list to `bytes`, and starts the next one.
    pub fn write(&mut self, bytes: &mut Vec<u8>) {
        if self.count > 1 {
            push_number(bytes, u64::from(self.count));
            push_number(bytes, u64::from(self.last));
        }
        bytes.append(&mut self.postings);
        (self.count, self.last) = (0, 0);
    }
}

const MAX_PAYLOAD: u32 = PAYLOADS as u32 - 1;

fn push_posting(bytes: &mut Vec<u8>, distance: u32, payload: u32) {
    push_number(bytes, u64::from(distance) << PAYLOAD_BITS | u64::from(payload));
}

fn push_number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Splits the first number off some bytes.
fn take_number(bytes: &[u8]) -> (u64, &[u8]) {
    let (mut value, mut shift) = (0, 0);
    for (n, &byte) in bytes.iter().enumerate() {
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return (value, &bytes[n + 1..]);
        }
    }
    (value, &[])
}

fn for_each(list: &[u8], mut each: impl FnMut(usize, usize)) {
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
