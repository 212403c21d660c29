//! The visible role of elements: blocks, contents, layout, or nothing.

use crate::load::question_detect::ends_as_question;
use crate::markup::source::dom::{attribute, children, descendants, tag, text};
use markup5ever_rcdom::{Node, NodeData};
use std::rc::Rc;

/// Navigation, scripts and the like, which are not read.
pub(super) fn is_left_out(node: &Node) -> bool {
    const TAGS: &[&str] = &[
        "script", "style", "nav", "footer", "aside", "template", "noscript", "form", "iframe",
        "svg", "head", "title",
    ];
    const NAMES: &[&str] = &[
        "sidebar",
        "sphinxsidebar",
        "navbar",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "related",
        "footer",
        "cookie",
    ];
    if matches!(node.data, NodeData::Comment { .. }) || TAGS.contains(&tag(node)) {
        return tag(node) != "head";
    }
    let role = attribute(node, "role").unwrap_or_default();
    if matches!(role.as_str(), "navigation" | "search" | "banner" | "contentinfo") {
        return true;
    }
    let names = [attribute(node, "class"), attribute(node, "id")];
    !matches!(tag(node), "body" | "html" | "main" | "article")
        && names
            .iter()
            .flatten()
            .any(|names| names.split_whitespace().any(|name| NAMES.contains(&name)))
}

pub(super) fn is_block(node: &Rc<Node>) -> bool {
    const BLOCKS: &[&str] = &[
        "html",
        "head",
        "title",
        "body",
        "main",
        "article",
        "section",
        "header",
        "footer",
        "nav",
        "aside",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "pre",
        "blockquote",
        "figure",
        "form",
        "fieldset",
        "button",
        "center",
        "hr",
        "address",
    ];
    let name = tag(node);
    if BLOCKS.contains(&name) {
        return true;
    }
    // `<a><h3>…</h3></a>`, `<span id="x"><h3>`, and elements of the page's own.
    (matches!(name, "a" | "span" | "font" | "b" | "em" | "strong") || name.contains('-'))
        && children(node).iter().any(is_block)
}

/// The number of letters in links to places of the same page.
pub(super) fn contents_links(node: &Rc<Node>) -> usize {
    if tag(node) == "a" {
        let to = attribute(node, "href").unwrap_or_default();
        let is_inner = to.starts_with('#') || to.contains(".html#") && !to.contains("://");
        return if is_inner { text(node).len() } else { 0 };
    }
    children(node).iter().map(contents_links).sum()
}

/// Whether the items of a list are questions with their answers.
pub(super) fn holds_questions(list: &Rc<Node>) -> bool {
    let items: Vec<_> = children(list).into_iter().filter(|child| tag(child) == "li").collect();
    let is_question = |item: &Rc<Node>| {
        let inner = children(item);
        let has_title = inner.iter().any(|child| {
            matches!(
                tag(child),
                "h2" | "h3" | "h4" | "h5" | "h6" | "details" | "button" | "summary" | "dl"
            ) || matches!(tag(child), "p" | "div" | "b" | "strong" | "span")
                && ends_as_question(&text(child))
                && contents_links(child) == 0
        });
        let is_folded = inner.iter().any(|child| tag(child) == "details");
        has_title && (is_folded || text(item).len() > 40)
    };
    items.len() > 1 && items.iter().filter(|item| is_question(item)).count() * 2 > items.len()
        || items.len() == 1 && is_question(&items[0])
}

/// Whether each item of a list is a bold question with its answer.
pub(super) fn holds_bold_questions(list: &Rc<Node>) -> bool {
    let items: Vec<_> = children(list).into_iter().filter(|child| tag(child) == "li").collect();
    let first = |node: &Rc<Node>| children(node).into_iter().find(|child| !text(child).is_empty());
    let is_question = |item: &Rc<Node>| {
        let paragraph = first(item).filter(|child| tag(child) == "p");
        let title = first(paragraph.as_ref().unwrap_or(item)).and_then(|b| bold_question(&b));
        title.is_some_and(|title| text(item).len() > title.len())
    };
    items.len() > 1 && items.iter().all(is_question)
}

/// The question that is an element in bold.
pub(super) fn bold_question(node: &Rc<Node>) -> Option<String> {
    let is_bold = matches!(tag(node), "b" | "strong");
    is_bold.then(|| text(node)).filter(|title| ends_as_question(title))
}

/// Whether an element contains headings or collapsible blocks.
pub(super) fn holds_titles(node: &Rc<Node>) -> bool {
    let is_title = |child: &Rc<Node>| {
        matches!(tag(child), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt")
    };
    descendants(node).iter().any(is_title)
}

/// Whether a table is layout: it contains blocks of a page, or questions beside their answers,
/// rather than data.
pub(super) fn is_layout(table: &Rc<Node>) -> bool {
    let mut rows = Vec::new();
    let mut waiting = children(table);
    while let Some(node) = waiting.pop() {
        match tag(&node) {
            "tr" => rows.push(node),
            "tbody" | "thead" => waiting.extend(children(&node)),
            _ => {}
        }
    }
    let cells: Vec<Vec<Rc<Node>>> = rows
        .iter()
        .map(|row| {
            children(row).into_iter().filter(|cell| matches!(tag(cell), "td" | "th")).collect()
        })
        .collect();
    let first_asks =
        |row: &&Vec<Rc<Node>>| row.first().is_some_and(|cell| ends_as_question(&text(cell)));
    let asking = cells.iter().filter(first_asks).count();
    let single = cells.iter().all(|row| row.len() <= 1);
    let blocks = |cell: &Rc<Node>| {
        children(cell)
            .iter()
            .any(|c| matches!(tag(c), "h1" | "h2" | "h3" | "h4" | "table" | "dl" | "div"))
    };
    single || asking * 2 > cells.len() || cells.iter().flatten().any(blocks)
}
