//! Semantic stage: embeddings rank entries that say the same in other words.
//!
//! [`EmbeddingTable`] has a vector per word; the mean of a text's vectors is its [`Embedding`].
//! [`SemanticRanker`] reranks candidates by the cosine of query and question, and adds entries of a
//! small collection that share no word with the query.
//!
//! It applies to queries that read as a sentence and to queries whose words no entry has: a few
//! letters of a word are meant as that word.

mod coverage;
mod embedder;
mod embedding;
mod embedding_index;
mod embedding_table;
#[cfg(feature = "encoder")]
mod encoder;
mod query_embedding;
mod ranker;
mod sentence_options;
#[cfg(feature = "encoder")]
mod sentences;
#[cfg(not(feature = "encoder"))]
#[path = "semantic/no_sentences.rs"]
mod sentences;
#[cfg(test)]
mod tests;

pub(super) use embedder::Embedder;
pub(super) use embedding_table::EmbeddingTable;
#[cfg(feature = "encoder")]
pub use encoder::{AssetError, Encoder, SentenceVector};
pub(super) use query_embedding::{
    QueryEmbedding, embed_query, is_absent, is_english_word, is_known, is_missed,
};
pub(super) use ranker::{Placement, SemanticRanker};
pub use sentence_options::SentenceOptions;
pub(super) use sentences::{Background, SentenceQuery, SentenceVectors, encode_now};

/// The share of the texts of an index that have a sentence vector, from 0 to 1; `None` if it gets
/// none.
pub fn encoded_share(index: &super::Index) -> Option<f32> {
    index.attached::<SentenceVectors>().map(|vectors| vectors.progress())
}
