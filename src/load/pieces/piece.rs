//! Common parts of the ways to cut a text.

use crate::collection::Entry;
use crate::load::parsed::ParsedDocument;

/// Gives one piece after the other.
pub(super) trait PieceSource: Send {
    fn next(&mut self) -> Option<ParsedDocument>;

    /// Whether an entry continues in the next piece, which then delivers it.
    fn is_amid_entry(&self) -> bool {
        false
    }

    /// The text, without what was freed.
    fn text(&self) -> &str;

    /// Frees most of the text that was read.
    fn free_read_text(&mut self);
}

/// Converts line numbers of a piece to those of the text: lines after the first `prefix` ones are
/// moved by the `before` lines that precede the piece.
pub(crate) fn shift_lines(found: &mut ParsedDocument, prefix: u32, before: u32) {
    let shift = |line: &mut u32| {
        if *line > prefix {
            *line = *line - prefix + before;
        }
    };
    found.entries.iter_mut().for_each(|entry: &mut Entry| shift(&mut entry.place.line));
    found.problems.iter_mut().for_each(|(line, ..)| shift(line));
    found.unused.retain(|unused| unused.line > prefix);
    found.unused.iter_mut().for_each(|unused| shift(&mut unused.line));
}
