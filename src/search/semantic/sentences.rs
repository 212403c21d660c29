//! Sentence vectors of a collection: the texts that have one, computing and caching them, and
//! ranking by them.
//!
//! ```text
//! index -> texts -> vectors (from the cache, else from the encoder, in the background) -> ranking
//! ```

mod background;
mod batches;
mod cache;
mod ranking;
mod texts;
mod vectors;

pub(in crate::search) use background::{Background, encode_now};
pub(in crate::search) use ranking::SentenceQuery;
pub(in crate::search) use vectors::SentenceVectors;
