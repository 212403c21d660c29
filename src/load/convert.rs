//! Writes entries in other formats. Loading the output gives the same entries, as far as the format
//! can hold them.

use super::lead::split_lead;
use crate::collection::TextFormat;
use crate::collection::{Collection, Entry};
use crate::markup::source::{in_markdown, is_inert, read_answer, read_question};
use serde::Serialize;
use serde_json::json;
use std::borrow::Cow;
use std::io::{self, Write};

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The native format.
    Json,
    /// One JSON record per line.
    Jsonl,
    /// A table with a header; tags and other wordings are JSON lists in their cells.
    Csv,
    /// Headings with their answers and tags. Ids, addresses and other wordings are dropped.
    Markdown,
    /// schema.org's `FAQPage` as JSON-LD.
    Faqpage,
}

impl Target {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Faqpage];

    /// The value of `--to`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Faqpage => "faqpage",
        }
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    /// The error lists the valid names.
    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|target| target.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no format to write is called {name:?}; there are {names}")
        })
    }
}

/// Writes a collection; fails only where `out` does.
pub fn write(collection: &Collection, target: Target, out: &mut impl Write) -> io::Result<()> {
    match target {
        Target::Json => {
            serde_json::to_writer_pretty(&mut *out, &Native::new(collection))?;
            writeln!(out)
        }
        Target::Jsonl => collection.entries.iter().try_for_each(|entry| {
            serde_json::to_writer(&mut *out, &Record { entry, format: written_in(entry) })?;
            writeln!(out)
        }),
        Target::Csv => csv(collection, out),
        Target::Markdown => markdown(collection, out),
        Target::Faqpage => {
            serde_json::to_writer_pretty(&mut *out, &faqpage(collection))?;
            writeln!(out)
        }
    }
}

fn csv(collection: &Collection, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["id", "question", "answer", "tags", "aliases", "url", "format"])?;
    for entry in &collection.entries {
        let url = entry.url.as_deref().unwrap_or_default();
        let (tags, aliases) = (cell(&entry.tags)?, cell(&entry.aliases)?);
        let format = written_in(entry).unwrap_or_default();
        let cells = [&entry.id, &entry.question, &entry.answer, &tags, &aliases, url, format];
        table.write_record(cells)?;
    }
    table.flush()
}

/// A collection in the native format.
#[derive(Serialize)]
struct Native<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    entries: Vec<Record<'a>>,
}

impl<'a> Native<'a> {
    fn new(collection: &'a Collection) -> Self {
        let record = |entry| Record { entry, format: written_in(entry) };
        Self {
            title: &collection.title,
            note: collection.note.as_deref(),
            entries: collection.entries.iter().map(record).collect(),
        }
    }
}

/// An entry with its format, where a reader could not detect it.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
}

/// The name of an entry's format where a reader would detect another one: the answer would be read
/// differently, or plain text looks like HTML or Markdown.
fn written_in(entry: &Entry) -> Option<&'static str> {
    let name = match entry.format {
        TextFormat::Plain => "plain",
        TextFormat::Markdown => "markdown",
    };
    let same_answer =
        read_answer(Cow::Borrowed(&entry.answer)) == (entry.answer.as_str().into(), entry.format);
    let same_question = read_question(Cow::Borrowed(&entry.question)) == entry.question;
    let is_clear = match entry.format {
        TextFormat::Plain => false,
        TextFormat::Markdown => same_answer || is_inert(&entry.answer),
    };
    (!is_clear || !same_question).then_some(name)
}

fn cell(list: &[String]) -> io::Result<String> {
    if list.is_empty() { Ok(String::new()) } else { Ok(serde_json::to_string(list)?) }
}

/// Sections for tags would lose their order; every entry carries its own line of tags instead.
fn markdown(collection: &Collection, out: &mut impl Write) -> io::Result<()> {
    if !collection.title.is_empty() {
        writeln!(out, "# {}\n", escaped(&collection.title))?;
    }
    for entry in &collection.entries {
        writeln!(out, "## {}\n", escaped(&entry.question))?;
        if !entry.answer.is_empty() {
            let answer = in_markdown(&entry.answer, entry.format);
            writeln!(out, "{}\n", without_marks(&below_heading(&answer)))?;
        }
        if !entry.tags.is_empty() {
            writeln!(out, "Tags: {}\n", entry.tags.join(", "))?;
        }
    }
    Ok(())
}

