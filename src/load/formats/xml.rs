//! Lists of questions in XML: `DocBook`'s `qandaset`, `<faq>` files, quizzes, flash cards, AIML,
//! named texts, Moodle XML, QTI.
//!
//! Elements become the same tree of values as JSON: fields by name, markup as HTML.

mod android;
mod docbook;
mod html;
mod moodle;
mod parts;
mod qti;
pub(crate) mod tree;

use crate::load::keys::Keys;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_extension};
use crate::load::question_detect::question_likeness;
use crate::load::records::read_elements;
use crate::load::splitting::Pieces;
use crate::load::value::{Map, Value};
use std::borrow::Cow;
use tree::Element;

pub(crate) struct Xml;

impl Loader for Xml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn description(&self) -> &'static str {
        "XML: DocBook's question lists and sections, <faq> files, quizzes, Moodle XML, QTI, OPML, AIML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".xml", ".docbook", ".dbk", ".aiml", ".opml", ".plist"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByPart(parts::parts)
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let text = peek.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let lower = text[..text.floor_char_boundary(2000)].to_lowercase();
        if lower.contains("<html") || lower.starts_with("<!doctype html") {
            0
        } else if lower.starts_with("<?xml") {
            70
        } else {
            // Components may begin in the same way.
            let roots =
                ["<quiz", "<faq", "<questions", "<qandaset", "<section", "<article", "<aiml"];
            let is_root = roots.iter().any(|root| lower.starts_with(root));
            if is_root { 35 } else { u8::from(lower.starts_with('<')) * 5 }
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let (root, faults) = tree::parse(doc.text);
        let is_named = has_extension(doc.name, self.extensions());
        let has_declaration =
            doc.text.trim_start_matches(['\u{feff}', ' ', '\n']).starts_with("<?xml");
        let mut found =
            ParsedDocument { certain: is_named || has_declaration, ..ParsedDocument::default() };
        found.problems = faults;
        let Some(top) = root.elements().next() else { return found };
        let has_several_roots = root.elements().nth(1).is_some();
        if moodle::is_quiz(top) {
            moodle::read(top, doc, &mut found);
        } else if qti::is_quiz(top) {
            qti::read(top, doc, &mut found);
        } else if docbook::is_page(top) {
            docbook::read(top, doc, &mut found);
        } else {
            // A list of records without a root element is not XML, but unambiguous.
            let list = if has_several_roots { &root } else { top };
            read_elements(value(list), doc, &mut found);
        }
        for entry in found.entries.iter_mut().filter(|entry| entry.question.contains('\n')) {
            // Elements are wrapped as their lines are long.
            let words: Vec<&str> = entry.question.split_whitespace().collect();
            entry.question = words.join(" ");
        }
        found
    }
}

/// An element as a value.
fn value<'a>(element: &'a Element<'a>) -> Value<'a> {
    if let Some(pairs) = dictionary(element).or_else(|| outline(element)) {
        return Value::Map(pairs);
    }
    if html::is_text(element) {
        return text(element, false);
    }
    if let Some(resources) = android::resources(element) {
        return Value::Map(resources);
    }
    if let Some(named) = texts_by_name(element) {
        return Value::Map(named);
    }
    if let Some(records) = alternating(element) {
        return with_attributes(element, records);
    }
    fields(element)
}

/// A text; as a map with its attributes if it is one of several.
fn text<'a>(element: &'a Element<'a>, is_repeated: bool) -> Value<'a> {
    let text = Value::Text(html::text(element).into());
    let is_field = |(name, _): &&(Cow<'_, str>, String)| name != "lang" && name != "format";
    let has_fields = element.attributes.iter().any(|field| is_field(&field));
    if !is_repeated || !has_fields || Keys::asks(element.name) {
        // `<question text="…"/>`
        let empty = matches!(&text, Value::Text(text) if text.is_empty());
        return if empty && has_fields { fields(element) } else { text };
    }
    let mut map = attributes(element);
    map.push((Cow::Borrowed("text"), text));
    Value::Map(map)
}

fn attributes<'a>(element: &'a Element<'a>) -> Map<'a> {
    let field = |(name, value): &'a (Cow<'a, str>, String)| {
        (Cow::Borrowed(name.as_ref()), Value::Text(Cow::Borrowed(value.as_str())))
    };
    element.attributes.iter().map(field).collect()
}

