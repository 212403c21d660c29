//! Fits styled text into columns, by grapheme.

use crate::text::{columns, fitting, fitting_end, grapheme_width};
use ratatui::style::Style;
use ratatui::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The first line of a text, limited to the widest screen.
pub fn first_line(text: &str) -> &str {
    const MAX_BYTES: usize = 4000;
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or("");
    let mut end = line.len().min(MAX_BYTES);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// The styles of a row.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// The text.
    pub base: Style,
    /// The style of matches, on top of `base`.
    pub matched: Style,
}

/// Fits a text into `room` columns; cuts it so that its first match stays visible.
pub fn fit(text: &str, matches: &[Range<usize>], room: usize, looks: Looks) -> Vec<Span<'static>> {
    let (whole, _) = fitting(text, 0, room);
    if whole.end == text.len() {
        return cover(text, whole, matches, looks);
    }
    let (shown, _) = fitting(text, 0, room.saturating_sub(1));
    match matches.first().filter(|first| first.end > shown.end) {
        Some(first) => around(text, 0, first, matches, (room, looks)),
        None => cut_end(text, shown, matches, (room, looks)),
    }
}

/// The minimum columns of a text that is cut in the middle.
const MIN_MIDDLE: usize = 16;

/// As [`fit`], but keeps the beginning visible as well: a text whose match would be cut off is cut
/// in the middle. With `keep_end` it is always cut there: if beginnings repeat, ends distinguish
/// texts.
pub fn fit_middle(
    text: &str,
    matches: &[Range<usize>],
    keep_end: bool,
    room: usize,
    looks: Looks,
) -> Vec<Span<'static>> {
    let (shown, _) = fitting(text, 0, room.saturating_sub(1));
    let beyond = matches.iter().find(|found| found.end > shown.end);
    let is_cut = fitting(text, 0, room).0.end < text.len();
    if !is_cut || room < MIN_MIDDLE || beyond.is_none() && !keep_end {
        return fit(text, matches, room, looks);
    }
    // The beginning gets a third of the columns, or more if matches are in the first half.
    let third = fitting(text, 0, room / 3).0.end;
    let half = fitting(text, 0, room / 2).0.end;
    let last = matches.iter().rfind(|found| found.end <= half);
    let head = &text[..last.map_or(third, |found| found.end.max(third))];
    let head = whole_words(head, &text[head.len()..], last.map_or(0, |found| found.end));
    let rest = room - columns(head);
    let end = fitting_end(text, rest - 1).max(head.len());
    // The end starts with a whole word, unless that costs too much of it.
    let next_word = text[end..].find(' ').filter(|length| *length < MIN_MIDDLE / 2);
    let end = next_word
        .map(|length| end + length + 1)
        .filter(|start| beyond.is_none_or(|found| found.start >= *start))
        .unwrap_or(end);
    if let Some(found) = beyond.filter(|found| found.start < end) {
        let mut spans = cover(text, 0..head.len(), matches, looks);
        spans.extend(around(text, head.len(), found, matches, (rest, looks)));
        return spans;
    }
    // The beginning gets the remaining columns.
    let longest = fitting(text, 0, room - 1 - columns(&text[end..])).0.end;
    let head = whole_words(&text[..longest], &text[longest..], head.len());
    let mut spans = cover(text, 0..head.len(), matches, looks);
    spans.push(Span::styled("…", looks.base));
    spans.extend(cover(text, end..text.len(), matches, looks));
    spans
}

/// A beginning up to its last whole word, but at least half of it and `least` bytes; `after` is the
/// text that follows.
fn whole_words<'a>(head: &'a str, after: &str, least: usize) -> &'a str {
    if after.starts_with(' ') {
        return head.trim_end();
    }
    let word = head.rfind(' ').filter(|&at| at * 2 > head.len() && at >= least);
    head[..word.unwrap_or(head.len())].trim_end()
}

/// The beginning of a text that is wider than its row.
fn cut_end(
    text: &str,
    shown: Range<usize>,
    matches: &[Range<usize>],
    (room, looks): (usize, Looks),
) -> Vec<Span<'static>> {
    let mut spans = cover(text, shown, matches, looks);
    if room > 1 {
        spans.push(Span::styled("…", looks.base));
    }
    spans
}

