//! Applies a hypothesis: which candidates are questions, and where their answers end.

use super::candidate::{Features, Outline, Question, TitleCandidate};
use super::hypothesis::Hypothesis;
use crate::load::boilerplate::is_about_page;
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::load::repeats::Repeats;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many candidates are searched for the previous item.
const NEAR: usize = 50;

/// Applies hypotheses. Everything that several of them need is computed once.
pub(super) struct Selector<'a> {
    pub(super) outline: &'a Outline,
    /// The mass before each unit, and of all units at the end.
    mass_before: Vec<u64>,
    /// For each candidate, the next heading.
    pub(super) next_heading: Vec<usize>,
    /// For each candidate, the next one with a number of several parts.
    next_section: Vec<usize>,
    /// For each candidate, the next list item that asks.
    next_asking_item: Vec<usize>,
    first_heading: Option<usize>,
    /// For each candidate, the letters and digits of its title.
    pub(super) plain_titles: Vec<String>,
}

impl<'a> Selector<'a> {
    pub(super) fn new(outline: &'a Outline) -> Self {
        let mut mass_before = Vec::with_capacity(outline.mass.len() + 1);
        let mut sum = 0;
        mass_before.push(0);
        for &mass in &outline.mass {
            sum += u64::from(mass);
            mass_before.push(sum);
        }
        let candidates = &outline.candidates;
        Self {
            outline,
            mass_before,
            next_heading: next(candidates, |c| c.features.heading.is_some()),
            next_section: next(candidates, |c| c.features.number > 1),
            next_asking_item: next(candidates, |c| c.features.item && asks(c)),
            first_heading: candidates.iter().position(|c| c.features.heading.is_some()),
            plain_titles: candidates.iter().map(|c| plain(&c.title)).collect(),
        }
    }

    /// The amount of text in a range of units.
    pub(super) fn mass(&self, units: Range<usize>) -> u64 {
        self.mass_before[units.end.max(units.start)] - self.mass_before[units.start]
    }

    /// The questions under a hypothesis.
    pub(super) fn apply(&self, hypothesis: Hypothesis) -> Vec<Question> {
        let mut taken: Vec<usize> =
            (0..self.outline.candidates.len()).filter(|&n| self.takes(hypothesis, n)).collect();
        if let Hypothesis::Heading(level) = hypothesis {
            self.add_lone_headings(level, &mut taken);
        }
        self.keep_links(hypothesis, &mut taken);
        self.drop_nested(hypothesis, &mut taken);
        let mut is_taken = vec![false; self.outline.candidates.len()];
        for &n in &taken {
            is_taken[n] = true;
        }
        let headed = self.add_series(hypothesis, &mut is_taken);
        let repeats = Repeats::of(self.mass(0..self.outline.mass.len()) as usize);
        let mut sections: Vec<(u8, usize)> = Vec::new();
        let mut questions: Vec<Question> = Vec::new();
        let mut open = false;
        for (n, candidate) in self.outline.candidates.iter().enumerate() {
            // Collapsible blocks inside an answer belong to it.
            let inside = |q: &Question| !self.outline.candidates[q.candidate].features.nested;
            let folded = candidate.features.nested && questions.last().is_some_and(inside);
            let closes = is_taken[n]
                || headed.contains(&n)
                || !folded && self.closes(hypothesis, candidate, &sections)
                || Self::leaves_list(hypothesis, &candidate.features);
            if open && closes {
                close(&mut questions, candidate.units.start);
                open = false;
            }
            if is_taken[n] {
                let titles = self.section_titles(&sections, candidate, &repeats);
                let answer = candidate.units.end..self.outline.mass.len();
                questions.push(Question { candidate: n, answer, sections: titles });
                open = true;
                self.head_lower_questions(hypothesis, n, &mut sections);
            } else if let (false, Some(level)) =
                (open, section_rank(hypothesis, &candidate.features))
            {
                sections.retain(|&(above, _)| above < level);
                sections.push((level, n));
            }
        }
        self.without_title(hypothesis, self.without_contents(questions))
    }

