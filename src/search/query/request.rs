//! A search request.

use crate::collection::Marks;
use std::collections::HashMap;
use std::sync::Arc;

/// A search request: the query and the options it is answered with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The query as it was typed.
    pub text: String,
    /// Match words exactly: no stems, no typos, no letters in order.
    pub exact: bool,
    /// Rank by words alone, without embeddings.
    pub no_meaning: bool,
    /// How many of the best hits to rank and return; the others are only counted. Asking again
    /// with a larger limit is cheap.
    pub limit: usize,
    /// What `is:bookmarked`, `is:known`, `is:again` and `is:new` go by.
    pub marks: Arc<Marks>,
    /// How much entries were used, by their [key](crate::collection::EntryRef::key): 1000 for a use
    /// at this moment, less for older ones. Decides the order of hits that are level.
    pub used: Arc<HashMap<String, u32>>,
    /// The [keys](crate::collection::EntryRef::key) of entries that were read, the newest last: an
    /// empty query over live sources lists them.
    pub recent: Arc<Vec<String>>,
}

impl Query {
    /// The most bytes of a query that a person or another program gives: the work of a search grows
    /// with its terms.
    pub const MAX_BYTES: usize = 1000;

    /// The beginning of a text that a query may have, cut between characters.
    pub fn cut(text: &str) -> &str {
        &text[..text.floor_char_boundary(Self::MAX_BYTES)]
    }
}
