//! Folders: all files with the name of a known format, except those that ignore files exclude.

mod walk;

use super::detect::{self, Read};
use super::error::{Diagnostic, LoadError};
use super::format::Format;
use super::formats::howto::is_marked_sheet;
use super::input::Input;
use super::loader::ParsedDocument;
use super::options::{Options, Source};
use super::output::Output;
use super::question_detect;
use super::rasa::Rasa;
use super::sink::Summary;
use crate::collection::Entry;
use crate::text::sanitise_line;
use rayon::prelude::*;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The most files, and the most bytes, that are read together: their entries stay in memory until
/// the last of them is read.
const FILES_AT_ONCE: usize = 256;
const BYTES_AT_ONCE: u64 = 1 << 20;
/// Entries per part.
const PART: usize = 4000;
/// How many bytes of a file without an extension are read to see whether it is a sheet.
const SHEET_HEAD: u64 = 8 * 1024;

/// Reads all files of a folder, sorted by name.
pub(crate) fn load(
    folder: &Path,
    options: &Options,
    output: &Output<'_>,
) -> Result<Summary, LoadError> {
    let files = walk::files(folder, &Files { options, output });
    let mut one_a_file = None;
    let mut pages = Pages { options, output, waiting: Vec::new(), rasa: Rasa::default() };
    for some in batches(&files) {
        if output.cancelled() {
            break;
        }
        let read: Vec<_> = some.par_iter().map(|path| read(path, options, output)).collect();
        let one_a_file = *one_a_file.get_or_insert_with(|| one_question_a_file(&read));
        for (path, read) in some.iter().zip(read) {
            pages.add(path, read, one_a_file);
        }
    }
    // Intents and responses may be in separate files.
    pages.waiting.extend(pages.rasa.entries());
    pages.flush();
    if output.count() == 0 {
        let is_empty = || std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_none());
        let expected = if !files.is_empty() {
            format!("looked at {} files", files.len())
        } else if is_empty() {
            "the folder is empty".to_owned()
        } else {
            let some = ["md", "html", "json", "csv", "txt"].map(|ending| format!(".{ending}"));
            format!("no file in it has the name of a known format, such as {}", some.join(" "))
        };
        return Err(LoadError::Empty { source_name: output.name().to_string(), expected });
    }
    Ok(output.summary("", None))
}

/// The files to read, and where problems of the walk are reported.
struct Files<'a> {
    options: &'a Options,
    output: &'a Output<'a>,
}

impl walk::Visitor for Files<'_> {
    fn wants(&self, path: &Path) -> bool {
        self.options.from.is_some() || counts(path)
    }

    fn skipped(&self, path: &Path, why: &str) {
        let source = path.to_string_lossy().as_ref().into();
        let message = why.to_owned();
        self.output.report(Diagnostic { source, line: 0, column: 0, message });
    }

    fn cancelled(&self) -> bool {
        self.output.cancelled()
    }
}

/// The files in batches that are read together.
fn batches(files: &[PathBuf]) -> impl Iterator<Item = &[PathBuf]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut bytes = 0_u64;
        let fits = |path: &&PathBuf| {
            let size = std::fs::metadata(path).map_or(0, |file| file.len());
            bytes = bytes.saturating_add(size);
            bytes <= BYTES_AT_ONCE
        };
        let count = rest.iter().take(FILES_AT_ONCE).take_while(fits).count();
        let (batch, others) = rest.split_at(count.max(1).min(rest.len()));
        rest = others;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Whether a file has the extension of a format, or has none and is named FAQ or begins like a
/// sheet.
fn counts(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    let known =
        Format::all().flat_map(Format::extensions).any(|extension| name.ends_with(extension));
    known || !name.contains('.') && (name.contains("faq") || is_sheet(path))
}

/// Whether a file without an extension begins like a how-to sheet: `cheat` names them so.
fn is_sheet(path: &Path) -> bool {
    let mut head = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(SHEET_HEAD).read_to_end(&mut head));
    read.is_ok() && !head.contains(&0) && is_marked_sheet(&String::from_utf8_lossy(&head))
}

fn read(path: &Path, options: &Options, output: &Output<'_>) -> Result<Read, LoadError> {
    detect::read(Input::open(&Source::Path(path.to_owned()))?, options, output)
}

/// Whether the titles in front matter are the questions, rather than titles of the pages.
fn one_question_a_file(read: &[Result<Read, LoadError>]) -> bool {
    let found: Vec<&ParsedDocument> = read
        .iter()
        .filter_map(|read| if let Ok(Read::Document(found)) = read { Some(&**found) } else { None })
        .collect();
    let wholes: Vec<&Entry> = found.iter().filter_map(|found| found.whole.as_ref()).collect();
    if wholes.len() < 3 || wholes.len() * 10 < found.len() * 8 {
        return false;
    }
    let asking = |entry: &&Entry| question_detect::question_likeness(&entry.question) > 0.0;
    // A page without questions inside was already read as a whole.
    let inside: Vec<&Entry> = found
        .iter()
        .filter_map(|found| Some((found, found.whole.as_ref()?)))
        .filter(|(found, whole)| found.entries.first() != Some(whole))
        .flat_map(|(found, _)| &found.entries)
        .collect();
    let titles = wholes.iter().copied().filter(asking).count();
    let headings = inside.iter().copied().filter(asking).count();
    titles > headings || inside.len() * 2 <= wholes.len() * 3
}

struct Pages<'a> {
    options: &'a Options,
    output: &'a Output<'a>,
    waiting: Vec<Entry>,
    rasa: Rasa,
}

impl Pages<'_> {
    fn add(&mut self, path: &Path, read: Result<Read, LoadError>, one_a_file: bool) {
        let source = sanitise_line(path.to_string_lossy()).into_owned();
        let before = self.output.count() + self.waiting.len();
        match read {
            Ok(Read::Document(found)) => self.add_document(&source, *found, one_a_file),
            Ok(Read::Stream(input)) => {
                self.flush();
                let output = self.output.of_file(&source);
                if let Err(error) = detect::load(input, self.options, &output) {
                    output.failed(&source, &error);
                }
                self.output.add_count(output.count());
            }
            // A file of another kind in the folder is not an error.
            Err(LoadError::Empty { .. } | LoadError::Cancelled { .. }) => {}
            Err(error) => self.output.failed(&source, &error),
        }
        let entries = self.output.count() + self.waiting.len() - before;
        self.output.file(&source, entries);
    }

    fn add_document(&mut self, source: &str, found: ParsedDocument, one_a_file: bool) {
        let output = self.output.of_file(source);
        for (line, column, message) in found.problems {
            output.problem(line, column, message);
        }
        if let Some(rasa) = found.rasa {
            return self.rasa.extend(*rasa);
        }
        if !one_a_file {
            found.unused.iter().for_each(|unused| output.unused(unused));
        }
        match found.whole {
            Some(whole) if one_a_file => self.waiting.push(whole),
            _ => self.waiting.extend(found.entries),
        }
        if self.waiting.len() >= PART {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.waiting.is_empty() {
            self.output.deliver(self.output.take_part(), std::mem::take(&mut self.waiting));
        }
    }
}
