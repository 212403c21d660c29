//! Entries written in other formats, so that loading them again gives the same entries where the
//! format can hold them.

use super::lead::split_lead;
use crate::collection::{Collection, Entry};
use crate::markup::source::{as_markdown, as_plain};
use serde::Serialize;
use serde_json::json;
use std::borrow::Cow;
use std::io::{self, Write};

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The native format.
    Json,
    /// One JSON record a line.
    Jsonl,
    /// A table with a header; tags and other wordings are JSON lists in their cells.
    Csv,
    /// Headings with their answers and tags. Ids, addresses and other wordings stay behind.
    Markdown,
    /// schema.org's `FAQPage` as JSON-LD.
    Faqpage,
}

impl Target {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Faqpage];

    /// What `--to` calls it.
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

    /// The error lists the names there are.
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
            serde_json::to_writer_pretty(&mut *out, collection)?;
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

/// An entry as others may read it too, who take what looks like HTML for HTML.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
}

/// What the texts of an entry are written in, where it has to be said: they look like HTML.
fn written_in(entry: &Entry) -> Option<&'static str> {
    let plain = as_plain(Cow::Borrowed(&entry.question)) == entry.question
        && as_markdown(Cow::Borrowed(&entry.answer)) == entry.answer;
    (!plain).then_some("markdown")
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
            writeln!(out, "{}\n", below_heading(entry))?;
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

/// The answer with its headings moved below the question's level.
fn below_heading(entry: &Entry) -> Cow<'_, str> {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && (rest.starts_with(' ') || rest.len() + 1 < line.len())
    };
    if !entry.answer.lines().any(is_heading) {
        return Cow::Borrowed(&entry.answer);
    }
    let mut fence = false;
    let lines = entry.answer.lines().map(|line| {
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
        if written_in(entry).is_some() {
            question["encodingFormat"] = json!("text/markdown");
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
    use crate::load::{Source, collect};
    use proptest::prelude::*;

    /// Texts as people write them, with what trips parsers.
    fn prose() -> impl Strategy<Value = String> {
        prop_oneof![
            20 => "[A-Za-zé漢я\"',;:|\\\\#*_\\[\\]{}&()<>!-]{1,12}( [A-Za-z0-9é\"',;|#*_&<>-]{1,9}){0,6}",
            1 => "[a-z]{1,6} <br> [a-z]{1,6}",
            1 => "<b>[a-z]{1,6}</b> [a-z]{1,6}",
        ]
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let question = prose().prop_map(|text| format!("What is {text}?"));
        let answer = proptest::collection::vec(prose(), 1..4).prop_map(|parts| parts.join("\n\n"));
        let list = || proptest::collection::vec("[a-zé][a-z0-9é ,\"-]{0,8}[a-z]", 0..3);
        (
            question,
            answer,
            list(),
            list(),
            "[a-z]{0,5}",
            proptest::option::of("https://[a-z]{1,5}\\.org/[a-z]{0,4}"),
        )
            .prop_map(|(question, answer, tags, aliases, id, url)| {
                let mut seen = std::collections::HashSet::new();
                let tags = tags.into_iter().filter(|tag| seen.insert(tag.clone())).collect();
                Entry { id, question, answer, tags, aliases, url, ..Entry::default() }
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
            answer: "`x` aside, <b>this</b> &amp; that.".into(),
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
