//! A stable hash for names of files and keys of cached vectors.

/// The offset basis of [`fnv`].
pub(crate) const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a (Fowler, Noll and Vo): the same on every system and in every version, unlike the hashes of
/// libraries.
pub(crate) fn fnv(start: u64, bytes: &[u8]) -> u64 {
    let add = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    bytes.iter().fold(start, add)
}
