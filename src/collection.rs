//! Collections of entries: the data model of every format.
//!
//! [`Entry`] is the owned record that loaders create and converters write; the texts of
//! [`RawEntry`] are borrowed from the source, since there may be millions. [`EntryStore`] has many
//! entries in one text arena, read through [`EntryRef`]. This module does not depend on files,
//! searching or screens.

mod key;
mod marks;
mod offsets;
mod store;

pub use key::EntryKey;
pub use marks::{Marks, Recall};
pub(crate) use offsets::Offsets;
pub use store::{EntryRef, EntryStore};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A set of entries with a title.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Collection {
    /// The title; empty if the source has none.
    #[serde(default)]
    pub title: String,
    /// A remark about the whole collection, such as "general information, no advice"; Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The entries, in the order of their source.
    pub entries: Vec<Entry>,
}

/// A question with its answer, tags, other wordings and origin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// A name that stays the same between loads; empty if the source has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The question as plain text; never empty in a loaded entry.
    pub question: String,
    /// The answer; empty if the source has none.
    #[serde(default)]
    pub answer: String,
    /// The format of the answer.
    #[serde(skip)]
    pub format: TextFormat,
    /// Subjects, sections and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Other wordings of the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The web address of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it was loaded from; not part of the file.
    #[serde(skip)]
    pub place: Place,
}

impl Entry {
    /// The key that identifies the entry, as [`EntryRef::key`].
    pub fn key(&self) -> EntryKey<'_> {
        EntryKey::new(&self.place.source, &self.id, &self.question)
    }
}

/// The format of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// Shown unchanged, line by line.
    Plain,
    /// Markdown without HTML, except `<sub>`, `<sup>`, `<kbd>`, and `<br>` in table cells.
    #[default]
    Markdown,
}

/// An entry to add to an [`EntryStore`], without its source.
#[derive(Debug, Clone, Default)]
pub struct RawEntry<'t> {
    /// The id; this and the following fields are as in [`Entry`].
    pub id: Cow<'t, str>,
    /// The question; empty if the record has none.
    pub question: Cow<'t, str>,
    /// The answer.
    pub answer: Cow<'t, str>,
    /// The format of the answer.
    pub format: TextFormat,
    /// Subjects.
    pub tags: Vec<String>,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// The web address.
    pub url: Option<String>,
    /// The line, from 1; 0 if unknown.
    pub line: u32,
}

impl From<Entry> for RawEntry<'_> {
    fn from(entry: Entry) -> Self {
        let Entry { id, question, answer, format, tags, aliases, url, place } = entry;
        let [id, question, answer] = [id, question, answer].map(Cow::Owned);
        Self { id, question, answer, format, tags, aliases, url, line: place.line }
    }
}

/// The source is empty: the caller sets it.
impl From<RawEntry<'_>> for Entry {
    fn from(raw: RawEntry<'_>) -> Self {
        let RawEntry { id, question, answer, format, tags, aliases, url, line } = raw;
        let [id, question, answer] = [id, question, answer].map(Cow::into_owned);
        let place = Place { line, ..Place::default() };
        Self { id, question, answer, format, tags, aliases, url, place }
    }
}

/// The file and line that an entry came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The display name of the source (a path, `-`, `built-in`).
    pub source: Arc<str>,
    /// The line, from 1; 0 if the format has no lines.
    pub line: u32,
}

/// The only code block of an answer, if the answer ends with it: the command of a how-to.
pub fn only_code(answer: &str) -> Option<&str> {
    let rest = answer.trim_end().strip_suffix("\n```")?;
    let (before, fenced) = rest.split_once("```")?;
    let (_, code) = fenced.split_once('\n')?;
    let at_line_start = before.is_empty() || before.ends_with('\n');
    (at_line_start && !code.contains("```")).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::only_code;

    #[test]
    fn the_command_of_a_how_to_is_extracted() {
        assert_eq!(only_code("Unpacks.\n\n```sh\ntar xf {{file}}\n```\n"), Some("tar xf {{file}}"));
        assert_eq!(only_code("```\na\nb\n```"), Some("a\nb"));
        assert_eq!(only_code("```\na\n```\nand\n```\nb\n```"), None);
        assert_eq!(only_code("Use `x`."), None);
        assert_eq!(only_code("```\na\n```\nMore."), None);
    }
}
