//! The key by which an entry is remembered: its source and its name there.

use std::fmt::{self, Display};

/// Separates the parts of a key; the sanitiser lets no such character into names.
const SEPARATOR: char = '\u{1f}';

/// A key in its parts. Its text form is what bookmarks and history hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryKey<'a> {
    /// The source's name; empty when it is unknown, in state of the first versions.
    pub source: &'a str,
    /// The entry's id, or else its question.
    pub name: &'a str,
}

impl<'a> EntryKey<'a> {
    /// The key of an entry with this id, which may be empty, and this question.
    pub fn new(source: &'a str, id: &'a str, question: &'a str) -> Self {
        Self { source, name: if id.is_empty() { question } else { id } }
    }

    /// Reads the text form.
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
