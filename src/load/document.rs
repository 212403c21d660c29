//! The document model: the form that every markup format takes on its way to entries.
//!
//! A format's loader parses its syntax into [`Block`]s, whose texts are Markdown already (see
//! `markup::source` for escaping and writing it); [`Document::parsed`] decides which parts are
//! questions and writes the answers.

mod questions;
mod units;

/// A text as blocks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    /// As plain text; empty when the document has none.
    pub(crate) title: String,
    /// Tags of the whole document.
    pub(crate) tags: Vec<String>,
    pub(crate) blocks: Vec<Block>,
}

/// A block and the line that it begins on.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// 1-based; 0 when unknown.
    pub(crate) line: u32,
    pub(crate) content: Content,
}

/// What a block holds. All texts but code are Markdown.
#[derive(Debug, Clone)]
#[allow(dead_code)] // Not every format has every block.
pub(crate) enum Content {
    Heading {
        /// From 1.
        level: u8,
        text: String,
        tags: Vec<String>,
    },
    /// A line break in it is soft; `\` before one makes it hard.
    Paragraph(String),
    List {
        /// The number of the first item; `None` without numbers.
        start: Option<u64>,
        items: Vec<Item>,
    },
    /// A term of a definition list with its definition.
    Definition {
        term: String,
        body: Vec<Block>,
    },
    Code {
        /// Empty when unknown.
        language: String,
        text: String,
    },
    Table {
        /// Empty when the table has none.
        header: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Quote(Vec<Block>),
    /// A note, tip or warning, with its kind or title.
    Admonition {
        label: String,
        body: Vec<Block>,
    },
    /// Content that is folded under a summary, which may be a question.
    Details {
        summary: String,
        body: Vec<Block>,
    },
    /// Alternatives, of which a page shows one at a time.
    Tabs(Vec<Tab>),
    Rule,
    /// Markdown that is copied unchanged.
    Raw(String),
}

/// An item of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Item {
    pub(crate) line: u32,
    /// Whether a task is done; `None` for other items.
    pub(crate) done: Option<bool>,
    pub(crate) body: Vec<Block>,
}

/// One of several alternatives.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    pub(crate) label: String,
    pub(crate) body: Vec<Block>,
}

impl Block {
    pub(crate) fn new(line: u32, content: Content) -> Self {
        Self { line, content }
    }
}
