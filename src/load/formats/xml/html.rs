//! The text of elements as HTML: `DocBook` elements become their HTML equivalents, HTML elements
//! stay, others are replaced by their content.

use super::tree::{Element, Node};
use std::fmt::Write;

/// Elements that mark up text, with their HTML equivalents.
const MARKUP: &[(&str, &str)] = &[
    ("para", "p"),
    ("simpara", "p"),
    ("p", "p"),
    ("div", "div"),
    ("span", "span"),
    ("emphasis", "em"),
    ("em", "em"),
    ("i", "em"),
    ("firstterm", "em"),
    ("citetitle", "em"),
    ("strong", "strong"),
    ("b", "strong"),
    ("u", "span"),
    ("code", "code"),
    ("literal", "code"),
    ("command", "code"),
    ("filename", "code"),
    ("function", "code"),
    ("option", "code"),
    ("varname", "code"),
    ("classname", "code"),
    ("methodname", "code"),
    ("type", "code"),
    ("parameter", "code"),
    ("replaceable", "code"),
    ("constant", "code"),
    ("userinput", "code"),
    ("computeroutput", "code"),
    ("tt", "code"),
    ("systemitem", "code"),
    ("envar", "code"),
    ("markup", "code"),
    ("property", "code"),
    ("kbd", "kbd"),
    ("keycap", "kbd"),
    ("sup", "sup"),
    ("superscript", "sup"),
    ("sub", "sub"),
    ("subscript", "sub"),
    ("del", "del"),
    ("s", "del"),
    ("programlisting", "pre"),
    ("screen", "pre"),
    ("literallayout", "pre"),
    ("synopsis", "pre"),
    ("pre", "pre"),
    ("codeblock", "pre"),
    ("source", "pre"),
    ("itemizedlist", "ul"),
    ("simplelist", "ul"),
    ("ul", "ul"),
    ("orderedlist", "ol"),
    ("procedure", "ol"),
    ("ol", "ol"),
    ("listitem", "li"),
    ("member", "li"),
    ("step", "li"),
    ("li", "li"),
    ("variablelist", "dl"),
    ("dl", "dl"),
    ("term", "dt"),
    ("dt", "dt"),
    ("dd", "dd"),
    ("blockquote", "blockquote"),
    ("note", "blockquote"),
    ("warning", "blockquote"),
    ("tip", "blockquote"),
    ("important", "blockquote"),
    ("caution", "blockquote"),
    ("ulink", "a"),
    ("link", "a"),
    ("a", "a"),
    ("uri", "code"),
    ("br", "br"),
    ("hr", "hr"),
    ("informaltable", "table"),
    ("table", "table"),
    ("tgroup", ""),
    ("thead", "thead"),
    ("tbody", "tbody"),
    ("row", "tr"),
    ("tr", "tr"),
    ("td", "td"),
    ("th", "th"),
    ("quote", "q"),
    ("q", "q"),
    ("img", "img"),
    ("varlistentry", ""),
    ("phrase", "span"),
    ("acronym", "span"),
    ("productname", "span"),
    ("xref", ""),
    ("email", "span"),
    ("h1", "h1"),
    ("h2", "h2"),
    ("h3", "h3"),
    ("h4", "h4"),
    ("h5", "h5"),
    ("h6", "h6"),
    ("font", "span"),
];

/// Elements that are not shown.
const HIDDEN: &[&str] = &["indexterm", "remark", "script", "style", "label"];

/// The HTML equivalent, if this element marks up text.
fn equivalent(name: &str) -> Option<&'static str> {
    MARKUP.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|&(_, html)| html)
}

/// HTML elements that only occur in text; `q`, `a` and `option` may be field names.
const ONLY_TEXT: &[&str] = &[
    "p",
    "div",
    "span",
    "em",
    "strong",
    "pre",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "br",
    "img",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];
/// `DocBook` names that other files use for fields.
const FIELDS: &[&str] = &["note", "tip", "warning", "important", "source", "synopsis", "phrase"];

/// Whether an element contains text with markup, rather than fields.
pub(super) fn is_text(element: &Element<'_>) -> bool {
    let is_text_node = |node: &Node<'_>| match node {
        Node::Text(text) | Node::Raw(text) => !text.trim().is_empty(),
        Node::Element(_) => false,
    };
    let is_markup = |element: &Element<'_>| {
        equivalent(element.name).is_some() || HIDDEN.contains(&element.name)
    };
    let names: Vec<&str> = element.elements().map(|child| child.name).collect();
    let marks = |name: &&str| {
        let is_bold =
            matches!(*name, "b" | "i" | "u") && !names.contains(&"a") && !names.contains(&"c");
        let tag = equivalent(name).filter(|_| !FIELDS.contains(name));
        is_bold || tag.is_some_and(|tag| ONLY_TEXT.contains(&tag))
    };
    names.is_empty()
        || element.children.iter().any(is_text_node)
        || element.elements().all(is_markup) && names.iter().any(marks)
}

