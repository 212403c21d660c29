//! Statistics of one field over all records of a group.

use super::names::{self, ANSWER};
use super::texts::texts;
use crate::load::question_detect::question_likeness;
use crate::load::value::{Map, Value};
use std::collections::HashMap;

pub(super) struct Column<'a> {
    pub(super) key: &'a str,
    /// The key as in the lists of names.
    pub(super) normal: String,
    /// Share of the records where it has a text.
    pub(super) filled: f32,
    /// Share of the records where it is a text or a list of texts.
    pub(super) plain: f32,
    /// Share of those texts that end in a question mark or begin like a question.
    pub(super) asks: f32,
    /// Bytes of a text, on average.
    pub(super) length: f32,
}

impl<'a> Column<'a> {
    fn new(key: &'a str) -> Self {
        let normal = names::normal(key);
        Self { key, normal, filled: 0.0, plain: 0.0, asks: 0.0, length: 0.0 }
    }

    pub(super) fn is_called(&self, key: &str) -> bool {
        self.key == key || self.key.to_lowercase() == key.to_lowercase()
    }

    fn add(&mut self, value: &Value<'_>) {
        // Numbers are not texts, and a list of numbers is data.
        let text = if is_number(value) { Vec::new() } else { texts(value) };
        if let Some(first) = text.first() {
            self.filled += 1.0;
            self.plain += f32::from(u8::from(is_plain(value)));
            self.asks += question_likeness(first);
            self.length += text.iter().map(|t| t.len()).sum::<usize>() as f32;
        } else if value.as_scalar().is_some() && ANSWER.contains(&self.normal.as_str()) {
            self.filled += 1.0;
        }
    }
}

/// The columns of records, in order of first appearance.
pub(super) fn columns<'a>(records: &[&'a Map<'_>]) -> Vec<Column<'a>> {
    let mut columns: Vec<Column<'a>> = Vec::new();
    let mut numbers: HashMap<&'a str, usize> = HashMap::new();
    for record in records {
        for (key, value) in *record {
            let at = *numbers.entry(key).or_insert_with(|| {
                columns.push(Column::new(key));
                columns.len() - 1
            });
            columns[at].add(value);
        }
    }
    for column in &mut columns {
        let filled = column.filled.max(1.0);
        column.asks /= filled;
        column.length /= filled;
        column.filled /= records.len().max(1) as f32;
        column.plain /= records.len().max(1) as f32;
    }
    columns
}

fn is_number(node: &Value<'_>) -> bool {
    match node {
        Value::Scalar(_) => true,
        Value::List(items) => items.first().is_some_and(is_number),
        Value::Null | Value::Text(_) | Value::Map(_) => false,
    }
}

fn is_plain(node: &Value<'_>) -> bool {
    match node {
        Value::Text(_) => true,
        Value::List(items) => items.iter().all(|item| item.as_text().is_some()),
        Value::Null | Value::Scalar(_) | Value::Map(_) => false,
    }
}

/// The column whose name comes first in `names`; of two spellings the one with more texts.
pub(super) fn best<'c, 'a>(
    columns: &'c [Column<'a>],
    names: &[&str],
    allowed: impl Fn(&Column<'a>) -> bool,
) -> Option<&'c Column<'a>> {
    let rank = |c: &Column<'_>| names.iter().position(|name| *name == c.normal);
    columns
        .iter()
        .filter(|c| c.filled > 0.0 && rank(c).is_some() && allowed(c))
        .min_by(|a, b| rank(a).cmp(&rank(b)).then(b.filled.total_cmp(&a.filled)))
}

/// All columns whose names are in `names`, in its order.
pub(super) fn all<'a>(
    columns: &[Column<'a>],
    names: &[&str],
    allowed: impl Fn(&Column<'a>) -> bool,
) -> Vec<&'a str> {
    let rank = |c: &Column<'_>| names.iter().position(|name| *name == c.normal);
    let mut found: Vec<_> = columns.iter().filter(|c| rank(c).is_some() && allowed(c)).collect();
    found.sort_by_key(|c| rank(c));
    found.into_iter().map(|c| c.key).collect()
}

pub(super) type Pair<'c, 'a> = (&'c Column<'a>, Option<&'c Column<'a>>);

/// The question without a key called "question": a title with an answer beside it, or a key whose
/// texts ask.
pub(super) fn by_content<'c, 'a>(
    columns: &'c [Column<'a>],
    answer_for: &dyn Fn(&Column<'_>) -> Option<&'c Column<'a>>,
) -> Option<Pair<'c, 'a>> {
    let title = best(columns, names::TITLE, |c| c.plain >= 0.5);
    if let Some((title, answer)) = title.and_then(|t| Some((t, answer_for(t)?)))
        && title.length > 2.0
        && answer.length > 2.0
        && answer.filled >= 0.5
    {
        return Some((title, Some(answer)));
    }
    let asking = columns.iter().filter(|c| c.plain >= 0.5 && c.asks >= 0.5);
    let question = asking.max_by(|a, b| a.asks.total_cmp(&b.asks))?;
    let names_it = |c: &Column<'_>| {
        [names::ID, names::URL, names::WRITTEN_IN].iter().any(|list| list.contains(&&*c.normal))
    };
    let other = columns.iter().filter(|c| c.key != question.key && c.asks < 0.5 && c.length > 3.0);
    let other = other.filter(|c| !names_it(c));
    let longest = other.max_by(|a, b| a.length.total_cmp(&b.length));
    Some((question, answer_for(question).or(longest)))
}
