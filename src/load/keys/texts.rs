//! The texts of a value.

use super::names::is_language;
use crate::load::value::{Value, get};
use std::borrow::Cow;

/// The texts of a value: the value itself, its items, or its main field.
pub(crate) fn texts<'n>(node: &'n Value<'_>) -> Vec<Cow<'n, str>> {
    match node {
        Value::Text(text) if text.trim().is_empty() => Vec::new(),
        Value::Text(text) | Value::Scalar(text) => vec![Cow::Borrowed(text.as_ref())],
        Value::List(items) => {
            // A long list of the same numbers is data.
            items.iter().take(1000).flat_map(texts).collect()
        }
        Value::Map(map) => {
            let named = [
                "text", "value", "content", "rendered", "html", "answer", "question", "stem",
                "name", "body", "title", "en",
            ];
            let named = named.iter().filter_map(|name| get(map, name)).map(texts);
            // Each field is read once: reading it twice would take exponential time in the depth.
            named.into_iter().find(|texts| !texts.is_empty()).unwrap_or_else(|| {
                let translation = map.iter().find(|(key, _)| is_language(key));
                translation.map(|(_, value)| texts(value)).unwrap_or_default()
            })
        }
        Value::Null => Vec::new(),
    }
}
