//! The answer pane's text: Markdown becomes wrapped lines of which each part knows what it is.
//!
//! An answer is rendered once for a width, and then drawn by taking the lines in sight:
//!
//! ```text
//! text --pulldown-cmark--> events --walk--> flows --wrap--> lines on a page
//! ```
//!
//! - `walk` goes over the events; `blocks` puts blocks on the page, `inline` gathers what runs in
//!   them; `literal` does without events for plain text;
//! - `flow` is running text, `wrap` breaks it, `page` puts bars and bullets left of it;
//! - `table`, `code` and `links` each lay out what they are named for;
//! - `syntax` colours code without making anybody wait;
//! - `line` is one line of the result, `find` finds in all of them, `role` names what text is.

mod blocks;
mod code;
mod find;
mod flow;
mod inline;
mod line;
mod links;
mod literal;
mod page;
mod plain;
mod role;
pub(crate) mod source;
mod syntax;
mod table;
mod walk;
mod wrap;

#[cfg(test)]
mod tests;

pub use code::{CodeBlock, CommandPart, command_parts};
pub use find::{Finds, Spot};
pub use line::Line;
pub use links::Link;
pub use plain::plain;
pub use role::{Role, Roles};
pub use syntax::Syntax;

use crate::collection::TextFormat;
use crate::text::grapheme_width;
use find::Folded;
use pulldown_cmark::{Parser, TextMergeStream};
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// An answer, ready to be drawn at one width.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The lines from the top.
    pub lines: Vec<Line>,
    /// What can be opened, by number: the first is `[1]`.
    pub links: Vec<Link>,
    /// The code blocks from the top.
    pub code_blocks: Vec<CodeBlock>,
    /// The headings from the top.
    pub headings: Vec<Heading>,
    folded: OnceLock<Folded>,
}

/// A heading of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The line that it begins on, from 0.
    pub line: usize,
    /// From 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
}

/// How an answer is laid out.
#[derive(Debug, Clone, Copy)]
pub struct LayoutOptions<'a> {
    /// The columns of a line; at least one is used.
    pub width: u16,
    /// Draw bars, bullets and table borders with line-drawing characters; otherwise, for screen
    /// readers, with ASCII.
    pub line_drawing: bool,
    /// Where code gets its colours from.
    pub syntax: &'a Syntax,
}

/// Lays out Markdown at a width, with line-drawing characters and code without colours.
pub fn render(text: &str, width: u16) -> Rendered {
    let options = LayoutOptions { width, line_drawing: true, syntax: &Syntax::off() };
    render_with(text, TextFormat::Markdown, options)
}

/// Lays out a text: Markdown, or plain text line by line.
///
/// No line is wider than the width, but for a character that alone is wider. The time grows with
/// the text's length, whatever its nesting.
pub fn render_with(text: &str, format: TextFormat, options: LayoutOptions<'_>) -> Rendered {
    let markdown = source::escape_math(text);
    let mut walk =
        walk::Walk::new(usize::from(options.width), options.line_drawing, options.syntax);
    match format {
        TextFormat::Plain => walk.literal(text),
        TextFormat::Markdown => {
            let parser = Parser::new_ext(&markdown, source::parser_options());
            for event in TextMergeStream::new(parser) {
                walk.event(event);
            }
        }
    }
    let (page, rendered) = walk.finish();
    Rendered { lines: page.lines, ..rendered }
}

/// Breaks a text into lines of at most `width` columns, between words where that is possible; at
/// least one line.
pub fn wrap_text(text: &str, width: u16) -> Vec<String> {
    if text.is_empty() {
        return vec![String::new()];
    }
    let lines = wrap::wrap(text, wrap::Room::same(usize::from(width)));
    lines.into_iter().map(|(range, _)| text[range].to_owned()).collect()
}

impl Rendered {
    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A line as plain text, as matches count in it; empty below the last.
    pub fn text(&self, n: usize) -> &str {
        self.lines.get(n).map_or("", Line::text)
    }

    /// A line's text without bars, bullets and indentation; empty below the last.
    pub fn own(&self, n: usize) -> &str {
        self.lines.get(n).map_or("", |line| &line.text()[line.indent as usize..])
    }

    /// The link that is drawn at a column of a line.
    pub fn link_at(&self, n: usize, column: usize) -> Option<&Link> {
        let line = self.lines.get(n)?;
        let mut used = 0;
        let (byte, _) = line.text().grapheme_indices(true).find(|(_, grapheme)| {
            used += grapheme_width(grapheme);
            used > column
        })?;
        self.links.get(line.link_at(byte)? - 1)
    }

    /// Finds a text, whatever its case and accents.
    pub fn find(&self, needle: &str) -> Finds {
        self.folded().find(needle)
    }

    /// What of it is on a line.
    pub fn found_on(&self, finds: &Finds, n: usize) -> Vec<Spot> {
        self.lines.get(n).map_or(Vec::new(), |line| self.folded().on_line(finds, n, line))
    }

    /// The line on which a match begins.
    pub fn line_of(&self, finds: &Finds, find: usize) -> Option<usize> {
        self.folded().line_of(finds, find)
    }

    /// The first match that begins on line `n` or below.
    pub fn first_from(&self, finds: &Finds, n: usize) -> Option<usize> {
        self.folded().first_from(finds, n)
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.lines))
    }
}
