//! XML as a tree of elements with their lines.

use crate::load::xml_events::{XmlEvents, XmlStep};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Deeper trees are rejected.
const MAX_DEPTH: usize = 100;

/// Limits of declared entities: their number, and the bytes of each.
const MAX_ENTITIES: usize = 500;
const MAX_ENTITY_BYTES: usize = 500;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element<'a> {
    /// As written, without the prefix of its namespace; borrows from the source.
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<(Cow<'a, str>, String)>,
    pub(crate) children: Vec<Node<'a>>,
}

#[derive(Debug)]
pub(crate) enum Node<'a> {
    Element(Element<'a>),
    /// Text with its references resolved.
    Text(String),
    /// Text of a CDATA section, which is often HTML.
    Raw(String),
}

impl Element<'_> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element<'_>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Raw(_) => None,
        })
    }
}

/// Line, column and message.
pub(crate) type Fault = (u32, u32, String);

/// Reads a document as far as it is well-formed; after an error it continues with the next record.
/// Unclosed elements are closed at the end of their parent.
pub(crate) fn parse(text: &str) -> (Element<'_>, Vec<Fault>) {
    let mut events = XmlEvents::new(text);
    let mut open = vec![Element::default()];
    let mut declared: Vec<(String, String)> = Vec::new();
    // Declared entities at most double the document.
    let mut room = text.len();
    loop {
        let record = record_name(&open);
        let (start, event) = match events.next(record) {
            XmlStep::Event(start, event) => (start, event),
            XmlStep::Skipped => {
                // The root stays open.
                close_unclosed(&mut open, 2);
                continue;
            }
        };
        match event {
            Event::Start(_) if open.len() > MAX_DEPTH => {
                events.report(start, "nested too deep".into());
                break;
            }
            Event::Start(tag) => open.push(element(text, start, &tag)),
            Event::Empty(tag) => add(&mut open, Node::Element(element(text, start, &tag))),
            Event::End(tag) => {
                if let Some(message) = close(&mut open, tag.local_name().as_ref()) {
                    events.report(start, message);
                }
            }
            Event::Text(part) => add_text(&mut open, &part),
            Event::CData(part) => add(&mut open, Node::Raw(part.to_string())),
            Event::GeneralRef(name) => {
                let own = declared.iter().find(|(declared, _)| *declared == *name);
                let reference = format!("&{};", &*name);
                let text = match own {
                    Some((_, value)) if value.len() <= room => {
                        room -= value.len();
                        value.clone()
                    }
                    Some(_) | None => crate::markup::source::decode(&reference).into_owned(),
                };
                add_text(&mut open, &text);
            }
            Event::DocType(doctype) => declared = declared_entities(&doctype),
            Event::Eof => {
                if let Some(inner) = open.last().filter(|_| open.len() > 1) {
                    events.report(start, format!("the text ends here; expected </{}>", inner.name));
                }
                break;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    close_unclosed(&mut open, 1);
    (open.pop().unwrap_or_default(), events.faults)
}

/// Closes the element of an end tag; a message if the tag does not match the innermost element.
fn close(open: &mut Vec<Element<'_>>, name: &str) -> Option<String> {
    match open.iter().rposition(|element| element.name == name) {
        Some(at) if at + 1 == open.len() => {
            close_to(open, at);
            None
        }
        Some(at) => {
            let inner = open.last().map_or("", |element| element.name);
            let message = format!("</{name}>; expected </{inner}>");
            close_unclosed(open, at + 1);
            close_to(open, at);
            Some(message)
        }
        None => Some(format!("</{name}> closes nothing")),
    }
}

/// The entities that a document type declares: `<!ENTITY name "text">`. Those that contain
/// references or elements are dropped, so that they cannot expand.
fn declared_entities(doctype: &str) -> Vec<(String, String)> {
    let declaration = |text: &str| {
        let (name, rest) = text.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest[1..].split(quote).next()?;
        let is_text = value.len() <= MAX_ENTITY_BYTES && !value.contains(['&', '<', '%']);
        is_text.then(|| (name.to_owned(), value.to_owned()))
    };
    doctype.split("<!ENTITY").skip(1).take(MAX_ENTITIES).filter_map(declaration).collect()
}

/// The name of the elements below the root, taken from the last one.
fn record_name<'a>(open: &[Element<'a>]) -> Option<&'a str> {
    let is_element = |node: &Node<'a>| match node {
        Node::Element(element) => Some(element.name),
        Node::Text(_) | Node::Raw(_) => None,
    };
    let closed = open.get(1)?.children.iter().rev().find_map(is_element);
    closed.or_else(|| open.get(2).map(|element| element.name))
}

fn element<'a>(text: &'a str, start: usize, tag: &BytesStart<'_>) -> Element<'a> {
    let length = tag.name().as_ref().len();
    let name = text.get(start + 1..start + 1 + length).unwrap_or_default();
    let name = name.rsplit(':').next().unwrap_or(name);
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let raw = &attribute.value;
        let value =
            quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), Cow::into_owned);
        let key = attribute.key.local_name();
        attributes.push((Cow::Owned(key.as_ref().to_owned()), value));
    }
    Element { name, attributes, children: Vec::new() }
}

fn add<'a>(open: &mut [Element<'a>], node: Node<'a>) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Element<'_>], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

/// Closes the innermost elements until `length` are open.
fn close_to(open: &mut Vec<Element<'_>>, length: usize) {
    while open.len() > length.max(1)
        && let Some(element) = open.pop()
    {
        add(open, Node::Element(element));
    }
}

/// Closes unclosed elements. A nested element of the same name is the next record.
fn close_unclosed(open: &mut Vec<Element<'_>>, length: usize) {
    while open.len() > length.max(1)
        && let Some(mut element) = open.pop()
    {
        let is_next =
            |node: &Node<'_>| matches!(node, Node::Element(next) if next.name == element.name);
        let end = element.children.iter().position(is_next).unwrap_or(element.children.len());
        let next = element.children.split_off(end);
        add(open, Node::Element(element));
        for node in next {
            add(open, node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_element_costs_no_other() {
        for broken in [
            "<q>b",
            "<q>b<a></q>",
            "b</a></q>",
            "<q x=\"1>b</q>",
            "<q <b</q>",
            "<q>b &amp c & d</q>",
            "<q>b</",
            "<q>b<![CDATA[</q>",
            "<q>b<!-- </q>",
        ] {
            let text = format!("<l>\n<q>a</q>\n{broken}\n<q>c</q>\n</l>");
            let (root, faults) = parse(&text);
            let list = root.elements().next().map_or(0, |list| {
                let is_whole = |element: &&Element<'_>| match element.children.as_slice() {
                    [Node::Text(text)] => text == "a" || text == "c",
                    _ => false,
                };
                list.elements().filter(is_whole).count()
            });
            assert_eq!(list, 2, "{text} {root:?} {faults:?}");
        }
    }
}
