//! Filters that do not exist, and the likely intended ones.

use crate::text::nearest;
use std::fmt;

/// The values of `is:`.
const MARKS: [&str; 4] = ["new", "known", "again", "bookmarked"];
/// The filter names that are long enough to recognise with a typo.
const NAMES: [&str; 2] = ["tag", "source"];

/// A filter that does not exist, such as `is:foo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFilter {
    /// The filter as typed.
    pub text: String,
    /// The most similar filter.
    pub suggestion: Option<String>,
}

impl UnknownFilter {
    /// Creates one for `is:` with an unknown value.
    pub(super) fn of_mark(text: &str, value: &str) -> Self {
        let suggestion = nearest(value, MARKS).map(|mark| format!("is:{mark}"));
        Self { text: text.to_owned(), suggestion }
    }

    /// Creates one for a word with a colon whose name is one typo away from a filter's name.
    pub(super) fn of_name(text: &str, name: &str, value: &str) -> Option<Self> {
        let is_near = |filter: &&str| strsim::osa_distance(name, filter) == 1;
        let suggestion = NAMES.into_iter().find(is_near).filter(|_| !value.is_empty())?;
        Some(Self { text: text.to_owned(), suggestion: Some(format!("{suggestion}:{value}")) })
    }
}

impl fmt::Display for UnknownFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, suggestion } = self;
        if let Some(suggestion) = suggestion {
            return write!(f, "unknown filter {text}; did you mean {suggestion}?");
        }
        let marks = MARKS.map(|mark| format!("is:{mark}")).join(", ");
        write!(f, "unknown filter {text}; {marks} work")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likely_filter_is_suggested() {
        let said = |wrong: Option<UnknownFilter>| wrong.map(|it| it.to_string());
        assert_eq!(
            UnknownFilter::of_mark("is:knwn", "knwn").to_string(),
            "unknown filter is:knwn; did you mean is:known?"
        );
        assert_eq!(
            UnknownFilter::of_mark("is:xyz", "xyz").to_string(),
            "unknown filter is:xyz; is:new, is:known, is:again, is:bookmarked work"
        );
        assert_eq!(
            said(UnknownFilter::of_name("tga:x", "tga", "x")).as_deref(),
            Some("unknown filter tga:x; did you mean tag:x?")
        );
        for (name, value) in
            [("a", "x"), ("std", ":vec"), ("http", "//x"), ("tag", ""), ("tga", "")]
        {
            assert_eq!(said(UnknownFilter::of_name("text", name, value)), None, "{name}:{value}");
        }
    }
}
