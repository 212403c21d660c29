//! Anki: its text exports, and its packages (`.apkg`, `.colpkg`) of every age.

mod package;

use crate::collection::{Entry, Place, TextFormat};
use crate::load::delimited::{self, Dialect, Rows, UNCLOSED};
use crate::load::error::{Diagnostic, LoadError};
use crate::load::input::Input;
use crate::load::keys::Keys;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::load::splitting::Pieces;
use crate::markup::source::{html_title, to_markdown};
use package::{Database, PackageError};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How many notes of a package are delivered at a time.
const PART: usize = 4000;

pub(crate) struct Anki;

impl Loader for Anki {
    fn name(&self) -> &'static str {
        "anki"
    }

    fn description(&self) -> &'static str {
        "Anki: text exports with # directives, and .apkg packages"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".apkg", ".colpkg", ".anki2", ".anki21"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let directives =
            ["#separator:", "#html:", "#columns:", "#notetype", "#deck", "#tags", "#guid"];
        let is_export = directives.iter().any(|directive| peek.text.starts_with(directive));
        let is_package =
            peek.head.starts_with(b"PK\x03\x04") || peek.head.starts_with(b"SQLite format 3\0");
        if is_export || is_package { 97 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let text = doc.text.trim_start_matches('\u{feff}');
        let header = Header::read(text);
        let mut found = ParsedDocument::default();
        let dialect = Dialect { delimiter: header.separator, quoted: true };
        let Rows { rows, unclosed } = delimited::read(&text[header.length..], dialect, doc.is_cut);
        let unclosed = unclosed.into_iter().map(|line| (line + header.lines, 0, UNCLOSED.into()));
        found.problems.extend(unclosed);
        for row in rows {
            let is_field = |n: &usize| !header.special.contains_key(&(n + 1));
            let fields = row.cells.iter().enumerate().filter(|(n, _)| is_field(n));
            let fields: Vec<(&str, &str)> = fields
                .map(|(n, cell)| (header.columns.get(n).map_or("", String::as_str), cell.as_str()))
                .collect();
            let tags = header.special.iter().find(|(_, what)| *what == "tags");
            let tags = tags.and_then(|(n, _)| row.cells.get(n - 1)).map_or("", String::as_str);
            let line = row.line + header.lines;
            match note(&fields, tags, header.is_html) {
                Some(mut entry) => {
                    entry.place = Place { source: Arc::clone(doc.name), line };
                    found.entries.push(entry);
                }
                None => found.problems.push((line, 0, "a note without text".into())),
            }
        }
        found
    }

    fn streams(&self) -> bool {
        true
    }

    fn stream(&self, input: Input, _: &Options, output: &Output<'_>) -> Streamed {
        if input.head.starts_with(b"#") || input.head.starts_with(b"\xef\xbb\xbf") {
            return Streamed::Declined(input);
        }
        let wrong = |message: String| {
            let source = Arc::clone(output.name());
            LoadError::Malformed(Diagnostic { source, line: 0, column: 0, message })
        };
        Streamed::Done(match read_package(input, output) {
            (0, Err(error)) => Err(wrong(format!("{error}; expected an Anki package"))),
            (0, Ok(())) => Err(wrong("the package holds no notes".into())),
            (_, result) => {
                if let Err(error) = result {
                    output.problem(
                        0,
                        0,
                        format!("reading stopped: {error}; what came before is here"),
                    );
                }
                Ok(output.summary("", None))
            }
        })
    }
}

/// The directives above the rows of a text export.
struct Header {
    separator: u8,
    /// Columns that are not fields, by their number from 1: guid, notetype, deck, tags.
    special: HashMap<usize, String>,
    columns: Vec<String>,
    is_html: bool,
    length: usize,
    lines: u32,
}

impl Header {
    fn read(text: &str) -> Self {
        let mut header = Self {
            separator: b'\t',
            special: HashMap::new(),
            columns: Vec::new(),
            is_html: true,
            length: 0,
            lines: 0,
        };
        for line in text.split_inclusive('\n') {
            let Some((key, value)) = line.strip_prefix('#').and_then(|rest| rest.split_once(':'))
            else {
                break;
            };
            let value = value.trim_matches(['\r', '\n']);
            header.length += line.len();
            header.lines += 1;
            match key {
                "separator" => header.separator = separator(value),
                "html" => header.is_html = value.trim() != "false",
                "columns" => {
                    let cells = value.split(char::from(header.separator));
                    header.columns = cells.map(str::to_owned).collect();
                    let tags = header.columns.iter().position(|name| name == "Tags");
                    header.special.extend(tags.map(|n| (n + 1, "tags".to_owned())));
                }
                _ => {
                    if let (Some(what), Ok(n)) =
                        (key.strip_suffix(" column"), value.trim().parse::<usize>())
                        && n > 0
                    {
                        header.special.insert(n, what.to_owned());
                    }
                }
            }
        }
        header
    }
}

fn separator(value: &str) -> u8 {
    match value.to_lowercase().as_str() {
        "comma" => b',',
        "semicolon" => b';',
        "pipe" => b'|',
        "space" => b' ',
        "colon" => b':',
        other => other.bytes().next().filter(|_| other.len() == 1).unwrap_or(b'\t'),
    }
}

