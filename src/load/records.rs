//! Entries in a tree of values, whatever its shape: lists of records, groups, maps of question to
//! answer, conversations. JSON, JSON Lines and YAML share it.

use super::keys::{Keys, texts};
use super::loader::{ParsedDocument, SourceText};
use super::options::Options;
use super::question_detect::question_likeness;
use super::value::{Map, Value, get};
use crate::collection::Entry;
use crate::collection::TextFormat;
use crate::markup::source::{detect, read_answer, read_question};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All entries below a value.
pub(crate) fn entries_of(node: Value<'_>, options: &Options) -> Vec<Entry> {
    let mut walk = Walk::new(options, "", "");
    walk.top(node);
    walk.entries.into_iter().map(|(_, entry)| entry).collect()
}

/// Reads a tree of values, which other formats have too, into `found`.
pub(crate) fn read_tree(node: Value<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    let text = |key| node.get(key).and_then(Value::as_text).map(str::to_owned);
    if found.title.is_empty() {
        found.title = text("title").or_else(|| text("name")).unwrap_or_default();
    }
    found.note = found.note.take().or_else(|| text("note"));
    let mut walk = Walk::new(doc.options, doc.text, &found.title);
    walk.top(node);
    drop_repeated_groups(&mut walk.entries);
    found.problems.extend(walk.skipped.iter().map(|&(line, what)| (line, 0, what.to_owned())));
    found.entries.extend(walk.entries.into_iter().map(|(_, mut entry)| {
        entry.place.source = Arc::clone(doc.name);
        entry
    }));
}

/// An entry of two texts.
fn entry(question: &str, answer: &str) -> Entry {
    let (answer, format) = read_answer(answer.into());
    let question = read_question(question.into()).into_owned();
    Entry { question, answer: answer.into_owned(), format, ..Entry::default() }
}

/// A record of the native format, word for word. In other shapes a text that looks like HTML is
/// read as HTML; here it is Markdown, whatever it looks like.
fn native(record: &Map<'_>) -> Option<Entry> {
    let mut entry = Entry::default();
    let mut format = None;
    for (key, node) in record {
        let text = || node.as_text().map(str::to_owned);
        let list = || match node {
            Value::List(items) => {
                items.iter().map(|item| item.as_text().map(str::to_owned)).collect()
            }
            _ => None,
        };
        match &**key {
            "id" => entry.id = text()?,
            "question" => entry.question = text()?,
            "answer" => entry.answer = text()?,
            "format" => format = Some(text()?),
            "tags" => entry.tags = list()?,
            "aliases" => entry.aliases = list()?,
            "url" => entry.url = Some(text()?),
            _ => return None,
        }
    }
    entry.format = match format.as_deref() {
        Some("plain") => TextFormat::Plain,
        Some(_) => TextFormat::Markdown,
        None => detect(&entry.answer),
    };
    (!entry.question.trim().is_empty()).then_some(entry)
}

/// Some files list the same records twice, all of them and those of each category.
fn drop_repeated_groups(entries: &mut Vec<(usize, Entry)>) {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    entries.retain(|(group, entry)| {
        let key = (entry.question.clone(), entry.answer.clone());
        *seen.entry(key).or_insert(*group) == *group
    });
}

/// Goes through a tree and collects entries with the number of the group that they were in.
struct Walk<'a> {
    options: &'a Options,
    lines: Lines<'a>,
    /// Records are of the native shape: every text stands there as it is meant.
    native: bool,
    groups: usize,
    /// The collection's own title: no subject of its entries.
    title: &'a str,
    tags: Vec<String>,
    entries: Vec<(usize, Entry)>,
    /// Line and message of what was skipped.
    skipped: Vec<(u32, &'static str)>,
}

impl<'a> Walk<'a> {
    fn new(options: &'a Options, text: &'a str, title: &'a str) -> Self {
        let lines = Lines { text, offset: 0, line: 1 };
        Self {
            options,
            lines,
            native: false,
            groups: 0,
            title,
            tags: Vec::new(),
            entries: Vec::new(),
            skipped: Vec::new(),
        }
    }