    /// A page title that asks is the first question, if it has no answer and the others do.
    fn without_title(&self, hypothesis: Hypothesis, mut questions: Vec<Question>) -> Vec<Question> {
        let is_free = matches!(hypothesis, Hypothesis::Asks | Hypothesis::Line);
        let answered = questions.iter().filter(|q| self.answer_mass(q) > 0).count();
        let is_title = |first: &Question| {
            first.candidate == 0 && self.answer_mass(first) == 0 && answered + 1 == questions.len()
        };
        if is_free && questions.len() > 3 && questions.first().is_some_and(is_title) {
            questions.remove(0);
        }
        questions
    }

    /// In a list of links, items that are not links belong to the surrounding page, unless they
    /// ask.
    fn keep_links(&self, hypothesis: Hypothesis, taken: &mut Vec<usize>) {
        let candidate = |n: usize| &self.outline.candidates[n];
        let links = taken.iter().filter(|&&n| candidate(n).features.is_link).count();
        if matches!(hypothesis, Hypothesis::Item { .. } | Hypothesis::AnyItem)
            && links * 2 > taken.len()
        {
            taken.retain(|&n| candidate(n).features.is_link || asks(candidate(n)));
        }
    }

    /// Collapsible blocks inside a few of the answers belong to these answers.
    fn drop_nested(&self, hypothesis: Hypothesis, taken: &mut Vec<usize>) {
        let is_nested = |n: usize| self.outline.candidates[n].features.nested;
        let nested = taken.iter().filter(|&&n| is_nested(n)).count();
        if hypothesis == Hypothesis::Summary && nested * 2 < taken.len() {
            taken.retain(|&n| !is_nested(n));
        }
    }

    /// Adds the summaries of series of collapsible blocks to headings; gives the headings that are
    /// no questions because all of their text is in such a series.
    fn add_series(&self, hypothesis: Hypothesis, is_taken: &mut [bool]) -> HashSet<usize> {
        let Hypothesis::Heading(level) = hypothesis else { return HashSet::new() };
        let mut headed = HashSet::new();
        // Else the blocks are the questions of the document, and the headings its sections.
        let taken = || (0..is_taken.len()).filter(|&n| is_taken[n]);
        let asking = taken().filter(|&n| asks(&self.outline.candidates[n])).count();
        if asking * 2 <= taken().count() {
            return headed;
        }
        for series in self.series(level) {
            series.summaries.into_iter().for_each(|n| is_taken[n] = true);
            if series.is_whole_section {
                is_taken[series.heading] = false;
                headed.insert(series.heading);
            }
        }
        headed
    }

    /// A question above the level of most others heads those below it, like a section.
    fn head_lower_questions(
        &self,
        hypothesis: Hypothesis,
        n: usize,
        sections: &mut Vec<(u8, usize)>,
    ) {
        let own = rank(&self.outline.candidates[n].features);
        if let (Hypothesis::Heading(level), Some(own)) = (hypothesis, own)
            && own < level
        {
            sections.retain(|&(above, _)| above < own);
            sections.push((own, n));
        }
    }

    fn takes(&self, hypothesis: Hypothesis, n: usize) -> bool {
        let candidate = &self.outline.candidates[n];
        hypothesis.takes(&candidate.features) && !candidate.title.is_empty()
    }

    /// Whether a heading that is not a question ends the answer above it.
    fn closes(
        &self,
        hypothesis: Hypothesis,
        candidate: &TitleCandidate,
        sections: &[(u8, usize)],
    ) -> bool {
        let features = &candidate.features;
        if let Hypothesis::Section { indent } = hypothesis
            && features.number == 1
        {
            return features.indent <= indent && self.may_head_sections(candidate);
        }
        if hypothesis == Hypothesis::AnySection && features.number == 1 {
            return self.heads_sections(candidate)
                || features.first_number > 0 && self.may_head_sections(candidate);
        }
        let Some(level) = rank(features) else { return false };
        match hypothesis {
            Hypothesis::Heading(own) => level <= own,
            Hypothesis::ItemHeading(own) => level <= own && features.indent == 0,
            Hypothesis::Section { .. } | Hypothesis::AnySection => true,
            Hypothesis::Marked
            | Hypothesis::Summary
            | Hypothesis::Term
            | Hypothesis::Bold { .. }
            | Hypothesis::Number { .. }
            | Hypothesis::Item { .. }
            | Hypothesis::AnyItem
            | Hypothesis::Asks
            | Hypothesis::Line
            | Hypothesis::Class(_) => sections.last().is_none_or(|&(above, _)| level <= above),
        }
    }

