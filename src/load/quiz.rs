//! Quiz questions: their options, some of them right, as one answer in Markdown.
//!
//! Formats mark the right option in different ways; all of them are written here, so that they look
//! the same.

use crate::collection::TextFormat;
use crate::markup::source::{decode, in_markdown, read_answer};
use std::borrow::Cow;

/// A possible answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct QuizChoice {
    /// As in the source: plain, HTML or Markdown.
    pub(crate) text: String,
    /// The letter before it in the source; other texts may refer to it.
    pub(crate) letter: Option<char>,
    pub(crate) right: bool,
    /// Feedback for this option.
    pub(crate) note: Option<String>,
}

/// Everything that is known about the answer to a quiz question.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Quiz {
    pub(crate) choices: Vec<QuizChoice>,
    /// The answer, if it is not one of the choices.
    pub(crate) answer: String,
    /// Paragraphs below the choices.
    pub(crate) explanations: Vec<String>,
}

impl Quiz {
    /// The right answer, then all choices with the right ones marked, then the explanations.
    pub(crate) fn markdown(&self) -> String {
        let right: Vec<&QuizChoice> = self.choices.iter().filter(|choice| choice.right).collect();
        let mut parts = Vec::new();
        match right[..] {
            [one] => parts.push(read(&one.text).into_owned()),
            [] if !self.answer.trim().is_empty() => parts.push(read(&self.answer).into_owned()),
            _ => {}
        }
        match self.choices.as_slice() {
            [only] if only.right => {
                parts.extend(only.note.as_deref().map(|n| read(n).into_owned()));
            }
            choices => {
                let items: Vec<_> =
                    choices.iter().map(|choice| choice.item(!right.is_empty())).collect();
                parts.push(items.join("\n"));
            }
        }
        for text in &self.explanations {
            let text = read(text).into_owned();
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        parts.retain(|part| !part.trim().is_empty());
        parts.join("\n\n")
    }
}

impl QuizChoice {
    pub(crate) fn new(text: impl Into<String>, right: bool) -> Self {
        Self { text: text.into(), right, ..Self::default() }
    }

    /// A list item, with a checkbox if the right choice is known.
    fn item(&self, is_known: bool) -> String {
        let mark = match (is_known, self.right) {
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
            (false, _) => "",
        };
        let letter = self.letter.map(|c| format!("{c}. ")).unwrap_or_default();
        let mut text = format!("- {mark}{letter}{}", read(self.text.trim()));
        if let Some(note) = &self.note {
            text.push_str("\\\n");
            text.push_str(&read(note.trim()));
        }
        // Continuation lines are indented below the item.
        text.replace('\n', "\n  ")
    }
}

/// A text as Markdown. Quizzes from the web have entities in plain texts.
fn read(text: &str) -> Cow<'_, str> {
    match read_answer(Cow::Borrowed(text)) {
        (text, TextFormat::Markdown) => text,
        (text, TextFormat::Plain) => {
            Cow::Owned(in_markdown(&decode(&text), TextFormat::Plain).into_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_one_comes_first_and_all_are_listed() {
        let quiz = Quiz {
            choices: vec![
                QuizChoice { letter: Some('A'), ..QuizChoice::new("tin", false) },
                QuizChoice {
                    note: Some("It glows.".into()),
                    ..QuizChoice::new("<b>lamp</b>", true)
                },
            ],
            explanations: vec!["So.".into()],
            ..Quiz::default()
        };
        let expected = "**lamp**\n\n- [ ] A. tin\n- [x] **lamp**\\\n  It glows.\n\nSo.";
        assert_eq!(quiz.markdown(), expected);
    }

    #[test]
    fn several_right_ones_or_none() {
        let choices = |right: [bool; 2]| Quiz {
            choices: vec![QuizChoice::new("a", right[0]), QuizChoice::new("b", right[1])],
            ..Quiz::default()
        };
        assert_eq!(choices([true, true]).markdown(), "- [x] a\n- [x] b");
        assert_eq!(choices([false, false]).markdown(), "- a\n- b");
        let only = Quiz { choices: vec![QuizChoice::new("a", true)], ..Quiz::default() };
        assert_eq!(only.markdown(), "a");
    }
}
