//! Entries in a tree of values of any shape: lists of records, groups, maps of question to answer,
//! conversations. Shared by JSON, JSON Lines and YAML.

mod chat;
mod groups;
mod lines;
mod shapes;

use super::keys::{Keys, did_you_mean, is_language, missing, misspelt, texts};
use super::loader::{ParsedDocument, SourceText};
use super::options::Options;
use super::question_detect::question_likeness;
use super::unused_text::UnusedFields;
use super::value::{Map, Value};
use crate::collection::{Entry, TextFormat};
use crate::markup::source::{detect, read_answer, read_question};
use groups::{heading, names_a_group};
use lines::RecordLines;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All entries below a value.
pub(crate) fn entries_of(node: Value<'_>, options: &Options) -> Vec<Entry> {
    let mut walk = RecordWalk::new(options, "", "");
    walk.top(node);
    walk.entries.into_iter().map(|(_, entry)| entry).collect()
}

/// Reads a tree of values into `found`.
pub(crate) fn read_tree(node: Value<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    read(node, doc, found, true);
}

/// Like [`read_tree`], for keys that name kinds of things rather than subjects: elements of XML.
pub(crate) fn read_elements(node: Value<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    read(node, doc, found, false);
}

fn read(node: Value<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument, keys_are_tags: bool) {
    let text = |key| node.get(key).and_then(Value::as_text).map(str::to_owned);
    if found.title.is_empty() {
        found.title = text("title").or_else(|| text("name")).unwrap_or_default();
    }
    found.note = found.note.take().or_else(|| text("note"));
    let mut walk = RecordWalk::new(doc.options, doc.text, &found.title);
    walk.note = found.note.as_deref().unwrap_or_default();
    walk.keys_are_tags = keys_are_tags;
    walk.top(node);
    drop_repeated_groups(&mut walk.entries);
    found.unused.extend(std::mem::take(&mut walk.unused).into_texts());
    found.problems.extend(walk.skipped.drain(..).map(|(line, what)| (line, 0, what)));
    found.entries.extend(walk.entries.into_iter().map(|(_, mut entry)| {
        entry.place.source = Arc::clone(doc.name);
        entry
    }));
}

/// An entry with question and answer only.
fn entry(question: &str, answer: &str) -> Entry {
    let (answer, format) = read_answer(answer.into());
    let question = read_question(question.into()).into_owned();
    Entry { question, answer: answer.into_owned(), format, ..Entry::default() }
}

