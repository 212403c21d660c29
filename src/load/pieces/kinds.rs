//! How long texts are cut.

use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::options::Options;

/// Texts of so many bytes are read whole.
const MAX_WHOLE_BYTES: usize = 1 << 20;
/// Bytes of a piece of longer ones. What a loader makes of a piece takes up to a hundred times its
/// size, and two threads take turns, each with memory of its own.
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

/// How a long text of a format is cut into pieces.
#[derive(Clone, Copy)]
pub(crate) enum Pieces {
    /// Not at all.
    Whole,
    /// Before an entry: entries tell their lines, and the text from one on is read as it was.
    ByEntry,
    /// Between the parts that this function finds; where it finds none, not at all.
    ByPart(fn(&str, Sizes) -> Option<Parts>),
    /// While it is read: this function hands over what it found each time that it has read about a
    /// piece, and returns the rest. It ends early where that gives false.
    Incremental(fn(&SourceText<'_>, &mut HandOver<'_>) -> ParsedDocument),
}

/// Takes what was found in a piece; false when no more is wanted.
pub(crate) type HandOver<'a> = dyn FnMut(ParsedDocument) -> bool + 'a;

/// The parts of a text, such as the records of a list.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Where some of them begin, in bytes, in order: a piece ends before one of these. What stands
    /// before the first part belongs to the first piece, what follows the last one to the last.
    pub(crate) starts: Vec<usize>,
    /// Stands before the first part of every piece but the first one.
    pub(crate) opening: String,
    /// Stands behind the last part of every piece but the last one.
    pub(crate) closing: String,
    /// Stands between parts; a piece does not end with it.
    pub(crate) separator: &'static str,
    /// The same question may be said in several parts; it is taken once.
    pub(crate) repeats: bool,
}

impl Parts {
    /// Takes the beginning of a part, unless it is near the one before.
    pub(crate) fn add(&mut self, start: usize, sizes: Sizes) {
        if self.starts.last().is_none_or(|&last| start >= last + sizes.piece / 4) {
            self.starts.push(start);
        }
    }

    /// `None` where there is nothing to cut.
    pub(crate) fn some(self) -> Option<Self> {
        (self.starts.len() > 1).then_some(self)
    }
}
