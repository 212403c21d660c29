//! Computes the embeddings of texts.

use super::embedding::Embedding;
use super::embedding_table::{EmbeddingTable, WordId};
use crate::text::words;
use rustc_hash::FxHashMap;

/// The most words that an embedder caches.
const MAX_KNOWN: usize = 50_000;

/// Computes the embeddings of many texts; caches the lookups of words.
#[derive(Debug)]
pub(in crate::search) struct Embedder {
    table: EmbeddingTable,
    known: FxHashMap<Box<str>, Option<WordId>>,
}

impl Embedder {
    /// An embedder with an empty cache.
    pub fn new(table: EmbeddingTable) -> Self {
        Self { table, known: FxHashMap::default() }
    }

    /// The embedding of a text: the mean of its words' vectors, of length 1; `None` if no word is
    /// known.
    pub fn embed(&mut self, text: &str) -> Option<Embedding> {
        let mut sum = Embedding::default();
        words(text, |word| {
            if !word.variant
                && let Some(known) = self.find(word.folded).and_then(|id| self.table.get(id))
            {
                sum.add(known, 1.0);
            }
        });
        let mean = sum.normalised();
        (mean != Embedding::default()).then_some(mean)
    }

    fn find(&mut self, word: &str) -> Option<WordId> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        let found = self.table.find(word);
        self.known.insert(word.into(), found);
        found
    }
}
