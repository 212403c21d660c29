//! Sentence vectors of a collection: which texts have one, how they are computed and kept, and how
//! they rank entries.
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
