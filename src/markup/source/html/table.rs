//! Converts tables; repeats cells that span rows and columns.

use crate::markup::source::dom::{attribute, children, tag};
use htmd::Element;
use htmd::element_handler::{HandlerResult, Handlers};
use markup5ever_rcdom::Node;
use std::collections::HashMap;
use std::rc::Rc;

/// The most rows or columns that a cell spans: more is a mistake or an attack.
const MAX_SPANNED: usize = 100;
/// The maximum columns of a table.
const MAX_COLUMNS: usize = 200;

pub(super) fn table(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let rows = rows(element.node);
    let is_data = rows.iter().any(|row| cells(row).count() > 1);
    if !is_data || rows.iter().flat_map(cells).any(|cell| holds_blocks(&cell)) {
        return handlers.fallback(element);
    }
    let grid = grid(handlers, &rows);
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::from("\n\n");
    if let Some(caption) = children(element.node).iter().find(|child| tag(child) == "caption") {
        let content = handlers.walk_children(caption).content;
        out.push_str(content.trim());
        out.push_str("\n\n");
    }
    for (n, row) in grid.iter().enumerate() {
        for column in 0..width {
            out.push_str("| ");
            out.push_str(row.get(column).map_or("", String::as_str));
            out.push(' ');
        }
        out.push_str("|\n");
        if n == 0 {
            out.push_str(&"| --- ".repeat(width));
            out.push_str("|\n");
        }
    }
    out.push('\n');
    Some(out.into())
}

/// The rows of a table, without those of nested tables.
fn rows(table: &Rc<Node>) -> Vec<Rc<Node>> {
    let mut rows = Vec::new();
    for child in children(table) {
        match tag(&child) {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => {
                rows.extend(children(&child).into_iter().filter(|row| tag(row) == "tr"));
            }
            _ => {}
        }
    }
    rows
}

fn cells(row: &Rc<Node>) -> impl Iterator<Item = Rc<Node>> + use<> {
    children(row).into_iter().filter(|cell| matches!(tag(cell), "td" | "th"))
}

/// Whether a cell has content that does not fit into a Markdown cell.
fn holds_blocks(cell: &Rc<Node>) -> bool {
    children(cell).iter().any(|child| {
        matches!(tag(child), "table" | "pre" | "h1" | "h2" | "h3" | "h4" | "dl" | "blockquote")
            || matches!(tag(child), "div" | "section") && holds_blocks(child)
    })
}

fn grid(handlers: &dyn Handlers, rows: &[Rc<Node>]) -> Vec<Vec<String>> {
    let mut grid = Vec::new();
    // The cells of rows above that span into the next rows: column, remaining rows and text.
    let mut hanging: HashMap<usize, (usize, String)> = HashMap::new();
    for row in rows {
        let mut line: Vec<String> = Vec::new();
        let mut hang = |line: &mut Vec<String>| {
            while let Some((left, text)) = hanging.get_mut(&line.len()).filter(|(n, _)| *n > 0) {
                *left -= 1;
                line.push(text.clone());
            }
        };
        let mut spanning = Vec::new();
        for cell in cells(row) {
            hang(&mut line);
            let span = |name: &str| {
                let value = attribute(&cell, name).and_then(|value| value.parse().ok());
                value.unwrap_or(1).clamp(1, MAX_SPANNED)
            };
            let text = cell_text(handlers, &cell);
            for n in 0..span("colspan").min(MAX_COLUMNS.saturating_sub(line.len())) {
                if span("rowspan") > 1 {
                    spanning.push((line.len(), (span("rowspan") - 1, text.clone())));
                }
                line.push(if n == 0 { text.clone() } else { String::new() });
            }
        }
        hang(&mut line);
        hanging.extend(spanning);
        grid.push(line);
    }
    grid.retain(|line| !line.is_empty());
    grid
}

/// A cell on one line; its paragraphs and items are separated by `<br>`.
fn cell_text(handlers: &dyn Handlers, cell: &Rc<Node>) -> String {
    let content = handlers.walk_children(cell).content;
    let lines = content.lines().map(|line| line.trim_end_matches('\\').trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("<br>").replace("\\|", "|").replace('|', "\\|")
}
