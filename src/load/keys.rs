//! Which key of a record holds the question, which the answer: told by name and by content.
//!
//! Serves every format whose records have named fields: JSON, JSON Lines, YAML, tables.

use super::Options;
use super::ask::{ends_as_question, question_likeness};
use super::node::{Map, Node, get};
use super::rich::{as_markdown, as_plain};
use crate::collection::Draft;
use std::borrow::Cow;

/// Names that say "question" by themselves, best first.
const QUESTION: &[&str] = &[
    "question",
    "questions",
    "q",
    "prompt",
    "instruction",
    "riddle",
    "query",
    "qtext",
    "questiontext",
    "ask",
    "pregunta",
    "frage",
    "pergunta",
    "domanda",
    "вопрос",
    "问题",
    "問題",
    "质问",
    "質問",
    "問",
    "问",
    "patterns",
    "utterance",
    "utterances",
    "input",
    "user",
    "human",
    "problem",
];
/// Names that may hold a question where another key holds the answer, best first.
const TITLE: &[&str] = &[
    "title", "front", "name", "intent", "heading", "header", "summary", "term", "text", "label",
    "task", "key", "subject",
];
/// Names that say "answer", best first.
const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "a",
    "response",
    "responses",
    "output",
    "completion",
    "acceptedanswer",
    "suggestedanswer",
    "reply",
    "solution",
    "answertext",
    "respuesta",
    "antwort",
    "réponse",
    "reponse",
    "resposta",
    "risposta",
    "ответ",
    "答案",
    "回答",
    "答",
    "back",
    "content",
    "contents",
    "desc",
    "description",
    "definition",
    "explanation",
    "body",
    "text",
    "assistant",
    "bot",
    "target",
    "chosen",
    "html",
    "value",
    "markdown",
    "message",
    "details",
    "detail",
    "command",
];
const TAGS: &[&str] = &[
    "tags",
    "tag",
    "category",
    "categories",
    "topic",
    "topics",
    "section",
    "subject",
    "group",
    "keywords",
    "labels",
    "theme",
    "area",
    "deck",
    "kategorie",
    "thema",
    "rubrik",
    "schlagwort",
    "schlagworte",
    "categoría",
    "catégorie",
    "categoria",
    "категория",
    "分类",
    "類別",
];
const ALIASES: &[&str] = &[
    "aliases",
    "alias",
    "alttitles",
    "alternatives",
    "alternatequestions",
    "alternatename",
    "alternativequestions",
    "variants",
    "variations",
    "paraphrases",
    "similarquestions",
    "otherwordings",
    "synonyms",
    "utterances",
    "patterns",
];
/// Names that say what the texts of a record are written in.
const WRITTEN_IN: &[&str] = &["format", "encodingformat"];
const ID: &[&str] = &["id", "identifier", "uid", "guid", "uuid", "slug", "key", "anchor"];
const URL: &[&str] = &["url", "link", "href", "permalink", "sourceurl"];
const OPTIONS: &[&str] = &["answers", "choices", "options"];

/// A key as the lists above have it: lower case, without signs, without a language at its end.
fn normal(key: &str) -> String {
    let lower = key.trim().trim_start_matches('\u{feff}').to_lowercase();
    let parts: Vec<&str> = lower.split(['_', '-', ' ', '.']).filter(|p| !p.is_empty()).collect();
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() && LANGUAGES.contains(last) => before.concat(),
        _ => parts.concat(),
    }
}

const LANGUAGES: &[&str] = &[
    "en", "de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ko", "nl", "pl", "tr", "ar", "uk", "cs",
    "sv", "da", "fi", "el", "he", "hi", "id", "vi", "th", "ro", "hu",
];

/// Where the fields of a group of records are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Keys {
    question: String,
    answer: Option<String>,
    /// Completes the question (the `input` of an instruction).
    more: Option<String>,
    /// The possible answers, where `answer` is a number among them.
    options: Option<String>,
    /// A short title beside the question: another wording.
    title: Option<String>,
    tags: Vec<String>,
    aliases: Vec<String>,
    id: Option<String>,
    url: Option<String>,
    /// Says what the texts are written in.
    written_in: Option<String>,
    weak: bool,
}

/// What is known of one key over all records of a group.
struct Column<'a> {
    key: &'a str,
    normal: String,
    /// Share of the records where it has a text.
    filled: f32,
    /// Share of the records where it is a text or a list of texts.
    plain: f32,
    /// Share of those texts that end in a question mark or begin like a question.
    asks: f32,
    /// Characters of a text, on average.
    length: f32,
}

