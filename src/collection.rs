//! Collections of entries: the data model of every format.
//!
//! [`Entry`] is the owned record that loaders make and converters write; [`RawEntry`] is one whose
//! texts still lie in the source, for there may be millions. [`EntryStore`] keeps many of either in one
//! text arena, read through [`EntryRef`].
//! Nothing here knows of files, searching or screens.

mod key;
mod marks;
mod store;

pub use key::EntryKey;
pub use marks::{Marks, Recall};
pub use store::{EntryRef, EntryStore};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A set of entries with a title.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Collection {
    /// The title; empty when the source gives none.
    #[serde(default)]
    pub title: String,
    /// One remark on the whole, such as "general information, no advice"; Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The questions, in the order of their source.
    pub entries: Vec<Entry>,
}

/// One question with its answer, tags, other wordings and origin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// A name that stays the same between loads; empty when the source gives none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The question as plain text; never empty in a loaded entry.
    pub question: String,
    /// The answer; empty when the source has none.
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
    /// Where the entry can be read on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it was loaded from; not part of any file.
    #[serde(skip)]
    pub place: Place,
}

impl Entry {
    /// What the entry is remembered by, as [`EntryRef::key`].
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
    /// Markdown without HTML, but for `<sub>`, `<sup>`, `<kbd>`, and `<br>` in cells of tables.
    #[default]
    Markdown,
}

/// An entry to be added to an [`EntryStore`], without its source.
#[derive(Debug, Clone, Default)]
pub struct RawEntry<'t> {
    /// As in [`Entry`], like all that follows.
    pub id: Cow<'t, str>,
    /// Empty when the record turned out to hold none.
    pub question: Cow<'t, str>,
    /// The answer.
    pub answer: Cow<'t, str>,
    /// The format of the answer.
    pub format: TextFormat,
    /// Subjects.
    pub tags: Vec<String>,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// 1-based; 0 when unknown.
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
    /// The source's name as a person would say it (a path, `-`, `built-in`).
    pub source: Arc<str>,
    /// 1-based; 0 when the format has no lines.
    pub line: u32,
}

/// The text of an answer's code block, where it ends with its only one: the command of a how-to.
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
    fn a_how_to_gives_its_bare_command() {
        assert_eq!(only_code("Unpacks.\n\n```sh\ntar xf {{file}}\n```\n"), Some("tar xf {{file}}"));
        assert_eq!(only_code("```\na\nb\n```"), Some("a\nb"));
        assert_eq!(only_code("```\na\n```\nand\n```\nb\n```"), None);
        assert_eq!(only_code("Use `x`."), None);
        assert_eq!(only_code("```\na\n```\nMore."), None);
    }
}
