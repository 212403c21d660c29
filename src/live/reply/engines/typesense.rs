//! Typesense: `{"found": 2, "hits": [{"document": {…}, "highlight": {…}}]}`; grouped hits; the first
//! result of a search of several collections.

use super::fields::{EngineHits, Fields, get};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct TypesenseHit<'a> {
    #[serde(borrow)]
    document: &'a RawValue,
}

#[derive(Deserialize)]
struct TypesenseGroup<'a> {
    #[serde(borrow)]
    hits: Vec<TypesenseHit<'a>>,
}

pub(super) fn hits(fields: &Fields<'_>) -> Option<EngineHits> {
    if let Some(results) = get::<Vec<Fields<'_>>>(fields, "results") {
        return results.first().and_then(hits);
    }
    let total = get(fields, "found")?;
    let hits: Vec<TypesenseHit<'_>> = match get::<Vec<TypesenseGroup<'_>>>(fields, "grouped_hits") {
        Some(groups) => groups.into_iter().flat_map(|group| group.hits).collect(),
        None => get(fields, "hits")?,
    };
    let records = hits.iter().map(|hit| hit.document.get().to_owned()).collect();
    Some(EngineHits { records, total: Some(total) })
}
