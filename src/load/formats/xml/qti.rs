//! QTI: quizzes of learning platforms, versions 1.2 (`item`), 2 (`assessmentItem`) and 3
//! (`qti-assessment-item`).
//! <https://www.imsglobal.org/question/>

use super::html;
use super::moodle::{number_lines, one_line};
use super::tree::{Element, Node};
use crate::collection::{Entry, Place};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::quiz::{Quiz, QuizChoice};
use std::sync::Arc;

/// How deep in a test its first item is.
const MAX_TEST_DEPTH: usize = 5;

pub(super) fn is_quiz(top: &Element<'_>) -> bool {
    top.name == "questestinterop" || is_item(top) || holds_item(top, MAX_TEST_DEPTH)
}

fn is_item(element: &Element<'_>) -> bool {
    is_named(element.name, "assessmentItem")
}

fn holds_item(element: &Element<'_>, depth: usize) -> bool {
    depth > 0 && element.elements().any(|child| is_item(child) || holds_item(child, depth - 1))
}

/// Whether a name is one of version 2, also as version 3 writes it: `itemBody`, `qti-item-body`.
fn is_named(name: &str, wanted: &str) -> bool {
    if name == wanted {
        return true;
    }
    let Some(name) = name.strip_prefix("qti-") else { return false };
    let letters = name.chars().filter(|&c| c != '-');
    letters.eq(wanted.chars().map(|c| c.to_ascii_lowercase()))
}

pub(super) fn read(top: &Element<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    let mut items = Vec::new();
    if is_item(top) {
        items.push(top);
    } else {
        collect(top, &|name| name == "item" || is_named(name, "assessmentItem"), &mut items);
    }
    let mut assessments = Vec::new();
    collect(top, &|name| name == "assessment", &mut assessments);
    if let Some(title) = assessments.first().and_then(|first| first.attribute("title")) {
        title.clone_into(&mut found.title);
    }
    for item in items {
        let is_first_version = item.name == "item";
        let (asked, quiz) = if is_first_version { version_1(item) } else { version_2(item) };
        let asked = one_line(&asked);
        let title = item.attribute("title").unwrap_or_default();
        let question = if asked.is_empty() { title.to_owned() } else { asked };
        if question.is_empty() {
            continue;
        }
        let at = (item.name.as_ptr() as usize).wrapping_sub(doc.text.as_ptr() as usize);
        let place = Place { source: Arc::clone(doc.name), line: at as u32 };
        found.entries.push(Entry { question, answer: quiz.markdown(), place, ..Entry::default() });
    }
    number_lines(doc.text, &mut found.entries);
}

/// The outermost elements with a wanted name.
fn collect<'e, 'a>(
    element: &'e Element<'a>,
    is_wanted: &dyn Fn(&str) -> bool,
    found: &mut Vec<&'e Element<'a>>,
) {
    for node in &element.children {
        match node {
            Node::Element(child) if is_wanted(child.name) => found.push(child),
            Node::Element(child) => collect(child, is_wanted, found),
            Node::Text(_) | Node::Raw(_) => {}
        }
    }
}

fn all<'e, 'a>(element: &'e Element<'a>, name: &str) -> Vec<&'e Element<'a>> {
    let mut found = Vec::new();
    collect(element, &|own| is_named(own, name), &mut found);
    found
}

/// Texts of version 1.2, which may be HTML.
fn material(element: &Element<'_>) -> String {
    let texts: Vec<String> = all(element, "mattext").into_iter().map(html::text).collect();
    texts.join(" ")
}

fn version_1(item: &Element<'_>) -> (String, Quiz) {
    let presentations = all(item, "presentation");
    let is_part = |name: &str| name == "material" || name.starts_with("response_");
    let mut parts = Vec::new();
    for presentation in presentations {
        collect(presentation, &is_part, &mut parts);
    }
    let materials = parts.iter().filter(|part| part.name == "material");
    let asked: Vec<String> = materials.map(|part| material(part)).collect();
    let right = right_values(item);
    let mut quiz = Quiz::default();
    let responses: Vec<_> = parts.into_iter().filter(|part| part.name != "material").collect();
    if let [_, _, ..] = responses[..] {
        quiz.answer = pairs(&responses, &right);
    } else if let Some(response) = responses.first() {
        let labels = all(response, "response_label");
        let is_right = |label: &Element<'_>| {
            let ident = label.attribute("ident").unwrap_or_default();
            right.iter().any(|(_, value)| value == ident)
        };
        let choice = |label: &&Element<'_>| QuizChoice::new(material(label), is_right(label));
        quiz.choices = labels.iter().map(choice).filter(|c| !c.text.is_empty()).collect();
        if quiz.choices.is_empty() {
            quiz.choices =
                right.into_iter().map(|(_, value)| QuizChoice::new(value, true)).collect();
        }
    }
    quiz.explanations = all(item, "itemfeedback").into_iter().map(material).collect();
    (asked.join(" "), quiz)
}

