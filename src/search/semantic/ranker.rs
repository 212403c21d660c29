//! Reranks candidates by embeddings, and adds entries that share no word with the query.

use super::coverage::Coverage;
use super::embedder::Embedder;
use super::embedding_index::EmbeddingIndex;
use super::embedding_table::EmbeddingTable;
use super::query_embedding::{QueryEmbedding, is_known, is_missed};
use super::sentences::SentenceQuery;
use crate::search::index::Index;
use crate::search::retrieve::{Candidate, Field, WeightedClause};
use crate::search::weights::Weights;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The most added entries that share no word with the query.
const MAX_ADDED: usize = 12;
/// A query that reads as English has at least this many terms for each unknown one.
const MIN_TERMS_PER_UNKNOWN: usize = 4;
/// How many candidates a thread compares at a time.
const CHUNK: usize = 128;

/// Where to add entries that share no word with the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Placement {
    /// Among the others, by score.
    ByScore,
    /// After all others.
    Last,
}

/// Ranks the entries of one index by embeddings.
pub(in crate::search) struct SemanticRanker {
    index: Index,
    weights: Arc<Weights>,
    /// Idle embedders, with the words of earlier queries in their caches.
    embedders: Mutex<Vec<Embedder>>,
    /// Computed on first use.
    embeddings: Option<EmbeddingIndex>,
    /// Sentence vectors, used beside the word vectors while set.
    sentence: Option<SentenceQuery>,
    /// Whether sentence vectors suit the candidates ranked since `sentence` was set.
    suits_sentence: bool,
    /// The best score by words and word vectors, if the last candidates were ranked by sentence
    /// vectors.
    sentence_norm: Option<f32>,
}

impl SemanticRanker {
    pub fn new(index: Index, weights: Arc<Weights>) -> Self {
        Self {
            index,
            weights,
            embedders: Mutex::default(),
            embeddings: None,
            sentence: None,
            suits_sentence: false,
            sentence_norm: None,
        }
    }

    /// Sets the sentence vector to rank by, or `None` to rank by word vectors alone.
    pub fn set_sentence(&mut self, sentence: Option<SentenceQuery>) {
        self.sentence = sentence;
        self.suits_sentence = false;
        self.sentence_norm = None;
    }

    /// Whether, since the last [`set_sentence`](Self::set_sentence), candidates were ranked that
    /// sentence vectors suit (and were used for, if set).
    pub fn suits_sentence(&self) -> bool {
        self.suits_sentence
    }

    /// Scores candidates by words and embeddings, and sorts them.
    pub fn rerank(
        &mut self,
        candidates: &mut [Candidate],
        clauses: &[WeightedClause],
        query: &QueryEmbedding,
    ) {
        let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
        let whole: f32 = clauses.iter().map(|clause| clause.weight).sum();
        let norm = best.max(whole * self.weights.lexical_floor).max(f32::MIN_POSITIVE);
        let serves = self.sentence.as_ref().is_none_or(|sentence| sentence.serves(candidates));
        if serves && reads_as_english(clauses) {
            self.suits_sentence = true;
        }
        let weight = self.semantic_weight(query);
        candidates.par_chunks_mut(CHUNK).for_each(|candidates| {
            let mut embedder = self.take_embedder();
            for candidate in candidates {
                let cosine = self.cosine(candidate.entry, query, &mut embedder);
                candidate.score = candidate.score / norm + weight * cosine;
                candidate.similarity = Some(cosine);
            }
            self.embedders().push(embedder);
        });
        let sentence = self.sentence.as_ref().filter(|_| serves);
        self.sentence_norm = sentence.map(|it| self.add_sentence_scores(candidates, query, it));
        candidates.sort_unstable_by(Candidate::order);
    }

    /// The weight of the cosine of word vectors.
    fn semantic_weight(&self, query: &QueryEmbedding) -> f32 {
        let share = self.weights.semantic_terms / query.terms.len().max(1) as f32;
        self.weights.semantic_weight * query.confidence * share.min(1.0)
    }

