//! The options of a quiz record and the key that identifies the right one: its text, the letter or
//! name of an option, its index from 0 or 1, a flag or score at the option. The records of a group
//! are of one kind, so all of them together decide.

use super::column::Column;
use super::names::{self, LOOSE_OPTIONS, OPTION_PREFIX, OPTIONS, RIGHT, WRONG};
use super::options::{QuizChoices, flag, split_label};
use super::texts::texts;
use crate::load::quiz::Quiz;
use crate::load::value::{Map, Value, get};
use crate::text::fold;
use std::borrow::Cow;

/// The keys of a quiz.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct QuizKeys {
    /// Keys with all options; a record has one of them.
    options: Vec<String>,
    /// A key for each option, with the option's label.
    columns: Vec<(String, String)>,
    /// Keys with wrong options.
    wrong: Vec<String>,
    /// Keys that may mark the right option, best first.
    right: Vec<String>,
    /// The ways to read these keys, by the number of records in which each makes sense.
    readings: Vec<QuizReading>,
}

/// How a key marks the right option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuizReading {
    Text,
    Label,
    Letter,
    FromZero,
    FromOne,
}

const READINGS: [QuizReading; 5] = [
    QuizReading::Text,
    QuizReading::Label,
    QuizReading::Letter,
    QuizReading::FromZero,
    QuizReading::FromOne,
];

impl QuizKeys {
    /// The keys of records that are quiz questions; `None` for other records.
    pub(super) fn choose(records: &[&Map<'_>], columns: &[Column<'_>]) -> Option<Self> {
        let named = |names: &[&str]| -> Vec<String> {
            let mut found: Vec<_> = columns
                .iter()
                .filter_map(|c| Some((names.iter().position(|name| *name == c.normal)?, c.key)))
                .collect();
            found.sort_by_key(|&(rank, _)| rank);
            found.into_iter().map(|(_, key)| key.to_owned()).collect()
        };
        let holds_several = |key: &String| {
            let values = records.iter().filter_map(|record| get(record, key));
            values.clone().any(|value| QuizChoices::of(value).len() > 1)
        };
        let mut keys = Self {
            columns: option_columns(columns),
            wrong: named(WRONG),
            right: named(RIGHT),
            ..Self::default()
        };
        keys.wrong.extend(wrong_columns(columns));
        keys.options = named(OPTIONS).into_iter().filter(holds_several).collect();
        let is_flagged =
            |key: &String| records.iter().filter_map(|record| get(record, key)).any(has_flags);
        let loose: Vec<String> = named(LOOSE_OPTIONS).into_iter().filter(holds_several).collect();
        let (flagged, loose): (Vec<_>, Vec<_>) = loose.into_iter().partition(is_flagged);
        keys.options.extend(flagged);
        if keys.options.is_empty() && keys.columns.is_empty() && keys.wrong.is_empty() {
            keys.options.push(loose.into_iter().next()?);
            keys.right.retain(|right| !keys.options.contains(right));
            if !keys.identifies_right_option(records) {
                return None;
            }
        }
        if keys.options.is_empty() && keys.columns.len() < 2 && keys.wrong.is_empty() {
            return None;
        }
        keys.right.retain(|key| {
            !keys.options.contains(key) && !keys.columns.iter().any(|(name, _)| name == key)
        });
        // Letters alone may be anything: `q` and `a`.
        let are_letters = keys.columns.iter().all(|(key, label)| key.len() == label.len());
        if keys.options.is_empty() && are_letters && keys.wrong.is_empty() && keys.right.is_empty()
        {
            return None;
        }
        keys.order(records);
        Some(keys)
    }

