//! How long texts are cut.

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
    pub(crate) fn add(&mut self, start: usize) {
        if self.starts.last().is_none_or(|&last| start >= last + PIECE / 4) {
            self.starts.push(start);
        }
    }

    /// `None` where there is nothing to cut.
    pub(crate) fn some(self) -> Option<Self> {
        (self.starts.len() > 1).then_some(self)
    }
}
