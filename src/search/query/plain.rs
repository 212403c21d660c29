//! Tells queries in plain words from those with operators.

/// Whether a query has no operators: nothing in it is exact, a phrase, an anchor, a condition or an
/// alternative.
pub(in crate::search) fn is_plain(query: &str) -> bool {
    query.split_whitespace().all(|token| {
        let operator = token.starts_with(['\'', '!', '^', '"', '|']) || token.ends_with('$');
        let condition = ["tag:", "source:", "is:"].iter().any(|name| token.starts_with(name));
        !operator && !condition
    })
}
