//! OpenSearch and Elasticsearch (`_search`), and Quickwit's endpoint of the same form:
//! `{"hits": {"total": {"value": 2, …}, "hits": [{"_id": …, "_source": {…}, "highlight": {…}}]}}`.

use super::super::record;
use super::fields::{EngineHits, Fields, get, passages};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct OpenSearchHits<'a> {
    #[serde(default)]
    total: Option<Total>,
    #[serde(borrow)]
    hits: Vec<OpenSearchHit<'a>>,
}

/// A number up to version 6, an object since version 7.
#[derive(Deserialize)]
#[serde(untagged)]
enum Total {
    Number(u64),
    Object { value: u64 },
}

#[derive(Deserialize)]
struct OpenSearchHit<'a> {
    #[serde(rename = "_id", default)]
    id: Option<String>,
    #[serde(rename = "_source", borrow, default)]
    source: Option<&'a RawValue>,
    /// Stored fields, if the source was not requested.
    #[serde(borrow, default)]
    fields: Option<&'a RawValue>,
    #[serde(default)]
    highlight: BTreeMap<String, Vec<String>>,
}

pub(super) fn hits(fields: &Fields<'_>) -> Option<EngineHits> {
    let OpenSearchHits { total, hits } = get(fields, "hits")?;
    let total = total.map(|total| match total {
        Total::Number(value) | Total::Object { value } => value,
    });
    Some(EngineHits { records: hits.into_iter().map(hit).collect(), total })
}

/// The source with additional fields: its id, and the passages of fields that it lacks.
fn hit(hit: OpenSearchHit<'_>) -> String {
    let source = hit.source.or(hit.fields).map_or("{}", RawValue::get);
    let passages = hit.highlight.iter().map(|(name, texts)| {
        let name = name.strip_suffix(".keyword").unwrap_or(name);
        (name.to_owned(), Value::from(passages(texts)))
    });
    let id = hit.id.map(|id| ("id".to_owned(), Value::from(id)));
    record::with(source, passages.chain(id))
}
