//! Opening sources: from bytes to entries, whatever their format.
//!
//! [`load`] reads sources and hands their entries to a [`Sink`] in parts, so that a large source
//! can be searched while the rest of it is still being read. What is wrong with one record is a
//! [`Problem`] and loses nothing else; a [`LoadError`] means that a source gave nothing at all.

mod json;

use crate::collection::{Collection, Entry, Place};
use crate::text::{sanitise, sanitise_line};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

/// The collection that is compiled in.
pub const BUILT_IN: &str = include_str!("../assets/quick-answers.json");

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The collection that comes with the program.
    BuiltIn,
    /// Standard input, read to its end.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
}

/// Takes what a loader finds. Loaders may call it from several threads at once.
pub trait Sink: Sync {
    /// The entries of part `part`: parts are numbered from 0 without gaps and may arrive in any
    /// order; the order of the numbers is the collection's order.
    fn entries(&self, part: usize, entries: Vec<Entry>);
    /// A record that was skipped or odd.
    fn problem(&self, problem: Problem);
    /// How many bytes of how many have been read; `total` is 0 while unknown.
    fn progress(&self, done: u64, total: u64) {
        let _ = (done, total);
    }
    /// Whether nobody waits for the rest any more.
    fn cancelled(&self) -> bool {
        false
    }
}

/// What is wrong with one place of a source; the rest of the source was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The source's name, made safe to show.
    pub source: Arc<str>,
    /// 1-based; 0 when unknown.
    pub line: u32,
    /// 1-based, in characters; 0 when unknown.
    pub column: u32,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.source)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a source could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The operating system said no.
    #[error("{source_name}: {}", describe(error))]
    Io {
        /// The source's name.
        source_name: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// It was read but made no sense.
    #[error("{0}")]
    Malformed(Problem),
    /// It was read and holds nothing.
    #[error("{source_name}: no question found; {expected}")]
    Empty {
        /// The source's name.
        source_name: String,
        /// What would have been one.
        expected: String,
    },
}

fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// What was loaded, beside the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The collection's own title, or one made of the sources' names.
    pub title: String,
    /// A remark on the whole.
    pub note: Option<String>,
}

/// Reads `sources` in their order into `sink`.
pub fn load(sources: &[Source], sink: &dyn Sink) -> Result<Summary, LoadError> {
    let mut summary = Summary::default();
    for (part, source) in sources.iter().enumerate() {
        let (name, text) = read(source)?;
        let mut collection = json::parse(&name, &text)?;
        for entry in &mut collection.entries {
            make_safe(entry);
        }
        summary.title = sanitise_line(Cow::Owned(collection.title)).into_owned();
        summary.note = collection.note.map(|note| sanitise(Cow::Owned(note)).into_owned());
        sink.entries(part, collection.entries);
    }
    Ok(summary)
}

fn read(source: &Source) -> Result<(Arc<str>, String), LoadError> {
    let io = |name: &str| {
        let source_name = name.to_owned();
        move |error| LoadError::Io { source_name, error }
    };
    match source {
        Source::BuiltIn => Ok(("built-in".into(), BUILT_IN.to_owned())),
        Source::Stdin => {
            let text = std::io::read_to_string(std::io::stdin()).map_err(io("-"))?;
            Ok(("-".into(), text))
        }
        Source::Path(path) => {
            let name = sanitise_line(path.to_string_lossy()).into_owned();
            let text = std::fs::read_to_string(path).map_err(io(&name))?;
            Ok((name.into(), text))
        }
    }
}

/// The only way from a source to the rest of the program.
fn make_safe(entry: &mut Entry) {
    fn line(text: &mut String) {
        if let Cow::Owned(clean) = sanitise_line(Cow::Borrowed(text)) {
            *text = clean;
        }
    }
    line(&mut entry.id);
    for text in [&mut entry.question, &mut entry.answer] {
        if let Cow::Owned(clean) = sanitise(Cow::Borrowed(text)) {
            *text = clean;
        }
    }
    entry.tags.iter_mut().chain(&mut entry.aliases).chain(&mut entry.url).for_each(line);
}

/// Loads everything into memory at once.
pub fn collect(sources: &[Source]) -> Result<(Collection, Vec<Problem>), LoadError> {
    #[derive(Default)]
    struct All {
        parts: std::sync::Mutex<std::collections::BTreeMap<usize, Vec<Entry>>>,
        problems: std::sync::Mutex<Vec<Problem>>,
    }
    fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
        mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    impl Sink for All {
        fn entries(&self, part: usize, entries: Vec<Entry>) {
            lock(&self.parts).insert(part, entries);
        }
        fn problem(&self, problem: Problem) {
            lock(&self.problems).push(problem);
        }
    }
    let all = All::default();
    let Summary { title, note } = load(sources, &all)?;
    let entries = std::mem::take(&mut *lock(&all.parts)).into_values().flatten().collect();
    let problems = std::mem::take(&mut *lock(&all.problems));
    Ok((Collection { title, note, entries }, problems))
}

fn place(source: &Arc<str>, line: u32) -> Place {
    Place { source: Arc::clone(source), line }
}
