//! An entry that may become a hit.

use std::cmp::Ordering;

/// The best field that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The question.
    Question,
    /// Another wording of the question.
    Alias,
    /// A tag.
    Tag,
    /// Only the answer.
    Answer,
    /// No word matched; the entry is similar in meaning.
    Meaning,
    /// No word matched; the search engine of a live source returned the entry.
    Engine,
}

/// An entry that may become a hit.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Candidate {
    pub entry: u32,
    pub score: f32,
    /// The covered share of the query's weight, in 255ths.
    pub covered: u8,
    pub field: Field,
    /// Whether question, other wordings and tags have every informative term.
    pub in_head: bool,
    /// Whether it has every required term.
    pub is_match: bool,
    /// Whether it has any required term.
    pub has_required: bool,
    /// The cosine of query and question from 0 to 1, if computed.
    pub similarity: Option<f32>,
    /// The encoded length of its question; the shorter question wins a tie.
    pub length: u8,
}

impl Candidate {
    pub fn new(entry: u32, score: f32, field: Field) -> Self {
        Self {
            entry,
            score,
            covered: 0,
            field,
            in_head: false,
            is_match: false,
            has_required: false,
            similarity: None,
            length: 0,
        }
    }

    /// Orders best first; no two candidates are equal.
    pub fn order(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(self.length.cmp(&other.length))
            .then(self.entry.cmp(&other.entry))
    }
}
