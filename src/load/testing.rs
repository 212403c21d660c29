//! Shared by the tests of formats.

use super::loader::{Loader, ParsedDocument, SourceText};
use super::options::Options;

/// Reads a text with a loader.
pub(crate) fn read(loader: &dyn Loader, text: &str) -> ParsedDocument {
    let (name, options) = ("-".into(), Options::default());
    loader.read(&SourceText::whole(&name, text, &options))
}

/// Questions with their answers.
pub(crate) fn pairs(found: ParsedDocument) -> Vec<(String, String)> {
    found.entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
}
