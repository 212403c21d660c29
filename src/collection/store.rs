//! Many entries in one text arena: few allocations, and reading copies nothing.

use super::{Entry, EntryKey, Place, RawEntry, TextFormat};
use std::collections::HashSet;
use std::sync::Arc;

/// Separates the items of a list in the extras of a [`StoredEntry`]; the sanitiser removes it from
/// texts.
const ITEM: char = '\u{1f}';
/// Separates the lists.
const LIST: char = '\u{1e}';

/// An immutable set of entries.
///
/// One string contains all texts; an entry adds five numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EntryStore {
    text: String,
    records: Vec<StoredEntry>,
    sources: Vec<Arc<str>>,
}

/// Byte offsets into the arena: `id | question | answer | tags LIST aliases LIST url`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StoredEntry {
    start: u32,
    question: u32,
    answer: u32,
    extras: u32,
    line: u32,
    /// The number of the source, doubled; odd for plain answers.
    source: u32,
}

impl EntryStore {
    /// The maximum bytes of text in one store: its offsets are 32 bits wide.
    pub const MAX_BYTES: usize = u32::MAX as usize / 2;

    /// Packs entries into a store.
    pub fn new(entries: &[Entry]) -> Self {
        let bytes = entries.iter().map(|e| e.id.len() + e.question.len() + e.answer.len()).sum();
        let mut store = Self::with_room(bytes);
        for entry in entries {
            store.push(&entry.place.source, &entry.clone().into());
        }
        store.shrink();
        store
    }

    /// An empty store with capacity for this many bytes of text.
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.records.shrink_to_fit();
    }

    /// Adds an entry of `source`. All texts together must stay below [`EntryStore::MAX_BYTES`];
    /// loaders split their parts long before.
    pub fn push(&mut self, source: &Arc<str>, raw: &RawEntry<'_>) {
        let is_plain = u32::from(raw.format == TextFormat::Plain);
        let source = self.source_number(source) * 2 + is_plain;
        let start = self.text.len() as u32;
        self.text.push_str(&raw.id);
        let question = self.text.len() as u32;
        self.text.push_str(&raw.question);
        let answer = self.text.len() as u32;
        self.text.push_str(&raw.answer);
        let extras = self.text.len() as u32;
        self.push_list(&raw.tags);
        if !raw.aliases.is_empty() || raw.url.is_some() {
            self.text.push(LIST);
            self.push_list(&raw.aliases);
        }
        if let Some(url) = &raw.url {
            self.text.push(LIST);
            self.text.push_str(url);
        }
        let line = raw.line;
        self.records.push(StoredEntry { start, question, answer, extras, line, source });
    }

    fn push_list(&mut self, items: &[String]) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.text.push(ITEM);
            }
            self.text.push_str(item);
        }
    }

    fn source_number(&mut self, source: &Arc<str>) -> u32 {
        if self.sources.last() != Some(source) {
            self.sources.push(Arc::clone(source));
        }
        self.sources.len() as u32 - 1
    }

    /// The bytes of all texts.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = EntryRef<'_>> {
        (0..self.len()).filter_map(|n| self.get(n))
    }

    /// The `n`-th entry, counted from 0.
    pub fn get(&self, n: usize) -> Option<EntryRef<'_>> {
        let record = *self.records.get(n)?;
        let end = self.records.get(n + 1).map_or(self.text.len(), |next| next.start as usize);
        Some(EntryRef { store: self, record, end })
    }
}

/// One entry inside an [`EntryStore`].
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'a> {
    store: &'a EntryStore,
    record: StoredEntry,
    end: usize,
}

impl<'a> EntryRef<'a> {
    fn part(&self, from: u32, to: usize) -> &'a str {
        &self.store.text[from as usize..to]
    }

    /// The id of the entry; empty if the source has none.
    pub fn id(&self) -> &'a str {
        self.part(self.record.start, self.record.question as usize)
    }

    /// The key that identifies the entry in bookmarks and history.
    pub fn key(&self) -> EntryKey<'a> {
        EntryKey::new(self.source(), self.id(), self.question())
    }

    /// Whether the entry's key is in a set. State saved by the first versions has only names.
    pub fn is_in(&self, keys: &HashSet<String>) -> bool {
        let key = self.key();
        !keys.is_empty() && (keys.contains(key.name) || keys.contains(&key.to_string()))
    }

    /// The question, one or several lines.
    pub fn question(&self) -> &'a str {
        self.part(self.record.question, self.record.answer as usize)
    }

    /// The format of the answer.
    pub fn format(&self) -> TextFormat {
        if self.record.source % 2 == 1 { TextFormat::Plain } else { TextFormat::Markdown }
    }

    /// The answer.
    pub fn answer(&self) -> &'a str {
        self.part(self.record.answer, self.record.extras as usize)
    }

    fn list(&self, n: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let lists = self.part(self.record.extras, self.end);
        // Most entries have no lists, and searching an empty text for separators takes time too.
        let lists = (!lists.is_empty()).then(|| lists.split(LIST)).into_iter().flatten();
        lists.skip(n).take(1).flat_map(|list| list.split(ITEM)).filter(|item| !item.is_empty())
    }

    /// The tags, in the source's order.
    pub fn tags(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list(0)
    }

    /// Other wordings of the question.
    pub fn aliases(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list(1)
    }

    /// The web address.
    pub fn url(&self) -> Option<&'a str> {
        self.list(2).next()
    }

    /// The display name of its source.
    pub fn source(&self) -> &'a Arc<str> {
        &self.store.sources[(self.record.source / 2) as usize]
    }

    /// The line in its source, from 1; 0 if unknown.
    pub fn line(&self) -> u32 {
        self.record.line
    }

    /// An owned copy.
    pub fn to_entry(&self) -> Entry {
        Entry {
            id: self.id().to_owned(),
            question: self.question().to_owned(),
            answer: self.answer().to_owned(),
            format: self.format(),
            tags: self.tags().map(str::to_owned).collect(),
            aliases: self.aliases().map(str::to_owned).collect(),
            url: self.url().map(str::to_owned),
            place: Place { source: Arc::clone(self.source()), line: self.line() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_back_unchanged() {
        let full = Entry {
            id: "a".into(),
            question: "Why?".into(),
            answer: "Because.".into(),
            format: TextFormat::Plain,
            tags: vec!["one".into(), "two".into()],
            aliases: vec!["how come".into()],
            url: Some("https://example.org".into()),
            place: Place { source: "f.json".into(), line: 3 },
        };
        let bare = Entry { question: "What?".into(), ..Entry::default() };
        let with_url = Entry { url: Some("x:y".into()), ..bare.clone() };
        let entries = [full, bare, with_url];
        let store = EntryStore::new(&entries);
        let back: Vec<Entry> = (0..3).filter_map(|n| store.get(n)).map(|e| e.to_entry()).collect();
        assert_eq!(back, entries);
        assert!(store.get(3).is_none());
    }
}
