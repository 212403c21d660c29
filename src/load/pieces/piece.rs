//! What every way of cutting a text needs.

use crate::collection::Entry;
use crate::load::loader::ParsedDocument;

/// Gives one piece after the other.
pub(super) trait PieceSource: Send {
    fn next(&mut self) -> Option<ParsedDocument>;

    /// Whether an entry goes on in the next piece, which gives it then.
    fn is_amid_entry(&self) -> bool {
        false
    }
}

/// Moves lines behind the first `prefix` lines of a piece to where they stand in the text, `before`
/// lines of which come before the rest of the piece.
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
