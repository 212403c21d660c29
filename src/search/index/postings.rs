//! Inverted index: for each word, the entries that have it.

mod builder;
mod codec;
mod lists;
mod sorted_word;

pub(super) use builder::PostingsBuilder;
pub(in crate::search) use codec::PAYLOADS;
pub(in crate::search) use lists::Postings;
pub(super) use lists::PostingsSlice;
