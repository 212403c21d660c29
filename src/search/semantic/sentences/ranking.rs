//! Ranks entries by the cosine of their texts with a query.

use super::super::encoder::{Encoder, SentenceVector};
use super::vectors::{EntryVectors, SentenceVectors, Similarity};
use crate::search::retrieve::Candidate;
use crate::search::weights::Weights;
use std::sync::Arc;

/// How many of the best candidates must all have vectors; otherwise the ranking would prefer those
/// that do.
const MUST_HAVE_VECTORS: usize = 40;

/// The vector of a query, and those to compare it with.
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

    /// Uses the question of an entry as a query; `None` while it has no vector.
    pub fn of_entry(vectors: Arc<SentenceVectors>, entry: u32) -> Option<Self> {
        let query = vectors.read().get(entry as usize)?.question()?.clone();
        Some(Self { vectors, query })
    }

    /// Whether the best candidates have vectors.
    pub fn serves(&self, candidates: &[Candidate]) -> bool {
        let entries = self.vectors.read();
        let has_vector = |candidate: &Candidate| {
            entries.get(candidate.entry as usize).is_some_and(|it| it.question().is_some())
        };
        candidates.iter().take(MUST_HAVE_VECTORS).all(has_vector)
    }

    /// The similarity of each candidate, from 0 to 1.
    pub fn similarities(&self, candidates: &[Candidate]) -> Vec<f32> {
        let entries = self.vectors.read();
        let vectors = |candidate: &Candidate| entries.get(candidate.entry as usize);
        let similarity = |vectors: &EntryVectors| vectors.similarity(&self.query).mean;
        candidates.iter().map(|candidate| vectors(candidate).map_or(0.0, similarity)).collect()
    }

    /// The entries with a text whose cosine is at least `min_sentence_cosine`, with their
    /// similarities, the most similar first.
    pub fn nearest(&self, weights: &Weights) -> Vec<(f32, u32)> {
        let entries = self.vectors.read();
        let similarities = entries.iter().map(|vectors| vectors.similarity(&self.query)).zip(0..);
        let is_near = |it: &Similarity| it.best >= weights.min_sentence_cosine;
        let near = similarities.filter(|(similarity, _)| is_near(similarity));
        let mut near: Vec<(f32, u32)> = near.map(|(it, entry)| (it.mean, entry)).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near
    }
}
