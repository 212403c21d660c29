//! Prints entries: `--print`, `--json`, `--print0`.

use crate::collection::{Entry, only_code};
use crate::search::Field;
use crate::text::nearest;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};
use std::str::FromStr;

/// The parts of an entry to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Print {
    /// The question, in one line.
    Question,
    /// The answer.
    Answer,
    /// The command of a how-to, or the code blocks of the answer.
    Code,
    /// Its web address.
    Url,
    /// One JSON record.
    Json,
    /// The command of a how-to; else question and answer.
    Whole,
    /// Text with fields in braces.
    Format(Vec<FormatPart>),
}

/// A part of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatPart {
    /// Literal text.
    Text(String),
    /// The value of a field.
    Field(FieldName),
}

macro_rules! fields {
    ($($variant:ident $name:literal,)*) => {
        /// A field of a format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FieldName {
            $(#[doc = $name] $variant,)*
        }

        impl FieldName {
            /// All fields with their names.
            const ALL: &[(&'static str, FieldName)] = &[$(($name, FieldName::$variant),)*];
        }
    };
}

fields! {
    Question "question",
    Answer "answer",
    Code "code",
    Url "url",
    Id "id",
    Tags "tags",
    Source "source",
    Line "line",
    Score "score",
    Query "query",
}

/// The names that `--print` accepts besides formats.
pub const NAMES: [(&str, Print); 5] = [
    ("question", Print::Question),
    ("answer", Print::Answer),
    ("code", Print::Code),
    ("url", Print::Url),
    ("json", Print::Json),
];

impl FromStr for Print {
    type Err = String;

    /// Parses a name or a format such as `{question}\t{url}`: `\t` and `\n` are a tab and a line
    /// feed, `{{` and `}}` are braces.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, print)) = NAMES.into_iter().find(|(name, _)| *name == text) {
            return Ok(print);
        }
        if text.contains('{') {
            return parse_format(text).map(Self::Format);
        }
        let names = NAMES.map(|(name, _)| name);
        Err(format!("expected {}, or a format with fields such as {{question}}", names.join(", ")))
    }
}

fn parse_format(text: &str) -> Result<Vec<FormatPart>, String> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let (text, after) = match (c, after.chars().next()) {
            ('\\', Some('t')) => ('\t', &after[1..]),
            ('\\', Some('n')) => ('\n', &after[1..]),
            ('\\', Some('\\')) => ('\\', &after[1..]),
            ('{', Some('{')) | ('}', Some('}')) => (c, &after[1..]),
            ('{', _) => {
                let (name, after) = after.split_once('}').ok_or("a brace is not closed")?;
                let field = FieldName::ALL.iter().find(|(other, _)| *other == name);
                let (_, field) = field.ok_or_else(|| unknown_field(name))?;
                if !plain.is_empty() {
                    parts.push(FormatPart::Text(std::mem::take(&mut plain)));
                }
                parts.push(FormatPart::Field(*field));
                rest = after;
                continue;
            }
            _ => (c, after),
        };
        plain.push(text);
        rest = after;
    }
    if !plain.is_empty() {
        parts.push(FormatPart::Text(plain));
    }
    Ok(parts)
}

fn unknown_field(name: &str) -> String {
    let names = FieldName::ALL.iter().map(|(name, _)| *name);
    let hint = nearest(name, names.clone())
        .map_or(String::new(), |near| format!("; did you mean {{{near}}}?"));
    let all: Vec<&str> = names.collect();
    format!("unknown field {{{name}}}{hint} (fields: {})", all.join(", "))
}

/// An entry to print, and how it was found.
#[derive(Debug)]
pub(super) struct PrintedEntry<'a> {
    pub(super) entry: &'a Entry,
    pub(super) found: Option<MatchInfo>,
    pub(super) query: &'a str,
    /// Whether to print the query as well, since there are several.
    pub(super) is_labelled: bool,
}

/// How a hit was found.
#[derive(Debug)]
pub(super) struct MatchInfo {
    pub(super) score: f32,
    pub(super) field: Field,
    /// Whether it is a match, or only close.
    pub(super) is_match: bool,
    /// The matching ranges of the question, in bytes of UTF-8.
    pub(super) ranges: Vec<[usize; 2]>,
}

/// Prints records in one form.
#[derive(Debug, Clone)]
pub(super) struct Printer {
    pub(super) print: Print,
    pub(super) null: bool,
}

impl Printer {
    /// Prints a record and its terminator; returns false if the entry lacks the requested part.
    pub(super) fn write(
        &self,
        out: &mut impl Write,
        record: &PrintedEntry<'_>,
    ) -> io::Result<bool> {
        let text = match &self.print {
            Print::Question => Cow::Owned(self.in_one_record(&record.entry.question)),
            Print::Answer => Cow::Borrowed(record.entry.answer.trim_end()),
            Print::Code => code(&record.entry.answer),
            Print::Url => Cow::Borrowed(record.entry.url.as_deref().unwrap_or_default()),
            Print::Json => Cow::Owned(serde_json::to_string(&JsonRecord::of(record))?),
            Print::Whole => whole(record.entry),
            Print::Format(parts) => Cow::Owned(formatted(parts, record)),
        };
        if text.is_empty() {
            return Ok(false);
        }
        if self.print == Print::Question && record.is_labelled {
            write!(out, "{}\t", record.query)?;
        }
        out.write_all(text.as_bytes())?;
        out.write_all(self.end())?;
        Ok(true)
    }

