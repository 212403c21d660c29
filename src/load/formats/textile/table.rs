//! Tables of Textile, whose cells begin with marks: `_.` heads, `\\2.` and `/2.` cover others.

use super::text;
use crate::load::document::Content;

/// A cell covers no more columns or rows.
const MAX_COVERED: usize = 50;

/// Whether a line gives a table its attributes: `table(class).`.
pub(super) fn is_opening(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("table") else { return false };
    matches!(marks(rest), Some((_, text)) if !text.contains('|'))
}

/// Whether a line is a row, with or without its attributes, `(class). |a|b|`.
pub(super) fn is_row(line: &str) -> bool {
    row(line).is_some()
}

fn row(line: &str) -> Option<&str> {
    let line = line.trim_end();
    if line.starts_with('|') {
        return Some(line);
    }
    if !line.starts_with(['(', '{', '[', '<', '>', '=', '^', '~']) {
        return None;
    }
    let (_, row) = marks(line)?;
    (row.starts_with('|') && row.len() > 1 && row.ends_with('|')).then_some(row)
}

/// What the marks of a cell say.
struct Marks {
    is_head: bool,
    columns: usize,
    rows: usize,
}

/// The marks up to a dot, and the text behind them.
fn marks(text: &str) -> Option<(Marks, &str)> {
    let mut marks = Marks { is_head: false, columns: 1, rows: 1 };
    let mut rest = text;
    loop {
        let mut chars = rest.chars();
        let sign = chars.next()?;
        let after = chars.as_str();
        rest = match sign {
            '.' => {
                return (after.is_empty() || after.starts_with(' ')).then(|| (marks, after.trim()));
            }
            '_' => {
                marks.is_head = true;
                after
            }
            '<' | '>' | '=' | '^' | '~' | '-' => after,
            '\\' | '/' => {
                let digits =
                    after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let count = after[..digits].parse::<usize>().ok()?.clamp(1, MAX_COVERED);
                if sign == '/' {
                    marks.rows = count;
                } else {
                    marks.columns = count;
                }
                &after[digits..]
            }
            '(' => after.split_once(')')?.1,
            '{' => after.split_once('}')?.1,
            '[' => after.split_once(']')?.1,
            _ => return None,
        };
    }
}

/// The table of rows. What a cell covers besides its own place is empty.
pub(super) fn read(lines: &[&str]) -> Content {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut has_header = false;
    // For each column, the rows below that a cell above covers.
    let mut covered: Vec<usize> = Vec::new();
    for line in lines.iter().filter_map(|line| row(line)).filter(|line| !is_group(line)) {
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let mut cells: Vec<String> = Vec::new();
        let mut all_head = true;
        for cell in inner.split('|') {
            skip_covered(&mut covered, &mut cells);
            let plain = Marks { is_head: false, columns: 1, rows: 1 };
            let (marks, content) = marks(cell).unwrap_or((plain, cell.trim()));
            all_head &= marks.is_head;
            for column in 0..marks.columns {
                covered.resize(covered.len().max(cells.len() + 1), 0);
                covered[cells.len()] = marks.rows - 1;
                cells.push(if column == 0 { text(&[content]) } else { String::new() });
            }
        }
        skip_covered(&mut covered, &mut cells);
        has_header |= rows.is_empty() && all_head;
        rows.push(cells);
    }
    let header = if has_header { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

/// Adds an empty cell for each next column that a cell above covers.
fn skip_covered(covered: &mut [usize], cells: &mut Vec<String>) {
    while let Some(rows) = covered.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(String::new());
    }
}

/// Whether a line begins a group of rows or describes columns: `|^.`, `|:\\3. |`.
fn is_group(line: &str) -> bool {
    matches!(line.trim_end_matches(['|', ' ']), "|^." | "|~." | "|-.") || line.starts_with("|:")
}
