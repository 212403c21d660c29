//! Tables of a wiki: `{|`, `|-`, `!`, `|`, `|}`.

use super::inline::to_markdown;
use crate::load::document::Content;

/// Reads the caption and the table.
pub(super) fn read(lines: &[&str]) -> (String, Content) {
    let mut caption = String::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut header_rows = 0;
    for line in lines.iter().skip(1).map(|line| line.trim()) {
        if line.starts_with("|}") {
            break;
        } else if let Some(text) = line.strip_prefix("|+") {
            caption = to_markdown(without_attributes(text));
        } else if line.starts_with("|-") {
            rows.push(Vec::new());
        } else if let Some(cells) = line.strip_prefix('!') {
            if rows.len() <= 1 {
                header_rows = 1;
            }
            add(&mut rows, cells, &["!!", "||"]);
        } else if let Some(cells) = line.strip_prefix('|') {
            add(&mut rows, cells, &["||"]);
        } else if let Some(cell) =
            rows.last_mut().and_then(|row| row.last_mut()).filter(|_| !line.is_empty())
        {
            let text = to_markdown(line.trim_start_matches(['*', '#', ' ']));
            *cell = if cell.is_empty() { text } else { format!("{cell}<br>{text}") };
        }
    }
    rows.retain(|row| !row.is_empty());
    let header = if header_rows > 0 && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    (caption, Content::Table { header, rows })
}

fn add(rows: &mut Vec<Vec<String>>, cells: &str, separators: &[&str]) {
    if rows.is_empty() {
        rows.push(Vec::new());
    }
    let joined = separators
        .iter()
        .fold(cells.to_owned(), |text, separator| text.replace(separator, "\u{1}"));
    let cells = joined.split('\u{1}').map(|cell| to_markdown(without_attributes(cell)));
    if let Some(row) = rows.last_mut() {
        row.extend(cells.map(|cell| cell.replace('\n', " ")));
    }
}

/// A cell without `style="..." |` before its text.
fn without_attributes(cell: &str) -> &str {
    match cell.split_once('|') {
        Some((attributes, text)) if attributes.contains('=') && !attributes.contains("[[") => text,
        _ => cell,
    }
}
