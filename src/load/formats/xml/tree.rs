//! XML as a tree of elements with their lines.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Deeper trees are no lists of questions.
const DEEPEST: usize = 100;

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
    /// Text without references.
    Text(String),
    /// Text of a CDATA section, which is often HTML.
    Raw(String),
}

/// Where a text is not well-formed.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The offset in bytes.
    pub(crate) at: usize,
    pub(crate) message: String,
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

/// Reads a document; elements that a fault leaves open are closed there.
pub(crate) fn parse(text: &str) -> (Element<'_>, Option<Fault>) {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let fault = loop {
        let start = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(_)) if open.len() > DEEPEST => {
                break Some(Fault { at: start, message: "nested too deep".into() });
            }
            Ok(Event::Start(tag)) => open.push(element(text, start, &tag)),
            Ok(Event::Empty(tag)) => add(&mut open, Node::Element(element(text, start, &tag))),
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(part)) => add_text(&mut open, &part),
            Ok(Event::CData(part)) => add(&mut open, Node::Raw(part.to_string())),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", &*name);
                add_text(&mut open, &crate::markup::source::decode(&reference));
            }
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => {
                break Some(Fault {
                    at: reader.error_position() as usize,
                    message: error.to_string(),
                });
            }
        }
    };
    while open.len() > 1 {
        close(&mut open);
    }
    (open.pop().unwrap_or_default(), fault)
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

fn close(open: &mut Vec<Element<'_>>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        add(open, Node::Element(element));
    }
}