/// Attributes and children by name. Children of one name become a list, and an element with only
/// such children becomes that list.
fn fields<'a>(element: &'a Element<'a>) -> Value<'a> {
    let mut names: Vec<&'a str> = Vec::new();
    let mut numbers = std::collections::HashMap::new();
    let mut groups: Vec<Vec<&'a Element<'a>>> = Vec::new();
    for child in element.elements() {
        let at = *numbers.entry(child.name).or_insert_with(|| {
            names.push(child.name);
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(child);
    }
    let is_list = groups.len() == 1 && groups[0].len() > 1;
    let mut map = if is_list { Map::new() } else { attributes(element) };
    for (name, group) in names.into_iter().zip(groups) {
        let of = |child: &&'a Element<'a>| {
            let is_text = html::is_text(child) && child.name != "outline";
            if is_text { text(child, true) } else { value(child) }
        };
        let inner = match group.as_slice() {
            [one] => value(one),
            several => Value::List(several.iter().map(of).collect()),
        };
        if is_list && element.attribute("title").or(element.attribute("name")).is_none() {
            return inner;
        }
        map.push((Cow::Borrowed(name), inner));
    }
    if is_list {
        map.splice(0..0, attributes(element));
    }
    Value::Map(map)
}

/// `<question/><answer/><question/><answer/>` in one element.
fn alternating<'a>(element: &'a Element<'a>) -> Option<Vec<Value<'a>>> {
    let asks = |child: &&Element<'_>| Keys::asks(child.name);
    let answers = |child: &&Element<'_>| Keys::answers(child.name) && !Keys::asks(child.name);
    let (asked, answered) =
        (element.elements().filter(asks).count(), element.elements().filter(answers).count());
    if asked < 2
        || answered * 2 < asked
        || element.elements().filter(asks).any(|child| !html::is_text(child))
    {
        return None;
    }
    let mut records: Vec<Map<'a>> = Vec::new();
    for child in element.elements() {
        let field = (Cow::Borrowed(child.name), value(child));
        match records.last_mut() {
            Some(record) if !Keys::asks(child.name) => record.push(field),
            _ if Keys::asks(child.name) => records.push(vec![field]),
            _ => {}
        }
    }
    Some(records.into_iter().map(Value::Map).collect())
}

fn with_attributes<'a>(element: &'a Element<'a>, records: Vec<Value<'a>>) -> Value<'a> {
    let mut map = attributes(element);
    let title = element.elements().find(|child| child.name == "title");
    map.extend(title.map(|title| (Cow::Borrowed("title"), value(title))));
    map.push((Cow::Borrowed("items"), Value::List(records)));
    Value::Map(map)
}

/// `<dict><key>question</key><string>…</string>…</dict>` of property lists.
fn dictionary<'a>(element: &'a Element<'a>) -> Option<Map<'a>> {
    let children: Vec<&Element<'a>> = element.elements().collect();
    let is_pair = |pair: &[&Element<'_>]| pair.len() == 2 && pair[0].name == "key";
    if element.name != "dict" || children.is_empty() || !children.chunks(2).all(is_pair) {
        return None;
    }
    let pairs = children.chunks(2);
    Some(pairs.map(|pair| (Cow::Owned(html::text(pair[0])), value(pair[1]))).collect())
}

/// `<outline text="…"><outline text="…"/></outline>` of OPML: a text that asks, and those below it.
fn outline<'a>(element: &'a Element<'a>) -> Option<Map<'a>> {
    let text = |element: &Element<'_>| element.attribute("text").map(str::to_owned);
    let title =
        text(element).filter(|text| element.name == "outline" && question_likeness(text) > 0.0)?;
    let below = element.elements().filter_map(text);
    let note = element.attribute("_note").map(str::to_owned);
    let answer: Vec<Value<'a>> =
        note.into_iter().chain(below).map(|t| Value::Text(t.into())).collect();
    Some(vec![
        (Cow::Borrowed("question"), Value::Text(title.into())),
        (Cow::Borrowed("answer"), Value::List(answer)),
    ])
}

/// `<string name="faq_q1">…</string>`: texts whose names give their roles.
fn texts_by_name<'a>(element: &'a Element<'a>) -> Option<Map<'a>> {
    let named = |child: &'a Element<'a>| {
        let is_entry = matches!(
            child.name,
            "string" | "entry" | "text" | "msg" | "message" | "data" | "property"
        );
        let name = child.attribute("name").or_else(|| child.attribute("key"));
        let holder = match child.elements().next() {
            Some(inner) if inner.name == "value" => inner,
            _ => child,
        };
        let text = || html::text(holder);
        (is_entry && html::is_text(holder))
            .then(|| Some((Cow::Borrowed(name?), Value::Text(text().into()))))?
    };
    let named: Option<Map<'a>> = element.elements().map(named).collect();
    named.filter(|map| map.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn a_wrapped_question_is_one_line() {
        let item =
            "<item><question>How long\n      is it?</question><answer>Two days.</answer></item>";
        let text =
            format!("<faq>{item}<item><question>Why?</question><answer>So.</answer></item></faq>");
        assert_eq!(testing::read(&Xml, &text).entries[0].question, "How long is it?");
    }
}
