//! Detects the format of a source and reads it.

use super::error::{Diagnostic, LoadError};
use super::formats::question_lines;
use super::input::{Input, reading_stopped};
use super::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use super::options::Options;
use super::output::Output;
use super::pieces::{self, LongText};
use super::question_detect::question_likeness;
use super::registry::{LOADERS, loader_of};
use super::sink::Summary;
use super::splitting::{Pieces, Sizes};
use crate::collection::Entry;
use crate::text::sanitise_keeping_tabs;
use std::borrow::Cow;
use std::sync::Arc;

/// The name of standard input.
const STDIN: &str = "-";

/// A file of a folder: read, or to be streamed.
pub(crate) enum Read {
    Document(Box<ParsedDocument>),
    /// Its format is read as a stream.
    Stream(Input),
}

/// Reads a source with the formats that fit, best first, until one finds an entry.
pub(crate) fn load(
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
    let found = match find(input, options, &loaders, output)? {
        Found::Document(found) => found,
        Found::Delivered(summary) => return Ok(summary),
    };
    if found.entries.is_empty() && found.rasa.is_some() {
        let expected = "it is a part of a Rasa bot; open the folder with its intents and responses";
        let source_name = output.name().to_string();
        return Err(LoadError::Empty { source_name, expected: expected.to_owned() });
    }
    Ok(deliver(*found, output))
}

/// Like [`load`], for the files of a folder, which are read in parallel.
pub(crate) fn read(
    input: Input,
    options: &Options,
    output: &Output<'_>,
) -> Result<Read, LoadError> {
    let loaders = loaders(&input, options)?;
    let is_long = input.is_longer_than(Sizes::of(options).whole);
    let is_cut = |loader: &&dyn Loader| is_long && !matches!(loader.pieces(), Pieces::Whole);
    if loaders.first().is_some_and(|loader| loader.streams() || is_cut(loader)) {
        return Ok(Read::Stream(input));
    }
    match find(input, options, &loaders, output)? {
        Found::Document(found) => Ok(Read::Document(found)),
        Found::Delivered(_) => Ok(Read::Document(Box::default())),
    }
}

fn loaders(input: &Input, options: &Options) -> Result<Vec<&'static dyn Loader>, LoadError> {
    if let Some(format) = options.from {
        return Ok(loader_of(format).into_iter().collect());
    }
    let text = String::from_utf8_lossy(&input.head);
    if is_catalogue(&text) {
        let expected = "it holds translations (gettext); open the text that they are of".to_owned();
        return Err(LoadError::Empty { source_name: input.name().to_string(), expected });
    }
    let mut loaders = candidates(&Peek { head: &input.head, text: &text }, input);
    if input.binary {
        loaders
            .retain(|loader| loader.confidence(&Peek { head: &input.head, text: "" }) >= CERTAIN);
        if loaders.is_empty() {
            let expected = "it holds binary data; expected text".to_owned();
            return Err(LoadError::Empty { source_name: input.name().to_string(), expected });
        }
    }
    Ok(loaders)
}

/// Whether a text clearly has one of the formats, rather than being prose or noise in which some
/// loader would still find entries.
pub(crate) fn is_recognised(text: &str) -> bool {
    let peek = Peek { head: text.as_bytes(), text };
    LOADERS.iter().any(|loader| loader.confidence(&peek) >= PLAIN)
}

/// What a source holds.
enum Found {
    Document(Box<ParsedDocument>),
    /// A long source, whose entries are already delivered.
    Delivered(Summary),
}

