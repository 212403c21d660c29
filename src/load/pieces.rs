//! Long texts, read in pieces: while a loader reads a text it needs up to a hundred times its size,
//! so it is given one piece at a time.

mod by_entry;
mod by_part;
mod long_text;
mod piece;

use super::loader::Loader;
use super::output::Output;
use super::parsed::{ParsedDocument, SourceText};
use super::splitting::{PieceSink, Pieces, Sizes};
pub(crate) use long_text::LongText;
use piece::PieceSource;
pub(crate) use piece::shift_lines;

/// The result of reading a long text in pieces.
pub(crate) enum PiecesResult {
    /// The entries were delivered: title and note.
    Delivered(String, Option<String>),
    /// No entry was found; the rest of the result.
    Nothing(Box<ParsedDocument>),
    /// The text has to be read whole.
    Whole,
}

/// Reads a text longer than a piece, and delivers the entries of one piece while the next is read.
/// Once entries are delivered, text that was read is freed.
pub(crate) fn read(loader: &dyn Loader, doc: LongText<'_>, output: &Output<'_>) -> PiecesResult {
    let mut source: Box<dyn PieceSource + '_> = match loader.pieces() {
        Pieces::Whole => return PiecesResult::Whole,
        Pieces::Incremental(read) => return incremental(read, &doc.source(), output),
        Pieces::ByEntry => Box::new(by_entry::EntryCutter::new(loader, doc)),
        Pieces::ByPart(find) => match find(doc.text, Sizes::of(doc.options)) {
            Some(parts) => Box::new(by_part::PartCutter::new(loader, doc, parts)),
            None => return PiecesResult::Whole,
        },
    };
    let mut first = source.next().unwrap_or_default();
    if first.rasa.is_some() {
        // Its parts depend on each other.
        return PiecesResult::Whole;
    }
    if first.entries.is_empty() && !source.is_amid_entry() {
        return PiecesResult::Nothing(Box::new(first));
    }
    let (title, note) = (std::mem::take(&mut first.title), first.note.take());
    let problems = loader.problems_of_long_text(source.text());
    for (line, column, message) in &problems {
        output.problem(*line, *column, message);
    }
    let mut found = Some(first);
    while let Some(mut piece) = found {
        piece.problems.retain(|problem| !problems.contains(problem));
        if output.cancelled() {
            break;
        }
        source.free_read_text();
        found = rayon::join(|| source.next(), || deliver(piece, output)).0;
    }
    PiecesResult::Delivered(title, note)
}

fn incremental(
    read: fn(&SourceText<'_>, &mut PieceSink<'_>) -> ParsedDocument,
    doc: &SourceText<'_>,
    output: &Output<'_>,
) -> PiecesResult {
    let mut delivered: Option<(String, Option<String>)> = None;
    let mut take = |mut piece: ParsedDocument| {
        let (title, note) = delivered.get_or_insert_default();
        if title.is_empty() {
            *title = std::mem::take(&mut piece.title);
        }
        *note = note.take().or(piece.note.take());
        deliver(piece, output);
        !output.cancelled()
    };
    let rest = read(doc, &mut take);
    let Some((mut title, note)) = delivered else { return PiecesResult::Nothing(Box::new(rest)) };
    if title.is_empty() {
        title.clone_from(&rest.title);
    }
    deliver(rest, output);
    PiecesResult::Delivered(title, note)
}

fn deliver(found: ParsedDocument, output: &Output<'_>) {
    for (line, column, message) in found.problems {
        output.problem(line, column, message);
    }
    found.unused.iter().for_each(|unused| output.unused(unused));
    output.deliver(output.take_part(), found.entries);
}
