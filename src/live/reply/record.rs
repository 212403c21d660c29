//! JSON records as text: adds fields without parsing the rest.

use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The fields of a record by name; none if it is not an object.
pub(super) fn fields(record: &str) -> BTreeMap<String, &RawValue> {
    serde_json::from_str(record).unwrap_or_default()
}

/// The names of the fields of a record.
pub(super) fn names(record: &str) -> Vec<String> {
    fields(record).into_keys().collect()
}

/// Adds fields to a record, except those that it already has.
pub(super) fn with(record: &str, more: impl IntoIterator<Item = (String, Value)>) -> String {
    let known = fields(record);
    let Some(inner) = record.trim_end().strip_suffix('}') else { return record.to_owned() };
    let mut text = inner.trim_end().to_owned();
    for (name, value) in more.into_iter().filter(|(name, _)| !known.contains_key(name)) {
        if !text.ends_with('{') {
            text.push(',');
        }
        text.push_str(&[Value::from(name).to_string(), value.to_string()].join(":"));
    }
    text.push('}');
    text
}

/// The record with the value of its field `name` as its id, converted to a string: a number would
/// not be an id.
pub(super) fn with_id(record: &str, name: &str) -> String {
    let fields = fields(record);
    let Some(value) = fields.get(name).map(|value| value.get()) else { return record.to_owned() };
    let is_number = value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    match (name, is_number) {
        // The value is a part of the record's text.
        ("id", true) => {
            let start = value.as_ptr().addr() - record.as_ptr().addr();
            let (before, after) = (&record[..start], &record[start + value.len()..]);
            format!("{before}\"{value}\"{after}")
        }
        ("id", false) => record.to_owned(),
        _ => with(record, [("id".to_owned(), Value::from(value.trim_matches('"')))]),
    }
}
