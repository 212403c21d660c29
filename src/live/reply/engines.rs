//! Parsers for the replies of search engines, recognised by their shapes. A new one is a file here
//! and a line in [`SHAPES`].

mod fields;
mod meilisearch;
mod opensearch;
mod quickwit;
mod seekstorm;
mod typesense;

pub(super) use fields::EngineHits;
use fields::{Fields, get};
use serde::Deserialize;

/// Parse a reply if it has their shape; the first one that matches is used.
const SHAPES: &[fn(&Fields<'_>) -> Option<EngineHits>] =
    &[opensearch::hits, typesense::hits, quickwit::hits, meilisearch::hits, seekstorm::hits];

/// The hits of an engine's reply, or the error that it reports; `None` for unknown shapes.
pub(super) fn hits(text: &str) -> Option<Result<EngineHits, String>> {
    if !text.starts_with('{') {
        return None;
    }
    let fields: Fields<'_> = serde_json::from_str(text).ok()?;
    let found = SHAPES.iter().find_map(|shape| shape(&fields));
    found.map(Ok).or_else(|| error(&fields).map(Err))
}

/// The error that a reply reports: `{"error": "…"}`, `{"error": {"reason": "…"}}` (OpenSearch), or
/// `{"message": "…"}` alone (Typesense) or with a code (Meilisearch).
fn error(fields: &Fields<'_>) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ErrorBody {
        Text(String),
        Reason { reason: String },
        Message { message: String },
    }
    let told: Option<ErrorBody> = get(fields, "error");
    match told {
        Some(
            ErrorBody::Text(text)
            | ErrorBody::Reason { reason: text }
            | ErrorBody::Message { message: text },
        ) => Some(text),
        None if fields.len() == 1 || fields.contains_key("code") => get(fields, "message"),
        None => None,
    }
}
