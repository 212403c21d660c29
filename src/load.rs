//! Opening sources: from bytes to entries, whatever their format.
//!
//! [`load`] reads sources and hands their entries to a [`Sink`] in parts, so that a large source
//! can be searched while the rest of it is still being read. What is wrong with one record is a
//! [`Diagnostic`] and loses nothing else; a [`LoadError`] means that a source gave nothing at all.
//!
//! The way of a source: `input` opens it, `format` finds out what it is, one loader of its list
//! turns it into entries, `output` makes them safe to show and hands them on. Large files of one
//! record a line go through `blocks`, which reads them in parallel.

mod anki;
mod ask;
mod blocks;
pub mod convert;
mod decode;
mod folder;
mod format;
mod html;
mod input;
mod json;
mod jsonl;
mod keys;
mod lines;
mod lint;
mod markdown;
mod node;
mod outline;
mod output;
mod posts;
mod rich;
mod sheet;
mod table;
mod text;
mod title;
mod yaml;

pub use format::Format;
pub use lint::{Oddity, lint};

use crate::collection::{Collection, Entry, Store};
use input::Input;
use output::Output;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// How to read sources; the default finds everything out by itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format that every source has, instead of the one that its content shows.
    pub from: Option<Format>,
    /// The column or key that holds the questions.
    pub question_key: Option<String>,
    /// The column or key that holds the answers.
    pub answer_key: Option<String>,
}

/// Takes what a loader finds. Loaders may call it from several threads at once.
pub trait Sink: Sync {
    /// The entries of part `part`: parts are numbered from 0 without gaps and may arrive in any
    /// order; the order of the numbers is the collection's order.
    fn entries(&self, part: usize, entries: Store);
    /// A record that was skipped or odd.
    fn problem(&self, problem: Diagnostic);
    /// One file, or another source, was read to its end and gave so many entries.
    fn file(&self, source: &str, entries: usize) {
        let _ = (source, entries);
    }
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
pub struct Diagnostic {
    /// The source's name, made safe to show.
    pub source: Arc<str>,
    /// 1-based; 0 when unknown.
    pub line: u32,
    /// 1-based, in characters; 0 when unknown.
    pub column: u32,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl std::fmt::Display for Diagnostic {
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
    Malformed(Diagnostic),
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

/// Reads `sources` in their order into `sink`, finding out what they are.
pub fn load(sources: &[Source], sink: &dyn Sink) -> Result<Summary, LoadError> {
    load_with(sources, &Options::default(), sink)
}

/// As [`load`], told how to read them. A source among several that gives nothing is a
/// [`Diagnostic`]; only when all of them give nothing it is an error.
pub fn load_with(
    sources: &[Source],
    options: &Options,
    sink: &dyn Sink,
) -> Result<Summary, LoadError> {
    let next_part = AtomicUsize::new(0);
    let mut summaries = Vec::new();
    let mut failed = None;
    for source in sources {
        match load_one(source, options, sink, &next_part) {
            Ok(summary) => summaries.push(summary),
            Err(error) if sources.len() == 1 => return Err(error),
            Err(error) => {
                sink.problem(error.to_problem());
                failed.get_or_insert(error);
            }
        }
    }
    match (failed, summaries.is_empty()) {
        (Some(error), true) => Err(error),
        _ => Ok(Summary::of_all(summaries)),
    }
}

impl LoadError {
    /// The same as something to be listed among other problems.
    pub fn to_problem(&self) -> Diagnostic {
        let of =
            |name: &str, message| Diagnostic { source: name.into(), line: 0, column: 0, message };
        match self {
            Self::Io { source_name, error } => of(source_name, describe(error)),
            Self::Malformed(problem) => problem.clone(),
            Self::Empty { source_name, expected } => {
                of(source_name, format!("no question found; {expected}"))
            }
        }
    }
}

impl Summary {
    fn of_all(mut summaries: Vec<Self>) -> Self {
        if summaries.len() == 1 {
            return summaries.remove(0);
        }
        let titles: Vec<_> = summaries.into_iter().map(|summary| summary.title).collect();
        Self { title: titles.join(", "), note: None }
    }
}

fn load_one(
    source: &Source,
    options: &Options,
    sink: &dyn Sink,
    next_part: &AtomicUsize,
) -> Result<Summary, LoadError> {
    if let Source::Path(path) = source
        && path.is_dir()
    {
        let name = crate::text::sanitise_line(path.to_string_lossy()).into();
        return folder::load(path, options, &Output::new(sink, next_part, &name));
    }
    let input = Input::open(source)?;
    let output = Output::new(sink, next_part, input.name());
    let result = format::load(input, options, &output);
    sink.file(output.name(), output.count());
    result
}

/// Loads everything into memory at once.
pub fn collect(sources: &[Source]) -> Result<(Collection, Vec<Diagnostic>), LoadError> {
    collect_with(sources, &Options::default())
}

/// As [`collect`], told how to read the sources.
pub fn collect_with(
    sources: &[Source],
    options: &Options,
) -> Result<(Collection, Vec<Diagnostic>), LoadError> {
    let gathered = Gathered::default();
    let Summary { title, note } = load_with(sources, options, &gathered)?;
    let (entries, problems) = (gathered.take_entries(), gathered.take_problems());
    Ok((Collection { title, note, entries }, problems))
}

/// Keeps everything that loading finds.
#[derive(Debug, Default)]
pub struct Gathered {
    parts: Mutex<std::collections::BTreeMap<usize, Store>>,
    problems: Mutex<Vec<Diagnostic>>,
    files: Mutex<Vec<(String, usize)>>,
}

impl Gathered {
    /// The entries in their order, once.
    pub fn take_entries(&self) -> Vec<Entry> {
        let parts = std::mem::take(&mut *lock(&self.parts));
        parts.values().flat_map(Store::iter).map(|entry| entry.to_entry()).collect()
    }

    /// The problems, those of one source by line and column, once.
    pub fn take_problems(&self) -> Vec<Diagnostic> {
        let mut problems = std::mem::take(&mut *lock(&self.problems));
        // Blocks of a large file are read side by side.
        for of_source in problems.chunk_by_mut(|a, b| a.source == b.source) {
            of_source.sort_by_key(|problem| (problem.line, problem.column));
        }
        problems
    }

    /// Every file that was read, with the number of its entries, once.
    pub fn take_files(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut *lock(&self.files))
    }
}

impl Sink for Gathered {
    fn entries(&self, part: usize, entries: Store) {
        lock(&self.parts).insert(part, entries);
    }

    fn problem(&self, problem: Diagnostic) {
        lock(&self.problems).push(problem);
    }

    fn file(&self, source: &str, entries: usize) {
        lock(&self.files).push((source.to_owned(), entries));
    }
}

/// A thread that panicked while it held the lock has been reported already; its data is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
