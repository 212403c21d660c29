//! A search request.

use std::collections::HashSet;
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
    /// The ids of the entries that `is:bookmarked` accepts.
    pub bookmarked: Arc<HashSet<String>>,
}
