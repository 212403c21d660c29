//! The texts of an entry that get a vector: its question, its other wordings, and the beginning of
//! its answer.

use crate::collection::EntryRef;
use crate::search::index::Index;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Characters of an answer that are encoded.
const ANSWER_CHARS: usize = 600;

/// Identifies a text by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct TextKey(pub u64);

impl TextKey {
    pub fn new(text: &str) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        Self(hasher.finish())
    }
}

/// Which text of which entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextId {
    pub entry: u32,
    /// 0 is the question, the other wordings follow; `None` is the answer.
    wording: Option<usize>,
}

impl TextId {
    /// The text, if the entry has it.
    pub fn read<'a>(&self, index: &'a Index) -> Option<&'a str> {
        let entry = index.entry(self.entry)?;
        match self.wording {
            Some(n) => std::iter::once(entry.question()).chain(entry.aliases()).nth(n),
            None => Some(beginning(entry.answer())),
        }
    }
}

fn beginning(answer: &str) -> &str {
    let end = answer.char_indices().nth(ANSWER_CHARS).map_or(answer.len(), |(at, _)| at);
    answer[..end].trim()
}

/// The questions and other wordings of `entries`, then their answers.
pub(super) fn texts_of(index: &Index, entries: impl Iterator<Item = u32> + Clone) -> Vec<TextId> {
    let wordings = entries.clone().flat_map(|entry| {
        let count = index.entry(entry).map_or(0, |it: EntryRef<'_>| 1 + it.aliases().count());
        (0..count).map(move |n| TextId { entry, wording: Some(n) })
    });
    let has_answer =
        |&entry: &u32| index.entry(entry).is_some_and(|it| !it.answer().trim().is_empty());
    let answers = entries.filter(has_answer).map(|entry| TextId { entry, wording: None });
    wordings.chain(answers).collect()
}
