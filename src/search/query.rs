//! Query stage: the text of a query becomes clauses of terms, and conditions.
//!
//! | typed | finds |
//! |---|---|
//! | `word` | the word, its other forms, words that begin with it, words it may be a typo of |
//! | `'word` | exactly this word |
//! | `^word` | questions that begin with it |
//! | `word$` | questions that end with it |
//! | `!word`, `!tag:x` | entries without it |
//! | `a \| b`, `tag:a \| tag:b` | either of them |
//! | `=>`, `🌱` | these signs |
//! | `"a phrase"` | these words in this order, side by side |
//! | `tag:x`, `source:x`, `is:bookmarked` | entries with such a tag, from such a source, bookmarked |
//! | `is:known`, `is:again`, `is:new` | entries marked as known, to review again, not known yet |
//!
//! An unfinished operator is not an error: its words count. A stop word, and an unfinished term
//! that may become one, does not narrow the matches.

mod parsed;
mod parser;
mod plain;
mod request;
mod tokens;
mod unknown_filter;

pub(super) use parsed::{Alternative, Clause, Condition, ParsedQuery, Term};
pub(super) use parser::{parse, plain_clauses};
pub(super) use plain::is_plain;
pub use plain::without_operators;
pub use request::Query;
pub(super) use tokens::folded_words;
pub use unknown_filter::UnknownFilter;
