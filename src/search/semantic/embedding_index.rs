//! The embeddings of all wordings of a small collection.

use super::embedder::Embedder;
use super::embedding::{Embedding, QuantizedEmbedding};
use super::embedding_table::EmbeddingTable;
use crate::search::index::Index;
use rustc_hash::FxHashSet;

/// Larger collections are not compared as a whole.
const MAX_ENTRIES: usize = 20_000;

/// The embeddings of all questions and other wordings of a small collection.
#[derive(Default)]
pub(super) struct EmbeddingIndex {
    wordings: Vec<(u32, QuantizedEmbedding)>,
}

impl EmbeddingIndex {
    /// Embeds the whole collection; empty if it is too large.
    pub fn new(index: &Index) -> Self {
        if index.len() > MAX_ENTRIES {
            return Self::default();
        }
        let mut embedder = Embedder::new(*EmbeddingTable::english());
        let mut wordings = Vec::with_capacity(index.len());
        for (n, entry) in (0..).zip(index.entries()) {
            for text in std::iter::once(entry.question()).chain(entry.aliases()) {
                wordings.extend(embedder.embed(text).map(|embedding| (n, embedding.quantize())));
            }
        }
        Self { wordings }
    }

    /// The entries with a wording whose cosine with `query` is at least `min_cosine`, each once,
    /// nearest first.
    pub fn nearest(&self, query: &Embedding, min_cosine: f32) -> Vec<(f32, u32)> {
        let query = query.quantize();
        let near = |(entry, wording): &(u32, QuantizedEmbedding)| {
            let cosine = query.cosine(wording);
            (cosine >= min_cosine).then_some((cosine, *entry))
        };
        let mut found: Vec<(f32, u32)> = self.wordings.iter().filter_map(near).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = FxHashSet::default();
        found.retain(|(_, entry)| seen.insert(*entry));
        found
    }
}