/// A title on one line, with what would be markup, or a number, escaped.
fn escaped(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let (_, bare) = split_lead(title);
    let mut leads = bare.len() < title.len();
    for c in title.chars() {
        match c {
            c if leads && c.is_ascii_punctuation() => {
                out.extend(['\\', c]);
                leads = false;
            }
            '\n' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '~' | '{' | '&' => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

/// The answer with its headings lowered below the question's level.
fn below_heading(answer: &str) -> Cow<'_, str> {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && (rest.starts_with(' ') || rest.len() + 1 < line.len())
    };
    if !answer.lines().any(is_heading) {
        return Cow::Borrowed(answer);
    }
    let mut fence = false;
    let lines = answer.lines().map(|line| {
        fence ^= line.trim_start().starts_with("```");
        let level = line.len() - line.trim_start_matches('#').len();
        if !fence && is_heading(line) && level < 3 {
            format!("{}{line}", "#".repeat(3 - level))
        } else {
            line.to_owned()
        }
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// The answer with a leading `Q:` and the like escaped: a reader of the file would take it for the
/// next question.
fn without_marks(answer: &str) -> Cow<'_, str> {
    const SIGNS: [char; 8] = [':', '：', '.', ')', '）', '、', '】', ']'];
    let is_marked = |line: &str| split_lead(line.trim_start_matches(['*', '_', ' '])).0.marked;
    if !answer.lines().any(is_marked) {
        return Cow::Borrowed(answer);
    }
    let mut fence = false;
    let lines = answer.lines().map(|line| {
        fence ^= line.trim_start().starts_with("```");
        match line.find(SIGNS) {
            Some(at) if !fence && is_marked(line) => {
                let (before, rest) = line.split_at(at);
                let sign = rest.chars().next().unwrap_or_default();
                if sign.is_ascii() {
                    format!("{before}\\{rest}")
                } else {
                    format!("{before}&#{};{}", u32::from(sign), &rest[sign.len_utf8()..])
                }
            }
            _ => line.to_owned(),
        }
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

fn faqpage(collection: &Collection) -> serde_json::Value {
    let questions = collection.entries.iter().map(|entry| {
        let mut question = json!({
            "@type": "Question",
            "name": entry.question,
            "acceptedAnswer": {"@type": "Answer", "text": entry.answer},
        });
        if let Some(url) = &entry.url {
            question["url"] = json!(url);
        }
        if let Some(format) = written_in(entry) {
            question["encodingFormat"] = json!(format!("text/{format}"));
        }
        if !entry.id.is_empty() {
            question["identifier"] = json!(entry.id);
        }
        for (name, list) in [("keywords", &entry.tags), ("alternateName", &entry.aliases)] {
            if !list.is_empty() {
                question[name] = json!(list);
            }
        }
        question
    });
    json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": collection.title,
        "mainEntity": questions.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::output::trimmed_lines;
    use crate::load::{Source, collect};
    use crate::markup::source::replace_raw_html;
    use proptest::prelude::*;

    /// Text as people write it, including what parsers stumble over.
    fn prose() -> impl Strategy<Value = String> {
        prop_oneof![
            20 => "[A-Za-zé漢я\"',;:|\\\\#*_\\[\\]{}&()<>!-]{1,12}( [A-Za-z0-9é\"',;|#*_&<>-]{1,9}){0,6}",
            1 => "[a-z]{1,6} <br> [a-z]{1,6}",
            1 => "<b>[a-z]{1,6}</b> [a-z]{1,6}",
        ]
    }

    /// An answer as loading leaves it.
    fn as_loaded((parts, is_plain): (Vec<String>, bool)) -> (String, TextFormat) {
        let text = parts.join("\n\n");
        let plain = is_plain && !is_inert(&text);
        if plain {
            (text, TextFormat::Plain)
        } else {
            let text = trimmed_lines(replace_raw_html(text.into()));
            (text.into_owned(), TextFormat::Markdown)
        }
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let question = prose().prop_map(|text| format!("What is {text}?"));
        let answer = (proptest::collection::vec(prose(), 1..4), any::<bool>()).prop_map(as_loaded);
        let list = || proptest::collection::vec("[a-zé][a-z0-9é ,\"-]{0,8}[a-z]", 0..3);
        (
            question,
            answer,
            list(),
            list(),
            "[a-z]{0,5}",
            proptest::option::of("https://[a-z]{1,5}\\.org/[a-z]{0,4}"),
        )
            .prop_map(|(question, (answer, format), tags, aliases, id, url)| {
                let mut seen = std::collections::HashSet::new();
                let tags = tags.into_iter().filter(|tag| seen.insert(tag.clone())).collect();
                Entry { id, question, answer, format, tags, aliases, url, ..Entry::default() }
            })
    }

    const LOSSLESS: [(Target, &str); 4] = [
        (Target::Json, ".json"),
        (Target::Jsonl, ".jsonl"),
        (Target::Csv, ".csv"),
        (Target::Faqpage, ".json"),
    ];

    fn again(collection: &Collection, target: Target, ending: &str) -> Vec<Entry> {
        let file = tempfile::Builder::new().suffix(ending).tempfile().unwrap();
        write(collection, target, &mut file.as_file()).unwrap();
        let (loaded, problems) = collect(&[Source::Path(file.path().into())]).unwrap();
        assert_eq!(problems, []);
        let bare = |entry| Entry { place: crate::collection::Place::default(), ..entry };
        loaded.entries.into_iter().map(bare).collect()
    }

    #[test]
    fn what_looks_like_html_is_kept() {
        let entry = Entry {
            question: "What does <br> do, and &lt;?".into(),
            answer: "`x` aside, \\<b>this\\</b> &amp; that.".into(),
            ..Entry::default()
        };
        let entries = vec![entry.clone(), Entry { question: "Why?".into(), ..entry }];
        let collection = Collection { entries, ..Collection::default() };
        for (target, ending) in LOSSLESS {
            assert_eq!(again(&collection, target, ending), collection.entries, "{target:?}");
        }
    }

    #[test]
    fn markdown_keeps_questions_and_answers() {
        let entry = |question: &str, answer: &str| Entry {
            question: question.into(),
            answer: answer.into(),
            ..Entry::default()
        };
        let entries = vec![
            entry("What is *this* <b> & [that](x)?", "It is.\n\n```sh\n# so\n```"),
            entry("And `Vec<T>`?", "Yes."),
            entry("1. of all?", "Two."),
            entry("Q: who?", "A."),
        ];
        let collection = Collection { title: "T".into(), note: None, entries };
        assert_eq!(again(&collection, Target::Markdown, ".md"), collection.entries);
    }

    #[test]
    fn marks_in_answers_are_no_questions() {
        let answer = "Q: one?\n\n**Question 2**: two?\n\n問題：三？\n\n```\nQ: code\n```";
        let entries = vec![Entry {
            question: "How?".into(),
            answer: answer.into(),
            format: TextFormat::Markdown,
            ..Entry::default()
        }];
        let collection = Collection { title: "T".into(), note: None, entries };
        let found = again(&collection, Target::Markdown, ".md");
        let escaped =
            "Q\\: one?\n\n**Question 2**\\: two?\n\n問題&#65306;三？\n\n```\nQ: code\n```";
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].question.as_str(), found[0].answer.as_str()), ("How?", escaped));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn loading_gives_back_what_was_written(entries in proptest::collection::vec(entry(), 2..12)) {
            let collection = Collection { title: "T".into(), note: None, entries };
            for (target, ending) in LOSSLESS {
                prop_assert_eq!(&again(&collection, target, ending), &collection.entries, "{:?}", target);
            }
        }
    }
}
