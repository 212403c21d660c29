//! Search: runs a query against an index and returns hits, best first.
//!
//! The stages, each a module that imports no later one:
//!
//! 1. `query`: the text of a query becomes terms and conditions;
//! 2. `index`: dictionary, postings, segments and length norms of a collection;
//! 3. `retrieve`: the entries that match, by their words alone;
//! 4. `rank`: orders the best of them by the texts of their questions;
//! 5. `semantic`: finds and reranks entries that say the same in other words.
//!
//! [`Engine`] runs the stages on the calling thread; [`Searcher`] runs an engine on its own thread,
//! so that no key waits for a search. [`Weights`] has every number that determines the order.

mod arrange;
mod engine;
mod highlight;
mod hits;
mod index;
mod language;
mod live;
mod query;
mod rank;
mod related;
mod retrieve;
mod row_index;
mod semantic;
mod usage;
mod weights;
mod worker;

pub use engine::Engine;
pub use highlight::Highlighter;
pub use hits::{Hit, Hits};
pub use index::{Index, IndexEvent, Indexer, LiveAnswer, LiveEntries, LiveView};
pub use query::{Query, UnknownFilter, without_operators};
pub use related::related;
pub use retrieve::{Field, MatchMode};
pub use row_index::RowIndex;
#[cfg(feature = "encoder")]
pub use semantic::{AssetError, Encoder, SentenceVector};
pub use semantic::{SentenceOptions, encoded_share};
pub use weights::Weights;
pub use worker::Searcher;
