//! Which lines of a document are its questions? Evidence from the whole document decides.
//!
//! A format's loader splits a text into units (lines, or blocks of a page) and marks every place
//! that could be a title, with what it looks like: a heading of some level, a bold line, `Q:`, a
//! number, a list item. Each look is one [`Reading`] of the document: "the headings of level
//! three are the questions". Every reading is carried out and scored: do its titles ask, is there
//! text below them, how much of the document do they cover, how many are there. The best wins.

use super::question_detect::{ends_as_question, question_likeness};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A place that could be a question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidate {
    /// The units that the title takes.
    pub(crate) units: Range<usize>,
    /// The title as plain text, without number and mark.
    pub(crate) title: String,
    /// What follows the title in the same unit; it opens the answer.
    pub(crate) rest: String,
    /// What it looks like.
    pub(crate) look: Look,
    /// 1-based; 0 when the format has no lines.
    pub(crate) line: u32,
}

/// What a candidate looks like; several may be true at once.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is one independent sign that was seen.
pub(crate) struct Look {
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
}

/// A document, ready to be read in several ways.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// How much text each unit has; contents lists count nothing.
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

/// One way to tell the questions from everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Heading(u8),
    /// Headings that are items of a list: `12. ### What …`.
    ItemHeading(u8),
    Marked,
    Summary,
    Term,
    Bold {
        numbered: bool,
    },
    Number {
        indent: u8,
        nested: bool,
    },
    /// Numbers of two and more parts.
    Section {
        indent: u8,
    },
    AnySection,
    Item {
        indent: u8,
        nested: bool,
    },
    AnyItem,
    Asks,
    Line,
    Class(u32),
}

impl Reading {
    fn takes(self, look: &Look) -> bool {
        match self {
            Self::Heading(level) => look.heading == Some(level),
            // At the left edge the number says what it is; the level may have slipped.
            Self::ItemHeading(level) => {
                look.item && look.heading.is_some_and(|own| own == level || look.indent == 0)
            }
            Self::Marked => look.marked,
            Self::Summary => look.summary,
            Self::Term => look.term,
            Self::Bold { numbered } => {
                look.bold && look.heading.is_none() && (look.number > 0 || !numbered)
            }
            Self::Number { indent, nested } => {
                look.number == 1
                    && look.heading.is_none()
                    && look.indent == indent
                    && look.nested == nested
            }
            Self::Section { indent } => look.number > 1 && look.indent == indent,
            Self::AnySection => look.number > 1,
            Self::Item { indent, nested } => {
                look.item
                    && look.heading.is_none()
                    && look.indent == indent
                    && look.nested == nested
            }
            Self::AnyItem => look.item && look.heading.is_none() && !look.nested,
            Self::Asks => look.asks,
            Self::Line => look.line || look.asks,
            Self::Class(class) => look.class == Some(class),
        }
    }

    /// The readings that a candidate speaks for.
    fn of(look: &Look) -> impl Iterator<Item = Self> {
        let (indent, nested) = (look.indent, look.nested);
        let level = look.heading.unwrap_or(0);
        [
            (level > 0, Self::Heading(level)),
            (level > 0 && look.item, Self::ItemHeading(level)),
            (look.marked, Self::Marked),
            (look.summary, Self::Summary),
            (look.term, Self::Term),
            (look.bold, Self::Bold { numbered: false }),
            (look.bold && look.number > 0, Self::Bold { numbered: true }),
            (look.number == 1, Self::Number { indent, nested }),
            (look.number > 1, Self::Section { indent }),
            (look.number > 1, Self::AnySection),
            (look.item, Self::Item { indent, nested }),
            (look.item, Self::AnyItem),
            (look.asks, Self::Asks),
            (look.line, Self::Line),
            (look.class.is_some(), Self::Class(look.class.unwrap_or(0))),
        ]
        .into_iter()
        .filter_map(|(holds, reading)| holds.then_some(reading))
    }
}

impl Outline {
    /// The questions of the best reading; none when no reading is worth anything.
    pub(crate) fn questions(&self) -> Vec<Question> {
        let mut seen = HashSet::new();
        let mut best = (0.0, Vec::new());
        let looks = self.candidates.iter().flat_map(|c| Reading::of(&c.look));
        for reading in looks.filter(|reading| seen.insert(*reading)) {
            let questions = self.read(reading);
            let score = self.score(reading, &questions);
            if score > best.0 {
                best = (score, questions);
            }
        }
        best.1
    }

