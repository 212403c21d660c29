//! Suggests the name that was meant by a mistyped one.

/// How like a name of a short list must be (Jaro-Winkler, 0 to 1; set by hand).
const LIKE: f64 = 0.7;

/// The name that was most likely meant, if any is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_above(LIKE, wrong, names)
}

/// The name that was most likely meant, if any is more than `likeness` like it.
pub fn nearest_above<T: AsRef<str>>(
    likeness: f64,
    wrong: &str,
    names: impl IntoIterator<Item = T>,
) -> Option<T> {
    let near = |name: T| (strsim::jaro_winkler(wrong, name.as_ref()), name);
    let best = names.into_iter().map(near).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > likeness).then_some(best.1)
}