    /// Whether the next number of several parts begins with this one-part number; a list item in an
    /// answer is followed by other numbers.
    fn may_head_sections(&self, candidate: &TitleCandidate) -> bool {
        let candidates = &self.outline.candidates;
        let at = candidates.partition_point(|c| c.units.start < candidate.units.start);
        let next = self.next_section.get(at).and_then(|&next| candidates.get(next));
        let first = |c: &TitleCandidate| c.features.first_number;
        // The previous number in the same answer.
        let mut before = candidates[..at].iter().rev().take(NEAR);
        let before = before.find(|c| c.features.number > 0);
        let continues = before.is_some_and(|c| {
            c.features.number == 1 && first(c) > 0 && first(c) + 1 == first(candidate)
        });
        if continues && !self.heads_sections(candidate) {
            return false;
        }
        next.is_none_or(|next| {
            first(next) == 0 || first(candidate) == 0 || first(next) == first(candidate)
        })
    }

    /// Whether a numbered title is immediately followed by one of more parts: `2. Install`, `2.1
    /// …`.
    fn heads_sections(&self, candidate: &TitleCandidate) -> bool {
        let next = {
            let at =
                self.outline.candidates.partition_point(|c| c.units.start < candidate.units.end);
            self.outline.candidates.get(at)
        };
        next.is_some_and(|next| next.features.number > 1)
            && self.mass(candidate.units.end..next.map_or(0, |c| c.units.start)) == 0
    }

    /// Whether a list continues beyond the items that are read as questions.
    fn leaves_list(hypothesis: Hypothesis, features: &Features) -> bool {
        let (Hypothesis::Item { indent: own, .. } | Hypothesis::Number { indent: own, .. }) =
            hypothesis
        else {
            return false;
        };
        features.heading.is_none()
            && (features.item || features.number == 1)
            && features.indent < own
    }

    /// Adds headings above the questions' level that have text of their own: those that ask, those
    /// without headings below them, and those that introduce questions by a paragraph. Sections
    /// about the page itself are excluded.
    fn add_lone_headings(&self, level: u8, taken: &mut Vec<usize>) {
        let last = taken.last().copied().unwrap_or(0);
        let asking = taken.iter().filter(|&&n| asks(&self.outline.candidates[n])).count();
        let mostly_ask = asking * 2 > taken.len();
        let lone = |n: usize| {
            let candidate = &self.outline.candidates[n];
            let Some(own) = candidate.features.heading else { return false };
            if own >= level || own < 2 || self.direct_mass(n) == 0 {
                return false;
            }
            let next = self.outline.candidates.get(self.next_heading[n]);
            let next_level = next.and_then(|c| c.features.heading).unwrap_or(0);
            let is_leaf = next_level <= own;
            let introduces = mostly_ask && candidate.features.has_paragraph;
            asks(candidate) && n < last
                || (is_leaf || introduces) && !is_about_page(&candidate.title, n > last)
        };
        let more: Vec<usize> = (0..self.outline.candidates.len()).filter(|&n| lone(n)).collect();
        if more.len() < taken.len() {
            taken.extend(more);
            taken.sort_unstable();
        }
    }

    /// The text between a candidate and the next heading, or the next asking item if items are
    /// questions.
    pub(super) fn direct_mass(&self, n: usize) -> u64 {
        let candidates = &self.outline.candidates;
        let candidate = &candidates[n];
        let is_item = candidate.features.heading.is_none() && candidate.features.item;
        let mut next = self.next_heading[n];
        if is_item {
            next = next.min(self.next_asking_item[n]);
        }
        let end = candidates.get(next).map_or(self.outline.mass.len(), |c| c.units.start);
        self.mass(candidate.units.end..end) + candidate.rest.len() as u64
    }

    pub(super) fn answer_mass(&self, question: &Question) -> u64 {
        let rest = &self.outline.candidates[question.candidate].rest;
        self.mass(question.answer.clone()) + rest.len() as u64
    }