fn find(
    input: Input,
    options: &Options,
    loaders: &[&'static dyn Loader],
    output: &Output<'_>,
) -> Result<Found, LoadError> {
    let name = Arc::clone(input.name());
    let largest = loaders.iter().map(|loader| loader.max_bytes()).max().unwrap_or_default();
    let (text, fault) = read_whole(input, largest, |sample| {
        let doc = SourceText { name: &name, text: sample, options, is_cut: true };
        options.from.is_some() || may_hold_entries(&doc, loaders)
    })?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(empty(&name));
    }
    // Before a loader escapes part of a sequence.
    let mut text = if has_escapes(&text) {
        sanitise_keeping_tabs(Cow::Owned(text)).into_owned()
    } else {
        text
    };
    let mut first_found = None;
    for loader in loaders {
        if text.len() as u64 > loader.max_bytes() {
            continue;
        }
        if output.cancelled() {
            return Err(LoadError::Cancelled { source_name: name.to_string() });
        }
        let mut found = if text.len() > Sizes::of(options).whole {
            let doc = LongText { name: &name, text: &mut text, options };
            match pieces::read(*loader, doc, output) {
                pieces::PiecesResult::Delivered(title, note) => {
                    if let Some(what) = &fault {
                        output.problem(0, 0, what);
                    }
                    return Ok(Found::Delivered(output.summary(&title, note)));
                }
                pieces::PiecesResult::Nothing(found) => *found,
                pieces::PiecesResult::Whole => {
                    loader.read(&SourceText::whole(&name, &text, options))
                }
            }
        } else {
            loader.read(&SourceText::whole(&name, &text, options))
        };
        found.problems.extend(fault.iter().map(|what| (0, 0, what.clone())));
        if !found.entries.is_empty() || found.rasa.is_some() {
            let is_guess = &*name == STDIN && options.from.is_none() && !found.certain;
            let lines = is_guess && leaves_most_lines(&found, &text);
            let lines = lines
                .then(|| question_lines::list_of_lines(&SourceText::whole(&name, &text, options)))
                .flatten();
            return Ok(Found::Document(Box::new(lines.unwrap_or(found))));
        }
        if found.certain {
            return Err(nothing_found(&name, found, &[*loader]));
        }
        first_found.get_or_insert(found);
    }
    // `ls | qa -`: each line of the pipe is an entry to choose.
    if &*name == STDIN
        && options.from.is_none()
        && let Some(lines) =
            question_lines::list_of_lines(&SourceText::whole(&name, &text, options))
    {
        return Ok(Found::Document(Box::new(lines)));
    }
    Err(nothing_found(&name, first_found.unwrap_or_default(), loaders))
}

/// The error for a source without text.
fn empty(name: &str) -> LoadError {
    let expected = match name {
        STDIN => "nothing came through the pipe",
        _ => "it is empty; expected questions with their answers",
    };
    LoadError::Empty { source_name: name.to_owned(), expected: expected.to_owned() }
}

/// Whether a document looks like the output of a command, from which lines are chosen (`git
/// branch`, `cat /etc/passwd`): no title asks, and there is no answer or most of the text is in no
/// entry.
fn leaves_most_lines(found: &ParsedDocument, text: &str) -> bool {
    let filled = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let asks = |entry: &Entry| question_likeness(&entry.question) > 0.0;
    let used: usize = found.entries.iter().map(|entry| 1 + filled(&entry.answer)).sum();
    let all = filled(text);
    let has_answers = used > found.entries.len();
    !found.entries.iter().any(asks) && (!has_answers && used < all || used * 2 < all)
}

/// Whether a text is a gettext catalogue: apparent questions in it are messages of a program.
fn is_catalogue(text: &str) -> bool {
    let lines = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    lines("msgid \"") > 1 && lines("msgstr") > 1
}

/// Whether a text may hold escape sequences: an escape, a backspace or a C1 control.
fn has_escapes(text: &str) -> bool {
    memchr::memchr2(0x1b, 0x08, text.as_bytes()).is_some()
        || memchr::memchr_iter(0xc2, text.as_bytes())
            .any(|at| matches!(text.as_bytes().get(at + 1), Some(0x80..=0x9f)))
}

