//! The name that a mistyped one was meant to be.

/// The name that was most likely meant, if any is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name| (strsim::jaro_winkler(wrong, name), name);
    let best = names.into_iter().map(near).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.7).then_some(best.1)
}
