//! Finding: a query against an index gives hits, best first.
//!
//! [`Index`] holds entries ready to be searched; it is cheap to clone and never changes.
//! [`Engine`] answers queries over an index in the calling thread; [`Searcher`] owns an engine on
//! a thread of its own, so that nobody ever waits for a search. [`Indexer`] is the
//! [`Sink`](crate::load::Sink) that turns loaded entries into growing indexes.

mod ahead;
mod conditions;
mod dictionary;
mod engine;
mod evaluate;
mod grade;
mod highlight;
mod index;
mod language;
pub mod meaning;
mod postings;
mod query;
mod rank;
mod related;
mod score;
mod segment;
mod sense;
mod typos;
mod worker;

pub use engine::Engine;
pub use highlight::Highlighter;
pub use index::{Index, IndexEvent, Indexer};
pub use related::related;
pub use worker::Searcher;

use std::collections::HashSet;
use std::sync::Arc;

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// Match words exactly, without stems, typos and letters in order.
    pub exact: bool,
    /// Go by words alone, and not by what they mean.
    pub no_meaning: bool,
    /// How many of the best hits to put in order; the rest is only counted. Asking again with a
    /// larger number is cheap.
    pub limit: usize,
    /// The ids of the entries that `is:bookmarked` lets through.
    pub bookmarked: Arc<HashSet<String>>,
}

/// An entry that matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entry's number in the index.
    pub entry: u32,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// The best place that it matched in.
    pub field: Field,
}

/// Where an entry matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The question itself.
    Question,
    /// Another wording of the question.
    Alias,
    /// A tag.
    Tag,
    /// Only the answer.
    Answer,
    /// No word of it, but what they mean.
    Meaning,
}

/// How well the hits answer the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// Nothing was asked: every entry, in the collection's order.
    #[default]
    Everything,
    /// Every hit has every word.
    AllTerms,
    /// No question has every word, but some have what looks like them: every hit has that.
    FuzzyTerms,
    /// No entry has every word: the closest ones.
    AnyTerms,
}

/// The answer to one query.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// The number that the asker gave the query.
    pub generation: u64,
    /// The index that was searched; [`Hit::entry`] counts in it.
    pub index: Index,
    /// What was asked.
    pub query: Query,
    /// How many entries match.
    pub total: usize,
    /// How well they match.
    pub reach: MatchMode,
    /// Shows where a text matches.
    pub highlighter: Highlighter,
    ordered: Vec<Hit>,
}

impl Hits {
    /// How many hits can be read with [`Hits::get`]: `total`, or what the query's limit put in
    /// order.
    pub fn ready(&self) -> usize {
        if self.reach == MatchMode::Everything { self.total } else { self.ordered.len() }
    }

    /// The `n`-th best hit, from 0.
    pub fn get(&self, n: usize) -> Option<Hit> {
        if self.reach == MatchMode::Everything {
            let all = Hit { entry: n as u32, score: 0.0, field: Field::Question };
            return (n < self.total).then_some(all);
        }
        self.ordered.get(n).copied()
    }

    /// The rank of an entry, if it is among those that are ready.
    pub fn rank_of(&self, entry: u32) -> Option<usize> {
        if self.reach == MatchMode::Everything {
            return ((entry as usize) < self.total).then_some(entry as usize);
        }
        self.ordered.iter().position(|hit| hit.entry == entry)
    }
}
