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

/// The dialect in which most rows have the same number of cells, and the share of rows that do.
pub(crate) fn dialect(text: &str) -> Option<(Dialect, f32)> {
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
