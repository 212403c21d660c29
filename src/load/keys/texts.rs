//! The texts of a value.

use super::names::is_language;
use crate::load::value::{Map, Value, get};
use std::borrow::Cow;

/// Keys with the text of a map, best first. The last ones are of rich text and of replies of bots.
const NAMED: &[&str] = &[
    "text",
    "value",
    "content",
    "rendered",
    "html",
    "answer",
    "question",
    "stem",
    "name",
    "body",
    "title",
    "en",
    "children",
    "blocks",
    "paragraphs",
    "ops",
    "insert",
    "data",
    "messages",
    "speech",
];

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
            if let Some(text) = joined_spans(map) {
                return vec![Cow::Owned(text)];
            }
            let named = NAMED.iter().filter_map(|name| get(map, name)).map(texts);
            // Each field is read once: reading it twice would take exponential time in the depth.
            named.into_iter().find(|texts| !texts.is_empty()).unwrap_or_else(|| {
                let translation = map.iter().find(|(key, _)| is_language(key));
                translation.map(|(_, value)| texts(value)).unwrap_or_default()
            })
        }
        Value::Null => Vec::new(),
    }
}

/// The names in a list in one text: semicolons separate them, or else commas, since a name between
/// semicolons may contain one.
pub(crate) fn separated(text: &str) -> impl Iterator<Item = &str> {
    text.split(if text.contains(';') { ';' } else { ',' }).map(str::trim)
}

/// The text of a paragraph of rich text, `{"type": "paragraph", "content": [{"text": …}, …]}`,
/// whose spans belong together.
fn joined_spans(map: &Map<'_>) -> Option<String> {
    ["type", "_type", "nodeType"].iter().find_map(|name| get(map, name)?.as_text())?;
    let spans = ["children", "content"].iter().find_map(|name| get(map, name))?;
    let Value::List(spans) = spans else { return None };
    let text = |span: &Value<'_>| {
        ["text", "value"].iter().find_map(|name| span.get(name)?.as_text().map(str::to_owned))
    };
    let texts: Option<Vec<String>> = spans.iter().map(text).collect();
    texts.map(|texts| texts.concat()).filter(|text| !text.trim().is_empty())
}
