//! Markup as it is written: entities, titles as plain text, HTML as Markdown.
//!
//! Loaders use it to turn what they read into Markdown or plain text; laying that out is the
//! business of the rest of `markup`.

mod depth;
pub(crate) mod dom;
mod entities;
mod html;
mod title;

pub(crate) use html::{as_markdown, as_plain, markdown, parse, to_markdown};
pub(crate) use title::{clean, without_tags};
