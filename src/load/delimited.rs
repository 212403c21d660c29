//! Rows of cells: text in columns that a delimiter separates, quoted or raw.

use std::collections::HashMap;

/// How the cells of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// Whether quotes hold cells together, rather than being characters.
    pub(crate) quoted: bool,
}

/// One row with its line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) line: u32,
    pub(crate) cells: Vec<String>,
}

/// How much of a table is looked at to tell its dialect; more where no whole row is in it.
const SAMPLE: usize = 64 * 1024;

/// The dialect in which most rows have the same number of cells, and the share of rows that do.
pub(crate) fn dialect(text: &str) -> Option<(Dialect, f32)> {
    let mut length = SAMPLE;
    loop {
        let sample = &text[..text.floor_char_boundary(length)];
        let found = dialect_of_sample(sample, sample.len() < text.len());
        if found.is_some() || sample.len() == text.len() {
            return found;
        }
        // A row may be longer than the sample.
        length *= 4;
    }
}

/// `is_cut`: the last row of the sample may be incomplete.
fn dialect_of_sample(sample: &str, is_cut: bool) -> Option<(Dialect, f32)> {
    let mut best: Option<(Dialect, f32)> = None;
    for delimiter in [b'\t', b',', b';', b'|'] {
        for quoted in [true, false] {
            if !quoted && delimiter != b'\t' {
                continue;
            }
            let dialect = Dialect { delimiter, quoted };
            let mut rows = rows(sample, dialect);
            if is_cut {
                rows.pop();
            }
            let width = usual_width(&rows);
            if rows.len() < 2 || width < 2 {
                continue;
            }
            let even = rows.iter().filter(|row| row.cells.len() == width).count() as f32;
            let even = even / rows.len() as f32;
            if best.is_none_or(|(_, other)| even > other + 0.02) {
                best = Some((dialect, even));
            }
        }
    }
    best
}

/// All rows that are not empty.
pub(crate) fn rows(text: &str, dialect: Dialect) -> Vec<Row> {
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

pub(crate) fn usual_width(rows: &[Row]) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map_or(0, |(width, _)| width)
}