    /// Carries a reading out.
    fn read(&self, reading: Reading) -> Vec<Question> {
        let mut taken: Vec<usize> =
            (0..self.candidates.len()).filter(|&n| self.takes(reading, n)).collect();
        if let Reading::Heading(level) = reading {
            self.add_lone_headings(level, &mut taken);
        }
        let is_taken: HashSet<usize> = taken.iter().copied().collect();
        let mut sections: Vec<(u8, usize)> = Vec::new();
        let mut questions: Vec<Question> = Vec::new();
        let mut open = false;
        for (n, candidate) in self.candidates.iter().enumerate() {
            // What can be folded away inside an answer belongs to it.
            let inside = |q: &Question| !self.candidates[q.candidate].look.nested;
            let folded = candidate.look.nested && questions.last().is_some_and(inside);
            let closes = is_taken.contains(&n)
                || !folded && self.closes(reading, candidate, &sections)
                || Self::leaves_list(reading, &candidate.look);
            if open && closes {
                close(&mut questions, candidate.units.start);
                open = false;
            }
            if is_taken.contains(&n) {
                let titles = self.section_titles(&sections, candidate);
                let answer = candidate.units.end..self.mass.len();
                questions.push(Question { candidate: n, answer, sections: titles });
                open = true;
            } else if let (false, Some(level)) = (open, section_rank(reading, &candidate.look)) {
                sections.retain(|&(above, _)| above < level);
                sections.push((level, n));
            }
        }
        self.without_contents(questions)
    }

    fn takes(&self, reading: Reading, n: usize) -> bool {
        let candidate = &self.candidates[n];
        reading.takes(&candidate.look) && !candidate.title.is_empty()
    }

    /// Whether a heading, itself no question, ends the answer above it.
    fn closes(&self, reading: Reading, candidate: &Candidate, sections: &[(u8, usize)]) -> bool {
        let look = &candidate.look;
        if let Reading::Section { indent } = reading
            && look.number == 1
        {
            return look.indent <= indent;
        }
        if reading == Reading::AnySection && look.number == 1 {
            return self.heads_sections(candidate);
        }
        let Some(level) = rank(look) else { return false };
        match reading {
            Reading::Heading(own) => level <= own,
            Reading::ItemHeading(own) => level <= own && look.indent == 0,
            Reading::Section { .. } | Reading::AnySection => true,
            _ => sections.last().is_none_or(|&(above, _)| level <= above),
        }
    }

    /// Whether a numbered title is followed at once by one of more parts: `2. Install`, `2.1 …`.
    fn heads_sections(&self, candidate: &Candidate) -> bool {
        let next = {
            let at = self.candidates.partition_point(|c| c.units.start < candidate.units.end);
            self.candidates.get(at)
        };
        next.is_some_and(|next| next.look.number > 1)
            && self.mass[candidate.units.end..next.map_or(0, |c| c.units.start)]
                .iter()
                .all(|&m| m == 0)
    }

    /// Whether a list goes on outside the items that are read as questions.
    fn leaves_list(reading: Reading, look: &Look) -> bool {
        let (Reading::Item { indent: own, .. } | Reading::Number { indent: own, .. }) = reading
        else {
            return false;
        };
        look.heading.is_none() && (look.item || look.number == 1) && look.indent < own
    }

    /// Headings above the questions' level that have no question below them may be questions.
    fn add_lone_headings(&self, level: u8, taken: &mut Vec<usize>) {
        let asking = taken.iter().filter(|&&n| asks(&self.candidates[n])).count();
        let statements_are_usual = asking * 3 < taken.len();
        // What stands before the first or after the last is about the page itself.
        let (first, last) =
            (taken.first().copied().unwrap_or(0), taken.last().copied().unwrap_or(0));
        let lone = |n: usize| {
            let candidate = &self.candidates[n];
            let next = self.candidates[n + 1..].iter().find(|c| c.look.heading.is_some());
            let next_level = next.and_then(|c| c.look.heading).unwrap_or(0);
            candidate.look.heading.is_some_and(|own| own < level && own > 1 && next_level <= own)
                && n < last
                && (asks(candidate) || statements_are_usual && first < n)
                && self.direct_mass(n) > 0
        };
        let more: Vec<usize> = (0..self.candidates.len()).filter(|&n| lone(n)).collect();
        if more.len() < taken.len() {
            taken.extend(more);
            taken.sort_unstable();
        }
    }

    /// The text between a candidate and the next heading, or asking item where items ask.
    fn direct_mass(&self, n: usize) -> u32 {
        let candidate = &self.candidates[n];
        let is_item = candidate.look.heading.is_none() && candidate.look.item;
        let ends = |c: &&Candidate| rank(&c.look).is_some() || is_item && c.look.item && asks(c);
        let next = self.candidates[n + 1..].iter().find(ends);
        let end = next.map_or(self.mass.len(), |c| c.units.start).max(candidate.units.end);
        let below: u32 = self.mass[candidate.units.end..end].iter().sum();
        below + candidate.rest.len() as u32
    }

    fn answer_mass(&self, question: &Question) -> u32 {
        let below: u32 = self.mass[question.answer.clone()].iter().sum();
        below + self.candidates[question.candidate].rest.len() as u32
    }