    fn top(&mut self, node: Value<'_>) {
        if let Value::Map(map) = &node {
            let is_schema = map.iter().any(|(key, _)| key == "$schema")
                && map.iter().any(|(key, _)| key == "properties" || key == "definitions");
            if is_schema {
                return;
            }
            if let Some(Value::List(records)) = node.get("entries") {
                let is_native = |record: &Value<'_>| record.as_map().and_then(native).is_some();
                let keys_chosen =
                    self.options.question_key.is_some() || self.options.answer_key.is_some();
                self.native = !keys_chosen && records.iter().all(is_native);
            }
        }
        self.value(node);
    }

    fn value(&mut self, node: Value<'_>) {
        match node {
            Value::List(items) => self.list(items),
            Value::Map(map) => self.map(map),
            _ => {}
        }
    }

    fn list(&mut self, items: Vec<Value<'_>>) {
        let records: Vec<&Map<'_>> = items.iter().filter_map(Value::as_map).collect();
        let keys = Keys::choose(&records, self.options);
        self.groups += 1;
        let group = self.groups;
        match keys {
            Some(keys) if !keys.is_weak() => self.records(items, &keys, group),
            Some(keys) => {
                // A title with a description may head a group of real questions.
                let before = self.entries.len();
                for item in items.clone() {
                    self.value(item);
                }
                if self.entries.len() == before {
                    self.records(items, &keys, group);
                }
            }
            None => {
                for item in items {
                    self.value(item);
                }
            }
        }
    }

    fn records(&mut self, items: Vec<Value<'_>>, keys: &Keys, group: usize) {
        for item in items {
            match item {
                Value::Map(map) => self.record(map, keys, group),
                other => self.value(other),
            }
        }
    }

    fn record(&mut self, mut map: Map<'_>, keys: &Keys, group: usize) {
        let line = map.first().map_or(0, |(key, _)| self.lines.of(key));
        let entry = if self.native { native(&map) } else { keys.draft(&mut map).map(Entry::from) };
        if let Some(entry) = entry {
            self.push(entry, line, group);
            return;
        }
        let before = self.entries.len();
        self.map(map);
        if self.entries.len() == before {
            self.skipped.push((line, "skipped: no question in this record; expected a text"));
        }
    }

    fn push(&mut self, mut entry: Entry, line: u32, group: usize) {
        entry.place.line = line;
        entry.tags.splice(0..0, self.tags.iter().cloned());
        let mut seen = HashSet::new();
        entry.tags.retain(|tag| seen.insert(tag.clone()));
        self.entries.push((group, entry));
    }

    fn map(&mut self, map: Map<'_>) {
        let Some(map) = self.conversation(map).and_then(|map| self.single(map)) else { return };
        let Some(map) = self.questions_as_keys(map) else { return };
        let Some(map) = self.records_by_name(map) else { return };
        let depth = self.tags.len();
        self.tags.extend(heading(&map).filter(|heading| heading != self.title.trim()));
        for (key, value) in map {
            let inner = self.tags.len();
            if matches!(value, Value::List(_) | Value::Map(_)) && names_a_group(&key) {
                self.tags.push(key.into_owned());
            }
            self.value(value);
            self.tags.truncate(inner);
        }
        self.tags.truncate(depth);
    }

