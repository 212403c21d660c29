//! The replies of search engines, by their shapes. A new one is a file here and a line in [`SHAPES`].

mod meilisearch;
mod opensearch;
mod quickwit;
mod seekstorm;
mod typesense;

use super::record;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A reply by the names of its fields.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// The hits of a reply, best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hits {
    /// Records of JSON.
    pub(super) records: Vec<String>,
    /// How many there are in all.
    pub(super) total: Option<u64>,
}

/// Reads a reply, if it has the shape; one that fits several is read by the first.
const SHAPES: &[fn(&Fields<'_>) -> Option<Hits>] =
    &[opensearch::hits, typesense::hits, quickwit::hits, meilisearch::hits, seekstorm::hits];

/// The hits of an engine's reply, or the error that it tells; `None` if it is of no known shape.
pub(super) fn hits(text: &str) -> Option<Result<Hits, String>> {
    if !text.starts_with('{') {
        return None;
    }
    let fields: Fields<'_> = serde_json::from_str(text).ok()?;
    let found = SHAPES.iter().find_map(|shape| shape(&fields));
    found.map(Ok).or_else(|| error(&fields).map(Err))
}

/// The error that a reply tells: `{"error": "…"}`, `{"error": {"reason": "…"}}` (OpenSearch), or
/// `{"message": "…"}` alone (Typesense) or with a code (Meilisearch).
fn error(fields: &Fields<'_>) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Told {
        Text(String),
        Reason { reason: String },
        Message { message: String },
    }
    let told: Option<Told> = get(fields, "error");
    match told {
        Some(
            Told::Text(text) | Told::Reason { reason: text } | Told::Message { message: text },
        ) => Some(text),
        None if fields.len() == 1 || fields.contains_key("code") => get(fields, "message"),
        None => None,
    }
}

/// The value of a field, if it has one of this type.
fn get<'a, T: Deserialize<'a>>(fields: &Fields<'a>, name: &str) -> Option<T> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

/// Records with their field `id` as their id.
fn records(list: Vec<&RawValue>, id: &str) -> Vec<String> {
    list.into_iter().map(|text| record::with_id(text.get(), id)).collect()
}

/// The passages of a field that matched, without their marks.
fn passages(texts: &[String]) -> String {
    const MARKS: [&str; 8] =
        ["<em>", "</em>", "<b>", "</b>", "<mark>", "</mark>", "<strong>", "</strong>"];
    let unmarked =
        |text: &String| MARKS.iter().fold(text.clone(), |text, mark| text.replace(mark, ""));
    texts.iter().map(unmarked).collect::<Vec<_>>().join(" … ")
}
