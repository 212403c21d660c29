//! The candidates for questions in a document, and the chosen ones.

use std::ops::Range;

/// A possible question.
#[derive(Debug, Clone, Default)]
pub(crate) struct TitleCandidate {
    /// The units that the title takes.
    pub(crate) units: Range<usize>,
    /// The title as plain text, without number and mark.
    pub(crate) title: String,
    /// The text after the title in the same unit; it opens the answer.
    pub(crate) rest: String,
    pub(crate) features: Features,
    /// 1-based; 0 when the format has no lines.
    pub(crate) line: u32,
}

/// Features of a candidate; several may apply.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is one independent sign.
pub(crate) struct Features {
    /// A heading of this level, from 1.
    pub(crate) heading: Option<u8>,
    /// It has a mark such as `Q:`.
    pub(crate) marked: bool,
    /// How many parts its number has: 2 for `1.4`; 0 without a number.
    pub(crate) number: u8,
    /// The first part of its number: 3 for `3.12`; 0 without a number.
    pub(crate) first_number: u16,
    /// An item of a list without numbers, or a heading inside an item.
    pub(crate) item: bool,
    pub(crate) bold: bool,
    /// A bold question that begins an item, in a list of such items.
    pub(crate) bold_item: bool,
    /// The summary of a collapsible block.
    pub(crate) summary: bool,
    /// The term of a definition list.
    pub(crate) term: bool,
    /// A standalone paragraph that asks.
    pub(crate) asks: bool,
    /// A standalone line that is not a sentence.
    pub(crate) line: bool,
    /// Another class, such as the CSS class of an element.
    pub(crate) class: Option<u32>,
    /// A heading with a paragraph right below it.
    pub(crate) has_paragraph: bool,
    /// Columns of indentation.
    pub(crate) indent: u8,
    /// Inside a collapsible block.
    pub(crate) nested: bool,
    /// The title is one link, whose address is the whole answer so far.
    pub(crate) is_link: bool,
}

/// A document as units and candidates.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The amount of text in each unit; tables of contents count as empty.
    pub(crate) mass: Vec<u32>,
    /// The text in each unit that only repeats titles of the document.
    pub(crate) contents: Vec<u32>,
    /// Ordered by unit.
    pub(crate) candidates: Vec<TitleCandidate>,
}

/// A question that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// Its index among the outline's candidates.
    pub(crate) candidate: usize,
    /// The units of its answer.
    pub(crate) answer: Range<usize>,
    /// The titles of the sections around it, outermost first.
    pub(crate) sections: Vec<String>,
}
