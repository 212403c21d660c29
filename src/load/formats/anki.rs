//! Anki: its text exports, and its packages (`.apkg`, `.colpkg`) of every age.

use crate::collection::{Entry, Place};
use crate::load::delimited::{Dialect, rows};
use crate::load::error::{Diagnostic, LoadError};
use crate::load::input::Input;
use crate::load::keys::Keys;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::markup::source::{as_markdown, as_plain};
use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;

/// A larger collection inside a package is not unpacked.
const LARGEST: u64 = 2 << 30;

pub(crate) struct Anki;

impl Loader for Anki {
    fn name(&self) -> &'static str {
        "anki"
    }

    fn about(&self) -> &'static str {
        "Anki: text exports with # directives, and .apkg packages"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[".apkg", ".colpkg", ".anki2", ".anki21"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
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
        for row in rows(&text[header.length..], dialect) {
            let is_field = |n: &usize| !header.special.contains_key(&(n + 1));
            let fields = row.cells.iter().enumerate().filter(|(n, _)| is_field(n));
            let fields: Vec<(&str, &str)> = fields
                .map(|(n, cell)| (header.columns.get(n).map_or("", String::as_str), cell.as_str()))
                .collect();
            let tags = header.special.iter().find(|(_, what)| *what == "tags");
            let tags = tags.and_then(|(n, _)| row.cells.get(n - 1)).map_or("", String::as_str);
            let line = row.line + header.lines;
            match note(&fields, tags) {
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
        let entries =
            package(input).map_err(|error| wrong(format!("{error}; expected an Anki package")));
        Streamed::Done(entries.and_then(|mut entries| {
            if entries.is_empty() {
                return Err(wrong("the package holds no notes".into()));
            }
            for entry in &mut entries {
                entry.place.source = Arc::clone(output.name());
            }
            output.deliver_all(entries);
            Ok(output.summary("", None))
        }))
    }
}

/// The directives above the rows of a text export.
struct Header {
    separator: u8,
    /// Columns that are no fields, by their number from 1: guid, notetype, deck, tags.
    special: HashMap<usize, String>,
    columns: Vec<String>,
    length: usize,
    lines: u32,
}

impl Header {
    fn read(text: &str) -> Self {
        let mut header = Self {
            separator: b'\t',
            special: HashMap::new(),
            columns: Vec::new(),
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
                "columns" => {
                    let cells = value.split(char::from(header.separator));
                    header.columns = cells.map(str::to_owned).collect();
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

/// A note's fields, each with its name or none, as an entry.
fn note(fields: &[(&str, &str)], tags: &str) -> Option<Entry> {
    let filled = || fields.iter().filter(|(_, text)| !plain(text).is_empty());
    let named = filled().find(|(name, _)| Keys::asks(name));
    let &(_, first) = named.or_else(|| filled().next())?;
    let (question, opening) = match hidden(first) {
        Some(question) => (plain(&question), Some(shown(first))),
        None => (plain(first), None),
    };
    let rest = filled().filter(|(_, text)| *text != first);
    let answers: Vec<_> = rest.clone().filter(|(name, _)| Keys::answers(name)).collect();
    let mut seen = Vec::new();
    let parts: Vec<(&str, String)> = opening
        .map(|text| ("", as_markdown(text.into()).into_owned()))
        .into_iter()
        .chain(rest.map(|(name, text)| (*name, as_markdown((*text).into()).into_owned())))
        .filter(|(_, text)| {
            !seen.contains(text) && {
                seen.push(text.clone());
                true
            }
        })
        .collect();
    let answer = if let [(_, only)] = answers.as_slice()
        && parts.len() == 1
    {
        as_markdown((*only).into()).into_owned()
    } else {
        let labelled = parts.iter().map(|(name, text)| {
            let is_label = !name.is_empty() && !Keys::answers(name);
            if is_label { format!("**{name}:** {text}") } else { text.clone() }
        });
        labelled.collect::<Vec<_>>().join("\n\n")
    };
    let tags = tags.split_whitespace().map(str::to_owned).collect();
    (!question.is_empty()).then(|| Entry { question, answer, tags, ..Entry::default() })
}

fn plain(field: &str) -> String {
    let text = as_plain(field.into());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `{{c1::text::hint}}` with its text left out; `None` where nothing is to be filled in.
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

/// The notes of a package, or of the database inside one.
fn package(input: Input) -> Result<Vec<Entry>, Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    input.into_reader().take(LARGEST).read_to_end(&mut bytes)?;
    let database = if bytes.starts_with(b"PK") { unpack(bytes)? } else { bytes };
    // SQLite reads files; the temporary one goes with the name.
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(&database)?;
    drop(database);
    let flags =
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(file.path(), flags)?;
    let names = field_names(&connection);
    let mut statement = connection.prepare("select mid, flds, tags from notes order by id")?;
    let mut entries = Vec::new();
    let mut notes = statement.query([])?;
    while let Some(row) = notes.next()? {
        let (kind, fields, tags): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let name = |n: usize| names.get(&(kind, n)).map_or("", String::as_str);
        let fields: Vec<_> =
            fields.split('\u{1f}').enumerate().map(|(n, text)| (name(n), text)).collect();
        entries.extend(note(&fields, &tags));
    }
    Ok(entries)
}

/// The newest database of a package; beside it there may be one that only says "please update".
fn unpack(bytes: Vec<u8>) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    for name in ["collection.anki21b", "collection.anki21", "collection.anki2"] {
        let Ok(file) = archive.by_name(name) else { continue };
        let mut database = Vec::new();
        if name.ends_with('b') {
            zstd::Decoder::new(file)?.take(LARGEST).read_to_end(&mut database)?;
        } else {
            file.take(LARGEST).read_to_end(&mut database)?;
        }
        return Ok(database);
    }
    Err(io::Error::other("no collection inside").into())
}

/// The names of the fields of each kind of note, by their place: newer packages have tables,
/// older ones JSON in one cell.
fn field_names(connection: &rusqlite::Connection) -> HashMap<(i64, usize), String> {
    let from_tables = || -> rusqlite::Result<HashMap<_, _>> {
        let mut statement = connection.prepare("select ntid, ord, name from fields")?;
        let names = statement.query_map([], |row| {
            Ok(((row.get(0)?, row.get::<_, i64>(1)? as usize), row.get(2)?))
        })?;
        names.collect()
    };
    if let Ok(names) = from_tables() {
        return names;
    }
    let models = connection.query_row("select models from col", [], |row| row.get::<_, String>(0));
    let models: serde_json::Value =
        models.ok().and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let mut names = HashMap::new();
    for (id, model) in models.as_object().into_iter().flatten() {
        let fields = model["flds"].as_array().into_iter().flatten();
        for (n, field) in fields.enumerate() {
            if let (Ok(id), Some(name)) = (id.parse(), field["name"].as_str()) {
                names.insert((id, n), name.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Source, collect};

    #[test]
    fn a_text_export() {
        let text = "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n\
            a#\"b\tHow <b>hot</b>?\tVery<br>hot\ttea pot\nx\tThe {{c1::kettle::thing}} sings\t\t\n";
        let (name, options) = ("-".into(), Options::default());
        let found = Anki.read(&SourceText { name: &name, text, options: &options });
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
