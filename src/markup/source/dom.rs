//! Reading a tree of HTML: tags, attributes, texts.

use markup5ever_rcdom::{Node, NodeData};
use std::rc::Rc;

/// The tag of an element, lower case; empty for text.
pub(crate) fn tag(node: &Node) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

pub(crate) fn attribute(node: &Node, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

pub(crate) fn children(node: &Node) -> Vec<Rc<Node>> {
    node.children.borrow().clone()
}

/// Whether a node is text, and what it says.
pub(crate) fn own_text(node: &Node) -> Option<String> {
    match &node.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    }
}

/// All text below a node, its white space squeezed, links to itself left out.
pub(crate) fn text(node: &Node) -> String {
    let mut out = String::new();
    add_text(node, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace('¶', "").trim().to_owned()
}

fn add_text(node: &Node, out: &mut String) {
    if let Some(text) = own_text(node) {
        out.push_str(&text);
        return;
    }
    if matches!(tag(node), "script" | "style" | "template" | "svg") {
        return;
    }
    if tag(node) == "img" {
        out.push_str(&attribute(node, "alt").unwrap_or_default());
    }
    if matches!(tag(node), "br" | "td" | "li" | "p" | "div") {
        out.push(' ');
    }
    for child in node.children.borrow().iter() {
        add_text(child, out);
    }
}

/// Every node below one, in the page's order, itself first.
pub(crate) fn descendants(root: &Rc<Node>) -> Vec<Rc<Node>> {
    let mut found = Vec::new();
    let mut waiting = vec![Rc::clone(root)];
    while let Some(node) = waiting.pop() {
        waiting.extend(children(&node).into_iter().rev());
        found.push(node);
    }
    found
}
