//! Finds the parts of a long YAML text without parsing it.

use super::first_lines;
use crate::load::splitting::{Parts, Sizes};
use memchr::memmem;

/// A map with so many keys is a list of parts; one with fewer may be a record, which stays whole.
const MIN_KEYS: usize = 64;

/// Nesting depth of maps.
const MAX_DEPTH: usize = 8;

/// A longer text before the parts is not repeated in each piece, in bytes.
const MAX_OPENING_BYTES: usize = 4096;

/// The items of a long list, the documents of a long text, or the members of a long map; `None` if a
/// part may refer to another.
pub(super) fn parts(text: &str, sizes: Sizes) -> Option<Parts> {
    if has_any(text, &[": *", "- *", ", *", "[*"]) && has_any(text, &[": &", "- &", ", &", "[&"]) {
        return None;
    }
    let is_list = first_lines(text).first().is_some_and(|line| line.starts_with("- "));
    let mark = if is_list { "\n- " } else { "\n---\n" };
    let mut parts = Parts::default();
    for at in memmem::find_iter(text.as_bytes(), mark) {
        parts.add(at + 1, sizes);
    }
    if parts.starts.len() > 1 {
        return parts.some();
    }
    items_of_key(text, sizes).or_else(|| members_of_map(text, sizes))
}

fn has_any(text: &str, marks: &[&str]) -> bool {
    marks.iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// The items of the list that is the last value of a top-level map.
fn items_of_key(text: &str, sizes: Sizes) -> Option<Parts> {
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let mut at = 0;
    let mut item: Option<usize> = None;
    let mut parts = Parts::default();
    for line in text.split_inclusive('\n') {
        match item {
            None if is_item(line) => {
                item = Some(columns(line));
                text[..at].clone_into(&mut parts.opening);
                parts.add(at, sizes);
            }
            Some(indent) if columns(line) == indent && is_item(line) => parts.add(at, sizes),
            // Something else follows the list.
            Some(indent) if !is_blank(line) && columns(line) <= indent => return None,
            None | Some(_) => {}
        }
        at += line.len();
    }
    (parts.opening.len() < MAX_OPENING_BYTES).then_some(parts).and_then(Parts::some)
}

/// The members of the top-level map, or of its last value while that is a map and has more.
fn members_of_map(text: &str, sizes: Sizes) -> Option<Parts> {
    let (mut from, mut indent) = (0, 0);
    for _ in 0..MAX_DEPTH {
        let mut parts = Parts { opening: text[..from].to_owned(), ..Parts::default() };
        let (mut at, mut count, mut last) = (from, 0, from);
        let mut inner = None;
        for line in text[from..].split_inclusive('\n') {
            if columns(line) == indent && is_key(line) {
                parts.add(at, sizes);
                (count, last, inner) = (count + 1, at + line.len(), None);
            } else if !is_blank(line) {
                inner = inner.or(Some(columns(line)));
            }
            at += line.len();
        }
        if count >= MIN_KEYS || last > MAX_OPENING_BYTES {
            let is_long = count >= MIN_KEYS && parts.opening.len() < MAX_OPENING_BYTES;
            return is_long.then_some(parts).and_then(Parts::some);
        }
        (from, indent) = (last, inner.filter(|&inner| inner > indent)?);
    }
    None
}

fn columns(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

/// Whether a line begins with a key, which may be a sentence.
fn is_key(line: &str) -> bool {
    let line = line.trim();
    !line.starts_with(['#', '-', '%', '?', '[', '{'])
        && (line.ends_with(':') || line.contains(": "))
}
