//! Cards whose front and back are under headings: `org-drill`, `anki-editor`, and pages of
//! exercises with solutions.

use super::labels::{Label, label};
use super::question_detect::{ends_as_question, question_likeness};
use crate::markup::source::clean;

/// Headings above the back of a card, in addition to the words for "answer".
const BACKS: &[&str] = &[
    "answers",
    "back",
    "solution",
    "rückseite",
    "lösung",
    "reverso",
    "solución",
    "verso",
    "решение",
];
/// Headings above the front, in addition to the words for "question".
const FRONTS: &[&str] = &["front", "vorderseite", "anverso", "recto"];
/// Card titles without meaning.
const NOTHING: &[&str] = &[
    "item",
    "card",
    "question",
    "exercise",
    "problem",
    "fact",
    "note",
    "drill",
    "quiz",
    "flashcard",
];

/// A longer title does not name a side, in bytes.
const MAX_LABEL_BYTES: usize = 40;

/// A side of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Front,
    Back,
}

/// The side that a heading is above.
pub(crate) fn side(title: &str) -> Option<Side> {
    if title.len() > MAX_LABEL_BYTES {
        return None;
    }
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '.' | ':' | '-');
    let title = title.trim().trim_end_matches(is_number).to_lowercase();
    // A single letter may as well be a name.
    let label = label(&title).filter(|_| title.chars().nth(1).is_some());
    if label == Some(Label::Answer) || BACKS.contains(&title.as_str()) {
        Some(Side::Back)
    } else {
        let is_front = label == Some(Label::Question) || FRONTS.contains(&title.as_str());
        is_front.then_some(Side::Front)
    }
}

/// The headings that divide cards, given all headings with level and title in order: they are below
/// a heading of a higher level, or among several of their level.
pub(crate) fn parting<'t>(headings: impl Iterator<Item = (u8, &'t str)>) -> Vec<bool> {
    let headings: Vec<(u8, Option<Side>)> =
        headings.map(|(level, title)| (level, side(title))).collect();
    let backs =
        |level: u8| headings.iter().filter(|one| **one == (level, Some(Side::Back))).count();
    let is_below = |n: usize| {
        let own = headings[n].0;
        headings[..n].iter().rev().find(|(_, side)| side.is_none()).is_some_and(|(l, _)| *l < own)
    };
    let parts = |n: usize| match headings[n] {
        (_, None) => false,
        (level, Some(Side::Back)) => is_below(n) || backs(level) > 1,
        (level, Some(Side::Front)) => is_below(n) && backs(level) > 0,
    };
    (0..headings.len()).map(parts).collect()
}

/// The question and the answer of a card from its title and the Markdown below it.
pub(crate) fn split(title: &str, text: String) -> (String, String) {
    let unchanged = |text: String| (title.to_owned(), text);
    if memchr::memchr(b'#', text.as_bytes()).is_none() {
        return unchanged(text);
    }
    let mut fence = false;
    let mut sides = Vec::new();
    for (n, line) in text.lines().enumerate() {
        fence ^= line.trim_start().starts_with("```");
        let bare = line.trim_start_matches('#');
        if !fence
            && bare.len() < line.len()
            && let Some(side) = side(&clean(bare))
        {
            sides.push((n, side));
        }
    }
    let Some(&(back, _)) = sides.iter().find(|(_, side)| *side == Side::Back) else {
        return unchanged(text);
    };
    let front = sides.iter().find(|&&(at, side)| side == Side::Front && at < back).map(|one| one.0);
    let lines: Vec<&str> = text.lines().collect();
    let part = |lines: &[&str]| lines.join("\n").trim().to_owned();
    let above = part(&lines[..front.unwrap_or(0)]);
    let below = part(&lines[front.map_or(0, |at| at + 1)..back]);
    let before = [above, below].join("\n\n").trim().to_owned();
    let answer = part(&lines[back + 1..]);
    if answer.is_empty() {
        return unchanged(text);
    }
    if before.is_empty() {
        return unchanged(answer);
    }
    let says_nothing = {
        let words = title.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        NOTHING.contains(&words.trim()) || side(&words).is_some()
    };
    let asked = clean(&before);
    let is_card = front.is_some()
        || says_nothing
        || question_likeness(title) == 0.0 && ends_as_question(&asked);
    if is_card { (asked, answer) } else { unchanged(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fronts_and_backs() {
        for (title, text, question, answer) in [
            ("Item", "Which rope?\n\n### Answer\n\nThe red one.", "Which rope?", "The red one."),
            ("Knot 3", "### Front\n\nA *bend*\n\n### Back\n\nTwo ropes.", "A bend", "Two ropes."),
            ("Why?", "### Answer\n\nSo.", "Why?", "So."),
            ("Why so?", "Look:\n\n## Answer\n\nSo.", "Why so?", "Look:\n\n## Answer\n\nSo."),
            ("Knots", "Of ropes.\n\n### Answer\n\nx", "Knots", "Of ropes.\n\n### Answer\n\nx"),
        ] {
            let expected = (question.to_owned(), answer.to_owned());
            assert_eq!(split(title, text.to_owned()), expected, "{title}");
        }
    }

    #[test]
    fn headings_that_part_cards() {
        let headings = [(1, "Quiz"), (2, "Rope?"), (3, "Answer"), (2, "Net?"), (1, "Answers")];
        assert_eq!(parting(headings.into_iter()), [false, false, true, false, false]);
    }
}
