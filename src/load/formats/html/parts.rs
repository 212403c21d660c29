//! Finds where a long page can be cut: before headings, before the most frequent elements, or
//! between the questions of its structured data. The parser closes elements that a piece leaves
//! open, and ignores unmatched end tags.

use crate::load::formats::json;
use crate::load::splitting::{Parts, Sizes};
use memchr::{memchr_iter, memmem};
use std::collections::HashMap;
use std::ops::Range;

/// Elements that may hold a question.
const HOLDERS: [&str; 10] =
    ["div", "details", "dt", "section", "article", "li", "tr", "p", "button", "h6"];
/// The most different tags that are counted.
const MAX_TAGS: usize = 10_000;

/// The parts of a page; `None` if it cannot be cut.
pub(super) fn parts(text: &str, sizes: Sizes) -> Option<Parts> {
    let by_level = (b'1'..=b'6').map(|level| {
        collect(text, sizes, |tag| {
            let bytes = tag.as_bytes();
            bytes.len() > 1
                && bytes[0].eq_ignore_ascii_case(&b'h')
                && (b'1'..=level).contains(&bytes[1])
        })
    });
    let mut candidates: Vec<Parts> = by_level.collect();
    if let Some(usual) = usual_tag(text) {
        candidates.push(collect(text, sizes, |tag| tag == usual));
    }
    candidates.push(collect(text, sizes, is_holder));
    let fits = |most: usize| candidates.iter().position(|c| longest(c, text.len()) <= most);
    let found = fits(sizes.whole).or_else(|| fits(2 * sizes.whole));
    let found = match found {
        Some(at) => candidates.swap_remove(at),
        None => structured_data(text, sizes)?,
    };
    Parts { repeats: true, ..found }.some()
}

/// The parts of the longest script with structured data.
fn structured_data(text: &str, sizes: Sizes) -> Option<Parts> {
    let is_data = |(_, tag): &(usize, &str)| is_script(tag) && tag.contains("ld+json");
    let script = tags(text).filter(is_data).map(|(at, tag)| (tag, content(text, at, tag)));
    let (tag, range) = script.max_by_key(|(_, range)| range.len())?;
    // The rest of the page is read with the first and the last piece.
    if text.len() - range.len() > sizes.whole {
        return None;
    }
    let mut parts = json::parts::parts(&text[range.clone()], sizes)?;
    parts.starts.iter_mut().for_each(|start| *start += range.start);
    parts.opening.insert_str(0, &format!("<{tag}>"));
    parts.closing.push_str("</script>");
    Some(parts)
}

/// The content of the script whose tag begins at `at`.
fn content(text: &str, at: usize, tag: &str) -> Range<usize> {
    let from = text.len().min(at + tag.len() + 2);
    let length = memmem::find(&text.as_bytes()[from..], b"</script");
    from..length.map_or(from, |length| from + length)
}

fn longest(parts: &Parts, length: usize) -> usize {
    let ends = parts.starts.iter().copied().chain([length]);
    let starts = [0].into_iter().chain(parts.starts.iter().copied());
    starts.zip(ends).map(|(start, end)| end - start).max().unwrap_or(length)
}

/// The offsets of tags whose content (between the brackets) is wanted.
fn collect(text: &str, sizes: Sizes, is_wanted: impl Fn(&str) -> bool) -> Parts {
    let mut parts = Parts::default();
    for (at, tag) in tags(text) {
        if is_wanted(tag) {
            parts.add(at, sizes);
        }
    }
    parts
}

/// Every opening tag with the text between its brackets. The code of scripts has no tags.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    memchr_iter(b'<', text.as_bytes()).filter_map(move |at| {
        let rest = &text[at + 1..];
        if is_code {
            is_code = !rest.get(..7).is_some_and(|name| name.eq_ignore_ascii_case("/script"));
            return None;
        }
        rest.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
        // Cut, because a closing bracket may be far away.
        let rest = &rest[..rest.floor_char_boundary(200)];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        is_code = is_script(tag);
        Some((at, tag))
    })
}

fn is_script(tag: &str) -> bool {
    name(tag).eq_ignore_ascii_case("script")
}

fn name(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default()
}

fn is_holder(tag: &str) -> bool {
    let name = name(tag);
    HOLDERS.iter().any(|holder| name.eq_ignore_ascii_case(holder))
}

/// The most frequent tag with a class; of equal ones the first, which is the outermost.
fn usual_tag(text: &str) -> Option<&str> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, tag) in tags(text).filter(|(_, tag)| tag.contains("class") && is_holder(tag)) {
        if counts.len() < MAX_TAGS || counts.contains_key(tag) {
            counts.entry(tag).or_insert((0, at)).0 += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|&(_, (count, at))| (count, std::cmp::Reverse(at)));
    most.map(|(tag, _)| tag)
}
