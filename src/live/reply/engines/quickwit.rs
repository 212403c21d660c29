//! Quickwit (`/api/v1/INDEX/search`): `{"num_hits": 2, "hits": [{…}], "elapsed_time_micros": …}`.

use super::fields::{Fields, Hits, get, records};

pub(super) fn hits(fields: &Fields<'_>) -> Option<Hits> {
    let total = get(fields, "num_hits")?;
    Some(Hits { records: records(get(fields, "hits")?, "id"), total: Some(total) })
}
