//! Encodes texts in batches, skipping those in the cache.

use super::super::encoder::{Encoder, SentenceVector};
use super::cache::VectorCache;
use super::texts::{TextId, TextKey};
use super::vectors::SentenceVectors;
use crate::search::index::Index;
use rayon::prelude::*;

/// Tokens per batch: its numbers fit in the caches of a processor.
const BATCH_TOKENS: usize = 128;

/// Adds the cached vectors of `texts` to `vectors`; returns the other texts, in order.
pub(super) fn take_known(
    vectors: &SentenceVectors,
    index: &Index,
    texts: Vec<TextId>,
    cache: &mut VectorCache,
) -> Vec<TextId> {
    let mut known = Vec::new();
    let is_missing = |id: &TextId| {
        let text = id.read(index).unwrap_or_default();
        match cache.get(TextKey::new(&text)) {
            Some(vector) => {
                known.push((*id, vector));
                false
            }
            None => true,
        }
    };
    let missing = texts.into_iter().filter(is_missing).collect();
    vectors.extend(known);
    missing
}

/// Encodes texts of one index, and adds the results to its vectors and to the cache.
pub(super) struct BatchEncoder<'a> {
    pub encoder: &'a Encoder,
    pub index: &'a Index,
    pub vectors: &'a SentenceVectors,
}

impl BatchEncoder<'_> {
    /// Encodes about `batches` batches from the start of `texts` on the current rayon pool; returns
    /// the number of texts.
    pub fn encode_some(&self, texts: &[TextId], batches: usize, cache: &mut VectorCache) -> usize {
        let mut chosen = Vec::new();
        let mut count = 0;
        for id in texts {
            if count >= BATCH_TOKENS * batches {
                break;
            }
            let text = id.read(self.index).unwrap_or_default();
            let tokens = self.encoder.tokens(&text);
            count += tokens.len();
            chosen.push(Tokenized { id: *id, key: TextKey::new(&text), tokens });
        }
        let chosen_batches: Vec<_> = chosen.chunk_by(batcher()).collect();
        let encoded: Vec<SentenceVector> = chosen_batches
            .into_par_iter()
            .flat_map_iter(|batch| {
                let tokens: Vec<_> = batch.iter().map(|text| text.tokens.clone()).collect();
                self.encoder.encode_tokens(&tokens)
            })
            .collect();
        for (text, vector) in chosen.iter().zip(&encoded) {
            cache.insert(text.key, vector.clone());
        }
        let ids = chosen.iter().map(|text| text.id);
        self.vectors.extend(ids.zip(encoded));
        chosen.len()
    }
}

/// A text with its tokens.
struct Tokenized {
    id: TextId,
    key: TextKey,
    tokens: Vec<u32>,
}

/// Whether the second text still fits in the batch of the first.
fn batcher() -> impl FnMut(&Tokenized, &Tokenized) -> bool {
    let mut tokens = 0;
    move |before, next| {
        tokens += before.tokens.len();
        let fits = tokens + next.tokens.len() <= BATCH_TOKENS;
        if !fits {
            tokens = 0;
        }
        fits
    }
}