    /// Prints the record of a query without hits, if records contain their query.
    pub(super) fn write_none(&self, out: &mut impl Write, query: &str) -> io::Result<()> {
        let text = match &self.print {
            Print::Question => format!("{query}\t"),
            Print::Json => serde_json::to_string(&NoHit { query, kind: "none" })?,
            Print::Format(parts) if parts.contains(&FormatPart::Field(FieldName::Query)) => {
                let text = |part: &FormatPart| match part {
                    FormatPart::Text(text) => text.clone(),
                    FormatPart::Field(FieldName::Query) => query.to_owned(),
                    FormatPart::Field(_) => String::new(),
                };
                parts.iter().map(text).collect()
            }
            Print::Answer | Print::Code | Print::Url | Print::Whole | Print::Format(_) => {
                return Ok(());
            }
        };
        out.write_all(text.as_bytes())?;
        out.write_all(self.end())
    }

    fn end(&self) -> &'static [u8] {
        if self.null { b"\0" } else { b"\n" }
    }

    /// Joins the lines of a question if a line ends a record.
    fn in_one_record(&self, question: &str) -> String {
        if self.null || !question.contains('\n') {
            return question.to_owned();
        }
        question.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn whole(entry: &Entry) -> Cow<'_, str> {
    match only_code(&entry.answer) {
        Some(code) => Cow::Borrowed(code),
        None if entry.answer.is_empty() => Cow::Borrowed(&entry.question),
        None => Cow::Owned(format!("{}\n\n{}", entry.question, entry.answer.trim_end())),
    }
}

/// The command of a how-to, or all code blocks of an answer.
fn code(answer: &str) -> Cow<'_, str> {
    if let Some(code) = only_code(answer) {
        return Cow::Borrowed(code);
    }
    let (mut code, mut inside) = (String::new(), false);
    for event in Parser::new(answer) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => inside = true,
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => code.push_str(&text),
            _ => {}
        }
    }
    code.truncate(code.trim_end().len());
    Cow::Owned(code)
}

fn formatted(parts: &[FormatPart], record: &PrintedEntry<'_>) -> String {
    let entry = record.entry;
    let value = |field: FieldName| match field {
        FieldName::Question => entry.question.clone(),
        FieldName::Answer => entry.answer.trim_end().to_owned(),
        FieldName::Code => code(&entry.answer).into_owned(),
        FieldName::Url => entry.url.clone().unwrap_or_default(),
        FieldName::Id => entry.id.clone(),
        FieldName::Tags => entry.tags.join(", "),
        FieldName::Source => entry.place.source.to_string(),
        FieldName::Line => entry.place.line.to_string(),
        FieldName::Score => record.found.as_ref().map_or(String::new(), |f| f.score.to_string()),
        FieldName::Query => record.query.to_owned(),
    };
    let text = |part: &FormatPart| match part {
        FormatPart::Text(text) => text.clone(),
        FormatPart::Field(field) => value(*field),
    };
    parts.iter().map(text).collect()
}

/// The JSON record of a query without hits.
#[derive(Serialize)]
struct NoHit<'a> {
    query: &'a str,
    kind: &'static str,
}

/// A JSON record.
#[derive(Serialize)]
struct JsonRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    id: &'a str,
    question: &'a str,
    answer: &'a str,
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    source: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matched: Option<&'static str>,
    /// `match` or `close`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranges: Option<&'a [[usize; 2]]>,
}

impl<'a> JsonRecord<'a> {
    fn of(record: &'a PrintedEntry<'a>) -> Self {
        let PrintedEntry { entry, found, query, is_labelled } = record;
        Self {
            query: is_labelled.then_some(query),
            id: &entry.id,
            question: &entry.question,
            answer: &entry.answer,
            tags: &entry.tags,
            url: entry.url.as_deref(),
            source: &entry.place.source,
            line: entry.place.line,
            score: found.as_ref().map(|found| found.score),
            matched: found.as_ref().map(|found| field_name(found.field)),
            kind: found.as_ref().map(|found| if found.is_match { "match" } else { "close" }),
            ranges: found.as_ref().map(|found| found.ranges.as_slice()),
        }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Question => "question",
        Field::Alias => "alias",
        Field::Tag => "tag",
        Field::Answer => "answer",
        Field::Meaning => "meaning",
        Field::Engine => "engine",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Place;

    fn printed(print: &str, answer: &str) -> String {
        let entry = Entry {
            question: "How\nso?".into(),
            answer: answer.into(),
            tags: vec!["a".into(), "b".into()],
            url: Some("https://example.org".into()),
            place: Place { source: "f.md".into(), line: 3 },
            ..Entry::default()
        };
        let record = PrintedEntry { entry: &entry, found: None, query: "how", is_labelled: false };
        let printer = Printer { print: print.parse().unwrap(), null: false };
        let mut out = Vec::new();
        printer.write(&mut out, &record).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_name_and_format_prints_its_part() {
        let answer = "So:\n\n```sh\nls\n```\n\nor\n\n```\npwd\n```\n";
        for (print, wanted) in [
            ("question", "How so?\n"),
            ("answer", "So:\n\n```sh\nls\n```\n\nor\n\n```\npwd\n```\n"),
            ("code", "ls\npwd\n"),
            ("url", "https://example.org\n"),
            ("{source}:{line}\\t{tags} {{x}\\\\", "f.md:3\ta, b {x}\\\n"),
            ("{query}: {question}", "how: How\nso?\n"),
        ] {
            assert_eq!(printed(print, answer), wanted, "{print}");
        }
        assert_eq!(printed("code", "No code."), "");
        assert_eq!(printed("code", "Lists.\n\n```sh\nls {{x}}\n```"), "ls {{x}}\n");
    }

    #[test]
    fn a_wrong_name_is_reported_with_the_nearest_right_one() {
        for (print, near) in [("{ansver}", "{answer}"), ("{id", "closed")] {
            let error = print.parse::<Print>().unwrap_err();
            assert!(error.contains(near), "{error}");
        }
    }
}
