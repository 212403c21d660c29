//! The list of formats, and finding out which one a source has.

use super::input::Input;
use super::output::Output;
use super::{
    Diagnostic, LoadError, Options, Summary, anki, html, json, jsonl, lines, markdown, posts,
    sheet, table, text, yaml,
};
use crate::collection::Entry;
use std::sync::Arc;

/// Every format that can be opened; where two fit a source equally, the first is tried first.
static LOADERS: &[&dyn Loader] = &[
    &anki::Anki,
    &posts::Posts,
    &jsonl::JsonLines,
    &json::Json,
    &html::Html,
    &sheet::Sheet,
    &yaml::Yaml,
    &table::Table,
    &lines::QuestionLines,
    &markdown::Markdown,
    &text::Text,
];

/// One format.
pub(super) trait Loader: Sync {
    /// What `--from` calls it.
    fn name(&self) -> &'static str;

    /// What it opens, in a few words.
    fn about(&self) -> &'static str;

    /// Endings of file names, with the dot, lower case.
    fn endings(&self) -> &'static [&'static str];

    /// How well a source's beginning fits, from 0 (not at all) to 100 (nothing else does).
    fn fit(&self, peek: &Peek<'_>) -> u8;

    /// Finds the entries of a whole text.
    fn read(&self, doc: &Doc<'_>) -> Found;

    /// Whether it reads with [`Loader::stream`].
    fn streams(&self) -> bool {
        false
    }

    /// Reads sources that are not text, or too large to be read at once. `None` hands the source
    /// to [`Loader::read`].
    fn stream(&self, input: Input, options: &Options, output: &Output<'_>) -> Streamed {
        let _ = (options, output);
        Streamed::Declined(input)
    }
}

/// What became of a source that a loader was asked to stream.
pub(super) enum Streamed {
    /// It is to be read whole.
    Declined(Input),
    /// It was read to its end.
    Done(Result<Summary, LoadError>),
}

/// What is known of a source before it is read.
pub(super) struct Peek<'a> {
    /// Its first bytes.
    pub(super) head: &'a [u8],
    /// The same as text.
    pub(super) text: &'a str,
}

/// A text with what a loader needs to know about it.
pub(super) struct Doc<'a> {
    pub(super) name: &'a Arc<str>,
    pub(super) text: &'a str,
    pub(super) options: &'a Options,
}

/// What a loader found in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: String,
    pub(super) note: Option<String>,
    pub(super) entries: Vec<Entry>,
    /// Line, column and message.
    pub(super) problems: Vec<(u32, u32, String)>,
    /// The whole text as the answer to the title in its front matter.
    pub(super) whole: Option<Entry>,
    /// The text is of this format beyond doubt: no other is to be tried.
    pub(super) certain: bool,
}

/// A format by its name.
#[derive(Clone, Copy)]
pub struct Format(&'static dyn Loader);

impl Format {
    /// Every format, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        LOADERS.iter().map(|&loader| Self(loader))
    }

    /// What `--from` calls it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What it opens, in a few words.
    pub fn about(self) -> &'static str {
        self.0.about()
    }

    /// The endings of its file names, with the dot.
    pub fn endings(self) -> &'static [&'static str] {
        self.0.endings()
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl std::str::FromStr for Format {
    type Err = String;

    /// The error lists the names there are.
    fn from_str(name: &str) -> Result<Self, String> {
        let wanted = name.to_lowercase();
        Self::all().find(|format| format.name() == wanted).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(Self::name).collect();
            format!("no format is called {name:?}; there are {}", names.join(", "))
        })
    }
}

/// What became of a source that was to be read whole.
pub(super) enum Read {
    Found(Found),
    /// It has a format that is read as a stream.
    Stream(Input),
}

/// Reads a source with the formats that fit, best first, until one finds an entry.
pub(super) fn load(
    input: Input,
    options: &Options,
    output: &Output<'_>,
) -> Result<Summary, LoadError> {
    let loaders = loaders(&input, options)?;
    let mut input = input;
    if let Some(first) = loaders.first() {
        match first.stream(input, options, output) {
            Streamed::Done(result) => return result,
            Streamed::Declined(back) => input = back,
        }
    }
    Ok(deliver(find(input, options, &loaders)?, output))
}

/// As [`load`], for the files of a folder, which are read side by side.
pub(super) fn read(input: Input, options: &Options) -> Result<Read, LoadError> {
    let loaders = loaders(&input, options)?;
    if loaders.first().is_some_and(|loader| loader.streams()) {
        return Ok(Read::Stream(input));
    }
    find(input, options, &loaders).map(Read::Found)
}

