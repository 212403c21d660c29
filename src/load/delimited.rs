//! Rows of cells: text in columns that a delimiter separates, quoted or raw.

use csv::StringRecord;
use memchr::{memchr, memchr_iter};
use rustc_hash::FxHashMap;

/// How the cells of a table are separated.
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

/// The part of a table that is examined to detect its dialect, in bytes; enlarged until it holds a
/// whole row.
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
        if memchr(delimiter, sample.as_bytes()).is_none() {
            // Every row is one cell. Checking this first is cheaper than setting up a reader.
            continue;
        }
        for quoted in [true, false] {
            if !quoted && delimiter != b'\t' {
                continue;
            }
            let dialect = Dialect { delimiter, quoted };
            let rows = if is_cut {
                // The last row may seem to have an unclosed quote.
                let mut rows = rows(sample, dialect);
                rows.pop();
                rows
            } else {
                read(sample, dialect, false).rows
            };
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

/// The non-empty rows of a text.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    /// Lines with an unclosed quote.
    pub(crate) unclosed: Vec<u32>,
}

/// The message for a line of [`Rows::unclosed`].
pub(crate) const UNCLOSED: &str = "a quote that is not closed; expected \" before the delimiter";

/// How many times the text may be read again after unclosed quotes.
const MAX_PASSES: usize = 8;

/// An unfinished row longer than this begins with an unclosed quote.
const MAX_UNFINISHED_BYTES: usize = 64 * 1024;

/// Reads all rows. An unclosed quote extends to the end of its line, not over the rows below. If
/// the text `is_cut`, a quote in the last row may be closed beyond the cut.
pub(crate) fn read(text: &str, dialect: Dialect, is_cut: bool) -> Rows {
    let mut found = Rows::default();
    let (mut rest, mut lines_before) = (text, 0);
    let mut left = text.len() * MAX_PASSES;
    while let Some(broken) = read_to_fault(rest, lines_before, dialect, left, &mut found) {
        let start = broken.start;
        let is_unfinished =
            is_cut && start + broken.length == rest.len() && broken.length <= MAX_UNFINISHED_BYTES;
        let end = if is_unfinished { rest.len() } else { start + line_length(&rest[start..]) };
        found.rows.extend(rows(&rest[start..end], dialect).into_iter().map(|row| {
            let line = row.line + broken.lines_before;
            Row { line, ..row }
        }));
        if is_unfinished {
            break;
        }
        found.unclosed.push(broken.lines_before + 1);
        left = left.saturating_sub(broken.length);
        (rest, lines_before) = (&rest[end..], broken.lines_before + 1);
    }
    found
}

/// A row that begins with a line with an unclosed quote.
struct BrokenRow {
    /// In bytes.
    start: usize,
    length: usize,
    lines_before: u32,
}

/// Reads rows up to one with an unclosed quote; looks for the closing quote within `left` bytes.
fn read_to_fault(
    text: &str,
    lines_before: u32,
    dialect: Dialect,
    left: usize,
    found: &mut Rows,
) -> Option<BrokenRow> {
    let mut reader = reader(text, dialect);
    let mut record = StringRecord::new();
    while !matches!(reader.read_record(&mut record), Ok(false)) {
        let Some(at) = record.position() else { continue };
        let (from, to) = (at.byte() as usize, reader.position().byte() as usize);
        let raw = text.get(from..to).unwrap_or_default();
        let blanks = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let body = &raw[blanks..];
        let is_long = line_length(body) < body.len();
        if dialect.quoted && is_long && body.len() <= left && is_unclosed(body, dialect.delimiter) {
            let skipped = memchr_iter(b'\n', &text.as_bytes()[..from + blanks]).count() as u32;
            return Some(BrokenRow {
                start: from + blanks,
                length: body.len(),
                lines_before: lines_before + skipped,
            });
        }
        found.rows.extend(row(&record, lines_before));
    }
    None
}

/// With its line feed.
fn line_length(text: &str) -> usize {
    memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1)
}

/// Whether a quoted cell has no closing quote, or text after it.
fn is_unclosed(row: &str, delimiter: u8) -> bool {
    let mut bytes = row.bytes().peekable();
    loop {
        let is_quoted = bytes.next_if_eq(&b'"').is_some();
        if is_quoted {
            loop {
                match bytes.next() {
                    None => return true,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            while bytes.next_if(|byte| matches!(byte, b' ' | b'\r')).is_some() {}
        }
        match bytes.find(|byte| is_quoted || [delimiter, b'\n'].contains(byte)) {
            None | Some(b'\n') => return false,
            Some(byte) if byte == delimiter => {}
            Some(_) => return true,
        }
    }
}

fn reader(text: &str, dialect: Dialect) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoted)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// All non-empty rows, trusting the quotes.
fn rows(text: &str, dialect: Dialect) -> Vec<Row> {
    let mut reader = reader(text, dialect);
    reader.records().filter_map(Result::ok).filter_map(|record| row(&record, 0)).collect()
}

/// A cell without surrounding whitespace. In a cell of several lines the first keeps its
/// indentation, which code needs.
fn trimmed(cell: &str) -> &str {
    let cell = cell.trim_end();
    let bare = cell.trim_start();
    if bare.len() == cell.len() {
        return cell;
    }
    let start = if bare.contains('\n') {
        cell[..cell.len() - bare.len()].rfind('\n').map_or(0, |at| at + 1)
    } else {
        cell.len() - bare.len()
    };
    &cell[start..]
}

/// `None` for an empty record.
fn row(record: &StringRecord, lines_before: u32) -> Option<Row> {
    let line = lines_before + record.position().map_or(0, |at| at.line() as u32);
    let is_filled = record.iter().any(|cell| !cell.trim().is_empty());
    let cells = || record.iter().map(|cell| trimmed(cell).to_owned()).collect();
    is_filled.then(|| Row { line, cells: cells() })
}

pub(crate) fn usual_width(rows: &[Row]) -> usize {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map_or(0, |(width, _)| width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_nothing_closes_loses_no_row() {
        let dialect = Dialect { delimiter: b',', quoted: true };
        for (text, cells, unclosed) in [
            ("a,\"b\nc,d\ne,f\n", vec!["a|b", "c|d", "e|f"], vec![1]),
            ("a,\"b\n\nc,\"d\"\ne,\"f\n", vec!["a|b", "c|d", "e|f"], vec![1]),
            ("a,\"b\nc\",d\n", vec!["a|b\nc|d"], vec![]),
            ("a,\"b \"\"x\"\"\nc\" \r\nd,e", vec!["a|b \"x\"\nc", "d|e"], vec![]),
            ("a,b\"c\nd,\"e\" f\n", vec!["a|b\"c", "d|e f"], vec![]),
        ] {
            let found = read(text, dialect, false);
            let found_cells: Vec<_> = found.rows.iter().map(|row| row.cells.join("|")).collect();
            assert_eq!(
                (found_cells, found.unclosed),
                (cells.iter().map(|c| (*c).to_owned()).collect(), unclosed),
                "{text:?}"
            );
        }
        // A piece of a longer text may end within quotes.
        let found = read("a,b\nc,\"d\ne,f\n", dialect, true);
        assert_eq!((found.rows.len(), found.rows[1].cells.len()), (2, 2));
        assert_eq!(found.unclosed, Vec::<u32>::new());
        let long = format!("a,\"b\n{}", "c,d\n".repeat(MAX_UNFINISHED_BYTES));
        assert_eq!(read(&long, dialect, true).unclosed, [1]);
    }
}
