//! Which key of a record holds the question and which the answer, by name and by content.
//!
//! Serves every format whose records have named fields: JSON, JSON Lines, YAML, TOML, XML, tables,
//! the literals of modules.

mod column;
mod mistaken;
mod names;
mod options;
mod quiz;
mod record;
mod texts;

use super::options::Options;
use super::value::{Map, get};
use column::{Column, all, best, by_content, columns};
pub(crate) use mistaken::{did_you_mean, missing, misspelt};
use names::{ALIASES, ANSWER, EXPLANATION, ID, OPTIONS, QUESTION, TAGS, TITLE, URL, WRITTEN_IN};
pub(crate) use names::{is_language, words};
use quiz::QuizKeys;
pub(crate) use record::tag_list;
pub(crate) use texts::{separated, texts};

/// The role that a word in a field name suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldRole {
    Question,
    Answer,
    /// May be a question.
    Title,
    /// May be an answer.
    Text,
}

/// The role that a single word suggests.
pub(crate) fn role(word: &str) -> Option<FieldRole> {
    // Later names in each list have too many other meanings.
    let is_before = |names: &[&str], last: &str| {
        let end = names.iter().position(|name| *name == last).unwrap_or(names.len());
        names[..end].contains(&word)
    };
    if is_before(QUESTION, "patterns") {
        Some(FieldRole::Question)
    } else if is_before(ANSWER, "correctanswer") {
        Some(FieldRole::Answer)
    } else if matches!(word, "title" | "heading" | "header" | "name" | "label" | "summary") {
        Some(FieldRole::Title)
    } else {
        ANSWER.contains(&word).then_some(FieldRole::Text)
    }
}

/// How many records are read to find out what quiz keys mean.
const SAMPLE: usize = 10_000;

/// Where the fields of a group of records are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Keys {
    question: String,
    answer: Option<String>,
    /// Text appended to the question (the `input` of an instruction).
    more: Option<String>,
    /// A short title beside the question: an alias.
    title: Option<String>,
    tags: Vec<String>,
    aliases: Vec<String>,
    /// Text below the answer.
    explanations: Vec<String>,
    /// Text below the answer, prefixed by the name of its key.
    labelled: Vec<String>,
    id: Option<String>,
    url: Option<String>,
    /// The key that names the text format.
    written_in: Option<String>,
    quiz: Option<QuizKeys>,
    weak: bool,
    /// The share of questions that ask.
    asks: f32,
}

impl Keys {
    /// Finds the keys of records of one kind; `None` when they hold no questions.
    pub(crate) fn choose(records: &[&Map<'_>], options: &Options) -> Option<Self> {
        let columns = columns(records);
        let quiz = match options.answer_key {
            Some(_) => None,
            None => QuizKeys::choose(&records[..records.len().min(SAMPLE)], &columns),
        };
        let mut chooser = Chooser { columns: &columns, options, quiz };
        let question = match options.question_key.as_deref() {
            Some(key) => Some(columns.iter().find(|c| c.is_called(key))?),
            None => chooser.question(),
        };
        if let Some(question) = question {
            let answer = chooser.answer(question);
            return Some(chooser.keys(question, answer));
        }
        chooser.quiz = None;
        let answer_for = |question: &Column<'_>| chooser.answer(question);
        let (question, answer) =
            languages(&columns).or_else(|| by_content(&columns, &answer_for))?;
        Some(Self { weak: true, ..chooser.keys(question, answer) })
    }

    /// Whether a key is one that holds questions.
    pub(crate) fn asks(key: &str) -> bool {
        let key = names::normal(key);
        QUESTION.contains(&key.as_str()) || key == "front"
    }

    /// Whether a key is one that holds questions if another one holds the answers.
    pub(crate) fn titles(key: &str) -> bool {
        TITLE.contains(&names::normal(key).as_str())
    }

    /// Whether a key is one that holds answers.
    pub(crate) fn answers(key: &str) -> bool {
        ANSWER.contains(&names::normal(key).as_str())
    }

    /// Whether a key is one that holds the options of a quiz.
    pub(crate) fn offers(key: &str) -> bool {
        OPTIONS.contains(&names::normal(key).as_str())
    }

    /// Whether a key is one that holds several texts.
    pub(crate) fn lists(key: &str) -> bool {
        let key = names::normal(key);
        [TAGS, ALIASES].iter().any(|names| names.contains(&key.as_str()))
    }

    /// Whether a key is known as one that holds questions or answers.
    pub(crate) fn knows(key: &str) -> bool {
        let normal = names::normal(key);
        [QUESTION, TITLE, ANSWER].iter().any(|names| names.contains(&normal.as_str()))
    }

    /// Whether only a title and a text were found, which may be something other than a question and
    /// its answer.
    pub(crate) fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether the questions really ask, independent of the key's name.
    pub(crate) fn questions_ask(&self) -> bool {
        self.asks >= 0.5 && self.answer.is_some()
    }

    /// Whether the records define words: a glossary.
    pub(crate) fn define(&self) -> bool {
        let is = |key: &str, names: &[&str]| names.contains(&names::normal(key).as_str());
        is(&self.question, &["term", "word", "phrase", "front", "concept"])
            && self.answer.as_deref().is_some_and(|answer| {
                is(answer, &["definition", "meaning", "translation", "back", "description"])
            })
    }

    /// Appends all other texts to the answer with the names of their keys: the remaining columns of
    /// a glossary. Numbers, row names and ownership are left out.
    pub(crate) fn append_other_texts(&mut self, records: &[&Map<'_>]) {
        let is_number = |key: &str| {
            let mut values = records.iter().filter_map(|record| get(record, key)?.as_text());
            values.all(|text| text.trim().parse::<f64>().is_ok() || text.trim().is_empty())
        };
        let is_text = |column: &Column<'_>| {
            column.plain >= 0.5
                && column.filled >= 0.2
                && (1.0..400.0).contains(&column.length)
                && ![ID, URL, WRITTEN_IN].iter().any(|names| names.contains(&&*column.normal))
        };
        let rest = columns(records);
        let rest = rest.iter().filter(|c| is_text(c) && !self.wants(c.key) && !is_number(c.key));
        self.labelled = rest.map(|column| column.key.to_owned()).collect();
    }

    /// Whether a record's field is needed for its entry.
    pub(crate) fn wants(&self, key: &str) -> bool {
        let mut lists =
            self.tags.iter().chain(&self.aliases).chain(&self.explanations).chain(&self.labelled);
        key == self.question
            || self.single().any(|name| name == key)
            || lists.any(|name| name == key)
            || self.quiz.as_ref().is_some_and(|quiz| quiz.names().any(|name| name == key))
    }

    fn single(&self) -> impl Iterator<Item = &str> {
        let Self { answer, more, title, id, url, written_in, .. } = self;
        let keys = [answer, more, title, id, url, written_in];
        keys.into_iter().filter_map(Option::as_deref)
    }
}

/// Chooses among the columns of a group of records.
struct Chooser<'c, 'a> {
    columns: &'c [Column<'a>],
    options: &'c Options,
    quiz: Option<QuizKeys>,
}

