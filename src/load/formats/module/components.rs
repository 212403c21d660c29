//! Questions in the markup of components: an item with a trigger and its content, or with a title
//! and text.

use crate::load::formats::xml::tree::Element;
use crate::load::keys::{Keys, words};

/// Words in the names of components that contain a question with its answer.
const KINDS: &[&str] = &[
    "accordion",
    "faq",
    "faqs",
    "question",
    "disclosure",
    "collapse",
    "collapsible",
    "details",
    "expansion",
    "expandable",
    "toggle",
    "qa",
];
const ASKING: &[&str] =
    &["trigger", "question", "summary", "title", "header", "heading", "button", "toggle"];
const ANSWERING: &[&str] = &["content", "answer", "panel", "body", "details", "description"];

/// The role of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ComponentPart {
    Question,
    Answer,
    Other,
}

/// The questions with their answers, as plain text or HTML, in the order of the markup.
pub(super) fn pairs(roots: &[Element<'_>]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for root in roots {
        collect(root, &mut found);
    }
    found.retain(|(question, answer)| !question.trim().is_empty() && !answer.trim().is_empty());
    found
}

fn collect(element: &Element<'_>, found: &mut Vec<(String, String)>) {
    if let Some(pair) = by_attributes(element) {
        found.push(pair);
        return;
    }
    match part(element) {
        ComponentPart::Question => found.push((element.to_html(), String::new())),
        ComponentPart::Answer => match found.last_mut() {
            Some((_, answer)) if answer.is_empty() => *answer = element.to_html(),
            _ => element.elements().for_each(|child| collect(child, found)),
        },
        ComponentPart::Other if element.name == "details" => {
            if let Some(pair) = details(element) {
                found.push(pair);
            }
        }
        ComponentPart::Other => element.elements().for_each(|child| collect(child, found)),
    }
}

/// `<Item question="…" answer="…" />` and `<Accordion title="…">…</Accordion>`.
fn by_attributes(element: &Element<'_>) -> Option<(String, String)> {
    let named = |is: &dyn Fn(&str) -> bool| {
        let mut fields = element.attributes.iter().filter(|(name, _)| is(name));
        fields.next().map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    let question = named(&Keys::asks);
    let answer = named(&|name| Keys::answers(name) && name != "value" && name != "content");
    if let (Some(question), Some(answer)) = (&question, answer) {
        return Some((question.clone(), answer));
    }
    let is_kind = words(element.name).iter().any(|word| KINDS.contains(&word.as_str()));
    let title = |name: &str| matches!(name, "title" | "header" | "label" | "summary" | "heading");
    let question = question.or_else(|| named(&title).filter(|_| is_kind))?;
    let has_parts = element.elements().any(|child| part(child) != ComponentPart::Other);
    (!has_parts && !element.children.is_empty()).then(|| (question, element.to_html()))
}

fn part(element: &Element<'_>) -> ComponentPart {
    let words = words(element.name);
    let slot = |name: &str| {
        element.attributes.iter().any(|(key, _)| {
            key.strip_prefix("v-slot:").or_else(|| key.strip_prefix('#')) == Some(name)
        })
    };
    let is_kind = words.iter().any(|word| KINDS.contains(&word.as_str()));
    match (element.name, words.last()) {
        ("dt" | "summary", _) => ComponentPart::Question,
        ("dd", _) => ComponentPart::Answer,
        ("template", _) if ASKING.iter().any(|name| slot(name)) => ComponentPart::Question,
        ("template", _) if ANSWERING.iter().any(|name| slot(name)) => ComponentPart::Answer,
        (_, Some(last)) if is_kind && words.len() > 1 => {
            if ANSWERING.contains(&last.as_str()) {
                ComponentPart::Answer
            } else if ASKING.contains(&last.as_str()) {
                ComponentPart::Question
            } else {
                ComponentPart::Other
            }
        }
        _ => ComponentPart::Other,
    }
}

/// `<details><summary>…</summary>…</details>`.
fn details(element: &Element<'_>) -> Option<(String, String)> {
    let summary = element.elements().find(|child| child.name == "summary")?;
    Some((summary.to_html(), element.to_html_without("summary")))
}