/// The loaders that may read a source, best first.
fn candidates(peek: &Peek<'_>, input: &Input) -> Vec<&'static dyn Loader> {
    let file = input.path().and_then(|path| path.file_name());
    let file = file.map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let file = file.trim_end_matches(".gz").trim_end_matches(".zst");
    let mut fits: Vec<_> = LOADERS
        .iter()
        .map(|&loader| {
            let mut endings = loader.extensions().iter().chain(loader.explicit_extensions());
            let named = endings.any(|ending| file.ends_with(ending));
            (loader.confidence(peek) + if named { loader.extension_bonus() } else { 0 }, loader)
        })
        .filter(|&(fit, _)| fit > 0)
        .collect();
    fits.sort_by_key(|&(fit, _)| std::cmp::Reverse(fit));
    fits.into_iter().map(|(_, loader)| loader).collect()
}

/// A loader this confident has seen several marks of its format.
const PLAIN: u8 = 40;

/// A loader this confident has seen marks that only its format has.
const CERTAIN: u8 = 90;

/// How many bytes of a longer source are read to see whether it has entries.
const SAMPLE: u64 = 1 << 20;
/// Fewer entries in a sample of prose are accidental.
const MIN_ENTRIES_IN_SAMPLE: usize = 4;

/// In most sources these many bytes show whether there are entries, and the format.
const SMALL_SAMPLE: usize = 64 << 10;

/// Whether the beginning of a long source has entries, or its format does not show them that early.
fn may_hold_entries(sample: &SourceText<'_>, loaders: &[&dyn Loader]) -> bool {
    let is_sampled = loaders.first().is_some_and(|loader| loader.is_judged_by_sample());
    let small = &sample.text[..sample.text.floor_char_boundary(SMALL_SAMPLE)];
    let peek = Peek { head: small.as_bytes(), text: small };
    let holds_entries = |text: &str| {
        let sample = SourceText { text, ..*sample };
        let mut sampled = loaders.iter().filter(|loader| loader.is_judged_by_sample());
        sampled.any(|loader| match loader.read(&sample).entries.len() {
            0 => false,
            // In a text with marks of the format, one entry is enough.
            count => count >= MIN_ENTRIES_IN_SAMPLE || loader.confidence(&peek) >= PLAIN,
        })
    };
    !is_sampled || holds_entries(small) || holds_entries(sample.text)
}

/// The text of a source and, if reading stopped early, the error. `is_wanted` is called with the
/// beginning of a long source.
fn read_whole(
    input: Input,
    largest: u64,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<(String, Option<String>), LoadError> {
    use std::io::{ErrorKind, Read};
    let name = Arc::clone(input.name());
    let failed = |error| LoadError::Io { source_name: name.to_string(), error };
    let too_large = || {
        let size = largest >> 20;
        let message =
            format!("too large; at most {size} MB in this format, JSON Lines of any size");
        failed(std::io::Error::new(ErrorKind::FileTooLarge, message))
    };
    let size = input.size;
    let mut bytes = Vec::with_capacity(size.min(SAMPLE) as usize + 1);
    let mut reader = input.into_reader().take(largest + 1);
    let mut read = reader.by_ref().take(SAMPLE).read_to_end(&mut bytes);
    if bytes.len() as u64 == SAMPLE && size != SAMPLE {
        let end = memchr::memrchr(b'\n', &bytes).unwrap_or(bytes.len());
        if !is_wanted(&String::from_utf8_lossy(&bytes[..end])) {
            let size = SAMPLE >> 20;
            let expected = format!(
                "expected at least {MIN_ENTRIES_IN_SAMPLE} in its first {size} MB; --from FORMAT reads all of it"
            );
            return Err(LoadError::Empty { source_name: name.to_string(), expected });
        }
    }
    if size > largest {
        return Err(too_large());
    }
    if read.is_ok() {
        bytes.reserve_exact((size as usize).saturating_sub(bytes.len()) + 1);
        read = reader.read_to_end(&mut bytes);
    }
    let fault = match read {
        Err(error) if bytes.is_empty() || error.kind() == ErrorKind::FileTooLarge => {
            return Err(failed(error));
        }
        read => read.err().map(|error| reading_stopped(&error)),
    };
    if bytes.len() as u64 > largest {
        return Err(too_large());
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Ok((text, fault))
}

fn deliver(found: ParsedDocument, output: &Output<'_>) -> Summary {
    for (line, column, message) in found.problems {
        output.problem(line, column, message);
    }
    found.unused.iter().for_each(|unused| output.unused(unused));
    output.deliver_all(found.entries);
    output.summary(&found.title, found.note)
}

fn nothing_found(name: &Arc<str>, found: ParsedDocument, loaders: &[&dyn Loader]) -> LoadError {
    if let Some((line, column, message)) = found.problems.into_iter().next() {
        return LoadError::Malformed(Diagnostic {
            source: Arc::clone(name),
            line,
            column,
            message,
        });
    }
    // The name that people use, not the one on the command line.
    let title = |loader: &&dyn Loader| loader.description().split(':').next().unwrap_or_default();
    let tried: Vec<_> = loaders.iter().map(title).collect();
    let is_text = loaders.iter().any(|loader| loader.name() == "text");
    let hint = if is_text { "; --from lines opens each line" } else { "" };
    let expected = format!("read as {}{hint}", tried.join(", "));
    LoadError::Empty { source_name: name.to_string(), expected }
}
