//! How much of the meaning of a query an entry covers, word by word.
//!
//! The vector of a sentence is nearest to a question that only names its topic: "how is the flu
//! transmitted" to "What is the flu?". Here each informative term of the query is compared with
//! every word of an entry: the best word matches it, or is the most similar in meaning. A term
//! without such a word is not covered.

use super::embedding::Embedding;
use super::embedding_table::EmbeddingTable;
use crate::collection::EntryRef;
use crate::search::retrieve::WeightedClause;
use crate::text::words;
use rustc_hash::FxHashMap;

/// The characters of an answer whose words are compared.
const ANSWER_CHARS: usize = 2000;

/// An informative term of a query.
#[derive(Debug, Clone)]
pub(super) struct CoverageTerm {
    clause: WeightedClause,
    /// The embedding; `None` if the word is unknown.
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

    /// How well a word matches the term, in form or meaning, from 0 to 1.
    fn similarity(&self, word: &str, embedding: Option<&Embedding>) -> f32 {
        let matchers = self.clause.matches.matchers.iter();
        let matched = matchers.map(|matcher| matcher.match_score(word)).max().unwrap_or(0);
        let both = self.embedding.as_ref().zip(embedding);
        let cosine = both.map_or(0.0, |(term, word)| term.dot(word));
        cosine.max(f32::from(matched) / 255.0)
    }
}

/// Computes the coverage of many entries; caches the similarities of words.
pub(super) struct Coverage<'a> {
    terms: &'a [CoverageTerm],
    total_weight: f32,
    /// The offset of each word's similarities.
    known: FxHashMap<Box<str>, usize>,
    /// The similarities of each known word to all terms.
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
    pub fn of_wordings(&mut self, entry: EntryRef<'_>) -> f32 {
        self.of_texts(std::iter::once(entry.question()).chain(entry.aliases()))
    }

    /// As [`of_wordings`](Self::of_wordings), but for the beginning of its answer.
    pub fn of_answer(&mut self, entry: EntryRef<'_>) -> f32 {
        let answer = entry.answer();
        let end = answer.char_indices().nth(ANSWER_CHARS).map_or(answer.len(), |(at, _)| at);
        self.of_texts(std::iter::once(&answer[..end]))
    }

    fn of_texts<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> f32 {
        let mut best = vec![0.0_f32; self.terms.len()];
        for text in texts {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Entry, Marks};
    use crate::search::index::Index;
    use crate::search::query::Clause;
    use crate::search::retrieve::{Leniency, MatchCache};
    use crate::search::weights::Weights;
    use std::sync::Arc;

    /// The shares of a query that the entries cover.
    fn covered(query: &[&str], entries: &[Entry]) -> Vec<f32> {
        let index = Index::new(entries);
        let mut cache = MatchCache::new(index.clone(), Arc::new(Weights::default()));
        let clauses: Vec<Clause> =
            query.iter().map(|word| Clause::of_word((*word).to_owned())).collect();
        let clauses = cache.find(&clauses, Leniency::Strict, &Marks::default());
        let terms = CoverageTerm::all(&clauses);
        let mut coverage = Coverage::new(&terms);
        index.entries().map(|entry| coverage.of_wordings(entry)).collect()
    }

    fn entry(question: &str, alias: Option<&str>) -> Entry {
        let aliases = alias.map(str::to_owned).into_iter().collect();
        Entry { question: question.into(), aliases, ..Entry::default() }
    }

    #[test]
    fn words_and_what_means_the_same_are_covered() {
        let entries = [
            entry("Where can I buy a car?", None),
            entry("Where can I purchase an automobile?", None),
            entry("Where is the banana?", Some("Who wants to buy a car?")),
            entry("Where is the banana?", None),
        ];
        let shares = covered(&["buy", "car"], &entries);
        assert!((shares[0] - 1.0).abs() < 1e-4, "{shares:?}");
        assert!((0.4..1.0).contains(&shares[1]), "other words of the same meaning: {shares:?}");
        assert!(
            (shares[2] - 1.0).abs() < 1e-4,
            "another wording counts as the question: {shares:?}"
        );
        assert!(shares[3] < shares[1], "{shares:?}");
    }

    #[test]
    fn an_answer_is_covered_apart_from_its_question() {
        let answer = "An automobile is what you want to purchase.".to_owned();
        let entries = [Entry { answer, ..entry("Where is the banana?", None) }];
        let index = Index::new(&entries);
        let mut cache = MatchCache::new(index.clone(), Arc::new(Weights::default()));
        let clauses = ["buy", "car"].map(|word| Clause::of_word(word.to_owned()));
        let clauses = cache.find(&clauses, Leniency::Strict, &Marks::default());
        let terms = CoverageTerm::all(&clauses);
        let mut coverage = Coverage::new(&terms);
        let entry = index.entry(0).expect("the only entry");
        let (question, answer) = (coverage.of_wordings(entry), coverage.of_answer(entry));
        assert!(question < 0.3 && answer > 0.4, "{question} {answer}");
    }

    #[test]
    fn a_rarer_term_is_a_larger_share() {
        let entries =
            [entry("Lamp?", None), entry("Kettle?", None), entry("A kettle, a pan?", None)];
        let shares = covered(&["lamp", "kettle"], &entries);
        assert!(shares[0] > shares[1], "{shares:?}");
    }

    #[test]
    fn nothing_is_covered_of_no_terms() {
        assert_eq!(covered(&[], &[entry("Lamp?", None)]), [0.0]);
    }
}
