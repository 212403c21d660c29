//! Meilisearch: `{"hits": [{…}], "estimatedTotalHits": 2, …}`, or `totalHits` if pages were
//! requested. Algolia's `{"hits": [{…}], "nbHits": 2, …}` has the same form.

use super::fields::{EngineHits, Fields, get, records};

pub(super) fn hits(fields: &Fields<'_>) -> Option<EngineHits> {
    let totals = ["estimatedTotalHits", "totalHits", "nbHits"];
    let total = totals.iter().find_map(|name| get(fields, name))?;
    let id = if fields.contains_key("nbHits") { "objectID" } else { "id" };
    Some(EngineHits { records: records(get(fields, "hits")?, id), total: Some(total) })
}
