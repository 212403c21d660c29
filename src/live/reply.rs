//! Parses the output of a command as entries.
//!
//! The reply of a known engine is recognised by its shape, and [`engines`] extracts its records.
//! Any other output is parsed as a file of the same content would be.

mod engines;
mod record;

use super::error::LiveError;
use crate::collection::Entry;
use crate::load::{Collector, Format, LiveSource, LoadError, Options, is_recognised, load_bytes};
use crate::text::{cut, sanitise_line};
use engines::EngineHits;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The name of a column or key with the total number of hits, for replies that have no other place
/// for it.
const TOTAL: &str = "qa_total";

/// How many columns of an unreadable reply are shown.
const SHOWN: usize = 60;

/// The hits that a command printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The entries, best first.
    pub entries: Vec<Entry>,
    /// The total number of hits, if the reply has it.
    pub total: Option<u64>,
    /// The sanitised warning that it printed on standard error.
    pub warning: Option<String>,
}

/// Parses the output of the command of `source`.
pub(super) fn read(source: &LiveSource, output: Vec<u8>) -> Result<Reply, LiveError> {
    let unreadable =
        |message: String| LiveError::Unreadable { name: source.name.to_string(), message };
    let text = String::from_utf8_lossy(&output);
    let text = text.trim_start_matches('\u{feff}').trim();
    if is_empty(text) {
        return Ok(Reply::default());
    }
    if source.reading.from.is_none() && is_page(text) {
        return Err(unreadable(format!("printed a web page instead of records{}", title(text))));
    }
    match engines::hits(text) {
        Some(Ok(hits)) => of_engine(source, &hits).map_err(unreadable),
        Some(Err(message)) => Err(unreadable(sanitise_line(message.into()).into_owned())),
        None if source.reading.from.is_none() && !is_recognised(&format!("{text}\n")) => {
            Err(unreadable(unknown(text)))
        }
        None => {
            let total = total(text);
            let entries = load(source, output, &source.reading).map_err(unreadable)?;
            Ok(Reply { entries, total, warning: None })
        }
    }
}

/// The entries of an engine's reply.
fn of_engine(source: &LiveSource, hits: &EngineHits) -> Result<Reply, String> {
    let total = hits.total;
    if hits.records.is_empty() {
        return Ok(Reply { total, ..Reply::default() });
    }
    let list = format!("[{}]", hits.records.join(","));
    let options = Options { from: "json".parse::<Format>().ok(), ..source.reading.clone() };
    let entries = load(source, list.into_bytes(), &options)
        .map_err(|_| no_question(&record::names(&hits.records[0])))?;
    Ok(Reply { entries, total, warning: None })
}

fn load(source: &LiveSource, bytes: Vec<u8>, options: &Options) -> Result<Vec<Entry>, String> {
    let collector = Collector::default();
    let loaded = load_bytes(&source.name, bytes, options, &collector);
    let entries = collector.take_entries();
    match loaded {
        Ok(_) if entries.is_empty() => Err("its reply has no question".to_owned()),
        Ok(_) => Ok(entries),
        Err(error) => Err(without_name(&error)),
    }
}

/// The message of an error without the name of the source, which precedes it anyway.
fn without_name(error: &LoadError) -> String {
    match error {
        LoadError::Io { error, .. } => format!("its reply cannot be read: {error}"),
        LoadError::Malformed(diagnostic) => {
            format!("its reply, line {}: {}", diagnostic.line, diagnostic.message)
        }
        LoadError::Empty { expected, .. } => format!("no question in its reply; {expected}"),
        LoadError::Cancelled { .. } => "reading its reply was cancelled".to_owned(),
    }
}

fn no_question(names: &[String]) -> String {
    let names = sanitise_line(names.join(", ").into()).into_owned();
    format!("none of its fields is recognised as the question; name one with --question: {names}")
}

/// Whether a reply has no hits: it is empty, an empty list, or only the header of a table.
fn is_empty(text: &str) -> bool {
    let is_head = || {
        let names: Vec<&str> = text.split([',', '\t']).map(str::trim).collect();
        let is_name = |name: &&str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '"'))
        };
        !text.contains('\n') && names.len() > 1 && names.iter().all(is_name)
    };
    text.is_empty() || serde_json::from_str::<[(); 0]>(text).is_ok() || is_head()
}

/// Whether a reply is a page of HTML, such as the error page of a server.
fn is_page(text: &str) -> bool {
    let beginning = text.get(..200).unwrap_or(text).to_lowercase();
    ["<!doctype html", "<html", "<head"].iter().any(|mark| beginning.starts_with(mark))
}

/// The message for a reply in an unknown format, with its beginning.
fn unknown(text: &str) -> String {
    let line = sanitise_line(text.lines().next().unwrap_or_default().into());
    format!("printed no records (--from FORMAT names their format): {}", cut(&line, SHOWN))
}

/// The title of a page of HTML.
fn title(text: &str) -> String {
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    title.map_or(String::new(), |(title, _)| format!(": {}", sanitise_line(title.trim().into())))
}

/// The total number of hits, if the first record has it.
fn total(text: &str) -> Option<u64> {
    if !text.contains(TOTAL) {
        return None;
    }
    let of_record = |record: &str| {
        let record: BTreeMap<String, &RawValue> = serde_json::from_str(record).ok()?;
        record.get(TOTAL)?.get().trim_matches('"').parse().ok()
    };
    if text.starts_with('[') {
        let list: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        return of_record(list.first()?.get());
    }
    if text.starts_with('{') {
        return of_record(text.lines().next()?).or_else(|| of_record(text));
    }
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let column = rows.headers().ok()?.iter().position(|name| name == TOTAL)?;
    rows.records().next()?.ok()?.get(column)?.parse().ok()
}

#[cfg(test)]
mod tests;
