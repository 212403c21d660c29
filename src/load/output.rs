//! The only way from a loader to the rest of the program: all text is sanitised here.

use super::error::{Diagnostic, LoadError};
use super::sink::{Sink, Summary};
use super::unused_text::UnusedText;
use crate::collection::{Entry, EntryStore, RawEntry, TextFormat};
use crate::markup::source::{is_inert, replace_raw_html};
use crate::text::{sanitise, sanitise_keeping_tabs, sanitise_line};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Further problems of a source are dropped: it may be wrong in every line.
const MAX_PROBLEMS: usize = 1000;

/// Entries per part, when all of them are known before the first is delivered.
const PART: usize = 16 * 1024;

/// Receives the results of one source's loader.
pub(crate) struct Output<'a> {
    sink: &'a dyn Sink,
    next_part: &'a AtomicUsize,
    name: Arc<str>,
    entries: AtomicUsize,
    problems: AtomicUsize,
    /// Whether line numbers that are delivered are those of the source.
    has_lines: bool,
}

impl<'a> Output<'a> {
    pub(crate) fn new(sink: &'a dyn Sink, next_part: &'a AtomicUsize, name: &Arc<str>) -> Self {
        let (entries, problems) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { sink, next_part, name: Arc::clone(name), entries, problems, has_lines: true }
    }

    /// An output for the text that another program made of this source: its line numbers are dropped.
    pub(crate) fn without_lines(&self) -> Self {
        Self { has_lines: false, ..Self::new(self.sink, self.next_part, &self.name) }
    }

    /// A line number, or 0 for unknown.
    fn line(&self, line: u32) -> u32 {
        if self.has_lines { line } else { 0 }
    }

    /// The number of the next part. Every number that is taken must be passed to
    /// [`Output::deliver`] once.
    pub(crate) fn take_part(&self) -> usize {
        self.next_part.fetch_add(1, Relaxed)
    }

    /// Sanitises the entries of a part and passes them to the sink; those without a question are
    /// dropped.
    pub(crate) fn deliver(&self, part: usize, entries: Vec<Entry>) {
        let room = entries.iter().map(|e| e.id.len() + e.question.len() + e.answer.len()).sum();
        let mut store = EntryStore::with_room(entries.len(), room);
        for entry in entries {
            let source = Arc::clone(&entry.place.source);
            self.push_safe(&mut store, &source, entry.into());
        }
        self.send(part, store);
    }