impl<'c, 'a> Chooser<'c, 'a> {
    fn is_of_quiz(&self, column: &Column<'_>) -> bool {
        self.quiz.as_ref().is_some_and(|quiz| quiz.names().any(|name| name == column.key))
    }

    /// The column named like a question.
    fn question(&self) -> Option<&'c Column<'a>> {
        let requested = self.options.answer_key.as_deref();
        let allowed =
            |c: &Column<'_>| Some(c.key) != requested && c.plain >= 0.3 && !self.is_of_quiz(c);
        let titled = || best(self.columns, TITLE, allowed).filter(|_| self.quiz.is_some());
        best(self.columns, QUESTION, allowed).or_else(titled).or_else(|| self.asking(allowed))
    }

    /// In a quiz, the column whose texts ask, independent of its name.
    fn asking(&self, allowed: impl Fn(&Column<'a>) -> bool) -> Option<&'c Column<'a>> {
        self.quiz.as_ref()?;
        let asking = self.columns.iter().filter(|c| allowed(c) && c.asks >= 0.5);
        asking.max_by(|a, b| (a.asks + a.length / 1000.0).total_cmp(&(b.asks + b.length / 1000.0)))
    }

    /// The column named like an answer.
    fn answer(&self, question: &Column<'_>) -> Option<&'c Column<'a>> {
        if let Some(key) = self.options.answer_key.as_deref() {
            return self.columns.iter().find(|c| c.is_called(key));
        }
        best(self.columns, ANSWER, |c| {
            let explains = self.quiz.is_some() && EXPLANATION.contains(&c.normal.as_str());
            c.key != question.key && !explains
        })
    }

    /// All keys, given the columns of question and answer.
    fn keys(&self, question: &Column<'_>, answer: Option<&Column<'_>>) -> Keys {
        let free = |c: &Column<'_>| {
            let is_answer = answer.is_some_and(|answer| answer.key == c.key);
            c.key != question.key && !is_answer && !self.is_of_quiz(c)
        };
        let first = |names: &[&str]| best(self.columns, names, free).map(|c| c.key.to_owned());
        let every = |names: &[&str]| -> Vec<String> {
            all(self.columns, names, free).into_iter().map(str::to_owned).collect()
        };
        Keys {
            question: question.key.to_owned(),
            answer: answer.map(|c| c.key.to_owned()),
            more: (question.normal == "instruction").then(|| first(&["input"])).flatten(),
            title: first(&["title"]),
            tags: every(TAGS),
            aliases: every(ALIASES),
            explanations: every(EXPLANATION),
            labelled: Vec::new(),
            id: first(ID),
            url: first(URL),
            written_in: first(WRITTEN_IN),
            quiz: self.quiz.clone(),
            weak: false,
            asks: question.asks,
        }
    }
}

/// Two columns named after languages: a word and its translation.
fn languages<'c, 'a>(columns: &'c [Column<'a>]) -> Option<column::Pair<'c, 'a>> {
    let named: Vec<_> = columns.iter().filter(|c| c.plain >= 0.5 && is_language(c.key)).collect();
    // `id` is a language code, but mostly means something else.
    let others: Vec<_> = named.iter().filter(|c| c.normal != "id").copied().collect();
    let called = |name| columns.iter().find(|c| c.plain >= 0.5 && c.normal == name);
    match (others.as_slice(), named.as_slice()) {
        ([one, two, ..], _) | (_, [one, two, ..]) => Some((*one, Some(*two))),
        _ => Some((called("source")?, Some(called("target")?))),
    }
}
