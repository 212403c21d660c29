//! From a record with known keys to its entry.

use super::Keys;
use super::texts::{separated, texts};
use crate::collection::{RawEntry, TextFormat};
use crate::load::question_detect::ends_as_question;
use crate::load::value::{Map, Value, get};
use crate::markup::source::{in_markdown, read_answer, read_question};
use std::borrow::Cow;
use std::collections::HashSet;

impl Keys {
    /// Whether only question, answer and id are needed.
    pub(crate) fn are_plain(&self) -> bool {
        let Self { more, title, url, written_in, .. } = self;
        let single = [more, title, url, written_in];
        let lists = [&self.tags, &self.aliases, &self.explanations, &self.labelled];
        self.quiz.is_none()
            && lists.iter().all(|keys| keys.is_empty())
            && single.iter().all(|key| key.is_none())
    }

    /// The field of `draft` for the text under a plain key.
    pub(crate) fn slot<'d, 't>(
        &self,
        key: &str,
        draft: &'d mut RawEntry<'t>,
    ) -> Option<&'d mut Cow<'t, str>> {
        let is = |name: &Option<String>| name.as_deref() == Some(key);
        if key == self.question {
            Some(&mut draft.question)
        } else if is(&self.answer) {
            Some(&mut draft.answer)
        } else if is(&self.id) {
            Some(&mut draft.id)
        } else {
            None
        }
    }

    /// Completes the texts like [`Keys::draft`]; whether there is a question.
    pub(crate) fn finish_plain(draft: &mut RawEntry<'_>) -> bool {
        draft.question = read_question(std::mem::take(&mut draft.question));
        (draft.answer, draft.format) = read_answer(std::mem::take(&mut draft.answer));
        if draft.id.trim().is_empty() {
            draft.id = Cow::Borrowed("");
        }
        !draft.question.trim().is_empty()
    }

    /// The entry of a record; `None` without a question. The line is not known here.
    pub(crate) fn draft<'t>(&self, record: &mut Map<'t>) -> Option<RawEntry<'t>> {
        let asked = take(record, &self.question)?;
        let format = taken(record, self.written_in.as_ref()).and_then(|node| named_format(&node));
        let (question, mut aliases) = first_and_others(asked)?;
        let mut question = if format.is_some() { question } else { read_question(question) };
        if let Some(more) = taken(record, self.more.as_ref()) {
            for part in texts(&more) {
                let question = question.to_mut();
                question.push_str("\n\n");
                question.push_str(&part);
            }
        }
        let (answer, format) = self.answer(record, format);
        for key in self.aliases.iter().chain(&self.title) {
            if let Some(node) = get(record, key) {
                aliases.extend(texts(node).into_iter().map(Cow::into_owned));
            }
        }
        aliases.retain(|alias| *alias != question);
        let tags = self.tags.iter().filter_map(|key| get(record, key)).flat_map(tag_list).collect();
        let id = taken(record, self.id.as_ref()).and_then(first_and_others).map(|(id, _)| id);
        let url = taken(record, self.url.as_ref()).and_then(|node| {
            let Value::Text(url) = node else { return None };
            url.contains("://").then(|| url.into_owned())
        });
        let id = id.unwrap_or_default();
        Some(RawEntry { id, question, answer, format, tags, aliases, url, line: 0 })
    }

    /// The answer with the texts that go below it; for a quiz with all its options.
    fn answer<'t>(
        &self,
        record: &mut Map<'t>,
        named: Option<TextFormat>,
    ) -> (Cow<'t, str>, TextFormat) {
        let below = self.explanations.iter().filter_map(|key| get(record, key));
        let mut below: Vec<String> = below.flat_map(texts).map(Cow::into_owned).collect();
        for key in &self.labelled {
            let values = get(record, key).map(texts).unwrap_or_default();
            let values = values.iter().filter(|text| !text.trim().is_empty());
            below.extend(values.map(|text| format!("{}: {text}", key.replace('_', " "))));
        }
        if let Some(mut quiz) = self.quiz.as_ref().and_then(|quiz| quiz.quiz(record)) {
            quiz.explanations = below;
            return (quiz.markdown().into(), TextFormat::Markdown);
        }
        let answer = taken(record, self.answer.as_ref()).map(|node| answer_text(node, named));
        if below.is_empty() {
            return answer.unwrap_or_default();
        }
        let below = below.into_iter().map(|text| read(text.into(), named));
        let mut parts: Vec<_> = answer.into_iter().chain(below).collect();
        let mut seen = HashSet::new();
        parts.retain(|(text, _)| !text.trim().is_empty() && seen.insert(text.trim().to_owned()));
        paragraphs(&parts)
    }
}

