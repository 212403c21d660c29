//! Many entries in one text arena: few allocations, and reading copies nothing.

use super::{Entry, EntryKey, Offsets, Place, RawEntry, TextFormat};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Separates the items of a list in the text of a store; the sanitiser removes it from texts.
const ITEM: char = '\u{1f}';
/// Separates the lists.
const LIST: char = '\u{1e}';

/// An immutable set of entries.
///
/// One string contains all texts; an entry adds its offset and a header of a few bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EntryStore {
    /// For each entry `header | id | question | answer | tags LIST aliases LIST url`. The header is five
    /// [numbers](push_number): the number of the source, doubled, odd for plain answers; the line; the
    /// lengths of id, question and answer.
    text: String,
    /// Where each entry ends in `text`.
    ends: Offsets,
    sources: Vec<Arc<str>>,
}

impl EntryStore {
    /// The maximum bytes of text in one store: its offsets are 32 bits wide.
    pub const MAX_BYTES: usize = u32::MAX as usize / 2;

    /// Packs entries into a store.
    pub fn new(entries: &[Entry]) -> Self {
        let bytes = entries.iter().map(|e| e.id.len() + e.question.len() + e.answer.len()).sum();
        let mut store = Self::with_room(entries.len(), bytes);
        for entry in entries {
            store.push(&entry.place.source, &entry.clone().into());
        }
        store.shrink();
        store
    }

    /// An empty store with capacity for this many entries with this many bytes of text in total.
    pub fn with_room(entries: usize, bytes: usize) -> Self {
        /// Bytes of most headers.
        const HEADER: usize = 9;
        let text = String::with_capacity(bytes + HEADER * entries);
        Self { text, ends: Offsets::with_capacity(entries), sources: Vec::new() }
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Adds an entry of `source`. All texts together must stay below [`EntryStore::MAX_BYTES`];
    /// loaders split their parts long before.
    pub fn push(&mut self, source: &Arc<str>, raw: &RawEntry<'_>) {
        let is_plain = usize::from(raw.format == TextFormat::Plain);
        let source = self.source_number(source) * 2 + is_plain;
        let texts = [&raw.id, &raw.question, &raw.answer];
        push_number(&mut self.text, source);
        push_number(&mut self.text, raw.line as usize);
        for text in texts {
            push_number(&mut self.text, text.len());
        }
        for text in texts {
            self.text.push_str(text);
        }
        self.push_list(&raw.tags);
        if !raw.aliases.is_empty() || raw.url.is_some() {
            self.text.push(LIST);
            self.push_list(&raw.aliases);
        }
        if let Some(url) = &raw.url {
            self.text.push(LIST);
            self.text.push_str(url);
        }
        self.ends.push(self.text.len());
    }

    fn push_list(&mut self, items: &[String]) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.text.push(ITEM);
            }
            self.text.push_str(item);
        }
    }

    fn source_number(&mut self, source: &Arc<str>) -> usize {
        if self.sources.last() != Some(source) {
            self.sources.push(Arc::clone(source));
        }
        self.sources.len() - 1
    }

    /// The bytes of all texts and headers.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = EntryRef<'_>> {
        (0..self.len()).filter_map(|n| self.get(n))
    }

    /// The `n`-th entry, counted from 0.
    pub fn get(&self, n: usize) -> Option<EntryRef<'_>> {
        if n >= self.len() {
            return None;
        }
        let Range { start, end } = self.ends.span(n);
        let mut header = self.text.as_bytes()[start..end].iter();
        let source = take_number(&mut header);
        let line = take_number(&mut header) as u32;
        let lengths: [usize; 3] = std::array::from_fn(|_| take_number(&mut header));
        let id = end - header.len();
        let [question, answer, extras] = [
            id + lengths[0],
            id + lengths[0] + lengths[1],
            id + lengths[0] + lengths[1] + lengths[2],
        ];
        Some(EntryRef { store: self, source, line, id, question, answer, extras, end })
    }
}

/// Bits of a number in each of its characters.
const DIGIT_BITS: u32 = 6;
/// Set in all but the last character of a number.
const MORE: u8 = 1 << DIGIT_BITS;

/// Appends a number as ASCII characters of six bits, the lowest first.
fn push_number(text: &mut String, mut number: usize) {
    while number >= usize::from(MORE) {
        text.push(char::from(number as u8 & (MORE - 1) | MORE));
        number >>= DIGIT_BITS;
    }
    text.push(char::from(number as u8));
}

/// Takes a number that [`push_number`] wrote.
fn take_number(bytes: &mut std::slice::Iter<'_, u8>) -> usize {
    let (mut number, mut shift) = (0, 0);
    for &byte in bytes {
        number |= usize::from(byte & (MORE - 1)) << shift;
        shift += DIGIT_BITS;
        if byte & MORE == 0 {
            break;
        }
    }
    number
}

/// One entry inside an [`EntryStore`].
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'a> {
    store: &'a EntryStore,
    /// The number of the source, doubled; odd for plain answers.
    source: usize,
    line: u32,
    /// Where in the store's text each part begins.
    id: usize,
    question: usize,
    answer: usize,
    extras: usize,
    end: usize,
}

impl<'a> EntryRef<'a> {
    fn part(&self, from: usize, to: usize) -> &'a str {
        &self.store.text[from..to]
    }

    /// The id of the entry; empty if the source has none.
    pub fn id(&self) -> &'a str {
        self.part(self.id, self.question)
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
        self.part(self.question, self.answer)
    }

    /// The format of the answer.
    pub fn format(&self) -> TextFormat {
        if self.source % 2 == 1 { TextFormat::Plain } else { TextFormat::Markdown }
    }

    /// The answer.
    pub fn answer(&self) -> &'a str {
        self.part(self.answer, self.extras)
    }

    fn list(&self, n: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let lists = self.part(self.extras, self.end);
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
        &self.store.sources[self.source / 2]
    }

    /// The line in its source, from 1; 0 if unknown.
    pub fn line(&self) -> u32 {
        self.line
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
        let mut entries = vec![full, bare, with_url];
        // Lengths and lines where a header grows by a character.
        for number in [63, 64, 4095, 4096, 300_000] {
            let place = Place { source: format!("{number}.json").into(), line: number };
            let answer = "é".repeat(number as usize);
            entries.push(Entry { id: "b".repeat(64), answer, place, ..Entry::default() });
        }
        let last = Place { source: "f.json".into(), line: u32::MAX };
        entries.push(Entry { question: "Last?".into(), place: last, ..Entry::default() });
        let store = EntryStore::new(&entries);
        let back: Vec<Entry> = store.iter().map(|entry| entry.to_entry()).collect();
        assert_eq!(back, entries);
        assert!(store.get(entries.len()).is_none());
    }
}