    /// Stores entries of this source one by one, so that they need not be collected first; `room`
    /// is about the length of their texts in bytes.
    pub(crate) fn deliver_each(
        &self,
        part: usize,
        room: usize,
        make: impl FnOnce(&mut dyn FnMut(RawEntry<'_>)),
    ) {
        let mut store = EntryStore::with_room(0, room);
        make(&mut |draft| self.push_safe(&mut store, &self.name, draft));
        self.send(part, store);
    }

    fn push_safe(&self, store: &mut EntryStore, source: &Arc<str>, mut draft: RawEntry<'_>) {
        fn line(text: &mut String) {
            if let Cow::Owned(clean) = sanitise_line(Cow::Borrowed(text)) {
                *text = clean;
            }
        }
        draft.id = sanitise_line(draft.id);
        draft.line = self.line(draft.line);
        draft.question = trimmed(sanitise(draft.question));
        if draft.format == TextFormat::Markdown {
            draft.answer = replace_raw_html(draft.answer);
        }
        draft.answer = trimmed_lines(sanitise_keeping_tabs(draft.answer));
        if is_inert(&draft.answer) {
            draft.format = TextFormat::Markdown;
        }
        draft.tags.iter_mut().chain(&mut draft.aliases).chain(&mut draft.url).for_each(line);
        if draft.question.is_empty() {
            return;
        }
        if store.text_bytes() + length(&draft) > EntryStore::MAX_BYTES {
            return self.problem(draft.line, 0, "too much text; at most 2 GB fit into one part");
        }
        store.push(source, &draft);
    }

    fn send(&self, part: usize, mut store: EntryStore) {
        store.shrink();
        self.entries.fetch_add(store.len(), Relaxed);
        self.sink.entries(part, store);
    }

    /// Delivers many entries in parts, on all cores: the sink does its work on the calling thread.
    pub(crate) fn deliver_all(&self, entries: Vec<Entry>) {
        let mut entries = entries.into_iter();
        let parts = std::iter::from_fn(|| {
            let part: Vec<Entry> = entries.by_ref().take(PART).collect();
            (!part.is_empty() && !self.cancelled()).then(|| (self.take_part(), part))
        });
        // Only as many parts as are being delivered exist beside the entries.
        parts.par_bridge().for_each(|(part, entries)| self.deliver(part, entries));
    }

    /// An output for one file of a folder.
    pub(crate) fn of_file(&self, name: &str) -> Self {
        Self::new(self.sink, self.next_part, &name.into())
    }

    /// Adds to the number of entries of this folder.
    pub(crate) fn add_count(&self, entries: usize) {
        self.entries.fetch_add(entries, Relaxed);
    }

    /// Reports how many entries a file of the folder has.
    pub(crate) fn file(&self, name: &str, entries: usize) {
        self.sink.file(name, entries);
    }

    /// Passes on a problem that names its source itself.
    pub(crate) fn report(&self, problem: Diagnostic) {
        self.sink.problem(problem.sanitised());
    }

    /// Reports that one of several sources could not be loaded. Its entries from an earlier load
    /// are kept, if there are any.
    pub(crate) fn failed(&self, source: &str, error: &LoadError) {
        let mut problem = error.to_diagnostic();
        if let Some(former) = self.sink.former(source) {
            problem.message += "; its former entries stay";
            self.send(self.take_part(), former);
        }
        self.report(problem);
    }

    /// How many entries were delivered.
    pub(crate) fn count(&self) -> usize {
        self.entries.load(Relaxed)
    }

    /// Reports a problem at one place of this source; line and column are 0 when unknown.
    pub(crate) fn problem(&self, line: u32, column: u32, message: impl AsRef<str>) {
        let line = self.line(line);
        let before = self.problems.fetch_add(1, Relaxed);
        if before > MAX_PROBLEMS {
            return;
        }
        let message = if before == MAX_PROBLEMS {
            "more problems follow; they are not listed".into()
        } else {
            sanitise_line(Cow::Borrowed(message.as_ref())).into_owned()
        };
        self.sink.problem(Diagnostic { source: Arc::clone(&self.name), line, column, message });
    }

    /// Reports text of this source that reached no entry.
    pub(crate) fn unused(&self, unused: &UnusedText) {
        let UnusedText { line, characters, beginning, first_records } = unused;
        let place = first_records.map(|count| format!(" in the first {count} records"));
        let place = place.unwrap_or_default();
        let beginning = sanitise_line(Cow::Borrowed(beginning));
        let message = format!("text in no entry: {characters} characters{place}, “{beginning} …”");
        let source = Arc::clone(&self.name);
        self.sink.unused(Diagnostic { source, line: self.line(*line), column: 0, message });
    }

    /// The summary of the source; the title defaults to its name.
    pub(crate) fn summary(&self, title: &str, note: Option<String>) -> Summary {
        let title = sanitise_line(title.into());
        let file = self.name.rsplit('/').find(|part| !part.is_empty()).unwrap_or(&self.name);
        let title = if title.trim().is_empty() { file.into() } else { title };
        let note = note.map(|note| sanitise(Cow::Owned(note)).into_owned());
        Summary { title: title.trim().to_owned(), note }
    }

    pub(crate) fn progress(&self, done: u64, total: u64) {
        self.sink.progress(done, total);
    }

    pub(crate) fn cancelled(&self) -> bool {
        self.sink.cancelled()
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }
}

/// The bytes that an entry takes in a store.
fn length(entry: &RawEntry<'_>) -> usize {
    let lists = entry.tags.iter().chain(&entry.aliases).chain(&entry.url);
    let texts = entry.id.len() + entry.question.len() + entry.answer.len();
    texts + lists.map(|item| item.len() + 1).sum::<usize>()
}

/// Without empty lines at both ends. In a text of several lines the first keeps its indentation,
/// which a drawn table or code needs.
pub(super) fn trimmed_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return trimmed(text);
    }
    let filled = text.trim_start();
    let start = text[..text.len() - filled.len()].rfind('\n').map_or(0, |at| at + 1);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text[start..].trim_end()),
        Cow::Owned(text) if start == 0 && text.trim_end().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text[start..].trim_end().to_owned()),
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() < text.len() => Cow::Owned(text.trim().to_owned()),
        Cow::Owned(text) => Cow::Owned(text),
    }
}
