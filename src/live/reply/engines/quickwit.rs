//! Quickwit (`/api/v1/INDEX/search`): `{"num_hits": 2, "hits": [{…}], "elapsed_time_micros": …}`.

use super::fields::{EngineHits, Fields, get, records};

pub(super) fn hits(fields: &Fields<'_>) -> Option<EngineHits> {
    let total = get(fields, "num_hits")?;
    Some(EngineHits { records: records(get(fields, "hits")?, "id"), total: Some(total) })
}
