//! TOML in the same shapes as JSON: tables, arrays of tables.

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_extension};
use crate::load::records::read_tree;
use crate::load::splitting::{Parts, Pieces, Sizes};
use crate::load::value::Value;
use memchr::memmem;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) struct Toml;

impl Loader for Toml {
    fn name(&self) -> &'static str {
        "toml"
    }

    fn description(&self) -> &'static str {
        "TOML: the same shapes as JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".toml"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByPart(parts)
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let mut lines = peek.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.by_ref().find(|line| !line.starts_with('#')).unwrap_or_default();
        let is_table = |line: &str| line.starts_with("[[") && line.ends_with("]]");
        let is_pair = |line: &str| {
            line.split_once(" = ").is_some_and(|(key, value)| {
                key.chars().all(|c| c.is_alphanumeric() || "_-.\"".contains(c))
                    && value.starts_with(['"', '\'', '[', '{'])
            })
        };
        match (is_table(first), is_pair(first), lines.next()) {
            (true, _, Some(second)) if is_pair(second) => 70,
            (false, true, Some(_)) => 30,
            _ => 0,
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        match parse(doc.text) {
            Ok(node) => {
                found.certain = true;
                read_tree(node, doc, &mut found);
            }
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start).min(doc.text.len());
                let before = &doc.text[..doc.text.floor_char_boundary(at)];
                let line = before.matches('\n').count() as u32 + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                found.problems.push((line, column as u32, error.message().to_owned()));
                found.certain = has_extension(doc.name, self.extensions());
            }
        }
        found
    }
}

/// A map with so many tables is a list of parts; one with fewer may be a record, which stays whole.
const MIN_PARTS: usize = 64;

/// Nesting levels of tables that are told apart.
const MAX_LEVELS: usize = 8;

/// The tables of a long list, or the tables or pairs of a long map.
fn parts(text: &str, sizes: Sizes) -> Option<Parts> {
    let mut parts = Parts::default();
    for at in memmem::find_iter(text.as_bytes(), "\n[[") {
        parts.add(at + 1, sizes);
    }
    if !parts.starts.is_empty() {
        return parts.some();
    }
    let mut levels = [0; MAX_LEVELS];
    for level in lines(text).filter_map(|(_, line)| table_level(line)) {
        levels[level.min(MAX_LEVELS - 1)] += 1;
    }
    let level = levels.iter().position(|&tables| tables >= MIN_PARTS);
    let has_tables = levels.iter().any(|&tables| tables > 0);
    let is_part = |line: &str| match level {
        Some(level) => table_level(line) == Some(level),
        None => !has_tables && is_pair(line),
    };
    let mut count = 0;
    for (at, _) in lines(text).filter(|(_, line)| is_part(line)) {
        parts.add(at, sizes);
        count += 1;
    }
    (count >= MIN_PARTS).then_some(parts).and_then(Parts::some)
}

/// The lines outside of texts of several lines, with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut at, mut quote) = (0, None);
    text.split_inclusive('\n').filter_map(move |line| {
        let (start, is_outside) = (at, quote.is_none());
        at += line.len();
        for mark in ["\"\"\"", "'''"] {
            if quote.is_none_or(|open| open == mark) && line.matches(mark).count() % 2 == 1 {
                quote = if quote.is_none() { Some(mark) } else { None };
            }
        }
        is_outside.then_some((start, line))
    })
}

/// How deep the table is nested that a line opens: 0 for `[a]`, 1 for `[a.b]`.
fn table_level(line: &str) -> Option<usize> {
    let name = line.trim_end().strip_prefix('[')?.strip_suffix(']')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let mut level = 0;
    for (n, part) in name.split(['"', '\'']).enumerate() {
        let is_quoted = n % 2 == 1;
        if !is_quoted && !part.chars().all(is_name) {
            return None;
        }
        level += if is_quoted { 0 } else { part.matches('.').count() };
    }
    Some(level)
}

/// Whether a line begins with a key and a value. An item of a list is a text, which may contain `=`.
fn is_pair(line: &str) -> bool {
    let rest = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line[1..].split_once(quote).map_or("", |(_, rest)| rest),
        Some(_) | None => {
            line.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        }
    };
    rest.len() < line.len() && rest.trim_start().starts_with('=')
}

/// The tree of a document; keys in the order of the file, scalars as they were written.
pub(crate) fn parse(text: &str) -> Result<Value<'_>, toml::de::Error> {
    Ok(table(text, DeTable::parse(text)?.into_inner()))
}

fn table<'a>(text: &'a str, table: DeTable<'a>) -> Value<'a> {
    let mut fields: Vec<_> = table.into_iter().collect();
    fields.sort_by_key(|(key, _)| key.span().start);
    let field = |(key, value): (Spanned<Cow<'a, str>>, _)| (key.into_inner(), node(text, value));
    Value::Map(fields.into_iter().map(field).collect())
}

fn node<'a>(text: &'a str, value: Spanned<DeValue<'a>>) -> Value<'a> {
    let written = text.get(value.span()).unwrap_or_default();
    match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
            Value::Scalar(Cow::Borrowed(written))
        }
        DeValue::Datetime(_) => Value::Text(Cow::Borrowed(written)),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(text, item)).collect())
        }
        DeValue::Table(inner) => table(text, inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_and_order_are_kept() {
        let node = parse("z = 1.50\na = 0x1f\nm = 2001-02-03\n[t]\nx = true\n").unwrap();
        let map = node.as_map().unwrap();
        let keys: Vec<_> = map.iter().map(|(key, _)| key.as_ref()).collect();
        assert_eq!(keys, ["z", "a", "m", "t"]);
        let written: Vec<_> = map.iter().filter_map(|(_, value)| value.as_scalar()).collect();
        assert_eq!(written, ["1.50", "0x1f", "2001-02-03"]);
    }
    #[test]
    fn items_of_a_list_are_no_pairs() {
        for line in ["\"Is it = red?\" = 1", "'a' = 1", "a.b = 1", "x=1"] {
            assert!(is_pair(line), "{line}");
        }
        for line in ["\"pot = red\",", "'a = b'", "= 1", "]", "", "[a]"] {
            assert!(!is_pair(line), "{line}");
        }
    }
}
