//! Query stage: the text of a query becomes clauses of terms, and conditions.
//!
//! | typed | finds |
//! |---|---|
//! | `word` | the word, its other forms, words that begin with it, words it may be a typo of |
//! | `'word` | exactly this word |
//! | `^word` | questions that begin with it |
//! | `word$` | questions that end with it |
//! | `!word` | entries without it |
//! | `a \| b` | either word |
//! | `"a phrase"` | these words in this order, side by side |
//! | `tag:x`, `source:x`, `is:bookmarked` | entries with such a tag, from such a source, bookmarked |
//!
//! An unfinished operator is no error: its words so far count.

mod parsed;
mod parser;
mod plain;
mod request;

pub(super) use parsed::{Clause, Condition, ParsedQuery, Term};
pub(super) use parser::{folded_words, parse};
pub(super) use plain::is_plain;
pub use request::Query;
