//! Quick Answer: type a few letters of a question and read its answer.

pub mod collection;
pub mod load;
pub mod search;
pub mod text;