/// A field without its sounds, `[sound:name.mp3]`.
fn without_sounds(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((before, sound)) = rest.split_once("[sound:") {
        let Some((_, after)) = sound.split_once(']') else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The entry of a note, whose fields have names or none. The fields are HTML, or plain text without
/// markup.
fn note(fields: &[(&str, &str)], tags: &str, is_html: bool) -> Option<Entry> {
    let silent: Vec<(&str, String)> =
        fields.iter().map(|(name, text)| (*name, without_sounds(text))).collect();
    let fields: Vec<(&str, &str)> = silent.iter().map(|(name, text)| (*name, &**text)).collect();
    let plain = |field: &str| {
        let text = if is_html { html_title(field) } else { field.to_owned() };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let answer_of = |field: &str| if is_html { to_markdown(field) } else { field.to_owned() };
    let filled = || fields.iter().filter(|(_, text)| !plain(text).is_empty());
    let named = filled().find(|(name, _)| Keys::asks(name));
    let &(_, first) = named.or_else(|| filled().next())?;
    let (question, opening) = match hidden(first) {
        Some(question) => (plain(&question), Some(shown(first))),
        None => (plain(first), None),
    };
    let rest = filled().filter(|(_, text)| *text != first);
    let mut seen = HashSet::new();
    let opening = opening.iter().map(|text| ("", answer_of(text)));
    let parts: Vec<(&str, String)> = opening
        .chain(rest.map(|(name, text)| (*name, answer_of(text))))
        .filter(|(_, text)| seen.insert(text.clone()))
        .collect();
    let labelled = parts.iter().map(|(name, text)| {
        let is_label = !name.is_empty() && !Keys::answers(name) && parts.len() > 1;
        match (is_label, is_html) {
            (true, true) => format!("**{name}:** {text}"),
            (true, false) => format!("{name}: {text}"),
            (false, _) => text.clone(),
        }
    });
    let answer = labelled.collect::<Vec<_>>().join("\n\n");
    let format = if is_html { TextFormat::Markdown } else { TextFormat::Plain };
    let tags = tags.split_whitespace().map(str::to_owned).collect();
    (!question.is_empty()).then(|| Entry { question, answer, format, tags, ..Entry::default() })
}

/// `{{c1::text::hint}}` with its text hidden; `None` if there is no gap.
fn hidden(text: &str) -> Option<String> {
    text.contains("{{c").then(|| {
        fill(text, |inner| {
            let hint = inner.split("::").nth(1);
            hint.map_or_else(|| "[…]".to_owned(), |hint| format!("[{hint}]"))
        })
    })
}

fn shown(text: &str) -> String {
    fill(text, |inner| inner.split("::").next().unwrap_or_default().to_owned())
}

fn fill(text: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{c") {
        let inner = rest[at..].find("}}").map(|end| (at + end, &rest[at + 2..at + end]));
        let Some((end, inner)) = inner else { break };
        out.push_str(&rest[..at]);
        out.push_str(
            &inner.split_once("::").map_or_else(|| inner.to_owned(), |(_, inner)| with(inner)),
        );
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    out
}

/// Reads the notes of a package and delivers them; their number, and the error that ended reading.
fn read_package(input: Input, output: &Output<'_>) -> (usize, Result<(), PackageError>) {
    let database = match Database::open(input) {
        Ok(database) => database,
        Err(error) => return (0, Err(error)),
    };
    let names = database.field_names();
    let mut waiting = Vec::new();
    let mut count = 0;
    let result = database.notes(|raw| {
        let name = |n: usize| names.get(&(raw.kind, n)).map_or("", String::as_str);
        let fields = raw.fields.split('\u{1f}').enumerate();
        let fields: Vec<_> = fields.map(|(n, text)| (name(n), text)).collect();
        let Some(mut entry) = note(&fields, &raw.tags, true) else {
            return output.problem(0, 0, format!("note {} has no text", raw.id));
        };
        entry.place.source = Arc::clone(output.name());
        waiting.push(entry);
        count += 1;
        if waiting.len() >= PART {
            output.deliver_all(std::mem::take(&mut waiting));
        }
    });
    output.deliver_all(waiting);
    (count, result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;
    use crate::load::{Source, collect};
    use std::io::Write;

    #[test]
    fn a_text_export() {
        let text = "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n\
            a#\"b\tHow <b>hot</b>?\tVery<br>hot\ttea pot\nx\tThe {{c1::kettle::thing}} sings\t\t\n";
        let found = testing::read(&Anki, text);
        assert_eq!(found.entries.len(), 2);
        assert_eq!(found.entries[0].question, "How hot?");
        assert_eq!(found.entries[0].answer, "Very  \nhot");
        assert_eq!(found.entries[0].tags, ["tea", "pot"]);
        assert_eq!(found.entries[1].question, "The [thing] sings");
        assert_eq!(found.entries[1].answer, "The kettle sings");
        assert_eq!(found.entries[1].place.line, 6);
    }

    #[test]
    fn a_package() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("db");
        let connection = rusqlite::Connection::open(&database).unwrap();
        connection
            .execute_batch(
                "create table col (models text); create table notes (id integer, mid integer, flds text, tags text);
                 insert into col values ('{\"7\": {\"flds\": [{\"name\": \"Front\"}, {\"name\": \"Back\"}, {\"name\": \"Pot\"}]}}');
                 insert into notes values (1, 7, 'How hot?' || char(31) || '<p>Very.</p>' || char(31) || 'Blue', ' tea ');",
            )
            .unwrap();
        drop(connection);
        let path = folder.path().join("tea.apkg");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        zip.start_file("collection.anki2", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(&database).unwrap()).unwrap();
        zip.finish().unwrap();
        let (collection, _) = collect(&[Source::Path(path)]).unwrap();
        assert_eq!(collection.entries.len(), 1);
        assert_eq!(collection.entries[0].question, "How hot?");
        assert_eq!(collection.entries[0].answer, "Very.\n\n**Pot:** Blue");
        assert_eq!(collection.entries[0].tags, ["tea"]);
    }
}
