//! What a document offers as questions, and what is chosen of it.

use std::ops::Range;

/// A place that could be a question.
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

/// The appearance of a candidate; several features may be true at once.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is one independent sign.
pub(crate) struct Features {
    /// A heading of this level, from 1.
    pub(crate) heading: Option<u8>,
    /// `Q:` and the like stands before it.
    pub(crate) marked: bool,
    /// How many parts its number has: 2 for `1.4`; 0 without a number.
    pub(crate) number: u8,
    /// The first part of its number: 3 for `3.12`; 0 without a number.
    pub(crate) first_number: u16,
    /// An item of a list without numbers, or a heading inside an item.
    pub(crate) item: bool,
    pub(crate) bold: bool,
    /// The summary of details that can be opened.
    pub(crate) summary: bool,
    /// The term of a definition list.
    pub(crate) term: bool,
    /// A paragraph of its own that asks.
    pub(crate) asks: bool,
    /// A line of its own that is no sentence.
    pub(crate) line: bool,
    /// A kind of its own, such as the class of an element.
    pub(crate) class: Option<u32>,
    /// A heading with a paragraph right below it.
    pub(crate) has_paragraph: bool,
    /// Columns before it.
    pub(crate) indent: u8,
    /// Inside details that can be opened.
    pub(crate) nested: bool,
    /// The title is one link, whose address is all of the answer so far.
    pub(crate) is_link: bool,
}

/// A document as units and candidates.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The amount of text in each unit; contents lists count nothing.
    pub(crate) mass: Vec<u32>,
    /// The text in each unit that only repeats the document's titles.
    pub(crate) contents: Vec<u32>,
    /// In order of their units.
    pub(crate) candidates: Vec<TitleCandidate>,
}

/// A question that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// Its number among the outline's candidates.
    pub(crate) candidate: usize,
    /// The units of its answer.
    pub(crate) answer: Range<usize>,
    /// The titles of the sections around it, outermost first.
    pub(crate) sections: Vec<String>,
}
