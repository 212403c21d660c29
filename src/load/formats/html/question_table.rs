//! Tables whose header names a column of questions and one of answers.

use crate::collection::Entry;
use crate::load::keys::Keys;
use crate::markup::source::dom::{children, descendants, tag, text};
use crate::markup::source::markdown;
use markup5ever_rcdom::{Node, NodeData};
use std::rc::Rc;

/// The entries of all such tables of a page.
pub(super) fn entries(root: &Rc<Node>) -> Vec<Entry> {
    let tables = descendants(root).into_iter().filter(|node| tag(node) == "table");
    tables.filter_map(|table| rows_of(&table)).flatten().collect()
}

/// Whether the header of a table names a column of questions and one of answers.
pub(super) fn has_columns(table: &Rc<Node>) -> bool {
    rows(table).first().is_some_and(|header| columns(header).is_some())
}

fn rows_of(table: &Rc<Node>) -> Option<Vec<Entry>> {
    let rows = rows(table);
    let (header, body) = rows.split_first()?;
    let (question, answer) = columns(header)?;
    let entry = |row: &Vec<Rc<Node>>| {
        let title = text(row.get(question)?);
        let answer = row.get(answer).map(content).unwrap_or_default();
        (!title.is_empty()).then(|| Entry { question: title, answer, ..Entry::default() })
    };
    Some(body.iter().filter_map(entry).collect())
}

/// The columns of questions and of answers.
fn columns(header: &[Rc<Node>]) -> Option<(usize, usize)> {
    let names: Vec<String> = header.iter().map(|cell| text(cell)).collect();
    let question = names.iter().position(|name| Keys::asks(name))?;
    let answer = names.iter().position(|name| Keys::answers(name) && !Keys::asks(name))?;
    Some((question, answer))
}

/// The cells of each row.
fn rows(table: &Rc<Node>) -> Vec<Vec<Rc<Node>>> {
    let mut rows = Vec::new();
    for child in children(table) {
        match tag(&child) {
            "tr" => rows.push(cells(&child)),
            "thead" | "tbody" => {
                let inner = children(&child).into_iter().filter(|row| tag(row) == "tr");
                rows.extend(inner.map(|row| cells(&row)));
            }
            _ => {}
        }
    }
    rows
}

fn cells(row: &Rc<Node>) -> Vec<Rc<Node>> {
    children(row).into_iter().filter(|cell| matches!(tag(cell), "td" | "th")).collect()
}

/// What a cell holds, as Markdown.
fn content(cell: &Rc<Node>) -> String {
    let body = Node::new(NodeData::Document);
    body.children.borrow_mut().extend(children(cell));
    let text = markdown(&body);
    // The children keep their parent in the page.
    body.children.borrow_mut().clear();
    text
}

#[cfg(test)]
mod tests {
    use crate::load::formats::html::Html;
    use crate::load::testing;

    #[test]
    fn rows_below_a_header_need_not_ask() {
        let table = "<table><tr><th>Question</th><th>Answer</th></tr><tr><td>How hot?</td><td>Very <b>hot</b>.</td></tr>\
            <tr><td>The kiln</td><td><p>One.</p><p>Two.</p></td></tr></table>";
        let expected = [("How hot?", "Very **hot**."), ("The kiln", "One.\n\nTwo.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned())).to_vec();
        for page in [
            format!("<h1>Tea</h1>{table}"),
            format!("<h1>Tea</h1><p>All about tea.</p>{table}<p>Bye.</p>"),
            table
                .replace("<tr><th>", "<thead><tr><th>")
                .replace("</th></tr>", "</th></tr></thead><tbody>"),
        ] {
            assert_eq!(testing::pairs(testing::read(&Html, &page)), expected, "{page}");
        }
        let page = format!("<h2>Is it wet?</h2><p>No.</p><h2>Is it dry?</h2><p>Yes.</p>{table}");
        assert_eq!(testing::read(&Html, &page).entries.len(), 4);
        let prices = "<h2>Is it wet?</h2><table><tr><th>Name</th><th>Price</th></tr><tr><td>a</td><td>b</td></tr></table>";
        assert_eq!(testing::read(&Html, prices).entries.len(), 1);
    }
}
