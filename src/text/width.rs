//! Measures texts in terminal columns, and cuts them to a width.
//!
//! A grapheme is never split. Widths are those of `unicode-width`, as ratatui counts them:
//! half-width Katakana sound marks take a column of their own.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of a grapheme in columns: 0 to 2, rarely more.
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    grapheme.width() + sound_marks
}

/// The width of a text in columns.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_width).sum() }
}

/// Whether a byte is a character of one column, provided that its neighbours are too: most texts
/// consist of these, and splitting them into graphemes takes a large part of a frame.
fn is_narrow(byte: u8) -> bool {
    byte.is_ascii() && byte != b'\r'
}

/// The beginning of a text that fits into `room` columns, followed by `…` if it is cut.
pub fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let (range, _) = fitting(text, 0, room.saturating_sub(1));
    let dots = if room > 0 { "…" } else { "" };
    format!("{}{dots}", &text[range])
}

/// The end of a text that fits into `room` columns, preceded by `…` if it is cut.
pub fn cut_start(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let dots = if room > 0 { "…" } else { "" };
    format!("{dots}{}", &text[fitting_end(text, room.saturating_sub(1))..])
}

/// The byte offset of the longest end of a text that fits into `room` columns.
pub fn fitting_end(text: &str, room: usize) -> usize {
    let ascii =
        text.bytes().rev().take(room.saturating_add(1)).take_while(|&byte| is_narrow(byte)).count();
    if ascii > room || ascii == text.len() {
        return text.len() - ascii.min(room);
    }
    // The first one may be part of the preceding grapheme.
    let ascii = ascii.saturating_sub(1);
    let mut left = room - ascii;
    let mut start = text.len() - ascii;
    for (at, grapheme) in text[..start].grapheme_indices(true).rev() {
        let Some(rest) = left.checked_sub(grapheme_width(grapheme)) else { break };
        (left, start) = (rest, at);
    }
    start
}

/// The byte range from `from` on that fits into `room` columns, and its width.
pub fn fitting(text: &str, from: usize, room: usize) -> (Range<usize>, usize) {
    let rest = &text[from..];
    let ascii =
        rest.bytes().take(room.saturating_add(1)).take_while(|&byte| is_narrow(byte)).count();
    if ascii > room || ascii == rest.len() {
        let columns = ascii.min(room);
        return (from..from + columns, columns);
    }
    // The last one may be part of the following grapheme.
    let mut used = ascii.saturating_sub(1);
    let mut end = from + used;
    for grapheme in text[end..].graphemes(true) {
        if used + grapheme_width(grapheme) > room {
            break;
        }
        used += grapheme_width(grapheme);
        end += grapheme.len();
    }
    (from..end, used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_at_either_end() {
        assert_eq!(cut("longer", 5), "long…");
        assert_eq!(cut_start("longer", 5), "…nger");
        assert_eq!(cut("\u{65e5}\u{672c}\u{8a9e}", 5), "\u{65e5}\u{672c}…");
        assert_eq!(cut("x", 0), "");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in "\\PC*", room in 0..30_usize) {
            prop_assert!(columns(&cut(&text, room)) <= room);
            prop_assert!(columns(&cut_start(&text, room)) <= room);
        }

        /// The fast path for ASCII agrees with counting graphemes.
        #[test]
        fn what_fits_is_counted_by_graphemes(
            text in "([ -~]{0,9}|\r\n|\u{301}|\u{600}|\u{200d}|\u{65e5}|e\u{301}|\u{1f44d}\u{1f3fd}){0,6}",
            room in 0..20_usize,
        ) {
            let all: Vec<&str> = text.graphemes(true).collect();
            let taken = |graphemes: &mut dyn Iterator<Item = &&str>| {
                let mut left = room;
                let fits = |grapheme: &&&str| {
                    let rest = left.checked_sub(grapheme_width(grapheme));
                    left = rest.unwrap_or(left);
                    rest.is_some()
                };
                graphemes.take_while(fits).map(|grapheme| grapheme.len()).sum::<usize>()
            };
            prop_assert_eq!(fitting(&text, 0, room).0.end, taken(&mut all.iter()));
            prop_assert_eq!(text.len() - fitting_end(&text, room), taken(&mut all.iter().rev()));
        }

        #[test]
        fn widths_are_those_of_the_drawing_library(text in "\\PC*") {
            use ratatui::buffer::CellWidth;
            for grapheme in text.graphemes(true) {
                prop_assert_eq!(grapheme_width(grapheme), usize::from(grapheme.cell_width()));
            }
        }
    }
}
