//! SeekStorm: `{"count": 2, "count_total": 2, "results": [{"_id": 0, "_score": …, …}], …}`.

use super::fields::{EngineHits, Fields, get, records};

pub(super) fn hits(fields: &Fields<'_>) -> Option<EngineHits> {
    let total = get(fields, "count_total")?;
    Some(EngineHits { records: records(get(fields, "results")?, "_id"), total: Some(total) })
}
