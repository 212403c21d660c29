//! Tables of AsciiDoc: one row per line, or one cell after another.

use super::directives::HIDDEN_LINE;
use super::parser::{AsciidocParser, BlockAttributes};
use crate::load::document::Content;

pub(super) fn read(
    parser: &AsciidocParser<'_>,
    delimiter: &str,
    lines: &[&str],
    attributes: &BlockAttributes,
) -> Content {
    let shown: Vec<&str> = lines.iter().copied().filter(|line| *line != HIDDEN_LINE).collect();
    let lines = shown.as_slice();
    if let Some(separator) = separator(delimiter, attributes) {
        let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
        let is_apart = lines.get(first + 1).is_some_and(|line| line.trim().is_empty());
        return separated(parser, lines, separator, attributes.has("header") || is_apart);
    }
    let joined = with_inner_tables(lines);
    let lines: Vec<&str> = joined.iter().map(String::as_str).collect();
    let mut cells: Vec<String> = Vec::new();
    let mut first_row = 0;
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        if first_row == 0 && !cells.is_empty() {
            first_row = cells.len();
        }
        add_cells(line, &mut cells);
    }
    if first_row == 0 {
        first_row = cells.len();
    }
    let columns = columns(attributes).unwrap_or(first_row).max(1);
    let mut rows: Vec<Vec<String>> = cells
        .chunks(columns)
        .map(|row| row.iter().map(|cell| parser.text(cell.trim()).replace('\n', " ")).collect())
        .collect();
    let first_is_apart =
        lines.iter().position(|line| !line.trim().is_empty()).is_some_and(|first| {
            lines.get(first + 1).is_some_and(|line| line.trim().is_empty()) && first_row == columns
        });
    let has_header = attributes.has("header") || first_is_apart;
    let header = if has_header && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

/// Tables inside cells, between lines of `!===`, as one line: their cells with commas between them.
fn with_inner_tables(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rows: Option<Vec<String>> = None;
    for line in lines {
        let bare = line.trim();
        match &mut rows {
            _ if bare == "!===" => {
                if let Some(rows) = rows.take() {
                    out.push(rows.join("; "));
                } else {
                    if out.last().is_some_and(|last| last.starts_with('[')) {
                        out.pop();
                    }
                    rows = Some(Vec::new());
                }
            }
            Some(rows) => {
                let cells = bare.split('!').map(str::trim).filter(|cell| !cell.is_empty());
                rows.push(cells.collect::<Vec<_>>().join(", "));
                rows.retain(|row| !row.is_empty());
            }
            None => out.push((*line).to_owned()),
        }
    }
    out.extend(rows.into_iter().flatten());
    out
}

/// The sign between the cells of a table of data, which a delimiter (`,===`) or its format declares.
fn separator(delimiter: &str, attributes: &BlockAttributes) -> Option<u8> {
    let value = |name: &str| {
        let value = |part: &String| {
            let value = part.trim_matches('"').strip_prefix(name)?.strip_prefix('=')?;
            Some(value.trim_matches('"').to_owned())
        };
        attributes.all.iter().find_map(value)
    };
    let usual = match value("format").as_deref() {
        Some("csv") => b',',
        Some("dsv") => b':',
        Some("tsv") => b'\t',
        _ if delimiter.starts_with(',') => b',',
        _ if delimiter.starts_with(':') => b':',
        _ => return None,
    };
    match value("separator").as_deref().map(str::as_bytes) {
        Some(b"\\t") => Some(b'\t'),
        Some([separator]) => Some(*separator),
        _ => Some(usual),
    }
}

fn separated(
    parser: &AsciidocParser<'_>,
    lines: &[&str],
    separator: u8,
    has_header: bool,
) -> Content {
    let text = lines.join("\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(separator != b':')
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(|cell| parser.text(cell)).collect();
    let mut rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(cells).collect();
    let header = if has_header && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

/// The cells of a line; text before the first mark continues the last cell.
fn add_cells(line: &str, cells: &mut Vec<String>) {
    let mut rest = line;
    let mut begins = false;
    while let Some(at) = next_mark(rest) {
        let text = &rest[..at];
        // A specifier such as `2+` or `a` belongs to the following mark.
        let is_specifier = !text.is_empty()
            && text.chars().all(|c| c.is_ascii_digit() || "+.*<>^aehlmsv".contains(c));
        if begins {
            push_text(cells, text, is_specifier);
        } else if !text.trim().is_empty() && !is_specifier {
            push_text(cells, text, false);
        }
        cells.push(String::new());
        begins = true;
        rest = &rest[at + 1..];
    }
    push_text(cells, rest, false);
}

fn push_text(cells: &mut [String], text: &str, is_specifier: bool) {
    let text = if is_specifier { "" } else { text.trim() };
    if let Some(cell) = cells.last_mut().filter(|_| !text.is_empty()) {
        if !cell.is_empty() {
            cell.push('\n');
        }
        cell.push_str(&text.replace("\\|", "|"));
    }
}

fn next_mark(text: &str) -> Option<usize> {
    text.match_indices('|').map(|(at, _)| at).find(|&at| !text[..at].ends_with('\\'))
}

/// The number of columns that `cols="1,2"`, `cols=3*` or `cols=2` declares.
fn columns(attributes: &BlockAttributes) -> Option<usize> {
    let from = attributes.all.iter().position(|part| part.starts_with("cols="))?;
    let first = attributes.all[from].strip_prefix("cols=")?;
    let mut list = first.to_owned();
    if first.starts_with('"') && !first[1..].contains('"') {
        for part in &attributes.all[from + 1..] {
            list.push(',');
            list.push_str(part);
            if part.ends_with('"') {
                break;
            }
        }
    }
    let list = list.trim_matches('"').replace(';', ",");
    // A single number is the number of columns; among others it is the width of one.
    if let Ok(columns) = list.trim().parse() {
        return Some(columns).filter(|columns| (1..100).contains(columns));
    }
    let count = |part: &str| match part.split_once('*') {
        Some((times, _)) => times.trim().parse().unwrap_or(1),
        None => 1,
    };
    let columns: usize = list.split(',').map(count).sum();
    (columns > 0 && columns < 100).then_some(columns)
}