/// The response and the value of each condition that scores.
fn right_values(item: &Element<'_>) -> Vec<(String, String)> {
    let mut right = Vec::new();
    for condition in all(item, "respcondition") {
        let score = |set: &Element<'_>| html::text(set).trim().parse::<f64>().unwrap_or(0.0);
        if !all(condition, "setvar").into_iter().any(|set| score(set) > 0.0) {
            continue;
        }
        let mut values = Vec::new();
        // What must not be chosen is inside `not`.
        collect(condition, &|name| matches!(name, "varequal" | "not"), &mut values);
        for value in values.into_iter().filter(|value| value.name == "varequal") {
            let response = value.attribute("respident").unwrap_or_default();
            right.push((response.to_owned(), html::text(value)));
        }
    }
    right
}

/// What belongs together, where each of several responses has one right value.
fn pairs(responses: &[&Element<'_>], right: &[(String, String)]) -> String {
    let pair = |response: &&Element<'_>| {
        let ident = response.attribute("ident").unwrap_or_default();
        let (_, value) = right.iter().find(|(own, _)| own == ident)?;
        let labels = all(response, "response_label");
        let label = labels.into_iter().find(|label| label.attribute("ident") == Some(value));
        let label = label.map_or_else(|| value.clone(), material);
        let name = response.elements().find(|part| part.name == "material").map(material);
        let name = name.unwrap_or_else(|| ident.to_owned());
        Some(format!("- {} → {}", one_line(&name), one_line(&label)))
    };
    responses.iter().filter_map(pair).collect::<Vec<_>>().join("\n")
}

fn version_2(item: &Element<'_>) -> (String, Quiz) {
    let right: Vec<String> = all(item, "correctResponse")
        .into_iter()
        .flat_map(|response| all(response, "value"))
        .map(html::text)
        .collect();
    let mut parts = Vec::new();
    let bodies = all(item, "itemBody");
    for body in bodies {
        collect(body, &|name| is_named(name, "prompt") || is_text(name), &mut parts);
    }
    let asked: Vec<String> = parts.iter().map(|part| html::text(part)).collect();
    let labels = all(item, "simpleChoice");
    let choice = |label: &&Element<'_>| {
        let notes = all(label, "feedbackInline");
        let note: Vec<String> = notes.iter().map(|note| html::text(note)).collect();
        let ident = label.attribute("identifier").unwrap_or_default();
        let is_right = right.iter().any(|value| value == ident);
        let text = match notes.first() {
            None => html::text(label),
            Some(first) => label.to_html_without(first.name),
        };
        QuizChoice {
            note: (!note.is_empty()).then(|| note.join(" ")),
            ..QuizChoice::new(text, is_right)
        }
    };
    let mut choices: Vec<QuizChoice> = labels.iter().map(choice).collect();
    if choices.is_empty() {
        choices = right.iter().map(|value| QuizChoice::new(value.clone(), true)).collect();
    }
    let explanations = all(item, "modalFeedback").into_iter().map(html::text).collect();
    (asked.join(" "), Quiz { choices, explanations, ..Quiz::default() })
}

/// Elements of a body that hold text and no choices.
fn is_text(name: &str) -> bool {
    matches!(name, "p" | "pre" | "ul" | "ol" | "table" | "blockquote" | "h1" | "h2" | "h3" | "span")
}

#[cfg(test)]
mod tests {
    use crate::load::formats::xml::Xml;
    use crate::load::testing;

