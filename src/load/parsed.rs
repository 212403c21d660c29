//! The text that a loader reads, and what it finds in it.

use super::options::Options;
use super::unused_text::UnusedText;
use crate::collection::Entry;
use std::sync::Arc;

/// The whole text of a source, and how to read it.
pub(crate) struct SourceText<'a> {
    pub(crate) name: &'a Arc<str>,
    pub(crate) text: &'a str,
    pub(crate) options: &'a Options,
    /// The text is incomplete: its last record may be unfinished.
    pub(crate) is_cut: bool,
}

impl<'a> SourceText<'a> {
    /// A complete text.
    pub(crate) fn whole(name: &'a Arc<str>, text: &'a str, options: &'a Options) -> Self {
        Self { name, text, options, is_cut: false }
    }
}

/// The result of [`Loader::read`](super::loader::Loader::read).
#[derive(Debug, Default)]
pub(crate) struct ParsedDocument {
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    pub(crate) entries: Vec<Entry>,
    /// Line, column and message.
    pub(crate) problems: Vec<(u32, u32, String)>,
    /// Text that reached no entry.
    pub(crate) unused: Vec<UnusedText>,
    /// The whole text as the answer to the title in its front matter.
    pub(crate) whole: Option<Entry>,
    /// The text certainly has this format: no other loader is tried.
    pub(crate) certain: bool,
    /// A part of a chatbot, which other files may complete.
    pub(crate) rasa: Option<Box<super::rasa::Rasa>>,
}
