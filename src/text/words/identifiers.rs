//! The parts of identifiers: `use` and `effect` of `useEffect`, `snake` and `case` of `snake_case`.

use std::ops::Range;

/// The fewest bytes of a part.
const MIN_PART: usize = 2;

/// Whether an identifier may have parts.
pub(super) fn has_parts(identifier: &str) -> bool {
    let bytes = identifier.as_bytes();
    (1..bytes.len()).any(|at| is_border(bytes, at))
}

/// The byte ranges of the parts of an identifier; none if its only part is the whole.
pub(super) fn parts(identifier: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = identifier.as_bytes();
    let whole = identifier.trim_matches('_').len();
    let mut from = 0;
    let borders = (1..=bytes.len()).filter(|&at| at == bytes.len() || is_border(bytes, at));
    let ranges = borders.map(move |at| {
        let underscores = bytes[from..at].iter().take_while(|&&b| b == b'_').count();
        let part = from + underscores..at;
        from = at;
        part
    });
    ranges.filter(move |part| {
        part.len() >= MIN_PART && part.len() != whole && identifier.get(part.clone()).is_some()
    })
}

/// Whether a part of an identifier starts at `at`: after `_`, at `aB`, and at `HTTPServer`'s `S`.
fn is_border(bytes: &[u8], at: usize) -> bool {
    let (before, here) = (bytes[at - 1], bytes[at]);
    (here == b'_') != (before == b'_')
        || before.is_ascii_lowercase() && here.is_ascii_uppercase()
        || before.is_ascii_uppercase()
            && here.is_ascii_uppercase()
            && at >= 2
            && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
            && bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase)
}
