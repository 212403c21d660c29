//! Scores a hypothesis: do its titles ask, is there text below them, how much of the document do
//! they cover.

use super::candidate::Question;
use super::hypothesis::Hypothesis;
use super::select::{Selector, asks, rank};
use crate::load::question_detect::question_likeness;
use std::collections::HashSet;

/// A candidate with more headings below it is a section rather than a question.
const MANY_HEADINGS: f32 = 4.0;
/// The penalty of a hypothesis whose candidates are such sections.
const SWALLOWED: f32 = 0.8;

impl Selector<'_> {
    /// The score of a hypothesis, from 0 to 1.
    pub(super) fn score(&self, hypothesis: Hypothesis, questions: &[Question]) -> f32 {
        if questions.is_empty() {
            return 0.0;
        }
        let count = questions.len() as f32;
        let (mut asking, mut answered, mut covered, mut length) = (0.0, 0.0, 0.0, 0.0);
        let mut titles = HashSet::new();
        for question in questions {
            let candidate = &self.outline.candidates[question.candidate];
            asking +=
                if candidate.features.marked { 1.0 } else { question_likeness(&candidate.title) };
            let below = self.answer_mass(question) - self.asking_below(hypothesis, question);
            let direct = self.direct_mass(question.candidate).min(below);
            answered += if direct > 0 {
                1.0
            } else if below > 0 && candidate.features.heading.is_some() {
                0.6
            } else {
                0.0
            };
            covered += below as f32 + candidate.title.len() as f32;
            length += candidate.title.chars().count() as f32;
            titles.insert(self.plain_titles[question.candidate].as_str());
        }
        let all = self.mass(0..self.outline.mass.len());
        let titles_mass: f32 = self
            .outline
            .candidates
            .iter()
            .filter(|c| rank(&c.features).is_some())
            .map(|c| c.title.len() as f32)
            .sum();
        let cover = (covered / (all as f32 + titles_mass).max(1.0)).min(1.0);
        let asking = asking / count;
        let distinct = (titles.len() as f32 / count).max(asking);
        let size = count / (count + 1.0);
        let brief = (200.0 / (length / count)).min(1.0);
        (0.3 + 0.7 * asking)
            * (0.25 + 0.75 * answered / count)
            * (0.3 + 0.7 * cover)
            * size
            * distinct
            * brief
            * hypothesis.trust()
            * (1.0 - SWALLOWED * self.swallowed(hypothesis, questions))
    }

    /// The share of a document that is better explained by headings: the answer text below other
    /// headings, if there are many of these per question.
    fn swallowed(&self, hypothesis: Hypothesis, questions: &[Question]) -> f32 {
        let Hypothesis::Heading(level) = hypothesis else { return 0.0 };
        let (mut below, mut direct, mut headings) = (0, 0, 0);
        for question in questions {
            let n = question.candidate;
            below += self.answer_mass(question);
            direct += self.direct_mass(n).min(self.answer_mass(question));
            let inner = self.outline.candidates[n + 1..].iter().enumerate();
            headings += inner
                .take_while(|(_, c)| c.units.end <= question.answer.end)
                .filter(|(at, c)| {
                    c.features.heading.is_some_and(|own| own > level)
                        && self.direct_mass(n + 1 + at) > 0
                })
                .count();
        }
        let share = 1.0 - direct as f32 / below.max(1) as f32;
        let each = headings as f32 / questions.len().max(1) as f32;
        share * (each / MANY_HEADINGS).min(1.0)
    }

    /// The share of an answer that consists of items that ask, which are not an answer.
    fn asking_below(&self, hypothesis: Hypothesis, question: &Question) -> u64 {
        if !matches!(hypothesis, Hypothesis::Item { .. }) {
            return 0;
        }
        let below = self.outline.candidates[question.candidate + 1..].iter();
        below
            .take_while(|c| c.units.end <= question.answer.end)
            .filter(|c| c.features.item && asks(c))
            .map(|c| self.mass(c.units.clone()))
            .sum()
    }
}
