//! A text that is freed while it is read.

use crate::load::options::Options;
use crate::load::parsed::SourceText;
use std::sync::Arc;

/// A text to be read in pieces.
pub(crate) struct LongText<'t> {
    pub(crate) name: &'t Arc<str>,
    pub(crate) text: &'t mut String,
    pub(crate) options: &'t Options,
}

impl LongText<'_> {
    /// The text as a loader reads it.
    pub(super) fn source(&self) -> SourceText<'_> {
        SourceText::whole(self.name, self.text, self.options)
    }

    /// Frees the bytes before `from` if they are the larger part of the text, so that all calls
    /// together move no more bytes than the text has. Returns how many bytes were freed.
    pub(super) fn free_before(&mut self, from: usize) -> usize {
        if from <= self.text.len() / 2 {
            return 0;
        }
        self.text.drain(..from);
        self.text.shrink_to_fit();
        from
    }
}
