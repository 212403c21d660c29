//! From a record whose keys are known to its entry.

use super::{Keys, LANGUAGES};
use crate::collection::RawEntry;
use crate::load::question_detect::ends_as_question;
use crate::load::value::{Map, Value, get};
use crate::markup::source::{as_markdown, as_plain};
use std::borrow::Cow;

impl Keys {
    /// Whether only question, answer and id are wanted.
    pub(crate) fn are_plain(&self) -> bool {
        let Self { more, options, title, url, written_in, .. } = self;
        let single = [more, options, title, url, written_in];
        self.tags.is_empty() && self.aliases.is_empty() && single.iter().all(|key| key.is_none())
    }

    /// The place in `draft` of the text under a plain key.
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

    /// Reads the texts as [`Keys::draft`] does; whether there is a question.
    pub(crate) fn finish_plain(draft: &mut RawEntry<'_>) -> bool {
        draft.question = as_plain(std::mem::take(&mut draft.question));
        draft.answer = as_markdown(std::mem::take(&mut draft.answer));
        if draft.id.trim().is_empty() {
            draft.id = Cow::Borrowed("");
        }
        !draft.question.trim().is_empty()
    }

    /// The entry that a record holds; `None` without a question. The line is not known here.
    pub(crate) fn draft<'t>(&self, record: &mut Map<'t>) -> Option<RawEntry<'t>> {
        let asked = take(record, &self.question)?;
        let is_markdown = taken(record, self.written_in.as_ref())
            .is_some_and(|node| node.as_text().is_some_and(|name| name.contains("markdown")));
        let (question, mut aliases) = first_and_others(asked)?;
        let mut question = if is_markdown { question } else { as_plain(question) };
        if let Some(more) = taken(record, self.more.as_ref()) {
            for part in texts(&more) {
                let question = question.to_mut();
                question.push_str("\n\n");
                question.push_str(&part);
            }
        }
        let answer = match taken(record, self.answer.as_ref()) {
            Some(Value::Number(n)) => self.option(record, n).into(),
            Some(node) => answer_text(node, is_markdown),
            None => Cow::Borrowed(""),
        };
        for key in self.aliases.iter().chain(&self.title) {
            if let Some(node) = get(record, key) {
                aliases.extend(texts(node).into_iter().map(Cow::into_owned));
            }
        }
        aliases.retain(|alias| *alias != question);
        let tags = self.tags.iter().filter_map(|key| get(record, key)).flat_map(tag_list).collect();
        let id = taken(record, self.id.as_ref()).map(|node| match node {
            Value::Number(n) => n.to_string().into(),
            node => first_and_others(node).map(|(id, _)| id).unwrap_or_default(),
        });
        let url = taken(record, self.url.as_ref()).and_then(|node| match node {
            Value::Text(url) if url.contains("://") => Some(url.into_owned()),
            _ => None,
        });
        let id = id.unwrap_or_default();
        Some(RawEntry { id, question, answer, tags, aliases, url, line: 0 })
    }

    /// The `n`-th of the possible answers, or the number itself.
    fn option(&self, record: &Map<'_>, n: f64) -> String {
        let options = self.options.as_ref().and_then(|key| get(record, key));
        match options {
            Some(Value::List(items)) if n >= 0.0 && n.fract() == 0.0 => {
                items.get(n as usize).map(|item| texts(item).join(" ")).unwrap_or_default()
            }
            _ => n.to_string(),
        }
    }
}

fn take<'a>(record: &mut Map<'a>, key: &str) -> Option<Value<'a>> {
    let (_, value) = record.iter_mut().find(|(name, _)| name == key)?;
    Some(std::mem::replace(value, Value::Null))
}

fn taken<'a>(record: &mut Map<'a>, key: Option<&String>) -> Option<Value<'a>> {
    take(record, key?)
}

/// The texts of a value: itself, those of its items, or of the field that says what it is.
pub(crate) fn texts<'n>(node: &'n Value<'_>) -> Vec<Cow<'n, str>> {
    match node {
        Value::Text(text) if text.trim().is_empty() => Vec::new(),
        Value::Text(text) => vec![Cow::Borrowed(text.as_ref())],
        Value::List(items) => {
            // A list of the same numbers over and over is data.
            items.iter().take(1000).flat_map(texts).collect()
        }
        Value::Map(map) => {
            let named = [
                "text", "value", "content", "html", "answer", "question", "name", "body", "title",
                "en",
            ];
            let field =
                named.iter().find_map(|name| get(map, name).filter(|n| !texts(n).is_empty()));
            let field = field.or_else(|| {
                let spoken = map.iter().find(|(key, _)| LANGUAGES.contains(&key.as_ref()));
                spoken.map(|(_, value)| value)
            });
            field.map(texts).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// The same as [`texts`], the first apart: mostly it is the only one and need not be copied.
fn first_and_others(node: Value<'_>) -> Option<(Cow<'_, str>, Vec<String>)> {
    if let Value::Text(text) = node {
        return (!text.trim().is_empty()).then(|| (text, Vec::new()));
    }
    let mut texts = texts(&node).into_iter().map(Cow::into_owned);
    let first = texts.next()?;
    Some((Cow::Owned(first), texts.collect()))
}

/// An answer as Markdown: paragraphs, or a list where there are several short ones.
fn answer_text(node: Value<'_>, is_markdown: bool) -> Cow<'_, str> {
    fn read(text: Cow<'_, str>, is_markdown: bool) -> Cow<'_, str> {
        if is_markdown { text } else { as_markdown(text) }
    }
    if let Value::Text(text) = node {
        return read(text, is_markdown);
    }
    if let Value::Bool(value) = node {
        return value.to_string().into();
    }
    let mut parts: Vec<_> = texts(&node).into_iter().map(|text| read(text, is_markdown)).collect();
    let mut seen = std::collections::HashSet::new();
    parts.retain(|part| seen.insert(part.clone()));
    let short =
        |part: &Cow<'_, str>| part.len() < 100 && !part.contains('\n') && !part.ends_with('.');
    if parts.len() > 1 && parts.iter().all(short) {
        return parts.iter().map(|part| format!("- {part}")).collect::<Vec<_>>().join("\n").into();
    }
    parts.join("\n\n").into()
}

/// Tags: a list, or a text with commas between short words.
fn tag_list(node: &Value<'_>) -> Vec<String> {
    let is_list = matches!(node, Value::List(_));
    let mut tags = Vec::new();
    for text in texts(node) {
        let commas =
            !is_list && text.contains(',') && text.split(',').all(|t| t.trim().len() <= 30);
        if commas {
            tags.extend(text.split(',').map(|t| t.trim().to_owned()));
        } else if text.chars().count() <= 80 && !ends_as_question(&text) || is_list {
            tags.push(text.trim().to_owned());
        }
    }
    tags.retain(|tag| !tag.is_empty());
    tags
}
