//! The parsed form of a query: clauses of terms, and conditions.

use super::unknown_filter::UnknownFilter;
use crate::collection::Recall;

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::search) struct ParsedQuery {
    pub clauses: Vec<Clause>,
    pub conditions: Vec<Condition>,
    /// Filters that do not exist, such as `is:foo`.
    pub unknown: Vec<UnknownFilter>,
    /// Words that may be mistyped filters, such as `tga:x`; they are searched for as words.
    pub mistyped: Vec<UnknownFilter>,
}

/// Alternatives; a match has at least one of them.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) struct Clause {
    pub alternatives: Vec<Alternative>,
    /// Whether every alternative is a stop word such as "the" or "how", which weighs less.
    pub is_stop_word: bool,
    /// Whether a match must have it: it is neither a stop word nor an unfinished term that may
    /// become one.
    pub required: bool,
}

/// One alternative of a clause.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Alternative {
    Term(Term),
    /// Literal signs, matched anywhere in a text: `=>`.
    Signs(String),
    /// A filter.
    Filter(Condition),
}

/// A folded word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::search) struct Term {
    pub word: String,
    /// Matches only the word itself: no stems, no typos.
    pub exact: bool,
    /// Whether it is the last term and no blank follows: the user may still be typing it.
    pub typed: bool,
}

/// A requirement of an operator that every hit must meet. All words are folded.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Condition {
    /// Lacks at least one of these words.
    Without(Vec<String>),
    /// The question or another wording begins with these words.
    Begins(Vec<String>),
    /// The question or another wording ends with these words.
    Ends(Vec<String>),
    /// Has these words side by side.
    Phrase(Vec<String>),
    /// Has a word that begins with one of these words.
    Contains(Vec<String>),
    /// Has tags with words that begin with these.
    Tag(Vec<String>),
    /// The source's name contains this.
    Source(String),
    /// Is bookmarked.
    Bookmarked,
    /// Is marked as known or to be asked again.
    Recalled(Recall),
    /// Does not meet a condition.
    Not(Box<Condition>),
    /// Meets one of these conditions.
    Any(Vec<Condition>),
    /// Is met by no entry.
    Nothing,
}

impl Condition {
    /// Whether the condition can be checked before retrieval, without reading the text of a
    /// candidate.
    pub fn is_filter(&self) -> bool {
        match self {
            Self::Without(_)
            | Self::Tag(_)
            | Self::Source(_)
            | Self::Bookmarked
            | Self::Recalled(_)
            | Self::Nothing => true,
            Self::Begins(_) | Self::Ends(_) | Self::Phrase(_) | Self::Contains(_) => false,
            Self::Not(condition) => condition.is_filter(),
            Self::Any(conditions) => conditions.iter().all(Self::is_filter),
        }
    }

    /// Whether the condition also holds for close entries: filters and exclusions do.
    pub fn is_kept_loosened(&self) -> bool {
        self.is_filter() || matches!(self, Self::Not(_))
    }
}

impl Clause {
    /// A clause of one term that every match must have.
    pub fn of_word(word: String) -> Self {
        let term = Term { word, exact: false, typed: false };
        Self { alternatives: vec![Alternative::Term(term)], is_stop_word: false, required: true }
    }

    /// The first alternative that is a term.
    pub fn term(&self) -> Option<&Term> {
        self.terms().next()
    }

    /// The alternatives that are terms.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.alternatives.iter().filter_map(|alternative| match alternative {
            Alternative::Term(term) => Some(term),
            Alternative::Signs(_) | Alternative::Filter(_) => None,
        })
    }
}

impl ParsedQuery {
    /// Whether operators require more than words: phrases, anchors, exact terms.
    pub fn is_strict(&self) -> bool {
        let exact = self.clauses.iter().flat_map(Clause::terms).any(|term| term.exact);
        exact || !self.conditions.iter().all(Condition::is_kept_loosened)
    }

    /// The query without exactness, phrases and anchors: a phrase that no entry has is still worth
    /// searching word by word.
    pub fn loosened(&self) -> Self {
        let mut loose = self.clone();
        loose.conditions.retain(Condition::is_kept_loosened);
        let alternatives = loose.clauses.iter_mut().flat_map(|clause| &mut clause.alternatives);
        for alternative in alternatives {
            if let Alternative::Term(term) = alternative {
                term.exact = false;
            }
        }
        loose
    }

    /// Whether it filters by a mark.
    pub fn wants_marked(&self) -> bool {
        let is_mark = |condition: &Condition| {
            matches!(condition, Condition::Bookmarked | Condition::Recalled(_))
        };
        self.conditions.iter().any(is_mark)
    }

    /// Whether the query has neither clauses nor conditions.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.conditions.is_empty()
    }
}
