//! Which parts of a document are its questions? Evidence from the whole document decides.
//!
//! A format's loader splits a text into units (lines, or blocks of a page) and marks every place
//! that could be a title, with its [`Features`]: a heading of some level, a bold line, `Q:`, a
//! number, a list item. Each feature gives one [`Hypothesis`] about the document: "the headings of
//! level three are the questions". Every hypothesis is carried out and scored: do its titles ask,
//! is there text below them, how much of the document do they cover, how many are there. The best
//! one wins.

mod hypothesis;
mod select;

use hypothesis::Hypothesis;
use std::ops::Range;

/// A place that could be a question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidate {
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
    pub(crate) candidates: Vec<Candidate>,
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

impl Outline {
    /// The runs of units with text that are neither in a question nor in its answer.
    pub(crate) fn unused(&self, questions: &[Question]) -> Vec<Range<usize>> {
        let mut is_used = vec![false; self.mass.len()];
        for question in questions {
            is_used[self.candidates[question.candidate].units.clone()].fill(true);
            is_used[question.answer.clone()].fill(true);
        }
        let is_unused = |n: usize| !is_used[n] && self.mass[n] > 0;
        let mut runs: Vec<Range<usize>> = Vec::new();
        for n in (0..self.mass.len()).filter(|&n| is_unused(n)) {
            match runs.last_mut() {
                // Nothing but gaps between them.
                Some(last) if (last.end..n).all(|m| !is_used[m] && self.mass[m] == 0) => {
                    last.end = n + 1;
                }
                _ => runs.push(n..n + 1),
            }
        }
        runs
    }

    /// The questions of the best hypothesis; none when no hypothesis is worth anything. Takes time
    /// linear in the units.
    pub(crate) fn questions(&self) -> Vec<Question> {
        let selector = select::Selector::new(self);
        let mut best = (0.0, Vec::new());
        for hypothesis in Hypothesis::suggested_by(&self.candidates) {
            let questions = selector.apply(hypothesis);
            let score = selector.score(hypothesis, &questions);
            if score > best.0 {
                best = (score, questions);
            }
        }
        best.1
    }
}
