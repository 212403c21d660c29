//! The embedding of a query.

use super::coverage::CoverageTerm;
use super::embedding::Embedding;
use super::embedding_table::EmbeddingTable;
use crate::search::retrieve::{Tolerance, WeightedClause};

/// The embedding of a query and its confidence.
#[derive(Debug, Clone)]
pub(in crate::search) struct QueryEmbedding {
    pub(super) embedding: Embedding,
    /// The share of the matched terms' weight that is in known words, from 0 to 1.
    pub(super) confidence: f32,
    /// The informative terms; none if the query is the text of an entry.
    pub(super) terms: Vec<CoverageTerm>,
}

impl From<Embedding> for QueryEmbedding {
    fn from(embedding: Embedding) -> Self {
        Self { embedding, confidence: 1.0, terms: Vec::new() }
    }
}

/// Computes the embedding of a query. An unknown term gets the vector of the word that it matches
/// best. `None` if less than half of the terms are known: the query is in another language, or made
/// of names.
pub(in crate::search) fn embed_query(clauses: &[WeightedClause]) -> Option<QueryEmbedding> {
    let table = EmbeddingTable::english();
    let mut sum = Embedding::default();
    let mut known = 0;
    let (mut matched_weight, mut unknown_weight) = (f32::MIN_POSITIVE, 0.0);
    for clause in clauses {
        let matched = clause.matches.best_word.as_ref().map(|best| &*best.word);
        let mut words = std::iter::once(clause.term.as_str()).chain(matched);
        let weight = if clause.matches.has_form() { clause.weight } else { 0.0 };
        matched_weight += weight;
        if let Some(vector) = words.find_map(|word| table.word(word)) {
            sum.add(vector, 1.0);
            known += 1;
        } else {
            unknown_weight += weight;
        }
    }
    let confidence = 1.0 - unknown_weight / matched_weight;
    (known > 0 && known * 2 >= clauses.len()).then(|| QueryEmbedding {
        embedding: sum.normalised(),
        confidence,
        terms: CoverageTerm::all(clauses),
    })
}

/// Whether an informative term is a known word that no entry has in any form: its matches are only
/// similar words.
pub(in crate::search) fn is_missed(clause: &WeightedClause) -> bool {
    let resembles =
        clause.matches.matchers.iter().all(|matcher| matcher.tolerance() > Tolerance::Forms);
    !clause.is_stop_word && resembles && !clause.matches.has_form() && is_known(clause)
}

/// Whether it is an informative term that no entry has as typed.
pub(in crate::search) fn is_absent(clause: &WeightedClause) -> bool {
    let best = clause.matches.best_word.as_ref();
    !clause.is_stop_word && best.is_none_or(|best| *best.word != clause.term)
}

/// Whether a term is a known word.
pub(in crate::search) fn is_known(clause: &WeightedClause) -> bool {
    is_english_word(&clause.term)
}

/// Whether a folded word has a vector.
pub(in crate::search) fn is_english_word(word: &str) -> bool {
    EmbeddingTable::english().find(word).is_some()
}
