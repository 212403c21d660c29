//! `Posts.xml` of a Stack Exchange dump: questions with the accepted answer, or else the best voted
//! one.

use crate::collection::{Entry, Place};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::places::Places;
use crate::load::splitting::{PieceSink, Pieces, Sizes};
use crate::load::xml_events::{XmlEvents, XmlStep};
use crate::markup::source::to_markdown;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

pub(crate) struct Posts;

impl Loader for Posts {
    fn name(&self) -> &'static str {
        "stackexchange"
    }

    fn description(&self) -> &'static str {
        "Posts.xml of a StackExchange data dump"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["posts.xml"]
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        if peek.text.contains("PostTypeId=\"") && peek.text.contains("<row") { 95 } else { 0 }
    }

    fn pieces(&self) -> Pieces {
        Pieces::Incremental(|doc, deliver| read(doc, Sizes::of(doc.options).piece, deliver))
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        read(doc, usize::MAX, &mut |_| true)
    }
}

/// Delivers entries after about `piece` bytes of text, and returns the rest.
fn read(doc: &SourceText<'_>, piece: usize, deliver: &mut PieceSink<'_>) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let (questions, mut answers) = rows(doc.text, &mut found);
    // The best answer of a question first; of equal ones the first.
    answers.sort_by_key(|answer| (answer.related, Reverse(answer.score)));
    let mut by_id: Vec<(u64, &PostRow)> = answers.iter().map(|row| (row.id, row)).collect();
    by_id.sort_unstable_by_key(|&(id, row)| (id, row.start));
    let accepted = |question: &PostRow| {
        let at = by_id.partition_point(|&(id, _)| id < question.related);
        let &(id, row) = by_id.get(at)?;
        (question.related != NONE && id == question.related).then_some(row)
    };
    let best = |question: &PostRow| {
        let at = answers.partition_point(|answer| answer.related < question.id);
        let is_of = |answer: &&PostRow| question.id != NONE && answer.related == question.id;
        answers.get(at).filter(is_of)
    };
    let answer_of = |question: &PostRow| accepted(question).or_else(|| best(question));
    let entry = |question: &PostRow| {
        let answer = answer_of(question).map(|row| field(row, doc.text, "Body"));
        Entry {
            id: field(question, doc.text, "Id"),
            question: field(question, doc.text, "Title"),
            answer: answer.map(|body| to_markdown(&body)).unwrap_or_default(),
            tags: tags(&field(question, doc.text, "Tags")),
            place: Place { source: Arc::clone(doc.name), line: question.line },
            ..Entry::default()
        }
    };
    let length = |question: &PostRow| question.len() + answer_of(question).map_or(0, PostRow::len);
    let mut rest = questions.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0_usize;
        let fits = |question: &&PostRow| {
            bytes = bytes.saturating_add(length(question));
            bytes <= piece
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (some, others) = rest.split_at(count);
        rest = others;
        found.entries = some.par_iter().map(entry).collect();
        if !rest.is_empty() && !deliver(std::mem::take(&mut found)) {
            break;
        }
    }
    found
}

/// The hash of a missing id.
const NONE: u64 = 0;

/// A post. Its texts are read again when needed, because there are millions of posts.
struct PostRow {
    /// The offset of its tag, in bytes.
    start: u32,
    end: u32,
    line: u32,
    score: i32,
    /// The hash of its id.
    id: u64,
    /// For a question, the hash of the id of its accepted answer; for an answer, of its question.
    related: u64,
}

impl PostRow {
    fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// The questions and the answers, as far as the file is readable.
fn rows(text: &str, found: &mut ParsedDocument) -> (Vec<PostRow>, Vec<PostRow>) {
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    let mut events = XmlEvents::new(text);
    let mut places = Places::new(text);
    loop {
        match events.next(Some("row")) {
            XmlStep::Event(start, Event::Empty(tag) | Event::Start(tag))
                if tag.name().as_ref() == "row" =>
            {
                let (kind, mut row) = row(&tag);
                // Texts over 1 GB are rejected.
                (row.start, row.end) = (start as u32, events.position() as u32);
                row.line = places.of(start).0;
                match kind {
                    PostKind::Question => questions.push(row),
                    PostKind::Answer => answers.push(row),
                    PostKind::Other => {}
                }
            }
            XmlStep::Event(_, Event::Eof) => break,
            XmlStep::Event(..) | XmlStep::Skipped => {}
        }
    }
    found.problems = events.faults;
    (questions, answers)
}

enum PostKind {
    Question,
    Answer,
    /// Tag wikis and other posts.
    Other,
}

fn row(tag: &BytesStart<'_>) -> (PostKind, PostRow) {
    let mut kind = PostKind::Other;
    let mut row = PostRow { start: 0, end: 0, line: 0, score: 0, id: NONE, related: NONE };
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let value = &*attribute.value;
        match attribute.key.as_ref() {
            "Id" => row.id = hash(value),
            "PostTypeId" => {
                kind = match value {
                    "1" => PostKind::Question,
                    "2" => PostKind::Answer,
                    _ => PostKind::Other,
                }
            }
            "ParentId" | "AcceptedAnswerId" => row.related = hash(value),
            "Score" => row.score = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    (kind, row)
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    if name.is_empty() { NONE } else { hasher.finish().max(1) }
}

/// An attribute of a row; empty if it is missing.
fn field(row: &PostRow, text: &str, name: &str) -> String {
    let mut reader = Reader::from_str(&text[row.start as usize..row.end as usize]);
    let Ok(Event::Start(tag) | Event::Empty(tag)) = reader.read_event() else {
        return String::new();
    };
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let value = attributes.find(|attribute| attribute.key.as_ref() == name).map(|attribute| {
        let raw = &attribute.value;
        quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), Cow::into_owned)
    });
    value.unwrap_or_default()
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
        // Offsets include the byte order mark.
        let marked = testing::read(&Posts, &format!("\u{feff}{text}"));
        assert_eq!(marked.entries, found.entries);
        assert_eq!(found.entries.len(), 2);
        assert_eq!(found.entries[0].answer, "**Very**");
        assert_eq!(found.entries[0].tags, ["tea", "pot"]);
        assert_eq!(found.entries[1].place.line, 7);
        assert_eq!(found.problems.len(), 1);
    }
}
