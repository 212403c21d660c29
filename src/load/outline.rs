//! Finds the parts of a document that are questions, by evidence from the whole document.
//!
//! A format's loader splits a text into units (lines, or blocks of a page) and marks every possible
//! title with its [`Features`]: a heading of some level, a bold line, `Q:`, a number, a list item.
//! Each feature suggests one [`Hypothesis`] about the document: "the headings of level three are
//! the questions". Every hypothesis is applied and scored: do its titles ask, is there text below
//! them, how much of the document do they cover, how many are there. The best one wins.

mod candidate;
mod hypothesis;
mod score;
mod select;
mod series;

pub(crate) use candidate::{Features, Outline, Question, TitleCandidate};
use hypothesis::Hypothesis;
use std::ops::Range;

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
                // Only empty units between them.
                Some(last) if (last.end..n).all(|m| !is_used[m] && self.mass[m] == 0) => {
                    last.end = n + 1;
                }
                _ => runs.push(n..n + 1),
            }
        }
        runs
    }

    /// The questions of the best hypothesis; none if no hypothesis is good enough. Takes time
    /// linear in the number of units.
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
