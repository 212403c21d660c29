//! The key that identifies an entry between starts: its source and its name there.

use std::fmt::{self, Display};

/// Separates the parts of a key; the sanitiser removes it from names.
const SEPARATOR: char = '\u{1f}';

/// The parts of a key. Bookmarks and history contain its text form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryKey<'a> {
    /// The name of the source; empty if it is unknown, in state saved by the first versions.
    pub source: &'a str,
    /// The entry's id, or else its question.
    pub name: &'a str,
}

impl<'a> EntryKey<'a> {
    /// The key of an entry with this question and id, which may be empty.
    pub fn new(source: &'a str, id: &'a str, question: &'a str) -> Self {
        Self { source, name: if id.is_empty() { question } else { id } }
    }

    /// Parses the text form.
    pub fn parse(key: &'a str) -> Self {
        let (source, name) = key.split_once(SEPARATOR).unwrap_or(("", key));
        Self { source, name }
    }
}

impl Display for EntryKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{SEPARATOR}{}", self.source, self.name)
    }
}
