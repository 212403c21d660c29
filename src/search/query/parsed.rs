//! The parsed form of a query: clauses of terms, and conditions.

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::search) struct ParsedQuery {
    pub clauses: Vec<Clause>,
    pub conditions: Vec<Condition>,
}

/// Alternative terms, of which a hit should have one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::search) struct Clause {
    pub alternatives: Vec<Term>,
    /// Whether every alternative is a word such as "the" and "how", which a hit may lack.
    pub is_stop_word: bool,
}

/// A folded word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::search) struct Term {
    pub word: String,
    /// Match only the word itself: no stems, no typos.
    pub exact: bool,
    /// Whether it is the last term and no blank follows: it may be the beginning of a longer word.
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
    /// Has tags with words that begin so.
    Tag(Vec<String>),
    /// The source's name contains this.
    Source(String),
    /// Is bookmarked.
    Bookmarked,
}

impl Condition {
    /// Whether the condition can be checked before retrieval, without reading the text of a
    /// candidate.
    pub fn is_filter(&self) -> bool {
        match self {
            Self::Without(_) | Self::Tag(_) | Self::Source(_) | Self::Bookmarked => true,
            Self::Begins(_) | Self::Ends(_) | Self::Phrase(_) => false,
        }
    }
}

impl ParsedQuery {
    /// The query without exactness, phrases and anchors: a phrase that no entry has is still worth
    /// a search word by word.
    pub fn loosened(&self) -> Self {
        let mut loose = self.clone();
        loose.conditions.retain(Condition::is_filter);
        loose.clauses.iter_mut().flat_map(|clause| &mut clause.alternatives).for_each(|term| {
            term.exact = false;
        });
        loose
    }

    /// Whether the query asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.conditions.is_empty()
    }
}
