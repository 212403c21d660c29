//! The sentence vectors of one index, added while the encoder works.

use super::super::encoder::SentenceVector;
use super::texts::{TextId, TextKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// The vectors of one entry; it may have none yet.
#[derive(Debug, Clone, Default)]
pub(super) struct EntryVectors {
    question: Option<SentenceVector>,
    aliases: Vec<SentenceVector>,
    /// The vector of the question with the beginning of the answer.
    with_answer: Option<SentenceVector>,
}

impl EntryVectors {
    fn set(&mut self, kind: TextKind, vector: SentenceVector) {
        match kind {
            TextKind::Wording(0) => self.question = Some(vector),
            TextKind::Wording(_) => self.aliases.push(vector),
            TextKind::QuestionAndAnswer => self.with_answer = Some(vector),
        }
    }

    /// The vector of the question.
    pub fn question(&self) -> Option<&SentenceVector> {
        self.question.as_ref()
    }

    /// Compares the entry with a query.
    pub fn similarity(&self, query: &SentenceVector) -> Similarity {
        let wordings = self.question.iter().chain(&self.aliases);
        let wording = wordings.map(|vector| vector.cosine(query)).fold(0.0, f32::max);
        let Some(with_answer) = &self.with_answer else {
            return Similarity { best: wording, mean: wording };
        };
        let with_answer = with_answer.cosine(query);
        let best = wording.max(with_answer);
        Similarity { best, mean: f32::midpoint(best, with_answer).max(0.0) }
    }
}

/// How similar an entry is to a query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similarity {
    /// The best cosine of any of its texts; at least 0.
    pub best: f32,
    /// The mean of `best` and the cosine of question and answer together: an answer distinguishes
    /// two entries whose questions have the same topic. At least 0.
    pub mean: f32,
}

/// The vectors of the entries of an index, attached to it. Entries may have none yet.
pub(in crate::search) struct SentenceVectors {
    entries: RwLock<Vec<EntryVectors>>,
    texts: usize,
    encoded: AtomicUsize,
}

impl SentenceVectors {
    /// Creates an empty set for `texts` texts of `entries` entries.
    pub(super) fn new(entries: usize, texts: usize) -> Self {
        let entries = RwLock::new(vec![EntryVectors::default(); entries]);
        Self { entries, texts, encoded: AtomicUsize::new(0) }
    }

    /// The share of texts that have a vector, from 0 to 1.
    pub fn progress(&self) -> f32 {
        if self.texts == 0 {
            return 1.0;
        }
        self.encoded.load(Ordering::Relaxed) as f32 / self.texts as f32
    }

    /// Adds vectors of texts.
    pub(super) fn extend(&self, vectors: impl IntoIterator<Item = (TextId, SentenceVector)>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        for (id, vector) in vectors {
            if let Some(of_entry) = entries.get_mut(id.entry as usize) {
                of_entry.set(id.kind, vector);
                self.encoded.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Vec<EntryVectors>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }
}