    /// How much of an answer is items that ask themselves: those are no answer.
    fn asking_below(&self, reading: Reading, question: &Question) -> u32 {
        if !matches!(reading, Reading::Item { .. }) {
            return 0;
        }
        let below = self.candidates[question.candidate + 1..].iter();
        below
            .take_while(|c| c.units.end <= question.answer.end)
            .filter(|c| c.look.item && asks(c))
            .map(|c| self.mass[c.units.clone()].iter().sum::<u32>())
            .sum()
    }

    /// The headings around a question, without the title of the whole document.
    fn section_titles(&self, sections: &[(u8, usize)], candidate: &Candidate) -> Vec<String> {
        let own = rank(&candidate.look).unwrap_or(u8::MAX);
        let first = self.candidates.iter().find(|c| rank(&c.look).is_some());
        let is_title = |n: usize| {
            let section = &self.candidates[n];
            section.look.heading == Some(1) && first.is_some_and(|c| c.units == section.units)
        };
        sections
            .iter()
            .filter(|&&(level, n)| level < own && !is_title(n))
            .map(|&(_, n)| self.candidates[n].title.clone())
            .collect()
    }

    /// Sets a list of contents aside: titles without answers that come again with answers, those
    /// between them, and titles with nothing but links to the document's own places below them.
    fn without_contents(&self, questions: Vec<Question>) -> Vec<Question> {
        let answered: Vec<bool> = questions.iter().map(|q| self.answer_mass(q) > 0).collect();
        let mut last: HashMap<String, usize> = HashMap::new();
        for (n, question) in questions.iter().enumerate() {
            if answered[n] {
                last.insert(plain(&self.candidates[question.candidate].title), n);
            }
        }
        let comes_again: Vec<bool> = questions
            .iter()
            .enumerate()
            .map(|(n, question)| {
                let title = plain(&self.candidates[question.candidate].title);
                !answered[n] && last.get(&title).is_some_and(|&later| later > n)
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
            let links: u32 = self.contents[question.answer.clone()].iter().sum();
            links > 2 * self.answer_mass(question)
                && !ends_as_question(&self.candidates[question.candidate].title)
        };
        questions
            .into_iter()
            .enumerate()
            .filter(|(n, question)| keep[*n] && !comes_again[*n] && !only_links(question))
            .map(|(_, question)| question)
            .collect()
    }

    /// How well a reading explains the document; 0 is not at all.
    fn score(&self, reading: Reading, questions: &[Question]) -> f32 {
        if questions.is_empty() {
            return 0.0;
        }
        let count = questions.len() as f32;
        let (mut asking, mut answered, mut covered, mut length) = (0.0, 0.0, 0.0, 0.0);
        let mut titles = HashSet::new();
        for question in questions {
            let candidate = &self.candidates[question.candidate];
            asking += if candidate.look.marked { 1.0 } else { question_likeness(&candidate.title) };
            let below = self.answer_mass(question) - self.asking_below(reading, question);
            let direct = self.direct_mass(question.candidate).min(below);
            answered += if direct > 0 {
                1.0
            } else if below > 0 && candidate.look.heading.is_some() {
                0.6
            } else {
                0.0
            };
            covered += below as f32 + candidate.title.len() as f32;
            length += candidate.title.chars().count() as f32;
            titles.insert(plain(&candidate.title));
        }
        let all: u32 = self.mass.iter().sum();
        let titles_mass: f32 = self
            .candidates
            .iter()
            .filter(|c| rank(&c.look).is_some())
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
            * reading.trust()
    }
}

impl Reading {
    /// Looks that writers use for other things as well count a little less.
    fn trust(self) -> f32 {
        match self {
            Self::Heading(_) | Self::ItemHeading(_) | Self::Marked | Self::Term => 1.0,
            Self::AnySection | Self::Section { .. } | Self::Summary | Self::Bold { .. } => 0.97,
            Self::Number { .. } | Self::Class(_) => 0.95,
            Self::Asks => 0.8,
            Self::Item { .. } | Self::AnyItem => 0.7,
            Self::Line => 0.5,
        }
    }
}

/// The level of what can head a section: headings, and in plain text numbers of one part.
fn rank(look: &Look) -> Option<u8> {
    look.heading
}

/// As [`rank`]; numbers of one part head those of more.
fn section_rank(reading: Reading, look: &Look) -> Option<u8> {
    let by_number = matches!(reading, Reading::Section { .. } | Reading::AnySection);
    rank(look).or((by_number && look.number == 1).then_some(7))
}

fn asks(candidate: &Candidate) -> bool {
    candidate.look.marked || question_likeness(&candidate.title) > 0.0
}

fn close(questions: &mut [Question], end: usize) {
    if let Some(last) = questions.last_mut() {
        last.answer.end = end.max(last.answer.start);
    }
}

/// A title by its letters and digits alone.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