fn loaders(input: &Input, options: &Options) -> Result<Vec<&'static dyn Loader>, LoadError> {
    if let Some(format) = options.from {
        return Ok(vec![format.0]);
    }
    let text = String::from_utf8_lossy(&input.head);
    let mut loaders = candidates(&Peek { head: &input.head, text: &text }, input);
    if text.contains('\0') {
        // Only a format that is not text has zeros in it.
        loaders.retain(|loader| loader.fit(&Peek { head: &input.head, text: "" }) >= CERTAIN);
        if loaders.is_empty() {
            let expected = "it holds binary data; expected text".to_owned();
            return Err(LoadError::Empty { source_name: input.name().to_string(), expected });
        }
    }
    Ok(loaders)
}

fn find(
    input: Input,
    options: &Options,
    loaders: &[&'static dyn Loader],
) -> Result<Found, LoadError> {
    let name = Arc::clone(input.name());
    let (text, fault) = read_whole(input)?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        let expected = "it is empty; expected questions with their answers".to_owned();
        return Err(LoadError::Empty { source_name: name.to_string(), expected });
    }
    let doc = Doc { name: &name, text: &text, options };
    let mut first_found = None;
    for loader in loaders {
        let mut found = loader.read(&doc);
        found.problems.extend(fault.iter().map(|what| (0, 0, what.clone())));
        if !found.entries.is_empty() {
            return Ok(found);
        }
        if found.certain {
            return Err(nothing_found(&name, found, &[*loader]));
        }
        first_found.get_or_insert(found);
    }
    Err(nothing_found(&name, first_found.unwrap_or_default(), loaders))
}

/// The loaders that may read a source, best first.
fn candidates(peek: &Peek<'_>, input: &Input) -> Vec<&'static dyn Loader> {
    let file = input.path().and_then(|path| path.file_name());
    let file = file.map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let file = file.trim_end_matches(".gz").trim_end_matches(".zst");
    let mut fits: Vec<_> = LOADERS
        .iter()
        .map(|&loader| {
            let named = loader.endings().iter().any(|ending| file.ends_with(ending));
            (loader.fit(peek) + if named { 40 } else { 0 }, loader)
        })
        .filter(|&(fit, _)| fit > 0)
        .collect();
    fits.sort_by_key(|&(fit, _)| std::cmp::Reverse(fit));
    fits.into_iter().map(|(_, loader)| loader).collect()
}

/// A loader that fits so well has seen marks that only its format has.
const CERTAIN: u8 = 90;

/// What is not read as a stream has to fit into memory, with what is made of it.
const LARGEST: u64 = 1 << 30;

/// The text of a source and, where it breaks off, why.
fn read_whole(input: Input) -> Result<(String, Option<String>), LoadError> {
    use std::io::Read;
    let name = Arc::clone(input.name());
    let failed = |error| LoadError::Io { source_name: name.to_string(), error };
    let mut bytes = Vec::with_capacity(input.size.min(LARGEST) as usize + 1);
    let fault = match input.into_reader().take(LARGEST + 1).read_to_end(&mut bytes) {
        Err(error) if bytes.is_empty() => return Err(failed(error)),
        read => read.err().map(|error| reading_stopped(&error)),
    };
    if bytes.len() as u64 > LARGEST {
        return Err(failed(std::io::Error::other("too large; JSON Lines may be of any size")));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Ok((text, fault))
}

/// What is said of a source that can be read up to some place only.
pub(super) fn reading_stopped(error: &std::io::Error) -> String {
    format!("reading stopped: {error}; what came before is here")
}

fn deliver(found: Found, output: &Output<'_>) -> Summary {
    for (line, column, message) in found.problems {
        output.problem(line, column, message);
    }
    output.deliver_all(found.entries);
    output.summary(&found.title, found.note)
}

fn nothing_found(name: &Arc<str>, found: Found, loaders: &[&dyn Loader]) -> LoadError {
    if let Some((line, column, message)) = found.problems.into_iter().next() {
        return LoadError::Malformed(Diagnostic {
            source: Arc::clone(name),
            line,
            column,
            message,
        });
    }
    let tried: Vec<_> = loaders.iter().map(|loader| loader.name()).collect();
    let expected = format!("read as {}", tried.join(", "));
    LoadError::Empty { source_name: name.to_string(), expected }
}
