//! Lists of reStructuredText.

use super::parser::{RstParser, indent};

/// The kind of a list's marker, its number, and the column of the text after it.
pub(super) struct Marker {
    kind: char,
    number: Option<u64>,
    column: usize,
}

/// The marker of an item: a sign, `1.`, `(1)`, `a)`, `#.`.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let word = line.split_whitespace().next().filter(|_| indent(line) == 0)?;
    let gap = line[word.len()..].len() - line[word.len()..].trim_start().len();
    let column = word.len() + gap.max(1);
    if matches!(word, "-" | "*" | "+" | "•" | "‣" | "⁃") {
        let kind = word.chars().next()?;
        return Some(Marker {
            kind,
            number: None,
            column: if gap == 0 { word.len() + 1 } else { column },
        });
    }
    let inner = word.strip_prefix('(').unwrap_or(word);
    let inner = inner.strip_suffix([')', '.'])?;
    let kind = word.chars().next_back()?;
    let number = match inner {
        "#" => Some(1),
        _ if inner.len() <= 4 && !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()) => {
            inner.parse().ok()
        }
        // Letters count too, but a single capital may be an initial.
        _ if inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase()) => {
            Some(u64::from(inner.as_bytes()[0] - b'a') + 1)
        }
        _ => None,
    }?;
    (gap > 0).then_some(Marker { kind, number: Some(number), column })
}

/// The lines of a list.
pub(super) struct ListLines<'a> {
    /// The number of the first item; `None` without numbers.
    pub(super) start: Option<u64>,
    pub(super) items: Vec<ItemLines<'a>>,
}

/// The lines of an item without its marker and indentation.
pub(super) struct ItemLines<'a> {
    /// The line of the marker, 1-based.
    pub(super) line: u32,
    /// The index of the lines in the parser's lines.
    pub(super) from: usize,
    pub(super) lines: Vec<&'a str>,
}

/// The list that begins here: items of one kind, with indented lines below them.
pub(super) fn read<'a>(parser: &mut RstParser<'a, '_>) -> ListLines<'a> {
    let first = marker(parser.line(0));
    let (kind, start) = first.map_or(('-', None), |first| (first.kind, first.number));
    let mut items = Vec::new();
    while let Some(found) = marker(parser.line(0)).filter(|found| found.kind == kind) {
        let (line, from) = (parser.number(), parser.at);
        let text = parser.line(0).get(found.column..).unwrap_or("");
        parser.at += 1;
        let mut lines = vec![text];
        // Text may continue with less indentation than it began with.
        let below = parser.line(0);
        let column = if below.is_empty() || indent(below) == 0 {
            found.column
        } else {
            indent(below).min(found.column)
        };
        lines.extend(parser.indented(column));
        items.push(ItemLines { line, from, lines });
        while parser.at < parser.lines.len() && parser.line(0).is_empty() {
            parser.at += 1;
        }
    }
    ListLines { start, items }
}
