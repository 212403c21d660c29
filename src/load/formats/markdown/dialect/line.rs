//! A line of a page.

use std::borrow::Cow;

/// A line with its number in the file, from 1.
#[derive(Debug, Clone)]
pub(in super::super) struct DialectLine<'a> {
    pub(in super::super) text: Cow<'a, str>,
    pub(in super::super) number: u32,
}
