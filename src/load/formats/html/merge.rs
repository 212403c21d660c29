//! Merges the questions of the structured data with the visible ones.

use crate::collection::Entry;
use crate::load::question_detect::question_likeness;
use std::collections::HashMap;

/// Answers with this many equal letters at the beginning are the same.
const SAME_BEGINNING: usize = 60;
/// Shorter answers may be equal by chance.
const MIN_LETTERS: usize = 20;

/// Whether the visible entries ask too, or are the same as the structured ones.
pub(super) fn agree(structured: &[Entry], visible: &[Entry]) -> bool {
    let known = Known::new(visible);
    let same = structured.iter().filter(|entry| known.find(entry).is_some()).count();
    let asking = visible.iter().filter(|e| question_likeness(&e.question) > 0.0).count();
    same * 2 >= structured.len() || asking * 10 >= visible.len() * 6
}

/// Adds the structured entries to the visible ones; a question with another wording becomes an
/// alias.
pub(super) fn merge(visible: &mut Vec<Entry>, structured: Vec<Entry>) {
    let mut known = Known::new(visible);
    for entry in structured {
        if let Some(n) = known.find(&entry) {
            let other = &mut visible[n];
            if letters(&other.question) != letters(&entry.question) {
                other.aliases.push(entry.question);
            }
            if other.answer.is_empty() {
                other.answer = entry.answer;
            }
        } else {
            known.add(visible.len(), &entry);
            visible.push(entry);
        }
    }
}

/// Finds entries with the same question, or with the same beginning of a longer answer.
#[derive(Default)]
struct Known {
    questions: HashMap<String, usize>,
    answers: HashMap<String, usize>,
}

impl Known {
    fn new(entries: &[Entry]) -> Self {
        let mut known = Self::default();
        for (n, entry) in entries.iter().enumerate() {
            known.add(n, entry);
        }
        known
    }

    fn add(&mut self, n: usize, entry: &Entry) {
        self.questions.entry(letters(&entry.question)).or_insert(n);
        if let Some(beginning) = beginning(&entry.answer) {
            self.answers.entry(beginning).or_insert(n);
        }
    }

    fn find(&self, entry: &Entry) -> Option<usize> {
        let by_question = self.questions.get(&letters(&entry.question));
        by_question.or_else(|| self.answers.get(&beginning(&entry.answer)?)).copied()
    }
}

/// The first letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(200).flat_map(char::to_lowercase).collect()
}

/// The beginning of an answer, which identifies it; `None` if it is too short.
fn beginning(answer: &str) -> Option<String> {
    let letters: String = letters(answer).chars().take(SAME_BEGINNING).collect();
    (letters.chars().count() >= MIN_LETTERS).then_some(letters)
}
