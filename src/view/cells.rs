//! Fitting text into columns, by grapheme.

use crate::markup::unmarked;
use ratatui::buffer::CellWidth;
use ratatui::style::Style;
use ratatui::text::Span;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(width).sum() }
}

fn width(grapheme: &str) -> usize {
    usize::from(grapheme.cell_width())
}

/// The beginning of a text that fits, with `…` if that is not all of it.
pub fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let (range, _) = take(text, 0, room.saturating_sub(1));
    let dots = if room > 0 { "…" } else { "" };
    format!("{}{dots}", &text[range])
}

/// The end of a text that fits, with `…` before it if that is not all of it.
pub fn cut_start(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let dots = if room > 0 { "…" } else { "" };
    format!("{dots}{}", &text[end_of(text, room.saturating_sub(1))..])
}

/// Where the end of a text begins that takes at most so many columns.
fn end_of(text: &str, room: usize) -> usize {
    let mut left = room;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let Some(rest) = left.checked_sub(width(grapheme)) else { break };
        (left, start) = (rest, at);
    }
    start
}

/// What fits of a text from a byte on: the bytes, and how many columns they take.
fn take(text: &str, from: usize, room: usize) -> (Range<usize>, usize) {
    let mut used = 0;
    let mut end = from;
    for grapheme in text[from..].graphemes(true) {
        if used + width(grapheme) > room {
            break;
        }
        used += width(grapheme);
        end += grapheme.len();
    }
    (from..end, used)
}

/// The first line of a text, as far as any screen is wide, without marks of Markdown.
pub fn first_line(text: &str) -> Cow<'_, str> {
    const WIDEST: usize = 4000;
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or("");
    let mut end = line.len().min(WIDEST);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    unmarked(&line[..end])
}

/// How a row is drawn: the text, and what matches in it.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// The text.
    pub base: Style,
    /// Laid over it where it matches.
    pub matched: Style,
}

/// A text in a row of `room` columns, cut so that its first match stays in sight.
pub fn fit(text: &str, matches: &[Range<usize>], room: usize, looks: Looks) -> Vec<Span<'static>> {
    let dots = || Span::styled("…", looks.base);
    let (whole, _) = take(text, 0, room);
    if whole.end == text.len() {
        return cover(text, whole, matches, looks);
    }
    let room = room.saturating_sub(1);
    let (shown, _) = take(text, 0, room);
    let first = matches.first().filter(|first| first.end > shown.end);
    let Some(first) = first else {
        let mut spans = cover(text, shown, matches, looks);
        if room > 0 {
            spans.push(dots());
        }
        return spans;
    };
    // The match stands at two thirds, or at the left where it is longer than that.
    let before = room * 2 / 3;
    let mut start = first.start;
    let mut used = columns(&text[first.clone()]).min(before);
    for (at, grapheme) in text[..first.start].grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > before {
            break;
        }
        start = at;
    }
    let room = room.saturating_sub(usize::from(start > 0));
    let (rest, _) = take(text, start, room + 1);
    let ends = rest.end == text.len();
    let shown = if ends { end_of(text, room + 1)..text.len() } else { take(text, start, room).0 };
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

/// Breaks a text into lines of at most `room` columns, between words where that is possible.
pub fn wrap(text: &str, room: usize) -> Vec<Range<usize>> {
    let room = room.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let mut at = start;
        while at < end {
            let (fits, _) = take(&text[..end], at, room);
            let mut stop = fits.end;
            if stop < end {
                let blank = text[at..stop].rfind(' ').filter(|_| !text[stop..].starts_with(' '));
                stop = blank.map_or(stop, |blank| at + blank);
            }
            // A character that is wider than the line still has to go somewhere.
            if stop == at {
                stop += text[at..end].graphemes(true).next().map_or(1, str::len);
            }
            lines.push(at..stop);
            at = stop + (text[stop..end].len() - text[stop..end].trim_start_matches(' ').len());
        }
        if line.is_empty() {
            lines.push(start..start);
        }
        start = end + 1;
    }
    lines
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
    fn wraps_between_words() {
        let lines = |text: &'static str, room| -> Vec<&str> {
            wrap(text, room).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("one\n\ntwo", 9), ["one", "", "two"]);
        assert_eq!(lines("abcdef", 4), ["abcd", "ef"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in any::<String>(), room in 0..30_usize, at in 0..40_usize) {
            let text = text.replace(char::is_control, " ");
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            let found = borders.windows(2).nth(at).map(|w| w[0]..w[1]);
            prop_assert!(columns(&plain(&text, found, room)) <= room.max(2));
            prop_assert!(columns(&cut(&text, room)) <= room);
            prop_assert!(columns(&cut_start(&text, room)) <= room);
            for line in wrap(&text, room) {
                // What can't be broken may stand out: some characters take three columns.
                let piece = &text[line];
                let whole = piece.graphemes(true).count() == 1;
                prop_assert!(columns(piece) <= room.max(1) || whole, "{piece:?}");
            }
        }
    }
}
