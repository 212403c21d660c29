//! Blocks without nested blocks: underlined headings, macros, and the text of code.

use super::directives::HIDDEN_LINE;
use super::marks::{Delimiter, is_item};
use super::parser::AsciidocParser;
use crate::load::document::Content;

impl AsciidocParser<'_> {
    /// The level of a two-line heading: its text and a line of signs of the same length.
    pub(super) fn underlined(&self) -> Option<u8> {
        let text = self.line()?;
        let below = self.lines.get(self.at + 1)?.trim_end();
        let sign = below.chars().next()?;
        let level = "=-~^+".find(sign)? + 1;
        let length = text.chars().count();
        let fits = below.len() >= 3
            && below.chars().all(|c| c == sign)
            && below.len().abs_diff(length) <= 2;
        let is_text = text.chars().any(char::is_alphanumeric) && Delimiter::of(text).is_none();
        (fits && is_text && !text.starts_with(' ') && !is_item(text)).then_some(level as u8)
    }

    /// `name::target[content]` alone on a line. A macro without visible text becomes empty
    /// Markdown.
    pub(super) fn block_macro(&self, line: &str) -> Option<Content> {
        let (name, rest) = line.split_once("::")?;
        let (target, content) = rest.strip_suffix(']')?.split_once('[')?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase()) || target.contains(' ')
        {
            return None;
        }
        let first = content.split(',').next().unwrap_or_default().trim_matches('"');
        let label = if first.is_empty() { target } else { first };
        Some(match name {
            "image" => Content::Paragraph(format!("![{}]({target})", self.text(first))),
            "video" | "audio" | "include" | "link" => {
                Content::Paragraph(crate::markup::source::link(&self.text(label), target))
            }
            "toc" | "ifdef" | "ifndef" | "ifeval" | "endif" | "anchor" => {
                Content::Raw(String::new())
            }
            _ => return None,
        })
    }
}

/// Code without the numbers that refer to callouts.
pub(super) fn without_callouts(lines: &[&str]) -> String {
    let line = |line: &&str| {
        let is_number = |inner: &str| inner == "." || inner.chars().all(|c| c.is_ascii_digit());
        match line.trim_end().rsplit_once(" <") {
            Some((code, end)) if end.strip_suffix('>').is_some_and(is_number) => {
                code.trim_end().to_owned()
            }
            _ => (*line).to_owned(),
        }
    };
    let shown = lines.iter().filter(|line| **line != HIDDEN_LINE);
    shown.map(line).collect::<Vec<_>>().join("\n")
}
