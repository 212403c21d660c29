//! How much of what a query says a question says too, word by word.
//!
//! The vector of a whole sentence is nearest to a question that names its topic and nothing else:
//! "how is the flu transmitted" to "What is the flu?". Here every informative term of the query
//! looks for the word that matches it, or that means the most similar thing; a term that has none is
//! missed.

use super::embedding::Embedding;
use super::embedding_table::EmbeddingTable;
use crate::collection::EntryRef;
use crate::search::retrieve::WeightedClause;
use crate::text::words;
use rustc_hash::FxHashMap;

/// An informative term of a query.
#[derive(Debug, Clone)]
pub(super) struct CoverageTerm {
    clause: WeightedClause,
    /// `None` if it is not a known word.
    embedding: Option<Embedding>,
}

impl CoverageTerm {
    /// The informative terms of a query.
    pub fn all(clauses: &[WeightedClause]) -> Vec<Self> {
        let informative = clauses.iter().filter(|clause| !clause.is_stop_word);
        let term = |clause: &WeightedClause| Self {
            clause: clause.clone(),
            embedding: embed_word(&clause.term),
        };
        informative.map(term).collect()
    }

    /// How well a word matches the term or means the same, from 0 to 1.
    fn similarity(&self, word: &str, embedding: Option<&Embedding>) -> f32 {
        let matchers = self.clause.matches.matchers.iter();
        let matched = matchers.map(|matcher| matcher.match_score(word)).max().unwrap_or(0);
        let both = self.embedding.as_ref().zip(embedding);
        let cosine = both.map_or(0.0, |(term, word)| term.dot(word));
        cosine.max(f32::from(matched) / 255.0)
    }
}

/// Computes the coverage of many entries, and looks at each word only once.
pub(super) struct Coverage<'a> {
    terms: &'a [CoverageTerm],
    total_weight: f32,
    /// The offset of a word's similarities.
    known: FxHashMap<Box<str>, usize>,
    /// For each known word its similarity to every term.
    similarities: Vec<f32>,
}

impl<'a> Coverage<'a> {
    pub fn new(terms: &'a [CoverageTerm]) -> Self {
        let total_weight =
            terms.iter().map(|term| term.clause.weight).sum::<f32>().max(f32::MIN_POSITIVE);
        Self { terms, total_weight, known: FxHashMap::default(), similarities: Vec::new() }
    }

    /// The share of the query's weight that the question and the other wordings of an entry cover,
    /// from 0 to 1.
    pub fn of(&mut self, entry: EntryRef<'_>) -> f32 {
        let mut best = vec![0.0_f32; self.terms.len()];
        for text in std::iter::once(entry.question()).chain(entry.aliases()) {
            words(text, |word| {
                let row = self.row(word.folded);
                for (best, similarity) in best.iter_mut().zip(&self.similarities[row..]) {
                    *best = best.max(*similarity);
                }
            });
        }
        let covered = best.iter().zip(self.terms).map(|(best, term)| best * term.clause.weight);
        covered.sum::<f32>() / self.total_weight
    }

    fn row(&mut self, word: &str) -> usize {
        if let Some(row) = self.known.get(word) {
            return *row;
        }
        let row = self.similarities.len();
        let embedding = embed_word(word);
        let similarity = |term: &CoverageTerm| term.similarity(word, embedding.as_ref());
        self.similarities.extend(self.terms.iter().map(similarity));
        self.known.insert(word.into(), row);
        row
    }
}

fn embed_word(word: &str) -> Option<Embedding> {
    let vector = EmbeddingTable::english().word(word)?;
    let mut embedding = Embedding::default();
    embedding.add(vector, 1.0);
    Some(embedding.normalised())
}