    /// Adds scores by sentence vectors to scores by words and word vectors, whose errors differ;
    /// returns the best of the old scores, which becomes 1.
    fn add_sentence_scores(
        &self,
        candidates: &mut [Candidate],
        query: &QueryEmbedding,
        sentence: &SentenceQuery,
    ) -> f32 {
        let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
        // Without a score to compare with, those of added entries stay as they are.
        let norm = if best > 0.0 { best } else { 1.0 };
        let mut coverage = Coverage::new(&query.terms);
        let similarities = sentence.similarities(candidates);
        for (candidate, similarity) in candidates.iter_mut().zip(similarities) {
            candidate.score /= norm;
            candidate.score += self.sentence_score(candidate.entry, similarity, &mut coverage);
        }
        norm
    }

    /// The score of an entry by the similarity of sentence vectors and its coverage of the query.
    fn sentence_score(&self, entry: u32, similarity: f32, coverage: &mut Coverage<'_>) -> f32 {
        let weights = &self.weights;
        let covered = self.index.entry(entry).map_or(0.0, |entry| {
            weights.meaning_coverage * coverage.of_wordings(entry)
                + weights.answer_meaning_coverage * coverage.of_answer(entry)
        });
        weights.sentence_weight * similarity + covered
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
        let new = |(_, entry): &(f32, u32)| !known.contains(entry) && accepts(*entry);
        let sentence_norm = self.sentence_norm.take();
        let mut added: Vec<Candidate> = Vec::new();
        let mut add = |cosine, entry, score| {
            let similarity = Some(cosine);
            added.push(Candidate { similarity, ..Candidate::new(entry, score, Field::Meaning) });
        };
        let mut sorts = placement == Placement::ByScore;
        let weight = self.semantic_weight(query);
        if let Some((sentence, norm)) = self.sentence.as_ref().zip(sentence_norm) {
            let mut coverage = Coverage::new(&query.terms);
            let mut embedder = self.take_embedder();
            let nearest = sentence.nearest(&self.weights).into_iter();
            for (similarity, entry) in nearest.filter(new).take(MAX_ADDED) {
                // The candidates have such a score as well.
                let by_words = weight * self.cosine(entry, query, &mut embedder) / norm;
                let score = by_words + self.sentence_score(entry, similarity, &mut coverage);
                add(similarity, entry, score);
            }
            self.embedders().push(embedder);
            sorts = true;
        } else {
            let index = &self.index;
            let embeddings = self.embeddings.get_or_insert_with(|| EmbeddingIndex::new(index));
            let nearest = embeddings.nearest(&query.embedding, self.weights.min_cosine);
            let last = candidates.last().map_or(f32::MAX, |candidate| candidate.score);
            for (cosine, entry) in nearest.into_iter().filter(new).take(MAX_ADDED) {
                let score = match placement {
                    Placement::ByScore => weight * cosine,
                    Placement::Last => last.min(1.0) * cosine,
                };
                add(cosine, entry, score);
            }
        }
        let count = added.len();
        candidates.append(&mut added);
        if sorts {
            candidates.sort_by(Candidate::order);
        }
        count
    }
}

/// Whether nearly every term is a known word or a word of an entry (for short queries, every term:
/// the others may be names, typos or parts of words, which a sentence vector misreads), and the
/// query is not just a few words that entries have: those are ranked by words, as quick typing is.
fn reads_as_english(clauses: &[WeightedClause]) -> bool {
    let is_word = |clause: &&WeightedClause| {
        clause.is_stop_word || is_known(clause) || clause.matches.has_form()
    };
    let words = clauses.iter().filter(is_word).count();
    (clauses.len() - words) * MIN_TERMS_PER_UNKNOWN <= clauses.len()
        && (clauses.len() >= MIN_TERMS_PER_UNKNOWN || clauses.iter().any(is_missed))
}
