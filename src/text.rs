//! Text processing: sanitising for the terminal, folding, and tokenizing.
//!
//! Every string from a source passes [`sanitise`] once, after decoding; its output cannot move the
//! cursor, change colours or reorder a line.

#[cfg(any(feature = "tui", feature = "encoder"))]
mod fnv;
mod fold;
mod nearest;
mod prefix_key;
mod readings;
mod sanitise;
mod signs;
mod width;
mod words;

#[cfg(any(feature = "tui", feature = "encoder"))]
pub(crate) use fnv::{FNV_START, fnv};
pub use fold::{fold, fold_into};
pub use nearest::{nearest, nearest_above};
pub use prefix_key::PrefixKey;
pub use readings::Reading;
pub use sanitise::{sanitise, sanitise_keeping_tabs, sanitise_line};
pub use signs::{has_signs, has_signs_alone, normalise_signs};
pub use width::{columns, cut, cut_start, fitting, fitting_end, grapheme_width};
pub use words::{Word, words};

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Widens a byte range to the grapheme boundaries around it.
///
/// `range` must be within `text`, at character boundaries.
pub fn grapheme_range(text: &str, range: Range<usize>) -> Range<usize> {
    if text.is_ascii() {
        return range;
    }
    let mut start = range.start;
    let mut end = range.end;
    for (at, grapheme) in text.grapheme_indices(true) {
        let stop = at + grapheme.len();
        if at <= range.start && range.start < stop {
            start = at;
        }
        if at < range.end && range.end <= stop {
            end = stop;
            break;
        }
    }
    start..end.max(start)
}