    #[test]
    fn items_of_both_versions() {
        let expected = [
            ("What cuts wood?", "a saw\n\n- [ ] a file\n- [x] a saw\n\nSlowly."),
            ("Who sharpens it?", "Ida"),
        ];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        let first = "<questestinterop><assessment title='Tools'><section>\
            <item ident='i1' title='One'><presentation><material><mattext texttype='text/html'>&lt;p&gt;What &lt;b&gt;cuts&lt;/b&gt; wood?&lt;/p&gt;</mattext></material>\
            <response_lid ident='r'><render_choice>\
            <response_label ident='1'><material><mattext>a file</mattext></material></response_label>\
            <response_label ident='2'><material><mattext>a saw</mattext></material></response_label></render_choice></response_lid></presentation>\
            <resprocessing><respcondition><conditionvar><varequal respident='r'>2</varequal><not><varequal respident='r'>1</varequal></not></conditionvar><setvar>100</setvar></respcondition></resprocessing>\
            <itemfeedback><material><mattext>Slowly.</mattext></material></itemfeedback></item>\
            <item ident='i2' title='Two'><presentation><material><mattext>Who sharpens it?</mattext></material><response_str ident='r'/></presentation>\
            <resprocessing><respcondition><conditionvar><varequal respident='r'>Ida</varequal></conditionvar><setvar>1</setvar></respcondition></resprocessing></item>\
            </section></assessment></questestinterop>";
        assert_eq!(testing::pairs(testing::read(&Xml, first)), expected);
        let second = "<items><assessmentItem identifier='a' title='One'><responseDeclaration><correctResponse><value>B</value></correctResponse></responseDeclaration>\
            <itemBody><choiceInteraction><prompt>What cuts wood?</prompt><simpleChoice identifier='A'>a file</simpleChoice><simpleChoice identifier='B'>a saw</simpleChoice></choiceInteraction></itemBody>\
            <modalFeedback>Slowly.</modalFeedback></assessmentItem>\
            <assessmentItem identifier='b'><responseDeclaration><correctResponse><value>Ida</value></correctResponse></responseDeclaration>\
            <itemBody><p>Who sharpens it? <textEntryInteraction responseIdentifier='r'/></p></itemBody></assessmentItem></items>";
        assert_eq!(testing::pairs(testing::read(&Xml, second)), expected);
        let third = second
            .replace("<items>", "<assessmentTest><testPart>")
            .replace("</items>", "</testPart></assessmentTest>");
        assert_eq!(testing::pairs(testing::read(&Xml, &third)), expected);
        let mut third = second.replace("identifier=", "id=");
        for (from, to) in [
            ("assessmentItem", "assessment-item"),
            ("itemBody", "item-body"),
            ("correctResponse", "correct-response"),
            ("value", "value"),
            ("prompt", "prompt"),
            ("simpleChoice", "simple-choice"),
            ("modalFeedback", "modal-feedback"),
        ] {
            third = third
                .replace(&format!("<{from}"), &format!("<qti-{to}"))
                .replace(&format!("</{from}"), &format!("</qti-{to}"));
        }
        let third = third.replace(" id=", " identifier=");
        assert_eq!(testing::pairs(testing::read(&Xml, &third)), expected);
        let only = &second[second.find("<assessmentItem").unwrap()
            ..=second.find("</assessmentItem").unwrap() + 16];
        assert_eq!(testing::pairs(testing::read(&Xml, only)), expected[..1]);
    }

    #[test]
    fn pairs_of_a_matching_question() {
        let label = |ident: &str, text: &str| {
            format!(
                "<response_label ident='{ident}'><material><mattext>{text}</mattext></material></response_label>"
            )
        };
        let labels =
            format!("<render_choice>{}{}</render_choice>", label("x", "wood"), label("y", "soil"));
        let response = |ident: &str, text: &str| {
            format!(
                "<response_lid ident='{ident}'><material><mattext>{text}</mattext></material>{labels}</response_lid>"
            )
        };
        let right = |ident: &str, value: &str| {
            format!(
                "<respcondition><conditionvar><varequal respident='{ident}'>{value}</varequal></conditionvar><setvar>50</setvar></respcondition>"
            )
        };
        let text = format!(
            "<questestinterop><item><presentation><material><mattext>What is it for?</mattext></material>{}{}</presentation><resprocessing>{}{}</resprocessing></item></questestinterop>",
            response("r1", "saw"),
            response("r2", "spade"),
            right("r1", "x"),
            right("r2", "y"),
        );
        let expected = ("What is it for?".to_owned(), "- saw → wood\n- spade → soil".to_owned());
        assert_eq!(testing::pairs(testing::read(&Xml, &text)), [expected]);
    }
}
