//! SeekStorm: `{"count": 2, "count_total": 2, "results": [{"_id": 0, "_score": …, …}], …}`.

use super::fields::{Fields, Hits, get, records};

pub(super) fn hits(fields: &Fields<'_>) -> Option<Hits> {
    let total = get(fields, "count_total")?;
    Some(Hits { records: records(get(fields, "results")?, "_id"), total: Some(total) })
}