    /// Every key of the quiz.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().map(|(key, _)| key);
        let keys = self.options.iter().chain(columns).chain(&self.wrong).chain(&self.right);
        keys.map(String::as_str)
    }

    /// Whether a key identifies the right option in most records.
    fn identifies_right_option(&self, records: &[&Map<'_>]) -> bool {
        let mut keys = self.clone();
        keys.order(records);
        let identified = records.iter().filter(|record| {
            let mut choices = keys.choices(record);
            keys.mark(record, &mut choices).is_some()
        });
        let identified = identified.count();
        identified > 0 && identified * 2 >= records.len()
    }

    /// Sorts the readings by the number of records in which they make sense.
    fn order(&mut self, records: &[&Map<'_>]) {
        let is_index = |key: &String| {
            names::words(key)
                .iter()
                .any(|word| matches!(word.as_str(), "idx" | "index" | "indices"))
        };
        // Digits in quotes count from one; labels of data sets do not.
        let is_text = |record: &&Map<'_>| {
            let key = self.right.iter().find(|key| get(record, key).is_some());
            key.is_some_and(|key| {
                names::normal(key) != "label"
                    && get(record, key).is_some_and(|v| v.as_text().is_some())
            })
        };
        let mut readings = READINGS.to_vec();
        if self.right.first().is_some_and(is_index) {
            readings.rotate_left(3);
        } else if records.iter().all(is_text) {
            readings.swap(3, 4);
        }
        let mut counts = [0_usize; READINGS.len()];
        for record in records {
            let choices = self.choices(record);
            let Some(values) = self.right.iter().find_map(|key| values(record, key)) else {
                continue;
            };
            for (count, reading) in counts.iter_mut().zip(&readings) {
                let all = values.iter().all(|text| reading.find(text, &choices).is_some());
                *count += usize::from(all && !values.is_empty());
            }
        }
        let mut ranked: Vec<_> = readings.into_iter().zip(counts).collect();
        ranked.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        self.readings = ranked.into_iter().map(|(reading, _)| reading).collect();
    }

    /// The options of a record, with flags at the options applied.
    fn choices(&self, record: &Map<'_>) -> QuizChoices {
        let mut choices = QuizChoices::default();
        for value in self.options.iter().filter_map(|key| get(record, key)) {
            if choices.is_empty() {
                choices = QuizChoices::of(value);
            }
        }
        for (key, label) in &self.columns {
            for text in get(record, key).map(texts).unwrap_or_default() {
                choices.push(&text, label);
            }
        }
        choices
    }

    /// Marks the right options and returns the reading that found them. `None` if no key identifies
    /// one.
    fn mark(&self, record: &Map<'_>, choices: &mut QuizChoices) -> Option<String> {
        for key in &self.right {
            let Some(values) = values(record, key) else { continue };
            for reading in &self.readings {
                let found: Option<Vec<usize>> =
                    values.iter().map(|text| reading.find(text, choices)).collect();
                if let Some(found) = found.filter(|found| !found.is_empty()) {
                    choices.mark(&found);
                    return Some(key.clone());
                }
            }
        }
        choices.has_right().then(String::new)
    }

    /// The answer of a record; `None` when it has no options.
    pub(super) fn quiz(&self, record: &Map<'_>) -> Option<Quiz> {
        let mut choices = self.choices(record);
        let marked_by = self.mark(record, &mut choices);
        let right = self.right.iter().find_map(|key| Some((key, values(record, key)?)));
        let mut answer = String::new();
        if marked_by.is_none()
            && let Some((_, values)) = right
        {
            if !self.wrong.is_empty() && choices.is_empty() {
                choices.add_right(&values);
            } else {
                answer = values.join(", ");
            }
        }
        for value in self.wrong.iter().filter_map(|key| get(record, key)) {
            choices.add_wrong(value);
        }
        if choices.is_empty() {
            return None;
        }
        Some(Quiz { choices: choices.into_list(), answer, explanations: Vec::new() })
    }
}

impl QuizReading {
    /// The option that a text identifies.
    fn find(self, value: &str, choices: &QuizChoices) -> Option<usize> {
        let value = value.trim();
        match self {
            Self::Text => {
                let same = |text: &str| choices.position(|choice| fold(&choice.text) == fold(text));
                same(value).or_else(|| same(split_label(value).1))
            }
            Self::Label => choices.labelled(value),
            Self::Letter => choices.at(letter_index(value)?),
            Self::FromZero => choices.at(value.parse().ok()?),
            Self::FromOne => choices.at(value.parse::<usize>().ok()?.checked_sub(1)?),
        }
    }
}

/// The index from 0 of `B`, `b)`, `(b)`, `B. with its text` and `option b`.
fn letter_index(value: &str) -> Option<usize> {
    let name = match split_label(value).0 {
        Some(label) => label.to_string(),
        None => names::words(value).pop().filter(|word| word.len() == 1)?,
    };
    let letter = name.bytes().next()?.to_ascii_lowercase();
    let is_short = names::words(value).len() <= 2 || split_label(value).0.is_some();
    (letter.is_ascii_lowercase() && is_short).then(|| usize::from(letter - b'a'))
}

/// The values of a key: one text or several.
fn values(record: &Map<'_>, key: &str) -> Option<Vec<String>> {
    let value = get(record, key)?;
    if let Value::List(items) = value
        && let Some(marked) = one_by_one(items)
    {
        return Some(marked);
    }
    if let Value::Map(map) = value
        && let Some(named) = by_name(map)
    {
        return Some(named);
    }
    let texts: Vec<String> = texts(value).iter().map(|text| text.trim().to_owned()).collect();
    match texts.as_slice() {
        [] => None,
        [one] => Some(several(one).unwrap_or_else(|| vec![one.clone()])),
        _ => Some(texts),
    }
}

