//! What the lengths of questions and answers do to their scores.

use super::Index;
use crate::search::segment::{Segment, long};
use rayon::prelude::*;

/// What the answer counts, the question being 1.
const ANSWER: f32 = 0.26;
/// How much the length of the question matters.
const QUESTION_LENGTH: f32 = 0.25;
/// How much the length of the answer matters.
const ANSWER_LENGTH: f32 = 0.5;

/// Factors by length, against the mean length of a whole index.
#[derive(Debug)]
pub(in super::super) struct Lengths {
    /// For the 256 values of [`super::super::segment::short`].
    pub(super) question: [f32; 256],
    pub(super) answer: [f32; 256],
    /// For answers the same for [`product`], and the highest of them.
    pub(super) whole_answer: [u16; 256],
    pub(super) best_answer: u16,
    /// The highest of a question.
    pub(super) best_question: u16,
    /// For each segment and entry the factor of its question, for [`wide`]: a search reads all of
    /// them, and from memory, so that they should be small.
    of_entries: Vec<Vec<u8>>,
}

impl Lengths {
    /// Looks at every entry, which takes about as long as a search.
    pub fn of(index: &Index) -> Self {
        let (mut questions, mut answers) = ((0, 0), (0, 0));
        for (_, segment) in index.segments() {
            questions = (questions.0 + segment.head.words, questions.1 + segment.len());
            if let Some(body) = &segment.body {
                answers = (answers.0 + body.words, answers.1 + segment.len());
            }
        }
        let mean = |(words, entries): (u64, usize)| (words as f32 / entries.max(1) as f32).max(1.0);
        let (question, answer) = (mean(questions), mean(answers));
        let factor = |weight: f32, mean: f32, n: usize| {
            1.0 / (1.0 - weight + weight * (long(n as u8) / mean).max(0.1))
        };
        let question: [f32; 256] = std::array::from_fn(|n| factor(QUESTION_LENGTH, question, n));
        let answer: [f32; 256] =
            std::array::from_fn(|n| factor(ANSWER_LENGTH, answer, n).min(1.6) * ANSWER);
        let whole_answer = answer.map(whole);
        let best_answer = whole_answer.iter().copied().fold(0, u16::max);
        let wholes = question.map(|factor| (factor * 128.0).round() as u8);
        let best_question = wholes.iter().map(|&factor| wide(factor)).fold(0, u16::max);
        let one = |segment: &&Segment| {
            segment.head.lengths.iter().map(|&length| wholes[length as usize]).collect()
        };
        let segments: Vec<&Segment> = index.segments().map(|(_, segment)| segment).collect();
        let of_entries = segments.par_iter().map(one).collect();
        Self { question, answer, whole_answer, best_answer, best_question, of_entries }
    }

    /// The factors of the questions of segment `s`.
    pub(super) fn of_segment(&self, s: usize) -> &[u8] {
        &self.of_entries[s]
    }
}

/// A factor of less than 2 for [`product`].
fn whole(factor: f32) -> u16 {
    (factor * 32768.0) as u16
}

/// The same of a factor in eight bits.
pub(super) fn wide(factor: u8) -> u16 {
    u16::from(factor) << 8
}

/// Half of a sum of grades times a factor, rounded down: one instruction makes eight of them.
pub(super) fn product(sum: u16, factor: u16) -> u16 {
    ((u32::from(sum) * u32::from(factor)) >> 16) as u16
}
