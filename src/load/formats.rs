//! One module per format.

#[cfg(feature = "anki")]
pub(crate) mod anki;
pub(crate) mod asciidoc;
pub(crate) mod csv;
pub(crate) mod gift;
pub(crate) mod howto;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod json_lines;
pub(crate) mod latex;
pub(crate) mod man;
pub(crate) mod markdown;
pub(crate) mod mediawiki;
pub(crate) mod module;
pub(crate) mod org;
pub(crate) mod pandoc;
pub(crate) mod plain_text;
pub(crate) mod pod;
pub(crate) mod question_lines;
pub(crate) mod rst;
pub(crate) mod stack_exchange;
pub(crate) mod texinfo;
pub(crate) mod textile;
pub(crate) mod toml;
pub(crate) mod xml;
pub(crate) mod yaml;