/// `[false, true, false]` and `[0, 1, 0]`, one item per option, as indices from 0.
fn one_by_one(items: &[Value<'_>]) -> Option<Vec<String>> {
    let is_truth = |value: &Value<'_>| matches!(value, Value::Scalar(text) if matches!(text.as_ref(), "true" | "false"));
    if items.len() < 2 || !items.iter().all(is_truth) {
        return None;
    }
    let right = items.iter().enumerate().filter(|(_, item)| item.truth() == Some(true));
    Some(right.map(|(at, _)| at.to_string()).collect())
}

/// `{"answer_a_correct": "false", "answer_b_correct": "true"}`: the names of the right options.
fn by_name(map: &Map<'_>) -> Option<Vec<String>> {
    if map.len() < 2 || !map.iter().all(|(_, value)| value.truth().is_some()) {
        return None;
    }
    let right = map.iter().filter(|(_, value)| value.truth() == Some(true));
    Some(right.map(|(key, _)| key.trim_end_matches("_correct").to_owned()).collect())
}

/// `A, C` and `1;3`.
fn several(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split([',', ';', '|', '/', '&']).map(str::trim).collect();
    let short = |part: &&str| {
        part.len() == 1 && part.chars().all(char::is_alphanumeric) || part.parse::<u8>().is_ok()
    };
    (parts.len() > 1 && parts.iter().all(short))
        .then(|| parts.into_iter().map(str::to_owned).collect())
}

fn has_flags(value: &Value<'_>) -> bool {
    let items = match value {
        Value::List(items) => items.as_slice(),
        Value::Map(_) => std::slice::from_ref(value),
        Value::Null | Value::Scalar(_) | Value::Text(_) => return false,
    };
    let is_flag =
        |(key, value): &(Cow<'_, str>, Value<'_>)| flag(&names::normal(key), value).is_some();
    items.iter().any(|item| item.as_map().is_some_and(|map| map.iter().any(is_flag)))
        || value.as_map().is_some_and(|map| {
            map.len() > 1 && map.iter().all(|(_, value)| value.truth().is_some())
        })
}

/// Columns that hold one option each: `option_a`, `Choice 2`, `a`.
fn option_columns(columns: &[Column<'_>]) -> Vec<(String, String)> {
    let mut by_prefix: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for column in columns.iter().filter(|column| column.filled > 0.0) {
        let Some((prefix, label)) = option_name(column.key) else { continue };
        match by_prefix.iter_mut().find(|(other, _)| *other == prefix) {
            Some((_, found)) => found.push((column.key.to_owned(), label)),
            None => by_prefix.push((prefix, vec![(column.key.to_owned(), label)])),
        }
    }
    let asks_by_number = columns.iter().any(|column| {
        let words = names::words(column.key);
        matches!(words.as_slice(), [name, number] if number.parse::<u32>().is_ok()
            && names::QUESTION.contains(&name.as_str()))
    });
    // Letters alone: `q` and `a` are no options, `a`, `b` and `c` are.
    let enough = |(prefix, found): &(String, Vec<(String, String)>)| {
        // Keys other than `a` that identify the right one.
        let has_right_key = columns.iter().any(|column| {
            column.normal != "a"
                && RIGHT.iter().take_while(|name| **name != "solution").any(|n| *n == column.normal)
        });
        let starts = found.iter().any(|(_, label)| matches!(label.as_str(), "a" | "1" | "0"));
        let least = if prefix.is_empty() && !has_right_key { 3 } else { 2 };
        starts && found.len() >= least && (prefix.is_empty() || !asks_by_number)
    };
    let found = by_prefix.into_iter().filter(enough).max_by_key(|(_, found)| found.len());
    found.map(|(_, found)| found).unwrap_or_default()
}

/// Prefix and label of the name of an option.
fn option_name(key: &str) -> Option<(String, String)> {
    let words = names::words(key);
    let is_label =
        |word: &str| word.len() == 1 && matches!(word.as_bytes()[0], b'a'..=b'j' | b'0'..=b'9');
    let prefix_of = |words: &[String]| {
        let prefix = words.concat();
        OPTION_PREFIX.contains(&prefix.as_str()).then_some(prefix)
    };
    match words.as_slice() {
        [letter] if is_label(letter) => Some((String::new(), letter.clone())),
        [before @ .., label] if is_label(label) => Some((prefix_of(before)?, label.clone())),
        [label, after @ ..] if is_label(label) => Some((prefix_of(after)?, label.clone())),
        // `opa`, `opb`
        [word] => {
            let (prefix, label) = word.split_at_checked(word.len().checked_sub(1)?)?;
            (is_label(label) && OPTION_PREFIX.contains(&prefix))
                .then(|| (prefix.to_owned(), label.to_owned()))
        }
        _ => None,
    }
}

/// Columns that hold one wrong option each: `incorrect1`, `wrong_answer_2`.
fn wrong_columns(columns: &[Column<'_>]) -> Vec<String> {
    let is_wrong = |key: &str| {
        let words = names::words(key);
        let Some((last, before)) = words.split_last() else { return false };
        last.parse::<u32>().is_ok() && WRONG.contains(&before.concat().as_str())
    };
    columns.iter().filter(|column| is_wrong(column.key)).map(|c| c.key.to_owned()).collect()
}