    /// The headings around a question, without the title of the document.
    fn section_titles(
        &self,
        sections: &[(u8, usize)],
        candidate: &TitleCandidate,
        repeats: &Repeats,
    ) -> Vec<String> {
        let own = rank(&candidate.features).unwrap_or(u8::MAX);
        let first = self.first_heading.map(|n| &self.outline.candidates[n]);
        let is_title = |n: usize| {
            let section = &self.outline.candidates[n];
            section.features.heading == Some(1) && first.is_some_and(|c| c.units == section.units)
        };
        sections
            .iter()
            .filter(|&&(level, n)| level < own && !is_title(n))
            .map(|&(_, n)| &self.outline.candidates[n].title)
            .filter(|title| repeats.allow(title, title.len()))
            .cloned()
            .collect()
    }

    /// Whether an answer contains headings, with or without text below them.
    fn holds_headings(&self, question: &Question) -> bool {
        let below = self.outline.candidates[question.candidate + 1..].iter();
        let mut below = below.take_while(|c| c.units.end <= question.answer.end);
        below.any(|c| c.features.heading.is_some())
    }

    /// Removes tables of contents: titles without answers that are repeated with answers, those
    /// between them, and titles with only links to places of the document below them.
    fn without_contents(&self, questions: Vec<Question>) -> Vec<Question> {
        // The address of a link is not an answer if the page has one for the same title.
        let is_link = |q: &Question| self.outline.candidates[q.candidate].features.is_link;
        let answered: Vec<bool> = questions
            .iter()
            .map(|q| {
                let says = self.mass(q.answer.clone()) > 0;
                says || !is_link(q) && self.answer_mass(q) > 0 || self.holds_headings(q)
            })
            .collect();
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (n, question) in questions.iter().enumerate() {
            if answered[n] {
                last.insert(self.plain_titles[question.candidate].as_str(), n);
            }
        }
        let comes_again: Vec<bool> = questions
            .iter()
            .enumerate()
            .map(|(n, question)| {
                let title = self.plain_titles[question.candidate].as_str();
                !answered[n] && last.get(title).is_some_and(|&later| later > n)
            })
            .collect();
        let mut keep = vec![true; questions.len()];
        let mut from = 0;
        while from < questions.len() {
            let run = answered[from..].iter().take_while(|&&answered| !answered).count();
            let again = comes_again[from..from + run].iter().filter(|&&again| again).count();
            if run >= 3 && again * 2 >= run {
                keep[from..from + run].fill(false);
            }
            from += run + 1;
        }
        let only_links = |question: &Question| {
            let links: u32 = self.outline.contents[question.answer.clone()].iter().sum();
            u64::from(links) > 2 * self.answer_mass(question)
                && !ends_as_question(&self.outline.candidates[question.candidate].title)
        };
        questions
            .into_iter()
            .enumerate()
            .filter(|(n, question)| keep[*n] && !comes_again[*n] && !only_links(question))
            .map(|(_, question)| question)
            .collect()
    }
}

/// The level of a candidate that can head a section: headings, and in plain text one-part numbers.
pub(super) fn rank(features: &Features) -> Option<u8> {
    features.heading
}

/// Like [`rank`]; one-part numbers head those of more parts.
fn section_rank(hypothesis: Hypothesis, features: &Features) -> Option<u8> {
    let by_number = matches!(hypothesis, Hypothesis::Section { .. } | Hypothesis::AnySection);
    rank(features).or((by_number && features.number == 1).then_some(7))
}

pub(super) fn asks(candidate: &TitleCandidate) -> bool {
    candidate.features.marked || question_likeness(&candidate.title) > 0.0
}

fn close(questions: &mut [Question], end: usize) {
    if let Some(last) = questions.last_mut() {
        last.answer.end = end.max(last.answer.start);
    }
}

/// The letters and digits of a title.
fn plain(title: &str) -> String {
    if title.is_ascii() {
        let letters = title.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For each candidate, the index of the next one for which `is_wanted` holds; the number of
/// candidates if there is none.
fn next(candidates: &[TitleCandidate], is_wanted: impl Fn(&TitleCandidate) -> bool) -> Vec<usize> {
    let mut next = vec![candidates.len(); candidates.len()];
    for n in (1..candidates.len()).rev() {
        next[n - 1] = if is_wanted(&candidates[n]) { n } else { next[n] };
    }
    next
}
