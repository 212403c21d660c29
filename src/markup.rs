//! Lays out answers: converts Markdown to wrapped lines whose parts have roles.
//!
//! An answer is rendered once per width; drawing takes the visible lines:
//!
//! ```text
//! text --pulldown-cmark--> events --walk--> flows --wrap--> lines on a page
//! ```
//!
//! - `walk` goes over the events; `blocks` lays out blocks, `inline` their inline text; `literal`
//!   lays out plain text, without events;
//! - `flow` is inline text before wrapping, `wrap` breaks it into lines, `page` adds bars and
//!   bullets on their left;
//! - `table`, `code`, `links` and `images` lay out what their names say;
//! - `syntax` highlights code in the background;
//! - `rendered` is the result, `line` one line of it, `find` searches all lines, `role` has the
//!   roles of text.

mod blocks;
mod code;
mod find;
mod flow;
mod images;
mod inline;
mod line;
mod links;
mod literal;
mod page;
mod plain;
mod rendered;
mod role;
pub(crate) mod source;
mod syntax;
mod table;
mod walk;
mod wrap;

#[cfg(test)]
mod tests;

pub use code::{CodeBlock, CommandPart, command_parts};
pub use find::{Occurrences, Spot};
pub use images::{ImageCatalogue, ImageRef, ImageRows, ImageSize};
pub use line::Line;
pub use links::Link;
pub use plain::plain;
pub use rendered::{Heading, Rendered};
pub use role::{Role, Roles};
pub use syntax::Syntax;

use crate::collection::TextFormat;
use pulldown_cmark::{Parser, TextMergeStream};

/// The options of laying out an answer.
#[derive(Debug, Clone, Copy)]
pub struct LayoutOptions<'a> {
    /// The width in columns; at least one is used.
    pub width: u16,
    /// Whether to draw bars, bullets and table borders with line-drawing characters; otherwise
    /// ASCII is used, for screen readers.
    pub line_drawing: bool,
    /// Highlights the syntax of code.
    pub syntax: &'a Syntax,
    /// The catalogue of pictures and the source of the answer; without it, images are shown as text.
    pub images: Option<(&'a dyn ImageCatalogue, &'a str)>,
}

/// Lays out Markdown at a width, with line-drawing characters and code without colours.
pub fn render(text: &str, width: u16) -> Rendered {
    let options = LayoutOptions { width, line_drawing: true, syntax: &Syntax::off(), images: None };
    render_with(text, TextFormat::Markdown, options)
}

/// Lays out a text: Markdown, or plain text line by line.
///
/// No line is wider than the width, except one with a single wider character. The time is linear in
/// the length of the text, at any nesting.
pub fn render_with(text: &str, format: TextFormat, options: LayoutOptions<'_>) -> Rendered {
    let markdown = source::escape_math(text);
    let mut walk =
        walk::Walk::new(usize::from(options.width), options.line_drawing, options.syntax);
    walk.images.catalogue = options.images;
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

/// Breaks a text into lines of at most `width` columns, between words if possible; returns at least
/// one line.
pub fn wrap_text(text: &str, width: u16) -> Vec<String> {
    if text.is_empty() {
        return vec![String::new()];
    }
    let lines = wrap::wrap(text, wrap::Room::same(usize::from(width)));
    lines.into_iter().map(|(range, _)| text[range].to_owned()).collect()
}
