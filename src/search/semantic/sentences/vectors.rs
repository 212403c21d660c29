//! The sentence vectors of one index, which come in while the encoder works.

use super::super::encoder::SentenceVector;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// The vectors of the entries of an index, which they are attached to. Entries may have none yet.
pub(in crate::search) struct SentenceVectors {
    /// For each entry those of its wordings and of its answer.
    entries: RwLock<Vec<Vec<SentenceVector>>>,
    texts: usize,
    encoded: AtomicUsize,
}

impl SentenceVectors {
    /// No vectors yet of `texts` texts of so many entries.
    pub(super) fn new(entries: usize, texts: usize) -> Self {
        let entries = RwLock::new(vec![Vec::new(); entries]);
        Self { entries, texts, encoded: AtomicUsize::new(0) }
    }

    /// The share of texts that have a vector, from 0 to 1.
    pub fn progress(&self) -> f32 {
        if self.texts == 0 {
            return 1.0;
        }
        self.encoded.load(Ordering::Relaxed) as f32 / self.texts as f32
    }

    /// Adds vectors of entries.
    pub(super) fn extend(&self, vectors: impl IntoIterator<Item = (u32, SentenceVector)>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        for (entry, vector) in vectors {
            if let Some(of_entry) = entries.get_mut(entry as usize) {
                of_entry.push(vector);
                self.encoded.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Vec<Vec<SentenceVector>>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }
}
