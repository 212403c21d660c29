//! A stable hash for file names.

/// The offset basis of [`fnv`].
pub(super) const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the same on every system and in every version, unlike the hashes of the library.
pub(super) fn fnv(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
