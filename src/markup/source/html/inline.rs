//! Elements within a paragraph, and the parts of details and definition lists.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the interface of the converter"
)]

use crate::markup::source::{emphasise, scripts};
use htmd::Element;
use htmd::element_handler::{HandlerResult, Handlers};

type Converted = Option<HandlerResult>;

/// `sup`, `sub` and `kbd`: digits high and low where Unicode has them, else the tag.
pub(super) fn kept_tag(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let content = handlers.walk_children(element.node).content;
    Some(scripts::tagged(element.tag, &content).into())
}

pub(super) fn struck(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    marked(handlers, &element, "~~")
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

pub(super) fn quoted(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    Some(format!("“{}”", handlers.walk_children(element.node).content).into())
}

/// A paragraph in bold above the details.
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
