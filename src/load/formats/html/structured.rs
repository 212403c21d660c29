//! Questions in structured data: schema.org's terms as JSON-LD or microdata.

use crate::collection::Entry;
use crate::load::lead::split_lead;
use crate::load::surrogates;
use crate::load::value::{Value, parse_json};
use crate::markup::source::dom::{attribute, children, descendants, own_text, tag, text};
use crate::markup::source::{clean, markdown};
use crate::markup::source::{decode, in_markdown, read_answer};
use markup5ever_rcdom::Node;
use std::rc::Rc;

/// All of them, in the page's order.
pub(crate) fn entries(root: &Rc<Node>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for node in descendants(root) {
        let is_data = attribute(&node, "type").is_some_and(|kind| kind.contains("ld+json"));
        if tag(&node) == "script" && is_data {
            let source: String =
                children(&node).iter().filter_map(|child| own_text(child)).collect();
            let (source, _) = surrogates::replaced(source.trim());
            let (pieces, _) = parse_json(&source);
            for piece in &pieces {
                collect(piece, &mut entries);
            }
        } else if is_of(&node, "Question") {
            entries.extend(microdata(&node));
        }
    }
    let mut seen = std::collections::HashSet::new();
    entries.retain(|entry| seen.insert((entry.question.clone(), entry.answer.clone())));
    entries
}

/// Questions anywhere inside JSON-LD.
fn collect(value: &Value<'_>, entries: &mut Vec<Entry>) {
    match value {
        Value::List(items) => {
            for item in items {
                collect(item, entries);
            }
        }
        Value::Map(map) => {
            if is_question(value) {
                entries.extend(question(value));
            } else {
                for (_, inner) in map {
                    collect(inner, entries);
                }
            }
        }
        _ => {}
    }
}

fn is_question(value: &Value<'_>) -> bool {
    match value.get("@type") {
        Some(Value::Text(kind)) => kind.ends_with("Question"),
        Some(Value::List(kinds)) => kinds.iter().any(|kind| kind.as_text() == Some("Question")),
        _ => false,
    }
}

fn question(value: &Value<'_>) -> Option<Entry> {
    let name = ["name", "text", "headline"].iter().find_map(|key| value.get(key)?.as_text())?;
    let title = clean(name);
    let question = split_lead(&title).1.to_owned();
    let answer = ["acceptedAnswer", "suggestedAnswer"].iter().find_map(|key| value.get(key));
    let answer = answer.map(answer_text).unwrap_or_default();
    let url = value.get("url").and_then(Value::as_text).map(str::to_owned);
    (!question.is_empty()).then(|| Entry { question, answer, url, ..Entry::default() })
}

fn answer_text(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => {
            // Some pages escape their markup twice.
            let is_escaped = text.contains("&lt;/") && !text.contains('<');
            let text = if is_escaped { decode(text) } else { text.as_ref().into() };
            let (text, format) = read_answer(text);
            in_markdown(&text, format).into_owned()
        }
        Value::List(items) => items.first().map(answer_text).unwrap_or_default(),
        Value::Map(_) => value.get("text").map(answer_text).unwrap_or_default(),
        _ => String::new(),
    }
}

fn is_of(node: &Node, kind: &str) -> bool {
    attribute(node, "itemtype").is_some_and(|of| of.rsplit('/').next() == Some(kind))
}

/// `<div itemtype="…/Question"><p itemprop="name">…` with an answer inside.
fn microdata(node: &Rc<Node>) -> Option<Entry> {
    let mut name = None;
    let mut answer = None;
    let mut waiting: Vec<Rc<Node>> = children(node).into_iter().rev().collect();
    while let Some(inner) = waiting.pop() {
        if is_of(&inner, "Answer") {
            answer.get_or_insert(inner);
            continue;
        }
        if attribute(&inner, "itemprop").as_deref() == Some("name") {
            name.get_or_insert_with(|| text(&inner));
        }
        waiting.extend(children(&inner).into_iter().rev());
    }
    let name = name?;
    let question = split_lead(&name).1.to_owned();
    let answer = answer.map(|node| markdown(&node)).unwrap_or_default();
    (!question.is_empty()).then(|| Entry { question, answer, ..Entry::default() })
}
