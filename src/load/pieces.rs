//! Long texts, read in pieces: what a loader makes of a text takes up to a hundred times its size
//! while it reads it, so that it never gets more than a piece.

mod by_entry;
mod by_part;

use super::loader::{Loader, ParsedDocument, SourceText};
use super::output::Output;
use crate::collection::Entry;
pub(crate) use by_part::Parts;

/// Bytes of a piece; shorter texts are read whole.
pub(crate) const PIECE: usize = 1 << 20;

/// How a long text of a format is cut into pieces.
#[derive(Clone, Copy)]
pub(crate) enum Pieces {
    /// Not at all.
    Whole,
    /// Before an entry: entries tell their lines, and the text from one on is read as it was.
    ByEntry,
    /// Between the parts that this function finds; where it finds none, not at all.
    ByPart(fn(&str) -> Option<Parts>),
}

/// What came out of a long text.
pub(crate) enum Outcome {
    /// Its entries were delivered: its title and note.
    Delivered(String, Option<String>),
    /// No entry.
    Nothing(Box<ParsedDocument>),
    /// It is to be read whole.
    Whole,
}

/// Reads a text of more than a piece, and delivers the entries of a piece while the next is read.
pub(crate) fn read(loader: &dyn Loader, doc: &SourceText<'_>, output: &Output<'_>) -> Outcome {
    let mut source: Box<dyn Source + '_> = match loader.pieces() {
        Pieces::Whole => return Outcome::Whole,
        Pieces::ByEntry => Box::new(by_entry::Cutter::new(loader, doc)),
        Pieces::ByPart(find) => match find(doc.text) {
            Some(parts) => Box::new(by_part::Cutter::new(loader, doc, parts)),
            None => return Outcome::Whole,
        },
    };
    let mut first = source.next().unwrap_or_default();
    if first.rasa.is_some() {
        // Its parts belong together.
        return Outcome::Whole;
    }
    if first.entries.is_empty() && !source.is_amid_entry() {
        return Outcome::Nothing(Box::new(first));
    }
    let (title, note) = (std::mem::take(&mut first.title), first.note.take());
    let mut found = Some(first);
    while let Some(piece) = found {
        if output.cancelled() {
            break;
        }
        found = rayon::join(|| source.next(), || deliver(piece, output)).0;
    }
    Outcome::Delivered(title, note)
}

/// Gives one piece after the other.
trait Source: Send {
    fn next(&mut self) -> Option<ParsedDocument>;

    /// Whether an entry goes on in the next piece, which gives it then.
    fn is_amid_entry(&self) -> bool {
        false
    }
}

fn deliver(found: ParsedDocument, output: &Output<'_>) {
    for (line, column, message) in found.problems {
        output.problem(line, column, message);
    }
    found.unused.iter().for_each(|unused| output.unused(unused));
    output.deliver(output.take_part(), found.entries);
}

/// Moves lines behind the first `prefix` lines of a piece to where they stand in the text, `before`
/// lines of which come before the rest of the piece.
fn shift_lines(found: &mut ParsedDocument, prefix: u32, before: u32) {
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
