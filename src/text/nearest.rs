//! Suggests the most similar name for a mistyped one.

/// The minimum similarity of a suggested name (Jaro-Winkler, 0 to 1; set by hand).
const LIKE: f64 = 0.7;

/// The most similar name, if any is similar enough.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_above(LIKE, wrong, names)
}

/// The most similar name, if any is more similar than `likeness`.
pub fn nearest_above<T: AsRef<str>>(
    likeness: f64,
    wrong: &str,
    names: impl IntoIterator<Item = T>,
) -> Option<T> {
    let near = |name: T| (strsim::jaro_winkler(wrong, name.as_ref()), name);
    let best = names.into_iter().map(near).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > likeness).then_some(best.1)
}
