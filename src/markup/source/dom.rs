//! Reads an HTML tree: tags, attributes, texts.

use crate::text::{sanitise_keeping_tabs, sanitise_line};
use markup5ever_rcdom::{Node, NodeData};
use std::borrow::Cow;
use std::rc::Rc;

/// The tag name of an element in lower case; empty for text.
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

/// The parent of a node.
pub(crate) fn parent(node: &Rc<Node>) -> Option<Rc<Node>> {
    let parent = node.parent.take();
    let found = parent.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(parent);
    found
}

/// The text of a text node.
pub(crate) fn own_text(node: &Node) -> Option<String> {
    match &node.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    }
}

/// All text below a node, with white space collapsed and without links to itself.
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

/// Sanitises the texts and attributes of a tree. This must happen before conversion to Markdown: a
/// backslash inside an escape sequence would hide it from the sanitiser.
pub(crate) fn sanitise_texts(root: &Rc<Node>) {
    let is_unsafe =
        |text: &str| text.contains(|c: char| c.is_control() && !"\t\n\r\u{c}".contains(c));
    for node in descendants(root) {
        match &node.data {
            NodeData::Text { contents } => {
                let mut contents = contents.borrow_mut();
                if is_unsafe(&contents) {
                    let safe = sanitise_keeping_tabs(Cow::Borrowed(&contents)).as_ref().into();
                    *contents = safe;
                }
            }
            NodeData::Element { attrs, .. } => {
                for attribute in attrs.borrow_mut().iter_mut().filter(|a| is_unsafe(&a.value)) {
                    let safe = sanitise_line(Cow::Borrowed(&attribute.value)).as_ref().into();
                    attribute.value = safe;
                }
            }
            _ => {}
        }
    }
}

/// A node and all its descendants, in document order.
pub(crate) fn descendants(root: &Rc<Node>) -> Vec<Rc<Node>> {
    let mut found = Vec::new();
    let mut waiting = vec![Rc::clone(root)];
    while let Some(node) = waiting.pop() {
        waiting.extend(children(&node).into_iter().rev());
        found.push(node);
    }
    found
}
