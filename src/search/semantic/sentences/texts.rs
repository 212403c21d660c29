//! The texts of an entry that get a vector: its question, its other wordings, and its question with
//! the beginning of its answer.
//!
//! A short answer alone often does not name its topic; together with its question it does.

use crate::collection::EntryRef;
use crate::search::index::Index;
use crate::text::{FNV_START, fnv};
use std::borrow::Cow;

/// The characters of an answer that are encoded.
const ANSWER_CHARS: usize = 600;

/// Identifies a text by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct TextKey(pub u64);

impl TextKey {
    pub fn new(text: &str) -> Self {
        Self(fnv(FNV_START, text.as_bytes()))
    }
}

/// A text of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// The question (0) or another wording.
    Wording(usize),
    /// The question and the beginning of the answer.
    QuestionAndAnswer,
}

/// Which text of which entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextId {
    pub entry: u32,
    pub kind: TextKind,
}

impl TextId {
    /// The text, if the entry has it.
    pub fn read<'a>(&self, index: &'a Index) -> Option<Cow<'a, str>> {
        let entry = index.entry(self.entry)?;
        let (question, mut aliases) = (entry.question(), entry.aliases());
        match self.kind {
            TextKind::Wording(0) => Some(question.into()),
            TextKind::Wording(n) => aliases.nth(n - 1).map(Cow::from),
            TextKind::QuestionAndAnswer => {
                Some(format!("{question} {}", beginning(entry.answer())).into())
            }
        }
    }
}

fn beginning(answer: &str) -> &str {
    let end = answer.char_indices().nth(ANSWER_CHARS).map_or(answer.len(), |(at, _)| at);
    answer[..end].trim()
}

/// The questions and other wordings of `entries`, then their questions with answers.
pub(super) fn texts_of(index: &Index, entries: impl Iterator<Item = u32> + Clone) -> Vec<TextId> {
    let wordings = entries.clone().flat_map(|entry| {
        let count = index.entry(entry).map_or(0, |it: EntryRef<'_>| 1 + it.aliases().count());
        (0..count).map(move |n| TextId { entry, kind: TextKind::Wording(n) })
    });
    let has_answer =
        |&entry: &u32| index.entry(entry).is_some_and(|it| !it.answer().trim().is_empty());
    let kind = TextKind::QuestionAndAnswer;
    let answers = entries.filter(has_answer).map(|entry| TextId { entry, kind });
    wordings.chain(answers).collect()
}
