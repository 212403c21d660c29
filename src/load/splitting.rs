//! How the long texts of a format are split into pieces, and at which sizes.

use crate::load::options::Options;
use crate::load::parsed::{ParsedDocument, SourceText};

/// Shorter texts are read whole.
const MAX_WHOLE_BYTES: usize = 1 << 20;
/// Bytes of a piece of longer texts. A loader needs up to a hundred times the size of a piece, and
/// two threads read in turn, each with its own memory.
const PIECE: usize = 1 << 18;

/// When and how finely a text is cut, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// The longest text that is read whole.
    pub(crate) whole: usize,
    /// The length of a piece.
    pub(crate) piece: usize,
}

impl Sizes {
    pub(crate) fn of(options: &Options) -> Self {
        match options.piece_size {
            Some(size) => Self { whole: size.max(1), piece: size.max(1) },
            None => Self { whole: MAX_WHOLE_BYTES, piece: PIECE },
        }
    }
}

/// How the long texts of a format are cut into pieces.
#[derive(Clone, Copy)]
pub(crate) enum Pieces {
    /// Not at all.
    Whole,
    /// Before an entry: entries have line numbers, and the text from an entry on can be read on its
    /// own.
    ByEntry,
    /// Between the parts that this function finds; not at all if it finds none.
    ByPart(fn(&str, Sizes) -> Option<Parts>),
    /// While it is read: the function passes on its results after about each piece and returns the
    /// rest. It stops early when that returns false.
    Incremental(fn(&SourceText<'_>, &mut PieceSink<'_>) -> ParsedDocument),
}

/// Takes the results of a piece; returns false when no more are wanted.
pub(crate) type PieceSink<'a> = dyn FnMut(ParsedDocument) -> bool + 'a;

/// The parts of a text, such as the records of a list.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Offsets of some of them in bytes, in order; a piece ends before one of these. Text before
    /// the first part belongs to the first piece, text after the last one to the last.
    pub(crate) starts: Vec<usize>,
    /// Inserted before the first part of every piece but the first.
    pub(crate) opening: String,
    /// Appended to the last part of every piece but the last.
    pub(crate) closing: String,
    /// The separator between parts; it is removed at the end of a piece.
    pub(crate) separator: &'static str,
    /// Several parts may hold the same question; it is kept once.
    pub(crate) repeats: bool,
}

impl Parts {
    /// Adds the beginning of a part, unless it is near the previous one.
    pub(crate) fn add(&mut self, start: usize, sizes: Sizes) {
        if self.starts.last().is_none_or(|&last| start >= last + sizes.piece / 4) {
            self.starts.push(start);
        }
    }

    /// `None` if there is nothing to cut.
    pub(crate) fn some(self) -> Option<Self> {
        (self.starts.len() > 1).then_some(self)
    }
}
