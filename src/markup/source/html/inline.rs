//! Converts elements within a paragraph, and the parts of details and definition lists.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the interface of the converter"
)]

use crate::markup::source::dom::{attribute, children, own_text, parent, tag};
use crate::markup::source::{code_span, emphasise, scripts};
use htmd::Element;
use htmd::element_handler::{HandlerResult, Handlers};
use markup5ever_rcdom::Node;
use std::rc::Rc;

type Converted = Option<HandlerResult>;

/// Converts `sup`, `sub` and `kbd`: to superscripts and subscripts of Unicode if possible, else
/// keeps the tag.
pub(super) fn kept_tag(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let content = handlers.walk_children(element.node).content;
    Some(scripts::tagged(element.tag, &content).into())
}

pub(super) fn struck(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    marked(handlers, &element, super::STRIKE_MARK)
}

pub(super) fn emphasised(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    marked(handlers, &element, "*")
}

pub(super) fn strong(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    marked(handlers, &element, "**")
}

fn marked(handlers: &dyn Handlers, element: &Element<'_>, mark: &str) -> Converted {
    let content = handlers.walk_children(element.node).content;
    Some(emphasise(&content, mark).into())
}

/// Converts inline code, which Markdown shows literally: elements inside become plain text. Keeps a
/// link around all of it. Several lines that form a paragraph become a code block.
pub(super) fn code(_: &dyn Handlers, element: Element<'_>) -> Converted {
    let mut lines = vec![String::new()];
    add_lines(element.node, &mut lines);
    let is_spaced = |at: fn(&str) -> bool, line: Option<&String>| line.is_some_and(|line| at(line));
    let before = is_spaced(|line| line.starts_with(' '), lines.first());
    let after = is_spaced(|line| line.ends_with(' '), lines.last());
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    if lines.len() > 1 && is_alone(element.node) {
        let code = lines.join("\n").replace('~', super::CODE_TILDE);
        return Some(format!("\n\n```\n{code}\n```\n\n").into());
    }
    let spans = lines.into_iter().map(code_span).collect::<Vec<_>>();
    let mut code = spans.join("  \n").replace('~', super::CODE_TILDE);
    if let [only] = &*filled(element.node)
        && tag(only) == "a"
        && let Some(address) = attribute(only, "href")
    {
        code = format!("[{code}]({address})");
    }
    let blank = |is_there: bool| if is_there && !code.is_empty() { " " } else { "" };
    Some(format!("{}{code}{}", blank(before), blank(after)).into())
}

/// The text of a node as lines, which only `br` ends; collapses blanks as a browser does.
fn add_lines(node: &Node, lines: &mut Vec<String>) {
    if tag(node) == "br" {
        lines.push(String::new());
    } else if let Some(text) = own_text(node) {
        for c in text.chars() {
            let Some(line) = lines.last_mut() else { return };
            if !c.is_ascii_whitespace() {
                line.push(c);
            } else if !line.ends_with(' ') {
                line.push(' ');
            }
        }
    } else {
        node.children.borrow().iter().for_each(|child| add_lines(child, lines));
    }
}

/// The children that are not blank text.
fn filled(node: &Rc<Node>) -> Vec<Rc<Node>> {
    let is_blank = |node: &Rc<Node>| own_text(node).is_some_and(|text| text.trim().is_empty());
    children(node).into_iter().filter(|child| !is_blank(child)).collect()
}

/// Whether an element is alone in its paragraph, item or definition.
fn is_alone(node: &Rc<Node>) -> bool {
    parent(node).is_some_and(|around| {
        matches!(tag(&around), "p" | "div" | "li" | "dd" | "blockquote" | "body")
            && filled(&around).len() == 1
    })
}

pub(super) fn quoted(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    Some(format!("“{}”", handlers.walk_children(element.node).content).into())
}

/// Converts a summary to a paragraph in bold above the details.
pub(super) fn summary(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let content = handlers.walk_children(element.node).content;
    let inner = content.trim();
    (!inner.is_empty()).then(|| format!("\n\n{}\n\n", emphasise(inner, "**")).into())
}

pub(super) fn term(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let content = handlers.walk_children(element.node).content;
    let words: Vec<&str> = content.split_whitespace().collect();
    (!words.is_empty()).then(|| format!("\n\n{}\n", words.join(" ")).into())
}

pub(super) fn definition(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let content = handlers.walk_children(element.node).content;
    let mut lines = content.trim().lines();
    // The term ends its line.
    let mut out = format!(": {}", lines.next()?);
    for line in lines {
        out.push('\n');
        if !line.trim().is_empty() {
            out.push_str("  ");
            out.push_str(line);
        }
    }
    out.push('\n');
    Some(out.into())
}
