//! `qa --filter QUERY`: prints the hits, best first.

use super::Browse;
use super::browse::{marks, timing};
use super::live_hits::LiveHits;
use super::output::{Failure, Status, warn};
use super::print::{MatchInfo, Print, PrintedEntry, Printer};
use super::sentences::sentences;
use crate::config::{self, Settings};
use crate::load::{self, Source};
use crate::search::{Engine, Hits, Index, IndexEvent, Indexer, Query, SentenceOptions};
use crate::store::{self, Store};
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::sync::Arc;

/// The query for reading queries from standard input, one per line.
const FROM_STDIN: &str = "-";

/// Prints the hits of `text`. Returns [`Status::Nothing`] if there are none.
pub fn run(browse: &Browse, text: &str) -> Result<Status, Failure> {
    super::threads::start(super::threads::FOR_COMMAND)?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let from_stdin = text == FROM_STDIN;
    let sources = browse.sources(&settings.sources, &config.set.collections, from_stdin)?;
    let index = index(browse, &sources, from_stdin)?;
    let live = LiveHits::new(&sources, timing(&settings).limit, index.clone())?;
    let print = browse.print().unwrap_or(Print::Question);
    let folder = store::folder().filter(|_| settings.state);
    let state = folder.map(|folder| Store::new(&folder, &sources).read().0).unwrap_or_default();
    let mut filter = Filter {
        query: Query {
            exact: settings.exact,
            no_meaning: !settings.meaning,
            marks: Arc::new(marks(state.bookmarks, state.known, state.again)),
            ..Query::default()
        },
        limit: browse.limit.unwrap_or(usize::MAX),
        live,
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
        let mut input = io::stdin().lock();
        while let Some(query) = next_query(&mut input)? {
            let hits = filter.write(&query, true, &mut out)?;
            if hits == 0 {
                filter.printer.write_none(&mut out, &query)?;
            }
            printed += hits;
            // Another program may wait for these hits before sending its next query.
            out.flush()?;
        }
    } else {
        printed = filter.write(within_limit(text), false, &mut out)?;
        out.flush()?;
    }
    match filter.live.take_error() {
        Some(error) => Err(Failure::new(error.to_string())),
        None => Ok(if printed == 0 { Status::Nothing } else { Status::Done }),
    }
}

/// Reads the next query.
fn next_query(input: &mut impl BufRead) -> io::Result<Option<String>> {
    // Enough to detect a line longer than a query, with a character that may be cut.
    let most = Query::MAX_BYTES as u64 + 4;
    let mut line = Vec::new();
    if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == most && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    let line = String::from_utf8_lossy(&line);
    let line = line.strip_suffix('\n').unwrap_or(&line);
    Ok(Some(within_limit(line.strip_suffix('\r').unwrap_or(line)).to_owned()))
}

/// Truncates the query with a warning if it is too long.
fn within_limit(query: &str) -> &str {
    let cut = Query::cut(query);
    if cut.len() < query.len() {
        let most = Query::MAX_BYTES;
        warn(format!("a query is too long: only its first {most} bytes are searched"));
    }
    cut
}

fn index(browse: &Browse, sources: &[Source], stdin_is_taken: bool) -> Result<Index, Failure> {
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Diagnostic(problem) = event {
            warn(&problem);
        }
    });
    if stdin_is_taken && sources.contains(&Source::Stdin) {
        return Err(Failure::new("standard input cannot hold both the queries and a source"));
    }
    load::load_with(sources, &browse.opening.options(), &indexer)?;
    Ok(indexer.finish())
}

/// Searches one index for queries.
struct Filter {
    /// The query without its text.
    query: Query,
    /// The most hits to print.
    limit: usize,
    live: LiveHits,
    /// Conditions that are added to every query.
    tags: String,
    engine: Engine,
    sentences: SentenceOptions,
    /// Whether to encode all entries first if the query is a sentence.
    waits: bool,
    printer: Printer,
    /// Whether to print close entries after matches.
    close: bool,
}

impl Filter {
    /// Prints the hits of `query`; returns their number.
    fn write(&mut self, query: &str, is_labelled: bool, out: &mut impl Write) -> io::Result<usize> {
        let text = format!("{}{query}", self.tags);
        if let Some(index) = self.live.query(&text) {
            self.engine.set_index(index);
        }
        let limit = self.limit.min(self.engine.index().len());
        let query_of = Query { text, limit, ..self.query.clone() };
        let hits = self.engine.search_now(&query_of, &self.sentences, self.waits);
        hits.unknown_filters.iter().for_each(warn);
        // A sentence has a single list; otherwise close entries follow the matches.
        let shown = match hits.divider() {
            Some(matches) if matches > 0 && !self.close => matches,
            Some(_) | None => hits.ready(),
        };
        let mut printed = 0;
        let mut n = 0;
        while printed < limit
            && n < shown
            && let Some(record) = FilteredHit::nth(&hits, n)
        {
            n += 1;
            let FilteredHit { entry, found } = record;
            let record = PrintedEntry { entry: &entry, found: Some(found), query, is_labelled };
            printed += usize::from(self.printer.write(out, &record)?);
        }
        Ok(printed)
    }
}

/// A hit with its entry.
struct FilteredHit {
    entry: crate::collection::Entry,
    found: MatchInfo,
}

impl FilteredHit {
    fn nth(hits: &Hits, n: usize) -> Option<Self> {
        let hit = hits.get(n)?;
        let entry = hits.index.entry(hit.entry)?.to_entry();
        let ranges = hits.highlighter.ranges(&entry.question);
        let ranges = ranges.into_iter().map(|range| [range.start, range.end]).collect();
        Some(Self {
            entry,
            found: MatchInfo { score: hit.score, field: hit.field, is_match: hit.is_match, ranges },
        })
    }
}
