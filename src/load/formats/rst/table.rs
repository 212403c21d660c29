//! Tables of reStructuredText: grid, simple, list and CSV tables.

use super::inline::References;
use super::parser::RstParser;
use crate::load::document::{Block, Content};
use std::ops::Range;

/// The table that begins here, if any.
pub(super) fn read(parser: &mut RstParser<'_, '_>) -> Option<Content> {
    let line = parser.line(0);
    if is_grid_rule(line) {
        return Some(grid(parser));
    }
    if is_simple_rule(line) && line.contains(' ') {
        return simple(parser);
    }
    None
}

fn is_grid_rule(line: &str) -> bool {
    line.len() >= 3
        && line.starts_with('+')
        && line.ends_with('+')
        && line.chars().all(|c| "+-=".contains(c))
}

fn is_simple_rule(line: &str) -> bool {
    line.starts_with("==") && line.chars().all(|c| c == '=' || c == ' ')
}

/// A grid table: columns between the `+` of the first rule; a rule of `=` ends the header.
fn grid(parser: &mut RstParser<'_, '_>) -> Content {
    let from = parser.at;
    while parser.line(0).starts_with(['+', '|']) {
        parser.at += 1;
    }
    let lines: Vec<Vec<char>> = parser.lines[from..parser.at]
        .iter()
        .map(|line| line.trim_end().chars().collect())
        .collect();
    let mut edges: Vec<usize> = Vec::new();
    for rule in lines
        .iter()
        .filter(|line| line.starts_with(&['+']) && line.iter().all(|c| "+-=".contains(*c)))
    {
        edges.extend(rule.iter().enumerate().filter(|(_, c)| **c == '+').map(|(at, _)| at));
    }
    edges.sort_unstable();
    edges.dedup();
    let columns: Vec<Range<usize>> = edges.windows(2).map(|pair| pair[0] + 1..pair[1]).collect();
    let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
    let (mut header_rows, mut begins) = (0, true);
    for line in &lines {
        if line.starts_with(&['+']) {
            if line.contains(&'=') {
                header_rows = rows.len();
            }
            begins = true;
            continue;
        }
        if begins {
            rows.push(vec![Vec::new(); columns.len()]);
            begins = false;
        }
        let Some(row) = rows.last_mut() else { continue };
        for (cell, range) in row.iter_mut().zip(&columns) {
            let text: String = line
                .get(range.clone())
                .or_else(|| line.get(range.start..))
                .unwrap_or_default()
                .iter()
                .collect();
            cell.push(text.trim_matches(|c: char| c.is_whitespace() || c == '|').to_owned());
        }
    }
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| joined(cell)).collect()).collect();
    table(parser.references, rows, header_rows)
}

/// A simple table: columns below the signs of the first rule; a second rule ends the header, a
/// third the table.
fn simple(parser: &mut RstParser<'_, '_>) -> Option<Content> {
    let rule: Vec<char> = parser.line(0).chars().collect();
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, c) in rule.iter().enumerate() {
        match columns.last_mut() {
            Some(column) if *c == '=' && column.end == at => column.end += 1,
            _ if *c == '=' => columns.push(at..at + 1),
            _ => {}
        }
    }
    let body = &parser.lines[parser.at + 1..];
    let rules: Vec<usize> =
        (0..body.len()).filter(|&n| is_simple_rule(body[n].trim_end())).take(2).collect();
    let ends_at = |n: usize| body.get(n + 1).is_none_or(|line| line.trim().is_empty());
    let (header, end) = match rules[..] {
        [only] => (None, only),
        [first, _] if ends_at(first) && body[..first].iter().any(|l| !l.trim().is_empty()) => {
            (None, first)
        }
        [first, second] => (Some(first), second),
        _ => return None,
    };
    let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
    let mut header_rows = 0;
    for (n, line) in body[..end].iter().enumerate() {
        if Some(n) == header {
            header_rows = rows.len();
            continue;
        }
        if line.trim().is_empty() || line.trim_end().chars().all(|c| c == '-' || c == ' ') {
            continue;
        }
        let line: Vec<char> = line.trim_end().chars().collect();
        let cell = |n: usize| -> String {
            let start = columns[n].start.min(line.len());
            let end = columns.get(n + 1).map_or(line.len(), |next| next.start.min(line.len()));
            line[start..end].iter().collect::<String>().trim().to_owned()
        };
        let cells: Vec<String> = (0..columns.len()).map(cell).collect();
        // A row without a first cell continues the one above.
        match rows.last_mut() {
            Some(row) if cells[0].is_empty() && may_continue_row(header, n) => {
                row.iter_mut().zip(cells).for_each(|(cell, text)| cell.push(text));
            }
            _ => rows.push(cells.into_iter().map(|cell| vec![cell]).collect()),
        }
    }
    parser.at += 1 + end + 1;
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| joined(cell)).collect()).collect();
    Some(table(parser.references, rows, header_rows))
}

/// The first row below the header never continues the header.
fn may_continue_row(header: Option<usize>, n: usize) -> bool {
    header.is_none_or(|header| n != header + 1)
}

fn joined(lines: &[String]) -> String {
    let lines: Vec<&str> =
        lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn table(references: &References, rows: Vec<Vec<String>>, header_rows: usize) -> Content {
    let markdown = |cell: String| references.to_markdown(&cell);
    let mut rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.into_iter().map(markdown).collect()).collect();
    let header = if header_rows > 0 && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

/// The table of a list of lists.
pub(super) fn from_list(blocks: Vec<Block>, header_rows: usize) -> Content {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for block in blocks {
        let Content::List { items, .. } = block.content else { continue };
        for item in items {
            let cells = item.body.into_iter().filter_map(|block| {
                let Content::List { items, .. } = block.content else { return None };
                Some(items)
            });
            rows.push(cells.flatten().map(|cell| text_of(&cell.body)).collect());
        }
    }
    let header = if header_rows > 0 && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

fn text_of(blocks: &[Block]) -> String {
    let text = |block: &Block| match &block.content {
        Content::Paragraph(text) | Content::Raw(text) => Some(text.replace('\n', " ")),
        Content::Code { text, .. } => Some(crate::markup::source::code_span(text)),
        Content::List { items, .. } => {
            Some(items.iter().map(|item| text_of(&item.body)).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    blocks.iter().filter_map(text).collect::<Vec<_>>().join("<br>")
}

/// The sign that the option `delim` names.
pub(super) fn separator(option: &str) -> Option<u8> {
    match option {
        "tab" => Some(b'\t'),
        "space" => Some(b' '),
        _ => match option.strip_prefix("U+").or_else(|| option.strip_prefix("0x")) {
            Some(code) => u8::from_str_radix(code, 16).ok().filter(u8::is_ascii),
            None => option.bytes().next().filter(|_| option.len() == 1),
        },
    }
}

/// The table of lines whose cells have this sign between them; the first rows may be the header.
pub(super) fn from_csv(
    references: &References,
    lines: &[&str],
    separator: u8,
    (header, header_rows): (Option<&str>, usize),
) -> Content {
    let all = header.into_iter().chain(lines.iter().copied()).collect::<Vec<_>>().join("\n");
    // Blanks may precede a quoted cell.
    let all = all.replace(", \"", ",\"");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(all.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(cells).collect();
    table(references, rows, header_rows.max(usize::from(header.is_some())))
}
