//! Converts markup of sources: entities, titles to plain text, HTML to Markdown.
//!
//! Loaders use it to produce Markdown or plain text; the rest of `markup` lays that out.

mod depth;
pub(crate) mod dom;
mod entities;
mod html;
mod math;
mod raw_html;
mod scripts;
mod tags;
mod text_format;
mod title;
mod write;

pub(crate) use entities::decode;
#[cfg(feature = "anki")]
pub(crate) use html::html_title;
pub(crate) use html::{markdown, parse, to_markdown};
pub(crate) use math::escape as escape_math;
pub(crate) use raw_html::replace_raw_html;
pub(crate) use scripts::tagged;
pub(crate) use tags::without_tags;
pub(crate) use text_format::{
    detect, in_markdown, is_inert, plain_to_markdown, read_answer, read_question,
};
pub(crate) use title::clean;
pub(crate) use write::{
    code_span, destination, emphasise, escape_text, fenced, link, protect_start,
};

use pulldown_cmark::Options;

/// The extensions of Markdown that answers may use.
pub(crate) fn parser_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}
