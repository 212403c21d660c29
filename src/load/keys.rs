//! Which key of a record holds the question, which the answer: told by name and by content.
//!
//! Serves every format whose records have named fields: JSON, JSON Lines, YAML, tables.

mod record;

use super::options::Options;
use super::question_detect::question_likeness;
use super::value::{Map, Value};
pub(crate) use record::texts;

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
pub(crate) struct Keys {
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
    pub(crate) fn choose(records: &[&Map<'_>], options: &Options) -> Option<Self> {
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
    pub(crate) fn asks(key: &str) -> bool {
        let key = normal(key);
        QUESTION.contains(&key.as_str()) || key == "front"
    }

    /// Whether a key is one that holds answers.
    pub(crate) fn answers(key: &str) -> bool {
        ANSWER.contains(&normal(key).as_str())
    }

    /// Whether a key is one that holds several texts.
    pub(crate) fn lists(key: &str) -> bool {
        let key = normal(key);
        [TAGS, ALIASES].iter().any(|names| names.contains(&key.as_str()))
    }

    /// Whether a key is known as one that holds questions or answers.
    pub(crate) fn knows(key: &str) -> bool {
        let key = normal(key);
        [QUESTION, TITLE, ANSWER].iter().any(|names| names.contains(&key.as_str()))
    }

    /// Whether only a title and a text were found, which may as well be something else.
    pub(crate) fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether a record's field is needed for its entry.
    pub(crate) fn wants(&self, key: &str) -> bool {
        key == self.question
            || self.single().any(|name| name == key)
            || self.tags.iter().chain(&self.aliases).any(|name| name == key)
    }

    fn single(&self) -> impl Iterator<Item = &str> {
        let Self { answer, more, options, title, id, url, written_in, .. } = self;
        let keys = [answer, more, options, title, id, url, written_in];
        keys.into_iter().filter_map(Option::as_deref)
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
            } else if matches!(value, Value::Scalar(_)) && ANSWER.contains(&column.normal.as_str())
            {
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

fn is_plain(node: &Value<'_>) -> bool {
    match node {
        Value::Text(_) => true,
        Value::List(items) => items.iter().all(|item| item.as_text().is_some()),
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
