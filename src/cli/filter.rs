//! `qa --filter QUERY`: the hits on standard output, best first.

use super::Browse;
use super::output::{Failure, Status, warn};
use crate::collection::EntryRef;
use crate::config::{self, Settings};
use crate::load;
use crate::search::{Engine, Field, Highlighter, Hit, Hits, IndexEvent, Indexer, Query};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

/// Prints the hits of `text`. [`Status::Nothing`] when there are none.
pub fn run(browse: &Browse, text: &str) -> Result<Status, Failure> {
    super::threads::start()?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Diagnostic(problem) = event {
            warn(&problem);
        }
    });
    let opening = &browse.opening;
    load::load_with(&opening.sources(&settings.sources), &opening.options(), &indexer)?;
    let index = indexer.finish();
    drop(indexer);
    let limit = browse.limit.unwrap_or(index.len()).min(index.len());
    let query = Query {
        text: text.to_owned(),
        exact: settings.exact,
        no_meaning: !settings.meaning,
        limit,
        ..Query::default()
    };
    let hits = Engine::new(index).search(&query);
    let shape = Shape { json: browse.json, end: if browse.print0 { b'\0' } else { b'\n' } };
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = shape.write(&mut out, &hits, limit)?;
    out.flush()?;
    Ok(if printed == 0 { Status::Nothing } else { Status::Done })
}

/// How a record is printed.
#[derive(Debug, Clone, Copy)]
struct Shape {
    json: bool,
    end: u8,
}

impl Shape {
    /// Writes at most `limit` hits, and says how many.
    fn write(self, out: &mut impl Write, hits: &Hits, limit: usize) -> io::Result<usize> {
        let mut printed = 0;
        while printed < limit {
            let Some(hit) = hits.get(printed) else { break };
            let Some(entry) = hits.index.entry(hit.entry) else { break };
            if self.json {
                let record = Record::new(&entry, hit, &hits.highlighter);
                serde_json::to_writer(&mut *out, &record)?;
            } else {
                write!(out, "{}", self.line(entry.question()))?;
            }
            out.write_all(&[self.end])?;
            printed += 1;
        }
        Ok(printed)
    }

    /// A question of several lines stays one record only where records do not end with a line.
    fn line(self, question: &str) -> Cow<'_, str> {
        if self.end == b'\n' && question.contains('\n') {
            return Cow::Owned(question.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Cow::Borrowed(question)
    }
}

/// What `--json` prints of a hit.
#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    question: &'a str,
    answer: &'a str,
    tags: Vec<&'a str>,
    source: &'a str,
    line: u32,
    score: f32,
    matched: &'static str,
    /// Of the question, in bytes.
    ranges: Vec<[usize; 2]>,
}

impl<'a> Record<'a> {
    fn new(entry: &EntryRef<'a>, hit: Hit, highlighter: &Highlighter) -> Self {
        let ranges = highlighter.ranges(entry.question());
        Self {
            id: entry.id(),
            question: entry.question(),
            answer: entry.answer(),
            tags: entry.tags().collect(),
            source: entry.source(),
            line: entry.line(),
            score: hit.score,
            matched: field_name(hit.field),
            ranges: ranges.into_iter().map(|range| [range.start, range.end]).collect(),
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
    }
}
