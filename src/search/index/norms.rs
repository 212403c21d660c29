//! Length norms: factors of scores by the lengths of questions and answers.

use super::segment::{Segment, decode_length};
use super::snapshot::Index;
use crate::search::weights::Weights;
use rayon::prelude::*;

/// The minimum length, as a share of the mean.
const MIN_RELATIVE_LENGTH: f32 = 0.1;

/// Factors by encoded length, relative to the mean length of a whole index, as BM25 normalises
/// (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
#[derive(Debug)]
pub(in crate::search) struct LengthNorms {
    /// Factors of question scores.
    pub question: [f32; 256],
    /// Factors of answer scores; they include the weight of the answer field.
    pub answer: [f32; 256],
    /// `answer` for [`multiply_high`].
    pub answer_fixed: [u16; 256],
    /// The maximum of `answer_fixed`.
    pub max_answer: u16,
    /// The highest factor of any question, for [`multiply_high`].
    pub max_question: u16,
    /// The factor of the question for each segment and entry, for [`widen`]. One byte each, since
    /// every search reads all of them from memory.
    of_entries: Vec<Vec<u8>>,
}

impl LengthNorms {
    /// Computes the factors. Reads the lengths of all entries, which takes about as long as a
    /// search.
    pub fn new(index: &Index, weights: &Weights) -> Self {
        let (mut questions, mut answers) = ((0, 0), (0, 0));
        for (_, segment) in index.segments() {
            questions = (questions.0 + segment.head.words, questions.1 + segment.len());
            if let Some(body) = &segment.body {
                answers = (answers.0 + body.words, answers.1 + segment.len());
            }
        }
        let mean = |(words, entries): (u64, usize)| (words as f32 / entries.max(1) as f32).max(1.0);
        let (question, answer) = (mean(questions), mean(answers));
        let factor = |b: f32, mean: f32, n: usize| {
            1.0 / (1.0 - b + b * (decode_length(n as u8) / mean).max(MIN_RELATIVE_LENGTH))
        };
        let question: [f32; 256] =
            std::array::from_fn(|n| factor(weights.question_length_norm, question, n));
        let answer: [f32; 256] = std::array::from_fn(|n| {
            let norm = factor(weights.answer_length_norm, answer, n);
            norm.min(weights.short_answer_cap) * weights.answer_factor
        });
        let answer_fixed = answer.map(to_fixed);
        let max_answer = answer_fixed.iter().copied().fold(0, u16::max);
        let question_fixed = question.map(|factor| (factor * 128.0).round() as u8);
        let max_question = question_fixed.iter().map(|&factor| widen(factor)).fold(0, u16::max);
        let one = |segment: &&Segment| {
            segment.head.lengths.iter().map(|&length| question_fixed[length as usize]).collect()
        };
        let segments: Vec<&Segment> = index.segments().map(|(_, segment)| segment).collect();
        let of_entries = segments.par_iter().map(one).collect();
        Self { question, answer, answer_fixed, max_answer, max_question, of_entries }
    }

    /// The factors of the questions of segment `s`.
    pub fn of_segment(&self, s: usize) -> &[u8] {
        &self.of_entries[s]
    }
}

/// A factor below 2 as fixed point for [`multiply_high`].
fn to_fixed(factor: f32) -> u16 {
    (factor * 32768.0) as u16
}

/// An eight-bit factor as fixed point for [`multiply_high`].
pub(in crate::search) fn widen(factor: u8) -> u16 {
    u16::from(factor) << 8
}

/// Half the product of a sum of scores and a factor, rounded down. One vector instruction computes
/// eight.
pub(in crate::search) fn multiply_high(sum: u16, factor: u16) -> u16 {
    ((u32::from(sum) * u32::from(factor)) >> 16) as u16
}
