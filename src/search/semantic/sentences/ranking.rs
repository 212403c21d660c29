//! Ranks entries by the cosine of their texts with a query.

use super::super::encoder::{Encoder, SentenceVector};
use super::vectors::SentenceVectors;
use crate::search::retrieve::Candidate;
use crate::search::weights::Weights;
use std::sync::Arc;

/// The best candidates, which all must have vectors, or the ranking would prefer those that do.
const MUST_HAVE_VECTORS: usize = 40;

/// A text whose vector others are compared with.
#[derive(Clone)]
pub(in crate::search) struct SentenceQuery {
    vectors: Arc<SentenceVectors>,
    query: SentenceVector,
}

impl SentenceQuery {
    /// Encodes a query; `None` while no entry has a vector, or without the encoder.
    pub fn of_text(vectors: Arc<SentenceVectors>, text: &str) -> Option<Self> {
        let encoder = (vectors.progress() > 0.0).then(|| Encoder::english().ok()).flatten()?;
        Some(Self { vectors, query: encoder.encode(text) })
    }

    /// The question of an entry as a query; `None` while it has no vector.
    pub fn of_entry(vectors: Arc<SentenceVectors>, entry: u32) -> Option<Self> {
        let query = vectors.read().get(entry as usize)?.first()?.clone();
        Some(Self { vectors, query })
    }

    /// Whether the best candidates can be ranked.
    pub fn serves(&self, candidates: &[Candidate]) -> bool {
        let entries = self.vectors.read();
        let has_vector = |candidate: &Candidate| {
            entries.get(candidate.entry as usize).is_some_and(|vectors| !vectors.is_empty())
        };
        candidates.iter().take(MUST_HAVE_VECTORS).all(has_vector)
    }

    /// The best cosine with any of its texts for each candidate; at least 0.
    pub fn cosines(&self, candidates: &[Candidate]) -> Vec<f32> {
        let entries = self.vectors.read();
        let vectors = |candidate: &Candidate| entries.get(candidate.entry as usize);
        let cosine = |candidate| vectors(candidate).map_or(0.0, |v| best_cosine(v, &self.query));
        candidates.iter().map(cosine).collect()
    }

    /// The nearest entries from `min_sentence_cosine` on, nearest first.
    pub fn nearest(&self, weights: &Weights) -> Vec<(f32, u32)> {
        let entries = self.vectors.read();
        let cosines = entries.iter().map(|vectors| best_cosine(vectors, &self.query));
        let near = cosines.zip(0..).filter(|(cosine, _)| *cosine >= weights.min_sentence_cosine);
        let mut near: Vec<(f32, u32)> = near.collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near
    }
}

/// The best cosine with any of an entry's texts; at least 0.
fn best_cosine(vectors: &[SentenceVector], query: &SentenceVector) -> f32 {
    vectors.iter().map(|vector| vector.cosine(query)).fold(0.0, f32::max)
}