/// The part of a text, from byte `from` on, in which `target` is visible.
fn around(
    text: &str,
    from: usize,
    target: &Range<usize>,
    matches: &[Range<usize>],
    (room, looks): (usize, Looks),
) -> Vec<Span<'static>> {
    let dots = || Span::styled("…", looks.base);
    let room = room.saturating_sub(1);
    // The match ends at two thirds, or starts at the left if it is wider than that.
    let before = room * 2 / 3;
    let mut start = target.start;
    let mut used = columns(&text[target.clone()]).min(before);
    for (at, grapheme) in text[from..target.start].grapheme_indices(true).rev() {
        used += grapheme_width(grapheme);
        if used > before {
            break;
        }
        start = from + at;
    }
    let room = room.saturating_sub(usize::from(start > 0));
    let (rest, _) = fitting(text, start, room + 1);
    let ends = rest.end == text.len();
    let shown =
        if ends { fitting_end(text, room + 1)..text.len() } else { fitting(text, start, room).0 };
    let mut spans = vec![dots()];
    spans.extend(cover(text, shown, matches, looks));
    if !ends {
        spans.push(dots());
    }
    spans
}

/// Part of a text as spans.
fn cover(
    text: &str,
    part: Range<usize>,
    matches: &[Range<usize>],
    looks: Looks,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut add = |range: Range<usize>, style| {
        if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
            spans.push(Span::styled(piece.to_owned(), style));
        }
    };
    let mut at = part.start;
    for found in matches {
        let (start, end) = (found.start.clamp(at, part.end), found.end.clamp(at, part.end));
        add(at..start, looks.base);
        add(start..end, looks.base.patch(looks.matched));
        at = end;
    }
    add(at..part.end, looks.base);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str, found: impl Into<Option<Range<usize>>>, room: usize) -> String {
        let looks = Looks { base: Style::new(), matched: Style::new() };
        fit(text, found.into().as_slice(), room, looks)
            .iter()
            .map(|span| span.content.as_ref())
            .collect()
    }

    #[test]
    fn a_cut_row_keeps_its_match() {
        assert_eq!(plain("short", None, 5), "short");
        assert_eq!(plain("longer", None, 5), "long…");
        assert_eq!(plain("a very long row with a word", 23..27, 12), "…with a word");
        assert_eq!(plain("a very long row with a word in it", 23..27, 12), "… a word in…");
        assert_eq!(plain("\u{65e5}\u{672c}\u{8a9e}", None, 5), "\u{65e5}\u{672c}…");
        assert_eq!(plain("x", None, 0), "");
    }

    #[test]
    fn a_row_is_cut_in_the_middle_if_its_end_matters() {
        let looks = Looks { base: Style::new(), matched: Style::new() };
        let middle = |text: &str, found: &[Range<usize>], keep_end| -> String {
            let spans = fit_middle(text, found, keep_end, 24, looks);
            spans.iter().map(|span| span.content.as_ref()).collect()
        };
        let text = "What is the difference between props and state here?";
        assert_eq!(middle(text, &[], false), "What is the difference …");
        assert_eq!(middle(text, &[], true), "What is…and state here?");
        assert_eq!(middle(text, std::slice::from_ref(&(41..46)), false), "What is…and state here?");
        assert_eq!(middle(text, &[31..36, 41..46], false), "What is…ween props and …");
        assert_eq!(middle(text, &[5..7, 41..46], false), "What is…and state here?");
        assert_eq!(middle("short enough for it", &[], true), "short enough for it");
        // The end starts with a whole word; the beginning gets the remaining columns.
        let long_end = "How am I to know of an alternative reducer?";
        assert_eq!(middle(long_end, &[], true), "How am I to…reducer?");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in any::<String>(), room in 0..30_usize, at in 0..40_usize) {
            let text = text.replace(char::is_control, " ");
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            let found = borders.windows(2).nth(at).map(|w| w[0]..w[1]);
            prop_assert!(columns(&plain(&text, found.clone(), room)) <= room.max(2));
            let looks = Looks { base: Style::new(), matched: Style::new() };
            for keep_end in [false, true] {
                let spans = fit_middle(&text, found.as_slice(), keep_end, room, looks);
                let width: usize = spans.iter().map(|span| columns(&span.content)).sum();
                prop_assert!(width <= room.max(2));
            }
        }
    }
}
