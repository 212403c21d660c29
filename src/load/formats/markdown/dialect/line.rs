//! A line of a page, and the fences that lines open.

use std::borrow::Cow;

/// A line with its number in the file, from 1.
#[derive(Debug, Clone)]
pub(in super::super) struct DialectLine<'a> {
    pub(in super::super) text: Cow<'a, str>,
    pub(in super::super) number: u32,
}

/// The fence that a line opens.
pub(in super::super) fn fence(bare: &str) -> Option<String> {
    let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marks = bare.len() - bare.trim_start_matches(sign).len();
    (marks >= 3 && !bare[marks..].contains('`')).then(|| bare[..marks].to_owned())
}
