//! Reranks candidates by embeddings, and adds entries that share no word with the query.

use super::embedder::Embedder;
use super::embedding_index::EmbeddingIndex;
use super::embedding_table::EmbeddingTable;
use super::query_embedding::QueryEmbedding;
use crate::search::index::Index;
use crate::search::retrieve::{Candidate, Field, WeightedClause};
use crate::search::weights::Weights;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// At most so many entries that share no word with the query are added.
const MAX_ADDED: usize = 12;
/// Candidates that one thread compares at a time.
const CHUNK: usize = 128;

/// Where entries that share no word with the query are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Placement {
    /// In order of their scores.
    ByScore,
    /// After all others.
    Last,
}

/// Ranks the entries of one index by embeddings.
pub(in crate::search) struct SemanticRanker {
    index: Index,
    weights: Arc<Weights>,
    /// Embedders that know the words of earlier queries.
    embedders: Mutex<Vec<Embedder>>,
    /// Computed when it is first needed.
    embeddings: Option<EmbeddingIndex>,
}

impl SemanticRanker {
    pub fn new(index: Index, weights: Arc<Weights>) -> Self {
        Self { index, weights, embedders: Mutex::default(), embeddings: None }
    }

    /// Scores candidates by words and embeddings together, and sorts them.
    pub fn rerank(
        &self,
        candidates: &mut [Candidate],
        clauses: &[WeightedClause],
        query: &QueryEmbedding,
    ) {
        let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
        let whole: f32 = clauses.iter().map(|clause| clause.weight).sum();
        let norm = best.max(whole * self.weights.lexical_floor).max(f32::MIN_POSITIVE);
        let weight = self.weights.semantic_weight * query.confidence;
        candidates.par_chunks_mut(CHUNK).for_each(|candidates| {
            let mut embedder = self.take_embedder();
            for candidate in candidates {
                let cosine = self.cosine(candidate.entry, query, &mut embedder);
                candidate.score = candidate.score / norm + weight * cosine;
            }
            self.embedders().push(embedder);
        });
        candidates.sort_unstable_by(Candidate::order);
    }

    /// The best cosine of the query with a wording of an entry; at least 0.
    fn cosine(&self, entry: u32, query: &QueryEmbedding, embedder: &mut Embedder) -> f32 {
        self.index.entry(entry).map_or(0.0, |entry| {
            let wordings = std::iter::once(entry.question()).chain(entry.aliases());
            let embeddings = wordings.filter_map(|text| embedder.embed(text));
            embeddings.map(|wording| wording.dot(&query.embedding)).fold(0.0, f32::max)
        })
    }

    fn embedders(&self) -> std::sync::MutexGuard<'_, Vec<Embedder>> {
        self.embedders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_embedder(&self) -> Embedder {
        let known = self.embedders().pop();
        known.unwrap_or_else(|| Embedder::new(*EmbeddingTable::english()))
    }

    /// Adds entries that share no word with the query; returns their number.
    pub fn add_nearest(
        &mut self,
        candidates: &mut Vec<Candidate>,
        query: &QueryEmbedding,
        accepts: impl Fn(u32) -> bool,
        placement: Placement,
    ) -> usize {
        let known: FxHashSet<u32> = candidates.iter().map(|candidate| candidate.entry).collect();
        let embeddings = self.embeddings.get_or_insert_with(|| EmbeddingIndex::new(&self.index));
        let nearest = embeddings.nearest(&query.embedding, self.weights.min_cosine);
        let new = nearest.into_iter().filter(|(_, n)| !known.contains(n) && accepts(*n));
        let last = candidates.last().map_or(f32::MAX, |candidate| candidate.score);
        let weight = self.weights.semantic_weight * query.confidence;
        let before = candidates.len();
        candidates.extend(new.take(MAX_ADDED).map(|(cosine, entry)| {
            let score = match placement {
                Placement::ByScore => weight * cosine,
                Placement::Last => last.min(1.0) * cosine,
            };
            Candidate::new(entry, score, Field::Meaning)
        }));
        if placement == Placement::ByScore {
            candidates.sort_by(Candidate::order);
        }
        candidates.len() - before
    }
}
