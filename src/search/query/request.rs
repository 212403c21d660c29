//! A search request.

use crate::collection::Marks;
use std::collections::HashMap;
use std::sync::Arc;

/// A search request: the query and its options.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The query as typed.
    pub text: String,
    /// Match words exactly: no stems, no typos, no letters in order.
    pub exact: bool,
    /// Rank by words alone, without embeddings.
    pub no_meaning: bool,
    /// How many of the best hits to rank and return; the others are only counted. Searching again
    /// with a larger limit is cheap.
    pub limit: usize,
    /// The marks that `is:bookmarked`, `is:known`, `is:again` and `is:new` filter by.
    pub marks: Arc<Marks>,
    /// How much entries were used, by their [key](crate::collection::EntryRef::key): 1000 for a use
    /// now, less for older ones. Determines the order of level hits.
    pub used: Arc<HashMap<String, u32>>,
    /// The [keys](crate::collection::EntryRef::key) of entries that were read, newest last: an
    /// empty query over live sources lists them.
    pub recent: Arc<Vec<String>>,
}

impl Query {
    /// The maximum length of a query in bytes, from users or other programs: the work of a search
    /// grows with its terms.
    pub const MAX_BYTES: usize = 1000;

    /// Truncates a text to the maximum length of a query, between characters.
    pub fn cut(text: &str) -> &str {
        &text[..text.floor_char_boundary(Self::MAX_BYTES)]
    }
}