    /// `{"conversations": [{"from": "human", "value": …}, {"from": "gpt", "value": …}]}`.
    fn conversation<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        let turns = map.iter().find_map(|(key, value)| match value {
            Value::List(turns)
                if matches!(&**key, "conversations" | "conversation" | "messages") =>
            {
                Some(turns)
            }
            _ => None,
        });
        let Some(turns) = turns else { return Some(map) };
        let mut asked = None;
        let line = map.first().map_or(0, |(key, _)| self.lines.of(key));
        let mut found = Vec::new();
        for turn in turns {
            let field = |names: &[&str]| names.iter().find_map(|name| turn.get(name)?.as_text());
            let (Some(who), Some(text)) =
                (field(&["from", "role"]), field(&["value", "content", "text"]))
            else {
                continue;
            };
            match who {
                "human" | "user" | "prompter" => asked = Some(text.to_owned()),
                "gpt" | "assistant" | "bot" | "chatgpt" | "model" => {
                    if let Some(question) = asked.take() {
                        found.push(entry(&question, text));
                    }
                }
                _ => {}
            }
        }
        if found.is_empty() {
            return Some(map);
        }
        for entry in found {
            self.push(entry, line, 0);
        }
        None
    }

    /// One record by itself.
    fn single<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        match Keys::choose(&[&map], self.options) {
            Some(keys) if !keys.is_weak() => {
                let line = map.first().map_or(0, |(key, _)| self.lines.of(key));
                let mut fields = map;
                match keys.draft(&mut fields) {
                    Some(draft) => {
                        self.push(draft.into(), line, 0);
                        None
                    }
                    None => Some(fields),
                }
            }
            _ => Some(map),
        }
    }

    /// `{"How …?": "…", "Why …?": "…"}`.
    fn questions_as_keys<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        let asks: f32 = map.iter().map(|(key, _)| question_likeness(key)).sum();
        let is_answer = |node: &Value<'_>| match node {
            Value::List(items) => items.iter().all(|item| item.as_text().is_some()),
            other => other.as_scalar().is_some(),
        };
        let is_questions = map.len() > 1
            && asks >= 0.5 * map.len() as f32
            && map.iter().all(|(_, value)| is_answer(value));
        if !is_questions {
            return Some(map);
        }
        self.groups += 1;
        for (question, answer) in map {
            let line = self.lines.of(&question);
            let answer = match answer {
                Value::Scalar(scalar) => scalar.into_owned(),
                other => texts(&other).join("\n\n"),
            };
            self.push(entry(&question, &answer), line, self.groups);
        }
        None
    }

    /// `{"install": {"question": …, "answer": …}, "remove": {…}}`.
    fn records_by_name<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        let records: Vec<&Map<'_>> = map.iter().filter_map(|(_, value)| value.as_map()).collect();
        let keys = if records.len() > 1 { Keys::choose(&records, self.options) } else { None };
        match keys {
            Some(keys) if !keys.is_weak() && records.len() == map.len() => {
                self.groups += 1;
                let items = map.into_iter().map(|(_, value)| value).collect();
                self.records(items, &keys, self.groups);
                None
            }
            _ => Some(map),
        }
    }
}

/// What a group calls itself.
fn heading(map: &Map<'_>) -> Option<String> {
    let names = ["title", "category", "name", "section", "topic", "heading", "group", "label"];
    let text = names.iter().find_map(|name| get(map, name)?.as_text())?;
    (!text.trim().is_empty() && text.chars().count() <= 80).then(|| text.trim().to_owned())
}

/// Whether a key says what a group is about, rather than that it is a group.
fn names_a_group(key: &str) -> bool {
    const PLAIN: &[&str] = &[
        "faq",
        "faqs",
        "items",
        "item",
        "questions",
        "entries",
        "data",
        "sections",
        "categories",
        "content",
        "contents",
        "results",
        "list",
        "records",
        "qas",
        "qa",
        "paragraphs",
        "mainentity",
        "@graph",
        "docs",
        "articles",
        "children",
        "pages",
        "intents",
        "rows",
        "groups",
        "topics",
        "train",
        "test",
        "root",
        "en",
    ];
    let lower = key.to_lowercase();
    key.chars().any(char::is_alphabetic)
        && key.chars().count() <= 40
        && !PLAIN.contains(&lower.as_str())
}

/// Finds the lines of keys, which come in order.
struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a key that borrows from the text; the last line found for others.
    fn of(&mut self, key: &str) -> u32 {
        let offset = (key.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if offset >= self.text.len() {
            return if self.text.is_empty() { 0 } else { self.line };
        }
        if offset < self.offset {
            (self.offset, self.line) = (0, 1);
        }
        let between = &self.text.as_bytes()[self.offset..offset];
        self.line += memchr::memchr_iter(b'\n', between).count() as u32;
        self.offset = offset;
        self.line
    }
}
