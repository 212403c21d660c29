//! Filters of a query that mean nothing, and what was probably meant.

use crate::text::nearest;
use std::fmt;

/// The values of `is:`.
const MARKS: [&str; 4] = ["new", "known", "again", "bookmarked"];
/// The names of filters that are long enough to be mistyped.
const NAMES: [&str; 2] = ["tag", "source"];

/// A filter that means nothing, such as `is:foo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFilter {
    /// As it was typed.
    pub text: String,
    /// The filter that is most like it.
    pub meant: Option<String>,
}

impl UnknownFilter {
    /// For `is:` with a wrong value.
    pub(super) fn of_mark(text: &str, value: &str) -> Self {
        let meant = nearest(value, MARKS).map(|mark| format!("is:{mark}"));
        Self { text: text.to_owned(), meant }
    }

    /// For a word with a colon whose beginning is one typo from the name of a filter.
    pub(super) fn of_name(text: &str, name: &str, value: &str) -> Option<Self> {
        let is_near = |filter: &&str| strsim::osa_distance(name, filter) == 1;
        let meant = NAMES.into_iter().find(is_near).filter(|_| !value.is_empty())?;
        Some(Self { text: text.to_owned(), meant: Some(format!("{meant}:{value}")) })
    }
}

impl fmt::Display for UnknownFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, meant } = self;
        if let Some(meant) = meant {
            return write!(f, "unknown filter {text}; did you mean {meant}?");
        }
        let marks = MARKS.map(|mark| format!("is:{mark}")).join(", ");
        write!(f, "unknown filter {text}; {marks} work")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_that_was_meant_is_named() {
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
