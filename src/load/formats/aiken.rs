//! Aiken, Moodle's plainest quizzes: a question, its options as `A. one` or `A) one`, and a line
//! `ANSWER: A`. <https://docs.moodle.org/en/Aiken_format>

use crate::collection::{Entry, Place};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::quiz::{Quiz, QuizChoice};
use crate::load::splitting::Pieces;
use crate::load::unused_text::UnusedText;
use crate::markup::source::read_question;
use std::sync::Arc;

pub(crate) struct Aiken;

impl Loader for Aiken {
    fn name(&self) -> &'static str {
        "aiken"
    }

    fn description(&self) -> &'static str {
        "Aiken: quizzes in plain text whose answers are letters"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".aiken"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let lines = || peek.text.lines().take(400);
        let answers = lines().filter(|line| right_letter(line).is_some()).count();
        let options = lines().filter(|line| option(line).is_some()).count();
        if answers > 0 && options >= 2 * answers { 85 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        let mut open = QuizBlock::default();
        for (line, number) in doc.text.trim_start_matches('\u{feff}').lines().zip(1..) {
            if let Some(letter) = right_letter(line) {
                let block = std::mem::take(&mut open);
                match block.entry(letter) {
                    Some(entry) => {
                        let place = Place { source: Arc::clone(doc.name), line: block.line };
                        found.entries.push(Entry { place, ..entry });
                    }
                    None => found.problems.push((
                        number,
                        0,
                        "no option has this letter; expected a question and its options".into(),
                    )),
                }
            } else {
                open.add(line, number);
            }
        }
        found.unused.extend(UnusedText::new(open.line, open.question.iter().copied()));
        found
    }
}

/// A question before its answer is known.
#[derive(Default)]
struct QuizBlock<'a> {
    /// The first line of the question.
    line: u32,
    question: Vec<&'a str>,
    options: Vec<(char, String)>,
}

impl<'a> QuizBlock<'a> {
    fn add(&mut self, line: &'a str, number: u32) {
        if let Some((letter, text)) = option(line).filter(|_| !self.question.is_empty()) {
            self.options.push((letter, text.to_owned()));
        } else if let Some((_, last)) = self.options.last_mut() {
            last.push(' ');
            last.push_str(line.trim());
        } else if !line.trim().is_empty() {
            if self.question.is_empty() {
                self.line = number;
            }
            self.question.push(line.trim());
        }
    }

    fn entry(&self, right: char) -> Option<Entry> {
        if !self.options.iter().any(|(letter, _)| *letter == right) {
            return None;
        }
        let choices = self.options.iter().map(|(letter, text)| QuizChoice {
            letter: Some(*letter),
            ..QuizChoice::new(text.trim(), *letter == right)
        });
        let quiz = Quiz { choices: choices.collect(), ..Quiz::default() };
        let question = read_question(self.question.join(" ").into()).into_owned();
        Some(Entry { question, answer: quiz.markdown(), ..Entry::default() })
    }
}

/// `A. text` and `A) text`.
fn option(line: &str) -> Option<(char, &str)> {
    let letter = line.trim_start().chars().next().filter(char::is_ascii_uppercase)?;
    let rest = line.trim_start()[1..].strip_prefix(['.', ')'])?;
    let text = rest.strip_prefix([' ', '\t'])?.trim();
    (!text.is_empty()).then_some((letter, text))
}

/// `ANSWER: B`.
fn right_letter(line: &str) -> Option<char> {
    let mut letters = line.trim().strip_prefix("ANSWER:")?.trim().chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_uppercase() => Some(letter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn a_letter_tells_the_right_option() {
        let text = "Which tool\ncuts?\nA. a hammer\nB. a saw\n  with teeth\nANSWER: B\n\n\
            What burns?\r\nA) coal\r\nB) sand\r\nANSWER: A\r\n\nLost\nA. x\nANSWER: C\n";
        let found = testing::read(&Aiken, text);
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.problems[0].0, 15);
        let lines: Vec<u32> = found.entries.iter().map(|entry| entry.place.line).collect();
        assert_eq!(lines, [1, 8]);
        let expected = [
            (
                "Which tool cuts?",
                "a saw with teeth\n\n- [ ] A. a hammer\n- [x] B. a saw with teeth",
            ),
            ("What burns?", "coal\n\n- [x] A. coal\n- [ ] B. sand"),
        ];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        assert_eq!(testing::pairs(found), expected);
    }
}