/// The text of an element: plain, or HTML if it has markup.
pub(super) fn text(element: &Element<'_>) -> String {
    if element.elements().next().is_none() {
        let mut out = String::new();
        for node in &element.children {
            if let Node::Text(text) | Node::Raw(text) = node {
                out.push_str(text);
            }
        }
        return out.trim().to_owned();
    }
    let mut out = "<div>".to_owned();
    inner(element, false, &mut out);
    out.push_str("</div>");
    out
}

/// The text of a child, empty without one.
pub(super) fn child_text(element: &Element<'_>, name: &str) -> String {
    element.elements().find(|child| child.name == name).map(text).unwrap_or_default()
}

impl Element<'_> {
    /// Its content as plain text or HTML.
    pub(crate) fn to_html(&self) -> String {
        text(self)
    }

    /// The element as HTML without its children of one name.
    pub(crate) fn to_html_without(&self, name: &str) -> String {
        let mut out = "<div>".to_owned();
        for node in &self.children {
            match node {
                Node::Text(text) => push_text(text, &mut out),
                Node::Raw(text) => out.push_str(text),
                Node::Element(child) if child.name == name => {}
                Node::Element(child) => outer(child, false, &mut out),
            }
        }
        out.push_str("</div>");
        out
    }

    /// The element as part of a page: components become plain boxes.
    pub(crate) fn to_page(&self) -> String {
        let mut out = String::new();
        outer(self, false, &mut out);
        out
    }
}

fn inner(element: &Element<'_>, is_code: bool, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => push_text(text, out),
            Node::Raw(text) if is_code => push_text(text, out),
            Node::Raw(text) => out.push_str(text),
            Node::Element(child) => outer(child, is_code, out),
        }
    }
}

fn push_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A backtick would make the text look like Markdown.
            '`' => out.push_str("&#96;"),
            c => out.push(c),
        }
    }
}

fn outer(element: &Element<'_>, is_code: bool, out: &mut String) {
    if HIDDEN.contains(&element.name) {
        return;
    }
    let is_bold = element.attribute("role").is_some_and(|role| role.contains("bold"));
    let tag = match equivalent(element.name) {
        Some("em") if is_bold => "strong",
        Some(tag) => tag,
        // The title of a note or a table.
        None if element.name == "title" => "strong",
        None if element.elements().next().is_none() => "span",
        None => "div",
    };
    if element.name == "xref" {
        return push_text(element.attribute("linkend").unwrap_or_default(), out);
    }
    // Within a `varlistentry`, the list item is the description.
    if tag.is_empty() {
        for child in element.elements() {
            match child.name {
                "listitem" => wrapped("dd", child, is_code, out),
                _ => outer(child, is_code, out),
            }
        }
        return;
    }
    if element.name == "entry" {
        return wrapped("td", element, is_code, out);
    }
    let target = ["url", "href", "src"].iter().find_map(|name| element.attribute(name));
    match (tag, target) {
        ("a", Some(target)) => {
            let _ = write!(out, "<a href=\"{}\">", quoted(target));
            let start = out.len();
            inner(element, is_code, out);
            if out[start..].trim().is_empty() {
                out.truncate(start);
                push_text(target, out);
            }
            out.push_str("</a>");
        }
        ("a", None) => inner(element, is_code, out),
        ("img", Some(target)) => {
            let _ = write!(out, "<img src=\"{}\">", quoted(target));
        }
        ("br" | "hr" | "img", _) => {
            let _ = write!(out, "<{tag}>");
        }
        ("pre", _) => {
            let language = element.attribute("language").unwrap_or_default();
            let _ = write!(out, "<pre><code class=\"language-{}\">", quoted(language));
            inner(element, true, out);
            out.push_str("</code></pre>");
        }
        _ => wrapped(tag, element, is_code || tag == "code", out),
    }
}

fn wrapped(tag: &str, element: &Element<'_>, is_code: bool, out: &mut String) {
    let _ = write!(out, "<{tag}>");
    inner(element, is_code, out);
    let _ = write!(out, "</{tag}>");
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
