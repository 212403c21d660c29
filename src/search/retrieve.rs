//! Retrieve stage: the entries that match a query, best first by their words alone.
//!
//! [`TermMatcher`] scores one word against one term. [`MatchCache`] finds and caches the matches of
//! clauses in all segments. [`retrieve`] decides by an explicit strategy which entries are matches,
//! and which are only close.

mod abbreviation;
mod accumulator;
mod buffer_pool;
mod candidate;
mod clause_matches;
mod compounds;
mod context;
mod coverage_histogram;
mod edit_distance;
mod filter;
mod form_matcher;
mod german_verbs;
mod letter_matcher;
mod lookup;
mod match_cache;
mod prefix_cache;
mod scorer;
mod segment_matches;
mod select;
mod strategy;
mod term_matcher;
mod text_scan;
mod top_k;
mod typo_matcher;
mod weighted_clause;

pub(super) use candidate::Candidate;
pub use candidate::Field;
pub(super) use context::RetrievalContext;
pub(super) use lookup::Leniency;
pub(super) use match_cache::MatchCache;
pub(super) use select::{all_terms, any_term};
pub use strategy::MatchMode;
pub(super) use strategy::{MAX_CLOSE, Pool, Retrieval, retrieve};
pub(super) use term_matcher::{TermMatcher, Tolerance};
pub(super) use weighted_clause::{WeightedClause, total_weight};
