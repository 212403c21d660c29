//! Retrieve stage: the entries that match a query, best first by their words alone.
//!
//! [`TermMatcher`] scores one word against one term. [`MatchCache`] finds the matches of clauses in
//! all segments and keeps them. [`Strategy`] decides which entries are looked for: with all terms,
//! with what resembles them, or with any. No text of an entry is read here.

mod abbreviation;
mod accumulator;
mod buffer_pool;
mod candidate;
mod clause_matches;
mod context;
mod coverage_histogram;
mod edit_distance;
mod filter;
mod lookup;
mod match_cache;
mod prefix_cache;
mod question_subsequence;
mod scorer;
mod segment_matches;
mod select;
mod strategy;
mod term_matcher;
mod top_k;
mod weighted_clause;

pub(super) use candidate::Candidate;
pub use candidate::Field;
pub(super) use context::RetrievalContext;
pub(super) use match_cache::MatchCache;
pub(super) use select::any_term;
pub use strategy::MatchMode;
pub(super) use strategy::{Outcome, is_sentence, retrieve};
pub(super) use term_matcher::{TermMatcher, Tolerance};
pub(super) use weighted_clause::{WeightedClause, total_weight};