impl Keys {
    /// Finds the keys of records of one kind; `None` when they hold no questions.
    pub(super) fn choose(records: &[&Map<'_>], options: &Options) -> Option<Self> {
        let columns = columns(records);
        let asked = options.question_key.as_deref();
        let told = options.answer_key.as_deref();
        let question = match asked {
            Some(key) => Some(columns.iter().find(|c| c.is_called(key))?),
            None => best(&columns, QUESTION, |c| Some(c.key) != told && c.plain >= 0.3),
        };
        let answer_for = |question: &Column<'_>| match told {
            Some(key) => columns.iter().find(|c| c.is_called(key)),
            None => best(&columns, ANSWER, |c| c.key != question.key && c.filled > 0.0),
        };
        let weak = question.is_none();
        let (question, answer) = match question {
            Some(question) => (question, answer_for(question)),
            None => weaker(&columns, &answer_for)?,
        };
        let used = |c: &Column<'_>| c.key == question.key || answer.is_some_and(|a| a.key == c.key);
        let first = |names: &[&str]| best(&columns, names, |c| !used(c)).map(|c| c.key.to_owned());
        let all = |names: &[&str]| -> Vec<String> {
            let mut found: Vec<_> =
                columns.iter().filter(|c| !used(c) && names.contains(&c.normal.as_str())).collect();
            found.sort_by_key(|c| names.iter().position(|name| *name == c.normal));
            found.into_iter().map(|c| c.key.to_owned()).collect()
        };
        let is_instruction = matches!(question.normal.as_str(), "instruction");
        Some(Self {
            question: question.key.to_owned(),
            answer: answer.map(|c| c.key.to_owned()),
            more: is_instruction.then(|| first(&["input"])).flatten(),
            options: first(OPTIONS),
            title: first(&["title"]),
            tags: all(TAGS),
            aliases: all(ALIASES),
            id: first(ID),
            url: first(URL),
            written_in: first(WRITTEN_IN),
            weak,
        })
    }

    /// Whether a key is one that holds questions.
    pub(super) fn asks(key: &str) -> bool {
        let key = normal(key);
        QUESTION.contains(&key.as_str()) || key == "front"
    }

    /// Whether a key is one that holds answers.
    pub(super) fn answers(key: &str) -> bool {
        ANSWER.contains(&normal(key).as_str())
    }

    /// Whether a key is one that holds several texts.
    pub(super) fn lists(key: &str) -> bool {
        let key = normal(key);
        [TAGS, ALIASES].iter().any(|names| names.contains(&key.as_str()))
    }

    /// Whether a key is known as one that holds questions or answers.
    pub(super) fn knows(key: &str) -> bool {
        let key = normal(key);
        [QUESTION, TITLE, ANSWER].iter().any(|names| names.contains(&key.as_str()))
    }

    /// Whether only a title and a text were found, which may as well be something else.
    pub(super) fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether a record's field is needed for its entry.
    pub(super) fn wants(&self, key: &str) -> bool {
        key == self.question
            || self.single().any(|name| name == key)
            || self.tags.iter().chain(&self.aliases).any(|name| name == key)
    }

    fn single(&self) -> impl Iterator<Item = &str> {
        let Self { answer, more, options, title, id, url, written_in, .. } = self;
        let keys = [answer, more, options, title, id, url, written_in];
        keys.into_iter().filter_map(Option::as_deref)
    }

    /// Whether only question, answer and id are wanted.
    pub(super) fn are_plain(&self) -> bool {
        let Self { more, options, title, url, written_in, .. } = self;
        let single = [more, options, title, url, written_in];
        self.tags.is_empty() && self.aliases.is_empty() && single.iter().all(|key| key.is_none())
    }

    /// The place in `draft` of the text under a plain key.
    pub(super) fn slot<'d, 't>(
        &self,
        key: &str,
        draft: &'d mut Draft<'t>,
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
    pub(super) fn finish_plain(draft: &mut Draft<'_>) -> bool {
        draft.question = as_plain(std::mem::take(&mut draft.question));
        draft.answer = as_markdown(std::mem::take(&mut draft.answer));
        if draft.id.trim().is_empty() {
            draft.id = Cow::Borrowed("");
        }
        !draft.question.trim().is_empty()
    }

    /// The entry that a record holds; `None` without a question. The line is not known here.
    pub(super) fn draft<'t>(&self, record: &mut Map<'t>) -> Option<Draft<'t>> {
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
            Some(Node::Number(n)) => self.option(record, n).into(),
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
            Node::Number(n) => n.to_string().into(),
            node => first_and_others(node).map(|(id, _)| id).unwrap_or_default(),
        });
        let url = taken(record, self.url.as_ref()).and_then(|node| match node {
            Node::Text(url) if url.contains("://") => Some(url.into_owned()),
            _ => None,
        });
        let id = id.unwrap_or_default();
        Some(Draft { id, question, answer, tags, aliases, url, line: 0 })
    }

    /// The `n`-th of the possible answers, or the number itself.
    fn option(&self, record: &Map<'_>, n: f64) -> String {
        let options = self.options.as_ref().and_then(|key| get(record, key));
        match options {
            Some(Node::List(items)) if n >= 0.0 && n.fract() == 0.0 => {
                items.get(n as usize).map(|item| texts(item).join(" ")).unwrap_or_default()
            }
            _ => n.to_string(),
        }
    }
}

impl Column<'_> {
    fn is_called(&self, key: &str) -> bool {
        self.key == key || self.key.eq_ignore_ascii_case(key)
    }
}