/// The format that a record names.
fn named_format(node: &Value<'_>) -> Option<TextFormat> {
    let name = node.as_text()?.to_lowercase();
    if name.contains("markdown") {
        Some(TextFormat::Markdown)
    } else {
        name.contains("plain").then_some(TextFormat::Plain)
    }
}

fn take<'a>(record: &mut Map<'a>, key: &str) -> Option<Value<'a>> {
    let (_, value) = record.iter_mut().find(|(name, _)| name == key)?;
    Some(std::mem::replace(value, Value::Null))
}

fn taken<'a>(record: &mut Map<'a>, key: Option<&String>) -> Option<Value<'a>> {
    take(record, key?)
}

/// Like [`texts`], but with the first text separate: mostly it is the only one and need not be
/// copied.
fn first_and_others(node: Value<'_>) -> Option<(Cow<'_, str>, Vec<String>)> {
    if let Value::Text(text) | Value::Scalar(text) = node {
        return (!text.trim().is_empty()).then(|| (text, Vec::new()));
    }
    let mut texts = texts(&node).into_iter().map(Cow::into_owned);
    let first = texts.next()?;
    Some((Cow::Owned(first), texts.collect()))
}

/// A text in the format that the record names, or in the detected one.
fn read(text: Cow<'_, str>, named: Option<TextFormat>) -> (Cow<'_, str>, TextFormat) {
    match named {
        Some(format) => (text, format),
        None => read_answer(text),
    }
}

/// An answer: paragraphs, or a list if it has several short texts.
fn answer_text(node: Value<'_>, named: Option<TextFormat>) -> (Cow<'_, str>, TextFormat) {
    match node {
        Value::Text(text) => return read(text, named),
        Value::Scalar(text) => return (text, TextFormat::Plain),
        Value::Null | Value::List(_) | Value::Map(_) => {}
    }
    let mut parts: Vec<_> = texts(&node).into_iter().map(|text| read(text, named)).collect();
    let mut seen = HashSet::new();
    parts.retain(|part| seen.insert(part.0.clone()));
    let short =
        |part: &Cow<'_, str>| part.len() < 100 && !part.contains('\n') && !part.ends_with('.');
    if parts.len() > 1 && parts.iter().all(|part| short(&part.0)) {
        let items = parts.iter().map(|(part, format)| format!("- {}", in_markdown(part, *format)));
        return (items.collect::<Vec<_>>().join("\n").into(), TextFormat::Markdown);
    }
    paragraphs(&parts)
}

/// Texts as paragraphs; plain if all of them are.
fn paragraphs<'t>(parts: &[(Cow<'_, str>, TextFormat)]) -> (Cow<'t, str>, TextFormat) {
    let is_plain = !parts.is_empty() && parts.iter().all(|part| part.1 == TextFormat::Plain);
    let format = if is_plain { TextFormat::Plain } else { TextFormat::Markdown };
    let of = |(text, own): &(Cow<'_, str>, TextFormat)| match format {
        TextFormat::Plain => text.clone().into_owned(),
        TextFormat::Markdown => in_markdown(text, *own).into_owned(),
    };
    (parts.iter().map(of).collect::<Vec<_>>().join("\n\n").into(), format)
}

/// A longer part of a text is no tag, in bytes: the separator belongs to a sentence.
const MAX_SEPARATED_TAG: usize = 30;

/// Tags: a list, or a text of short words separated by commas or semicolons.
pub(crate) fn tag_list(node: &Value<'_>) -> Vec<String> {
    let is_list = matches!(node, Value::List(_));
    let mut tags = Vec::new();
    for text in texts(node).into_iter().map(read_question) {
        let is_separated = !is_list
            && text.contains([',', ';'])
            && separated(&text).all(|tag| tag.len() <= MAX_SEPARATED_TAG);
        if is_separated {
            tags.extend(separated(&text).map(str::to_owned));
        } else if text.chars().count() <= 80 && !ends_as_question(&text) || is_list {
            tags.push(text.trim().to_owned());
        }
    }
    tags.retain(|tag| !tag.is_empty());
    tags
}
