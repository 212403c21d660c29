//! `Posts.xml` of a Stack Exchange dump: questions with the answer that was accepted, or else the
//! best voted one.

use crate::collection::{Entry, Place};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::places::Places;
use crate::load::xml_events::{XmlEvents, XmlStep};
use crate::markup::source::to_markdown;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) struct Posts;

impl Loader for Posts {
    fn name(&self) -> &'static str {
        "stackexchange"
    }

    fn about(&self) -> &'static str {
        "Posts.xml of a StackExchange data dump"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["posts.xml"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
        if peek.text.contains("PostTypeId=\"") && peek.text.contains("<row") { 95 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        let (questions, answers) = rows(doc.text, &mut found);
        let mut best: HashMap<&str, &PostRow> = HashMap::new();
        for answer in &answers {
            let other = best.entry(&answer.parent).or_insert(answer);
            if answer.score > other.score {
                *other = answer;
            }
        }
        let by_id: HashMap<&str, &PostRow> =
            answers.iter().map(|row| (row.id.as_str(), row)).collect();
        let entry = |question: &PostRow| {
            let accepted = by_id.get(question.accepted.as_str());
            let answer = accepted.or_else(|| best.get(question.id.as_str()));
            Entry {
                id: question.id.clone(),
                question: question.title.clone(),
                answer: answer.map(|row| to_markdown(&row.body)).unwrap_or_default(),
                tags: tags(&question.tags),
                place: Place { source: Arc::clone(doc.name), line: question.line },
                ..Entry::default()
            }
        };
        found.entries = questions.par_iter().map(entry).collect();
        found
    }
}

#[derive(Default)]
struct PostRow {
    id: String,
    kind: String,
    parent: String,
    accepted: String,
    title: String,
    body: String,
    tags: String,
    score: i64,
    line: u32,
}

/// The questions and the answers, as far as the file can be read.
fn rows(text: &str, found: &mut ParsedDocument) -> (Vec<PostRow>, Vec<PostRow>) {
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    let text = text.trim_start_matches('\u{feff}');
    let mut events = XmlEvents::new(text);
    let mut places = Places::new(text);
    loop {
        match events.next(Some("row")) {
            XmlStep::Event(start, Event::Empty(tag) | Event::Start(tag))
                if tag.name().as_ref() == "row" =>
            {
                let row = PostRow { line: places.of(start).0, ..row(&tag) };
                match row.kind.as_str() {
                    "1" => questions.push(row),
                    "2" => answers.push(row),
                    _ => {}
                }
            }
            XmlStep::Event(_, Event::Eof) => break,
            XmlStep::Event(..) | XmlStep::Skipped => {}
        }
    }
    found.problems = events.faults;
    (questions, answers)
}

fn row(tag: &BytesStart<'_>) -> PostRow {
    let mut row = PostRow::default();
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let raw = &attribute.value;
        let value =
            quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), Cow::into_owned);
        match attribute.key.as_ref() {
            "Id" => row.id = value,
            "PostTypeId" => row.kind = value,
            "ParentId" => row.parent = value,
            "AcceptedAnswerId" => row.accepted = value,
            "Title" => row.title = value,
            "Body" => row.body = value,
            "Tags" => row.tags = value,
            "Score" => row.score = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    row
}

/// `<one><two>`, or `|one|two|` in newer dumps.
fn tags(text: &str) -> Vec<String> {
    let tags = text.split(['<', '>', '|']).map(str::trim);
    tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn accepted_before_best_voted() {
        let text = "<?xml version=\"1.0\"?>\n<posts>\n\
            <row Id=\"1\" PostTypeId=\"1\" AcceptedAnswerId=\"3\" Title=\"How hot?\" Tags=\"&lt;tea&gt;&lt;pot&gt;\" />\n\
            <row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" Score=\"9\" Body=\"&lt;p&gt;No&lt;/p&gt;\" />\n\
            <row Id=\"3\" PostTypeId=\"2\" ParentId=\"1\" Score=\"1\" Body=\"&lt;p&gt;&lt;b&gt;Very&lt;/b&gt;&lt;/p&gt;\" />\n\
            <row Id=\"4\" PostTypeId=\"5\" Body=\"a tag\" />\n\
            <row Id=\"5\" PostTypeId=\"1\" Title=\"Why?\" />\n<row Id=\"6";
        let found = testing::read(&Posts, text);
        assert_eq!(found.entries.len(), 2);
        assert_eq!(found.entries[0].answer, "**Very**");
        assert_eq!(found.entries[0].tags, ["tea", "pot"]);
        assert_eq!(found.entries[1].place.line, 7);
        assert_eq!(found.problems.len(), 1);
    }
}