fn columns<'a>(records: &[&'a Map<'_>]) -> Vec<Column<'a>> {
    let mut columns: Vec<Column<'a>> = Vec::new();
    for record in records {
        for (key, value) in *record {
            let at = columns.iter().position(|c| c.key == key).unwrap_or_else(|| {
                let normal = normal(key);
                columns.push(Column {
                    key,
                    normal,
                    filled: 0.0,
                    plain: 0.0,
                    asks: 0.0,
                    length: 0.0,
                });
                columns.len() - 1
            });
            let column = &mut columns[at];
            let text = texts(value);
            if let Some(first) = text.first() {
                column.filled += 1.0;
                column.plain += f32::from(u8::from(is_plain(value)));
                column.asks += question_likeness(first);
                column.length += text.iter().map(|t| t.len()).sum::<usize>() as f32;
            } else if matches!(value, Node::Number(_)) && ANSWER.contains(&column.normal.as_str()) {
                column.filled += 1.0;
            }
        }
    }
    for column in &mut columns {
        let filled = column.filled.max(1.0);
        column.asks /= filled;
        column.length /= filled;
        column.filled /= records.len().max(1) as f32;
        column.plain /= records.len().max(1) as f32;
    }
    columns
}

fn is_plain(node: &Node<'_>) -> bool {
    match node {
        Node::Text(_) => true,
        Node::List(items) => items.iter().all(|item| item.as_text().is_some()),
        _ => false,
    }
}

/// The column whose name comes first in `names`; of two spellings the fuller one.
fn best<'c, 'a>(
    columns: &'c [Column<'a>],
    names: &[&str],
    allowed: impl Fn(&Column<'a>) -> bool,
) -> Option<&'c Column<'a>> {
    let rank = |c: &Column<'_>| names.iter().position(|name| *name == c.normal);
    columns
        .iter()
        .filter(|c| c.filled > 0.0 && rank(c).is_some() && allowed(c))
        .min_by(|a, b| rank(a).cmp(&rank(b)).then(b.filled.total_cmp(&a.filled)))
}

type Pair<'c, 'a> = (&'c Column<'a>, Option<&'c Column<'a>>);

/// Without a key called "question": a title with an answer beside it, or a key whose texts ask.
fn weaker<'c, 'a>(
    columns: &'c [Column<'a>],
    answer_for: &dyn Fn(&Column<'_>) -> Option<&'c Column<'a>>,
) -> Option<Pair<'c, 'a>> {
    let title = best(columns, TITLE, |c| c.plain >= 0.5);
    if let Some((title, answer)) = title.and_then(|t| Some((t, answer_for(t)?)))
        && title.length > 2.0
        && answer.length > 2.0
        && answer.filled >= 0.5
    {
        return Some((title, Some(answer)));
    }
    let asking = columns.iter().filter(|c| c.plain >= 0.5 && c.asks >= 0.5);
    let question = asking.max_by(|a, b| a.asks.total_cmp(&b.asks))?;
    let other = columns.iter().filter(|c| c.key != question.key && c.asks < 0.5 && c.length > 3.0);
    let longest = other.max_by(|a, b| a.length.total_cmp(&b.length));
    Some((question, answer_for(question).or(longest)))
}

fn take<'a>(record: &mut Map<'a>, key: &str) -> Option<Node<'a>> {
    let (_, value) = record.iter_mut().find(|(name, _)| name == key)?;
    Some(std::mem::replace(value, Node::Null))
}

fn taken<'a>(record: &mut Map<'a>, key: Option<&String>) -> Option<Node<'a>> {
    take(record, key?)
}

/// The texts of a value: itself, those of its items, or of the field that says what it is.
pub(super) fn texts<'n>(node: &'n Node<'_>) -> Vec<Cow<'n, str>> {
    match node {
        Node::Text(text) if text.trim().is_empty() => Vec::new(),
        Node::Text(text) => vec![Cow::Borrowed(text.as_ref())],
        Node::List(items) => {
            // A list of the same numbers over and over is data.
            items.iter().take(1000).flat_map(texts).collect()
        }
        Node::Map(map) => {
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
        Node::Null | Node::Bool(_) | Node::Number(_) => Vec::new(),
    }
}

/// The same as [`texts`], the first apart: mostly it is the only one and need not be copied.
fn first_and_others(node: Node<'_>) -> Option<(Cow<'_, str>, Vec<String>)> {
    if let Node::Text(text) = node {
        return (!text.trim().is_empty()).then(|| (text, Vec::new()));
    }
    let mut texts = texts(&node).into_iter().map(Cow::into_owned);
    let first = texts.next()?;
    Some((Cow::Owned(first), texts.collect()))
}

/// An answer as Markdown: paragraphs, or a list where there are several short ones.
fn answer_text(node: Node<'_>, is_markdown: bool) -> Cow<'_, str> {
    fn read(text: Cow<'_, str>, is_markdown: bool) -> Cow<'_, str> {
        if is_markdown { text } else { as_markdown(text) }
    }
    if let Node::Text(text) = node {
        return read(text, is_markdown);
    }
    if let Node::Bool(value) = node {
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
fn tag_list(node: &Node<'_>) -> Vec<String> {
    let is_list = matches!(node, Node::List(_));
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
