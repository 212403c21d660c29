//! Tables with a column of questions and one of answers.

use super::scan::{LineKind, MarkdownPage};
use crate::load::keys::Keys;
use crate::load::question_detect::ends_as_question;
use crate::markup::source::clean;

/// A row: its line from 0, question and answer.
pub(crate) type Row = (usize, String, String);

/// The rows of every table whose header names questions and answers.
pub(crate) fn rows(page: &MarkdownPage<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut columns: Option<(usize, usize)> = None;
    for n in page.first..page.lines.len() {
        if page.kind(n) != LineKind::Text || !page.lines[n].contains('|') {
            columns = None;
            continue;
        }
        let cells = cells(page.lines[n]);
        let below = page.lines.get(n + 1).copied().unwrap_or_default();
        if is_ruler(below) {
            let question = cells.iter().position(|cell| Keys::asks(&clean(cell)));
            let answers = |cell: &&str| Keys::answers(&clean(cell)) && !Keys::asks(&clean(cell));
            let answer = cells.iter().position(|cell| answers(&&**cell));
            columns = question.zip(answer);
            if columns.is_none() && cells.len() == 2 && asks_in_rows(&page.lines[n + 2..]) {
                columns = Some((0, 1));
                let title = clean(&cells[0]);
                if ends_as_question(&title) {
                    rows.push((n, title, with_line_breaks(&cells[1])));
                }
            }
        } else if let (Some((question, answer)), false) = (columns, is_ruler(page.lines[n])) {
            let cell = |at: usize| cells.get(at).map_or("", |cell| cell.as_str());
            let title = clean(cell(question));
            if !title.is_empty() {
                rows.push((n, title, with_line_breaks(cell(answer))));
            }
        }
    }
    rows
}

/// Whether the first cell asks in most rows, of two or more.
fn asks_in_rows(below: &[&str]) -> bool {
    let rows: Vec<&&str> = below.iter().take_while(|line| line.contains('|')).collect();
    let asks = |line: &str| cells(line).first().is_some_and(|cell| ends_as_question(&clean(cell)));
    let asking = rows.iter().filter(|line| asks(line)).count();
    rows.len() > 1 && asking * 3 > rows.len() * 2
}

/// Markdown with `<br>`, the only possible line break in a cell, as a hard line break.
fn with_line_breaks(cell: &str) -> String {
    let lines = cell.replace("<br/>", "<br>").replace("<br />", "<br>");
    let lines: Vec<&str> = lines.split("<br>").map(str::trim).collect();
    lines.join("\\\n").replace("\n\\\n", "\n\n").replace("\\\n\n", "\n\n")
}

/// The cells of a row; `\\|` is a literal bar.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let hidden = line.replace("\\|", "\u{0}");
    hidden.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

/// The delimiter row below a header.
fn is_ruler(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}
