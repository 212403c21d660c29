//! Moodle XML: questions with answers and the score of each in percent.
//! <https://docs.moodle.org/en/Moodle_XML_format>

use super::html;
use super::tree::Element;
use crate::collection::{Entry, Place};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::quiz::{Quiz, QuizChoice};
use crate::load::repeats::Repeats;
use crate::markup::source::read_question;
use std::sync::Arc;

/// Replaces an answer within a text.
const BLANK: &str = "_____";
/// An answer with nearly the best score is right too.
const AS_GOOD: f64 = 0.9;

pub(super) fn is_quiz(top: &Element<'_>) -> bool {
    let is_own = |child: &Element<'_>| child.name == "questiontext" || child.name == "category";
    top.name == "quiz"
        && top
            .elements()
            .any(|question| question.attribute("type").is_some() && question.elements().any(is_own))
}

pub(super) fn read(top: &Element<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    let repeats = Repeats::of(doc.text.len());
    let mut category: Vec<String> = Vec::new();
    for question in top.elements().filter(|child| child.name == "question") {
        if question.attribute("type") == Some("category") {
            let path = inner_text(question, "category");
            let name = path.rsplit('/').find(|part| !part.is_empty());
            category = name.map(str::to_owned).into_iter().collect();
            continue;
        }
        if let Some(mut entry) = entry(question) {
            let at = (question.name.as_ptr() as usize).wrapping_sub(doc.text.as_ptr() as usize);
            entry.place = Place { source: Arc::clone(doc.name), line: at as u32 };
            entry.tags.splice(0..0, repeats.tags(&category));
            found.entries.push(entry);
        }
    }
    number_lines(doc.text, &mut found.entries);
}

/// Converts the offsets of entries, which increase, to lines.
pub(super) fn number_lines(text: &str, entries: &mut [Entry]) {
    let (mut line, mut counted) = (1, 0);
    for entry in entries {
        let at = (entry.place.line as usize).clamp(counted, text.len());
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..at]).count() as u32;
        (counted, entry.place.line) = (at, line);
    }
}

/// The `text` below a child.
fn inner_text(element: &Element<'_>, name: &str) -> String {
    let child = element.elements().find(|child| child.name == name);
    child.map(own_text).unwrap_or_default()
}

/// The `text` in an element, or its own text.
fn own_text(element: &Element<'_>) -> String {
    let inner = element.elements().find(|child| child.name == "text");
    inner.map_or_else(|| html::text(element), html::text)
}

fn entry(question: &Element<'_>) -> Option<Entry> {
    let mut asked = inner_text(question, "questiontext");
    let mut quiz = Quiz { choices: choices(question), ..Quiz::default() };
    if question.attribute("type") == Some("cloze") {
        (asked, quiz.choices) = cloze(&asked);
    }
    let pairs: Vec<String> = question
        .elements()
        .filter(|child| child.name.starts_with("subquestion"))
        .map(|pair| {
            format!("- {} → {}", one_line(&own_text(pair)), one_line(&inner_text(pair, "answer")))
        })
        .collect();
    if !pairs.is_empty() {
        quiz.answer = pairs.join("\n");
    }
    for name in ["graderinfo", "generalfeedback"] {
        quiz.explanations.push(inner_text(question, name));
    }
    let tags = question.elements().filter(|child| child.name == "tags");
    let tags =
        tags.flat_map(Element::elements).map(own_text).filter(|tag| !tag.is_empty()).collect();
    let asked = one_line(&asked);
    let asked = if asked.is_empty() { inner_text(question, "name") } else { asked };
    let id = html::child_text(question, "idnumber");
    (!asked.is_empty()).then(|| Entry {
        id,
        question: asked,
        answer: quiz.markdown(),
        tags,
        ..Entry::default()
    })
}

fn choices(question: &Element<'_>) -> Vec<QuizChoice> {
    let answers: Vec<(&Element<'_>, f64)> = question
        .elements()
        .filter(|child| child.name == "answer")
        .map(|answer| {
            let score = answer.attribute("fraction").and_then(|score| score.trim().parse().ok());
            (answer, score.unwrap_or(0.0))
        })
        .collect();
    let best = answers.iter().map(|(_, score)| *score).fold(0.0, f64::max);
    let choice = |&(answer, score): &(&Element<'_>, f64)| {
        let note = inner_text(answer, "feedback");
        let right = score > 0.0 && score >= AS_GOOD * best;
        QuizChoice {
            note: (!note.is_empty()).then_some(note),
            ..QuizChoice::new(own_text(answer), right)
        }
    };
    answers.iter().map(choice).filter(|choice| !choice.text.is_empty()).collect()
}

pub(super) fn one_line(text: &str) -> String {
    let text = read_question(text.into());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `… {1:SHORTANSWER:=Paris~London} …`: the text with blanks, and the right answers.
fn cloze(text: &str) -> (String, Vec<QuizChoice>) {
    let (mut asked, mut choices, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((gap, behind)) = after.split_once('}') else { break };
        let Some((_, answers)) = gap.split_once(':').and_then(|(_, kind)| kind.split_once(':'))
        else {
            asked.push_str(before);
            asked.push_str(&rest[before.len()..rest.len() - behind.len()]);
            rest = behind;
            continue;
        };
        asked.push_str(before);
        asked.push_str(BLANK);
        let right = answers
            .split('~')
            .filter_map(|answer| answer.strip_prefix('=').or_else(|| answer.strip_prefix("%100%")));
        let right = right.map(|answer| answer.split('#').next().unwrap_or_default().trim());
        choices.extend(right.map(|answer| QuizChoice::new(answer, true)));
        rest = behind;
    }
    asked.push_str(rest);
    (asked, choices)
}
