//! `qa --filter QUERY`: the hits on standard output, best first.

use super::Browse;
use super::output::{Failure, Status, warn};
use super::print::{Found, Print, Printer, Record};
use super::sentences::sentences;
use crate::config::{self, Collections, Settings};
use crate::load::{self, Source};
use crate::search::{Engine, Hits, Index, IndexEvent, Indexer, Query, SentenceOptions};
use std::io::{self, BufRead, BufWriter, Write};

/// The query that stands for those on standard input, one per line.
const FROM_STDIN: &str = "-";

/// Prints the hits of `text`. [`Status::Nothing`] when there are none.
pub fn run(browse: &Browse, text: &str) -> Result<Status, Failure> {
    super::threads::start()?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let from_stdin = text == FROM_STDIN;
    let index = index(browse, &settings, &config.set.collections, from_stdin)?;
    let print = browse.print().unwrap_or(Print::Question);
    let mut filter = Filter {
        query: Query {
            exact: settings.exact,
            no_meaning: !settings.meaning,
            limit: browse.limit.unwrap_or(index.len()).min(index.len()),
            ..Query::default()
        },
        tags: browse.tag_filter(),
        engine: Engine::new(index),
        sentences: sentences(&settings),
        waits: browse.wait,
        printer: Printer { print, null: browse.print0 },
        close: browse.close,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut printed = 0;
    if from_stdin {
        for query in io::stdin().lock().lines() {
            let query = query?;
            printed += filter.write(&query, Some(&query), &mut out)?;
            // Another program may wait for the hits before its next query.
            out.flush()?;
        }
    } else {
        printed = filter.write(text, None, &mut out)?;
        out.flush()?;
    }
    Ok(if printed == 0 { Status::Nothing } else { Status::Done })
}

fn index(
    browse: &Browse,
    settings: &Settings,
    collections: &Collections,
    stdin_is_taken: bool,
) -> Result<Index, Failure> {
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Diagnostic(problem) = event {
            warn(&problem);
        }
    });
    let opening = &browse.opening;
    let sources = if stdin_is_taken {
        opening.sources_beside_stdin(&settings.sources, collections)?
    } else {
        opening.sources(&settings.sources, collections)?
    };
    if stdin_is_taken && sources.contains(&Source::Stdin) {
        return Err(Failure::new("standard input cannot hold both the queries and a source"));
    }
    load::load_with(&sources, &opening.options(), &indexer)?;
    Ok(indexer.finish())
}

/// Searches one index for queries.
struct Filter {
    /// All but its text.
    query: Query,
    /// Conditions that every query gets.
    tags: String,
    engine: Engine,
    sentences: SentenceOptions,
    /// Encode all entries first, if the query is a sentence.
    waits: bool,
    printer: Printer,
    /// Whether to print close entries after matches.
    close: bool,
}

impl Filter {
    /// Prints the hits of `text`, and gives their number. `query` is printed with them.
    fn write(
        &mut self,
        text: &str,
        query: Option<&str>,
        out: &mut impl Write,
    ) -> io::Result<usize> {
        let text = format!("{}{text}", self.tags);
        let query_of = Query { text, ..self.query.clone() };
        let hits = self.engine.search_now(&query_of, &self.sentences, self.waits);
        for operator in &hits.unknown_operators {
            warn(format!("{operator}: unknown; did you mean is:bookmarked?"));
        }
        // A sentence has one list; else close entries follow the matches.
        let shown = match hits.divider() {
            Some(matches) if matches > 0 && !self.close => matches,
            Some(_) | None => hits.ready(),
        };
        let mut printed = 0;
        let mut n = 0;
        while printed < self.query.limit
            && n < shown
            && let Some(record) = Hit::nth(&hits, n)
        {
            n += 1;
            let Hit { entry, found } = record;
            let record = Record { entry: &entry, found: Some(found), query };
            printed += usize::from(self.printer.write(out, &record)?);
        }
        Ok(printed)
    }
}

/// A hit with its entry.
struct Hit {
    entry: crate::collection::Entry,
    found: Found,
}

impl Hit {
    fn nth(hits: &Hits, n: usize) -> Option<Self> {
        let hit = hits.get(n)?;
        let entry = hits.index.entry(hit.entry)?.to_entry();
        let ranges = hits.highlighter.ranges(&entry.question);
        let ranges = ranges.into_iter().map(|range| [range.start, range.end]).collect();
        Some(Self {
            entry,
            found: Found { score: hit.score, field: hit.field, is_match: hit.is_match, ranges },
        })
    }
}