/// A record of the native format, unchanged. In other shapes text that looks like HTML is read as
/// HTML; here it is Markdown.
fn native(record: &Map<'_>) -> Option<Entry> {
    let mut entry = Entry::default();
    let mut format = None;
    for (key, node) in record {
        let text = || node.as_text().map(str::to_owned);
        let list = || {
            let Value::List(items) = node else { return None };
            items.iter().map(|item| item.as_text().map(str::to_owned)).collect()
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

/// Some files list the same records twice: all of them, and those of each category.
fn drop_repeated_groups(entries: &mut Vec<(usize, Entry)>) {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    entries.retain(|(group, entry)| {
        let key = (entry.question.clone(), entry.answer.clone());
        *seen.entry(key).or_insert(*group) == *group
    });
}

/// Walks a tree and collects entries, each with the number of its group.
struct RecordWalk<'a> {
    options: &'a Options,
    lines: RecordLines<'a>,
    /// Records have the native shape: their texts are unchanged.
    native: bool,
    /// A key names the subject of what is below it.
    keys_are_tags: bool,
    groups: usize,
    /// The collection's title, which is not a tag of its entries.
    title: &'a str,
    /// Its note, which the screen shows.
    note: &'a str,
    tags: Vec<String>,
    entries: Vec<(usize, Entry)>,
    /// Line and message of skipped records.
    skipped: Vec<(u32, String)>,
    /// Text that reached no entry.
    unused: UnusedFields,
}

impl<'a> RecordWalk<'a> {
    fn new(options: &'a Options, text: &'a str, title: &'a str) -> Self {
        let lines = RecordLines::new(text);
        Self {
            options,
            lines,
            native: false,
            keys_are_tags: true,
            groups: 0,
            title,
            note: "",
            tags: Vec::new(),
            entries: Vec::new(),
            skipped: Vec::new(),
            unused: UnusedFields::default(),
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
            Value::Null | Value::Text(_) | Value::Scalar(_) => {}
        }
    }

    fn list(&mut self, items: Vec<Value<'_>>) {
        self.groups += 1;
        let group = self.groups;
        if shapes::lists_of_two(&items) {
            return items.into_iter().for_each(|item| self.list_of_two(item, group));
        }
        if shapes::lists_of_turns(&items) {
            for (question, answers) in items.into_iter().flat_map(shapes::turns) {
                let answer =
                    Value::List(answers.into_iter().map(|a| Value::Text(a.into())).collect());
                self.pair(&question, &question, &answer, group);
            }
            return;
        }
        if shapes::maps_of_one(&items) {
            let maps = items.into_iter().filter_map(Value::into_map);
            return maps.flatten().for_each(|(key, value)| self.pair(&key, &key, &value, group));
        }
        let items = shapes::paired(items);
        let turns = chat::pairs_of_list(&items);
        if !turns.is_empty() {
            return self.conversation(turns, 0);
        }
        let items: Vec<Value<'_>> = items.into_iter().flat_map(expanded).collect();
        let records: Vec<&Map<'_>> = items.iter().filter_map(Value::as_map).collect();
        self.report_key_mistakes(&records);
        match Keys::choose(&records, self.options) {
            Some(keys) => self.records_or_groups(items, &keys, group),
            None => items.into_iter().for_each(|item| self.value(item)),
        }
    }

    /// Reports misspelt keys, and requested keys that do not exist.
    fn report_key_mistakes(&mut self, records: &[&Map<'_>]) {
        for (key, meant) in misspelt(records) {
            self.skipped.push((self.lines.of(key), did_you_mean(key, meant)));
        }
        let keys = records.iter().take(1000).flat_map(|record| record.iter());
        let missing = missing(keys.map(|(key, _)| key.as_ref()), self.options);
        self.skipped.extend(missing.filter(|_| !records.is_empty()).map(|what| (0, what)));
    }

    /// A title with a description may be a question, or head a group of questions.
    fn records_or_groups(&mut self, items: Vec<Value<'_>>, keys: &Keys, group: usize) {
        if keys.is_weak() {
            let (before, unused) = (self.entries.len(), self.unused.clone());
            for item in items.clone() {
                self.value(item);
            }
            if self.entries.len() > before {
                return;
            }
            self.unused = unused;
        }
        self.records(items, keys, group);
    }

    fn list_of_two(&mut self, item: Value<'_>, group: usize) {
        if let Value::List(mut pair) = item
            && let (Some(answer), Some(Value::Text(question) | Value::Scalar(question))) =
                (pair.pop(), pair.pop())
        {
            self.pair(&question, &question, &answer, group);
        }
    }

    /// A question with its answer; `key` gives the line.
    fn pair(&mut self, key: &str, question: &str, answer: &Value<'_>, group: usize) {
        let line = self.lines.of(key);
        let mut entry = entry(question, &texts(answer).join("\n\n"));
        if matches!(answer, Value::Scalar(_)) {
            entry.format = TextFormat::Plain;
        }
        self.push(entry, line, group);
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
        let line = self.line_of(&map);
        let entry = if self.native { native(&map) } else { keys.draft(&mut map).map(Entry::from) };
        if let Some(entry) = entry {
            if !self.native {
                self.report_unused(&map, keys);
            }
            self.push(entry, line, group);
            return;
        }
        let before = self.entries.len();
        self.map(map);
        if self.entries.len() == before {
            let what = "skipped: no question in this record; expected text".to_owned();
            self.skipped.push((line, what));
        }
    }

    /// Reports the texts of a record that its entry does not contain.
    fn report_unused(&mut self, record: &Map<'_>, keys: &Keys) {
        for (key, value) in record.iter().filter(|(key, _)| !keys.wants(key)) {
            for text in texts(value) {
                self.unused.add(key, self.lines.of(key), &text);
            }
        }
    }

    fn push(&mut self, mut entry: Entry, line: u32, group: usize) {
        entry.place.line = line;
        entry.tags.splice(0..0, self.tags.iter().cloned());
        let mut seen = HashSet::new();
        entry.tags.retain(|tag| seen.insert(tag.clone()));
        self.entries.push((group, entry));
    }

    fn line_of(&self, map: &Map<'_>) -> u32 {
        self.lines.of_first(map.iter().map(|(key, _)| key.as_ref()))
    }

    fn map(&mut self, map: Map<'_>) {
        let turns = chat::pairs(&map);
        if !turns.is_empty() {
            let line = self.line_of(&map);
            return self.conversation(turns, line);
        }
        let map = shapes::flattened(map);
        if let Some(records) = shapes::by_column(&map) {
            return self.list(records.into_iter().map(Value::Map).collect());
        }
        if let Some(records) = shapes::by_language(&map) {
            return self.list(records.into_iter().map(Value::Map).collect());
        }
        let Some(map) = self.single(map) else { return };
        let Some(map) = self.questions_as_keys(map) else { return };
        let Some(mut map) = self.records_by_name(map) else { return };
        self.groups += 1;
        let group = self.groups;
        for pair in shapes::named_pairs(&mut map) {
            self.pair(&pair.key, &pair.question, &pair.answer, group);
        }
        let depth = self.tags.len();
        self.tags.extend(heading(&map).filter(|heading| heading != self.title.trim()));
        let heading = self.tags[depth..].first().cloned();
        let languages = map.iter().filter(|(key, _)| is_language(key)).count();
        for (key, value) in map {
            if shapes::asks_beside_groups(&key, &value) {
                self.pair(&key, &key, &value, group);
                continue;
            }
            let inner = self.tags.len();
            if let Value::Text(text) = &value
                && heading.as_deref() != Some(text.trim())
                && ![self.title.trim(), self.note.trim()].contains(&text.trim())
            {
                self.unused.add(&key, self.lines.of(&key), text);
            }
            // A single language key means nothing; several of them are languages.
            let names_it = if is_language(&key) { languages > 1 } else { names_a_group(&key) };
            if self.keys_are_tags && matches!(value, Value::List(_) | Value::Map(_)) && names_it {
                self.tags.push(key.into_owned());
            }
            self.value(value);
            self.tags.truncate(inner);
        }
        self.tags.truncate(depth);
    }

    fn conversation(&mut self, turns: Vec<(String, String)>, line: u32) {
        for (question, answer) in turns {
            self.push(entry(&question, &answer), line, 0);
        }
    }

    /// A map that is one record.
    fn single<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        match Keys::choose(&[&map], self.options) {
            Some(keys) if !keys.is_weak() => {
                let line = self.line_of(&map);
                let mut fields = map;
                match keys.draft(&mut fields) {
                    Some(draft) => {
                        self.report_unused(&fields, &keys);
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
        // A single pair must certainly ask.
        let is_group = map.len() > 1 || asks >= 1.0;
        let is_answer = |value: &Value<'_>| shapes::is_answer(value) || *value == Value::Null;
        let is_questions = is_group
            && asks >= 0.5 * map.len() as f32
            && map.iter().all(|(_, value)| is_answer(value));
        if !is_questions {
            return Some(map);
        }
        self.groups += 1;
        let group = self.groups;
        for (question, answer) in map {
            self.pair(&question, &question, &answer, group);
        }
        None
    }

    /// `{"install": {"question": …, "answer": …}, "remove": {…}}`.
    fn records_by_name<'n>(&mut self, map: Map<'n>) -> Option<Map<'n>> {
        let records: Vec<&Map<'_>> = map.iter().filter_map(|(_, value)| value.as_map()).collect();
        // A title may accompany them.
        let others = map.iter().filter(|(_, value)| value.as_map().is_none());
        let all_named = others.clone().all(|(_, value)| value.as_scalar().is_some());
        let all_named = all_named && others.count() < records.len();
        let keys = if records.len() > 1 { Keys::choose(&records, self.options) } else { None };
        match keys {
            Some(keys)
                if (!keys.is_weak() || keys.questions_ask() || keys.define()) && all_named =>
            {
                self.groups += 1;
                let group = self.groups;
                let (asked, others): (Map<'_>, Map<'_>) = map
                    .into_iter()
                    .partition(|(key, value)| shapes::asks_beside_groups(key, value));
                for (key, value) in asked {
                    self.pair(&key, &key, &value, group);
                }
                let items = others.into_iter().map(|(_, value)| value).collect();
                self.records_or_groups(items, &keys, group);
                None
            }
            _ => Some(map),
        }
    }
}

/// A record in several languages becomes one record per language; options inside the question are
/// flattened.
fn expanded(item: Value<'_>) -> Vec<Value<'_>> {
    match item {
        Value::Map(map) => match shapes::by_language(&map) {
            Some(records) => records.into_iter().map(Value::Map).collect(),
            None => match shapes::note_of_deck(&map) {
                Some(note) => vec![Value::Map(note)],
                None => vec![Value::Map(shapes::flattened(map))],
            },
        },
        other => vec![other],
    }
}
