//! The answer of a how-to sheet.

use crate::markup::source::fenced;

/// An answer: a description, then the command as a code block.
pub(super) fn with_command(about: &str, language: &str, command: &str) -> String {
    let gap = if about.is_empty() { "" } else { "\n\n" };
    format!("{about}{gap}{}", fenced(language, command))
}
