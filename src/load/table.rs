//! Tables: CSV and TSV, quoted or raw, with or without a header.

use super::Options;
use super::format::{Doc, Found, Loader, Peek};
use super::keys::Keys;
use super::node::{Map, Node};
use crate::collection::{Entry, Place};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) struct Table;

/// How the cells of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Whether quotes hold cells together, rather than being characters.
    pub(super) quoted: bool,
}

/// One row with its line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

impl Loader for Table {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV and TSV: quoted or raw, with or without a header"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[".csv", ".tsv", ".tab"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
        let end = peek.text.rfind('\n').unwrap_or(peek.text.len());
        match dialect(&peek.text[..end]) {
            // A comma stands in every prose; tabs and quotes do not.
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

    fn read(&self, doc: &Doc<'_>) -> Found {
        let mut found = Found::default();
        let text = doc.text.trim_start_matches('\u{feff}');
        let Some((dialect, _)) = dialect(text) else {
            if is_only_header(text) {
                found.certain = true;
                found.problems.push((1, 0, "only a header; expected rows below it".into()));
            }
            return found;
        };
        let mut rows = rows(text, dialect);
        let width = usual_width(&rows);
        let header = header(&rows, width, doc.options);
        if header.is_some() {
            rows.remove(0);
        }
        let names = header.unwrap_or_else(|| default_names(width));
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            if row.cells.len() != width {
                let message = format!("{} columns; expected {width}", row.cells.len());
                found.problems.push((row.line, 0, message));
            }
            let cells = names.iter().zip(row.cells);
            let record: Map<'_> = cells
                .map(|(name, cell)| (Cow::Borrowed(name.as_str()), node(name, cell)))
                .collect();
            records.push((row.line, record));
        }
        let sample: Vec<&Map<'_>> = records.iter().take(2000).map(|(_, record)| record).collect();
        let Some(keys) = Keys::choose(&sample, doc.options) else {
            let message = format!(
                "cannot tell which column holds the questions (columns: {}); --question COLUMN --answer COLUMN choose",
                names.join(", ")
            );
            found.problems.insert(0, (1, 0, message));
            return found;
        };
        for (line, mut record) in records {
            if let Some(draft) = keys.draft(&mut record) {
                let place = Place { source: Arc::clone(doc.name), line };
                found.entries.push(Entry { place, ..draft.into() });
            } else {
                found.problems.push((line, 0, "a row without a question".into()));
            }
        }
        found
    }
}

/// Whether a text is a single line that names columns.
fn is_only_header(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(line), None) = (lines.next(), lines.next()) else { return false };
    let cells: Vec<&str> = line.split([',', ';', '\t', '|']).collect();
    cells.len() > 1 && cells.iter().all(|cell| Keys::knows(cell.trim_matches(['"', ' '])))
}

/// A cell as a value: tags and other wordings may be lists in JSON.
fn node(name: &str, cell: String) -> Node<'static> {
    let list = cell.starts_with("[\"") && Keys::lists(name);
    match serde_json::from_str::<Vec<String>>(&cell) {
        Ok(items) if list => {
            Node::List(items.into_iter().map(|item| Node::Text(Cow::Owned(item))).collect())
        }
        _ => Node::Text(Cow::Owned(cell)),
    }
}

/// The dialect in which most rows have the same number of cells, and the share of rows that do.
fn dialect(text: &str) -> Option<(Dialect, f32)> {
    let sample = &text[..text.floor_char_boundary(64 * 1024)];
    let mut best: Option<(Dialect, f32, usize)> = None;
    for delimiter in [b'\t', b',', b';', b'|'] {
        for quoted in [true, false] {
            if !quoted && delimiter != b'\t' {
                continue;
            }
            let dialect = Dialect { delimiter, quoted };
            let mut rows = rows(sample, dialect);
            if sample.len() < text.len() {
                rows.pop();
            }
            let width = usual_width(&rows);
            let even = rows.iter().filter(|row| row.cells.len() == width).count() as f32;
            let even = even / rows.len().max(1) as f32;
            if rows.len() < 2 || width < 2 {
                continue;
            }
            if best.is_none_or(|(_, other, _)| even > other + 0.02) {
                best = Some((dialect, even, width));
            }
        }
    }
    best.map(|(dialect, even, _)| (dialect, even))
}

/// All rows that are not empty.
pub(super) fn rows(text: &str, dialect: Dialect) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoted)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
        .map(|record| Row {
            line: record.position().map_or(0, |at| at.line() as u32),
            cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
        })
        .collect()
}

fn usual_width(rows: &[Row]) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map_or(0, |(width, _)| width)
}

/// The names in the first row, if it holds names.
fn header(rows: &[Row], width: usize, options: &Options) -> Option<Vec<String>> {
    let first = &rows.first()?.cells;
    let told = [&options.question_key, &options.answer_key];
    let is_told = |cell: &String| told.iter().any(|key| key.as_ref() == Some(cell));
    let known = first.iter().any(|cell| Keys::knows(cell) || is_told(cell));
    let named = first.len() == width
        && first.iter().all(|cell| cell.chars().count() <= 40 && !cell.contains(['?', '.']));
    // Names are shorter than what stands below them, and never come again.
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
    let cells = first.iter().enumerate();
    Some(
        cells
            .map(
                |(n, name)| {
                    if name.is_empty() { format!("column {}", n + 1) } else { name.clone() }
                },
            )
            .collect(),
    )
}

fn default_names(width: usize) -> Vec<String> {
    if width == 2 {
        return vec!["front".into(), "back".into()];
    }
    (1..=width).map(|n| format!("column {n}")).collect()
}
