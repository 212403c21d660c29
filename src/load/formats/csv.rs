//! Tables: CSV and TSV, quoted or raw, with or without a header.

use crate::collection::{Entry, Place};
use crate::load::delimited::{self, Dialect, Row, Rows, UNCLOSED, dialect, usual_width};
use crate::load::keys::{
    FieldRole, Keys, did_you_mean, is_language, missing, misspelt, role, words,
};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::options::Options;
use crate::load::question_detect::ends_as_question;
use crate::load::splitting::Pieces;
use crate::load::unused_text::UnusedFields;
use crate::load::value::{Map, Value};
use std::borrow::Cow;
use std::sync::Arc;

pub(crate) struct TableLoader;

impl Loader for TableLoader {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn description(&self) -> &'static str {
        "CSV and TSV: quoted or raw, with or without a header"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".csv", ".tsv", ".tab"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        // The delimiter row of a Markdown table.
        let is_ruler = |line: &str| {
            line.contains("|-") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
        };
        if peek.text.lines().take(5).any(is_ruler) {
            return 0;
        }
        let end = peek.text.rfind('\n').unwrap_or(peek.text.len());
        match dialect(&peek.text[..end]) {
            // Commas are common in prose; tabs and quotes are not.
            Some((dialect, even)) if even > 0.95 => {
                if dialect.delimiter == b'\t' {
                    60
                } else {
                    50
                }
            }
            Some((_, even)) if even > 0.7 => 25,
            _ => 0,
        }
    }

    fn is_judged_by_sample(&self) -> bool {
        true
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        let text = doc.text.trim_start_matches('\u{feff}');
        let (declared, text, lines_before) = named_delimiter(text);
        let detected = declared.or_else(|| dialect(text).map(|(dialect, _)| dialect));
        let Some(dialect) = detected.or_else(|| single_column(text)) else {
            if is_only_header(text) {
                found.certain = true;
                found.problems.push((1, 0, "only a header; expected rows below it".into()));
            }
            return found;
        };
        let Rows { mut rows, unclosed } = delimited::read(text, dialect, doc.is_cut);
        for row in &mut rows {
            row.line += lines_before;
        }
        let unclosed = unclosed.into_iter().map(|line| (line + lines_before, 0, UNCLOSED.into()));
        found.problems.extend(unclosed);
        let width = usual_width(&rows);
        remove_instructions(&mut rows);
        if is_title(&rows, width) {
            found.title = rows.remove(0).cells.swap_remove(0);
        }
        let header = header(&rows, width, doc.options);
        if header.is_some() {
            rows.remove(0);
        }
        let names = header.unwrap_or_else(|| default_names(width));
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            if row.cells.len() != width {
                let count = row.cells.len();
                let columns = if count == 1 { "column" } else { "columns" };
                let message = format!("{count} {columns}; expected {width}");
                found.problems.push((row.line, 0, message));
            }
            let cells = names.iter().zip(row.cells);
            let record: Map<'_> = cells
                .map(|(name, cell)| (Cow::Borrowed(name.as_str()), node(name, cell)))
                .collect();
            records.push((row.line, record));
        }
        read_records(records, &names, doc, &mut found);
        found
    }
}

