//! Finds the records of a long JSON text without building a tree.

use crate::load::splitting::{Parts, Sizes};
use serde::de::IgnoredAny;

/// Nesting depth of lists.
const MAX_DEPTH: usize = 8;

/// The members of the container with most of the text; `None` if they are not records, or the text
/// is not JSON.
pub(crate) fn parts(text: &str, sizes: Sizes) -> Option<Parts> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut opening = String::new();
    let mut closing = String::new();
    let mut at = text.len() - text.trim_start().len();
    for _ in 0..MAX_DEPTH {
        let container = OpenContainer::scan(text, at, sizes)?;
        let is_list = text[at..].starts_with('[');
        let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
        opening.push(open);
        closing.insert(0, close);
        let Largest { key, value, end } = container.largest;
        if end - value <= (container.length / 2).min(2 * sizes.whole) {
            let holds_records = !is_list || text[value..].starts_with(['{', '[']);
            let parts = Parts { opening, closing, separator: ",", ..container.parts };
            return holds_records.then_some(parts).and_then(Parts::some);
        }
        // A record with one long value has to stay in one piece.
        if !text[value..].starts_with(['[', '{']) {
            return None;
        }
        opening.push_str(text[key..value].trim());
        at = value;
    }
    None
}

/// The longest member, as byte offsets.
#[derive(Default)]
struct Largest {
    /// The offset of its key, or of its value if it has none.
    key: usize,
    value: usize,
    end: usize,
}

#[derive(Default)]
struct OpenContainer {
    parts: Parts,
    largest: Largest,
    /// In bytes.
    length: usize,
}

impl OpenContainer {
    /// Scans the members of the container that opens at `at`.
    fn scan(text: &str, at: usize, sizes: Sizes) -> Option<Self> {
        let mut found = Self::default();
        let bytes = text.as_bytes();
        let mut member: Option<Largest> = None;
        let (mut depth, mut n) = (0_usize, at);
        while let Some(&byte) = bytes.get(n) {
            if depth == 1
                && member.is_none()
                && !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b']' | b'}')
            {
                found.parts.add(n, sizes);
                member = Some(Largest { key: n, value: n, end: n });
            }
            match byte {
                b'"' => n = end_of_string(bytes, n)?,
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                b':' if depth == 1 => {
                    if let Some(member) = &mut member {
                        let blanks = text[n + 1..].len() - text[n + 1..].trim_start().len();
                        member.value = n + 1 + blanks;
                    }
                }
                _ => {}
            }
            let ends = depth == 0 || depth == 1 && byte == b',';
            if ends && let Some(member) = member.take() {
                let length = n - member.value;
                if length > found.largest.end - found.largest.value {
                    found.largest = Largest { end: n, ..member };
                }
            }
            if depth == 0 {
                found.length = n - at;
                return Some(found);
            }
            n += 1;
        }
        None
    }
}

/// The closing quote of the string that opens at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut n = at + 1;
    loop {
        n += memchr::memchr2(b'"', b'\\', bytes.get(n..)?)?;
        if bytes[n] == b'"' {
            return Some(n);
        }
        n += 2;
    }
}