/// Adds the entries of the rows of a table, each with its line.
pub(super) fn read_records(
    records: Vec<(u32, Map<'_>)>,
    names: &[String],
    doc: &SourceText<'_>,
    found: &mut ParsedDocument,
) {
    let sample: Vec<&Map<'_>> = records.iter().take(2000).map(|(_, record)| record).collect();
    let Some(mut keys) = Keys::choose(&sample, doc.options) else {
        let missing = missing(names.iter().map(String::as_str), doc.options);
        let message = missing.unwrap_or_else(|| format!(
            "cannot tell which column holds the questions (columns: {}); --question COLUMN --answer COLUMN choose",
            names.join(", ")
        ));
        found.problems.insert(0, (1, 0, message));
        return;
    };
    if keys.is_weak() {
        keys.append_other_texts(&sample);
    }
    for (key, meant) in misspelt(&sample) {
        found.problems.push((1, 0, did_you_mean(key, meant)));
    }
    add_records(records, &keys, doc.name, found);
}

/// Adds the entries of records, and the cells that no entry contains.
fn add_records(
    records: Vec<(u32, Map<'_>)>,
    keys: &Keys,
    source: &Arc<str>,
    found: &mut ParsedDocument,
) {
    let mut unused = UnusedFields::default();
    for (line, mut record) in records {
        for (name, value) in record.iter().filter(|(name, _)| !keys.wants(name)) {
            unused.add(name, line, value.as_text().unwrap_or_default());
        }
        if let Some(draft) = keys.draft(&mut record) {
            let place = Place { source: Arc::clone(source), line };
            found.entries.push(Entry { place, ..draft.into() });
        } else {
            found.problems.push((line, 0, "a row without a question".into()));
        }
    }
    found.unused.extend(unused.into_texts());
}

/// The delimiter named by `sep=;` in the first line, as spreadsheets write it, the rest of the
/// text, and the number of lines before it.
fn named_delimiter(text: &str) -> (Option<Dialect>, &str, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim().trim_matches('"').to_lowercase();
    let sign = first.strip_prefix("sep=").unwrap_or_default();
    match sign.as_bytes() {
        [sign] => (Some(Dialect { delimiter: *sign, quoted: true }), rest, 1),
        [] if first == "sep=" => (Some(Dialect { delimiter: b'\t', quoted: true }), rest, 1),
        _ => (None, text, 0),
    }
}

/// How many rows of instructions may precede a header.
const MAX_INSTRUCTION_ROWS: usize = 12;

/// Unit separator: does not occur in text.
const NO_DELIMITER: u8 = 0x1f;

/// The dialect of a table whose only column is called a question.
fn single_column(text: &str) -> Option<Dialect> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_named = lines.next().is_some_and(|line| Keys::asks(line.trim().trim_matches('"')));
    let asks = lines.next().is_some_and(|line| !line.contains(':'));
    (is_named && asks).then_some(Dialect { delimiter: NO_DELIMITER, quoted: true })
}

/// The name of a column without the note after it: `Answer 1 - max 75 characters`.
fn without_note(name: &str) -> String {
    let end = [" - ", " – ", " — "].iter().filter_map(|sign| name.find(sign)).min();
    name[..end.unwrap_or(name.len())].trim().replace("(s)", "")
}

/// Whether cells are names with notes, as in quiz templates: a question and its answers.
fn has_notes(cells: &[String]) -> bool {
    let names: Vec<String> = cells.iter().map(|cell| without_note(cell)).collect();
    let is_answer = |name: &&String| {
        name.starts_with("Answer ") || Keys::answers(name) || name.starts_with("Option ")
    };
    let has_note = names.iter().zip(cells).any(|(name, cell)| name.len() < cell.len());
    has_note && names.iter().any(|n| Keys::asks(n)) && names.iter().filter(is_answer).count() > 1
}

/// Removes the rows of a template above its header: a title, instructions.
fn remove_instructions(rows: &mut Vec<Row>) {
    let names = |row: &Row| {
        let cells = &row.cells;
        let is_answer = |cell: &&String| Keys::answers(cell) || cell.starts_with("Answer ");
        has_notes(cells)
            || cells.iter().any(|cell| Keys::asks(cell))
                && cells.iter().filter(is_answer).count() > 1
    };
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let Some(at) = rows.iter().take(MAX_INSTRUCTION_ROWS).position(names) else { return };
    // A single cell above the header is the title.
    let is_title = at == 1 && filled(&rows[0]) == 1;
    if !is_title && rows[..at].iter().all(|row| filled(row) < 3) {
        rows.drain(..at);
    }
    if let Some(row) = rows.first_mut().filter(|row| has_notes(&row.cells)) {
        for cell in &mut row.cells {
            *cell = without_note(cell);
        }
    }
}

/// Whether the first row has one cell only, above a row of names.
fn is_title(rows: &[Row], width: usize) -> bool {
    let [first, second, _, ..] = rows else { return false };
    let mut filled = first.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let is_alone = matches!((filled.next(), filled.next()), (Some((0, _)), None));
    let names = |known: fn(&str) -> bool| second.cells.iter().any(|cell| known(cell));
    width > 1 && is_alone && names(Keys::asks) && names(Keys::answers)
}

/// Whether a text is a single header line.
fn is_only_header(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(line), None) = (lines.next(), lines.next()) else { return false };
    let cells: Vec<&str> = line.split([',', ';', '\t', '|']).collect();
    cells.len() > 1 && cells.iter().all(|cell| Keys::knows(cell.trim_matches(['"', ' '])))
}

/// A cell as a value: tags and other wordings may be lists in JSON.
fn node(name: &str, cell: String) -> Value<'static> {
    let list = cell.starts_with("[\"") && Keys::lists(name);
    match list.then(|| serde_json::from_str::<Vec<String>>(&cell)) {
        Some(Ok(items)) => {
            Value::List(items.into_iter().map(|item| Value::Text(Cow::Owned(item))).collect())
        }
        Some(Err(_)) | None => Value::Text(Cow::Owned(cell)),
    }
}

/// The column names in the first row, if it is a header.
fn header(rows: &[Row], width: usize, options: &Options) -> Option<Vec<String>> {
    let first = &rows.first()?.cells;
    let requested = [&options.question_key, &options.answer_key];
    let is_requested = |cell: &String| requested.iter().any(|key| key.as_ref() == Some(cell));
    let known = first.iter().any(|cell| Keys::knows(cell) || is_requested(cell));
    // `No.` is a name, a sentence is not.
    let is_name = |cell: &String| {
        let is_sentence = cell.ends_with(['.', '!', '。']) && cell.contains(' ');
        cell.chars().count() <= 40 && !ends_as_question(cell) && !is_sentence
    };
    // `Your question` and `Our answer` are not in the lists of names, but contain their words.
    let names_both = is_role(first, FieldRole::Question) && is_role(first, FieldRole::Answer);
    let named = first.len() == width && (names_both || first.iter().all(is_name));
    // Language names above cells that are not.
    let languages = |row: &Row| row.cells.iter().filter(|cell| is_language(cell)).count();
    let names_languages =
        languages(&rows[0]) > 1 && rows.get(1).is_none_or(|row| languages(row) == 0);
    let asks = |n: usize| column_asks(&rows[1..], n);
    let known = known || names_languages || names_both || width > 1 && (0..width).any(asks);
    // Names are shorter than the cells below them, and unique.
    let mean = |n: usize| {
        let below: usize =
            rows[1..].iter().take(200).map(|row| row.cells.get(n).map_or(0, String::len)).sum();
        below / rows[1..].len().clamp(1, 200)
    };
    let shorter =
        (0..width).any(|n| first.get(n).is_some_and(|cell| mean(n) > 3 * cell.len() + 10));
    if !(known && named || named && shorter && rows.len() > 3 && width > 2) {
        return None;
    }
    Some(column_names(first, names_both))
}

/// Whether most cells of a column ask, in any language.
fn column_asks(rows: &[Row], column: usize) -> bool {
    let cells = rows.iter().take(200).filter_map(|row| row.cells.get(column));
    let (count, asking) = cells.fold((0, 0), |(count, asking), cell| {
        (count + 1, asking + usize::from(ends_as_question(cell)))
    });
    count > 1 && asking * 10 >= count * 6
}

/// The names in a header. If it `names_both`, cells that contain the words for question and answer
/// get these names.
fn column_names(header: &[String], names_both: bool) -> Vec<String> {
    let asks = header.iter().any(|cell| Keys::asks(cell));
    let answers = header.iter().any(|cell| Keys::answers(cell));
    let name = |(n, name): (usize, &String)| {
        if name.is_empty() {
            format!("column {}", n + 1)
        } else if names_both && !asks && says(name, FieldRole::Question) {
            "question".into()
        } else if names_both && !answers && says(name, FieldRole::Answer) {
            "answer".into()
        } else {
            name.clone()
        }
    };
    header.iter().enumerate().map(name).collect()
}

/// Whether a word of a column name has this role: `What is your question?`.
fn says(name: &str, wanted: FieldRole) -> bool {
    let words = words(name.trim_end_matches(['?', '.', '!']));
    words.len() < 8
        && words.iter().any(|word| word.chars().count() > 1 && role(word) == Some(wanted))
}

/// Whether exactly one cell names a role.
fn is_role(cells: &[String], wanted: FieldRole) -> bool {
    cells.iter().filter(|cell| says(cell, wanted)).count() == 1
}

fn default_names(width: usize) -> Vec<String> {
    if width == 2 {
        return vec!["front".into(), "back".into()];
    }
    (1..=width).map(|n| format!("column {n}")).collect()
}
