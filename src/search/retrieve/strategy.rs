//! Decides which entries are retrieved for a query.

use super::candidate::Candidate;
use super::context::RetrievalContext;
use super::lookup::Leniency;
use super::match_cache::MatchCache;
use super::select::{Retrieved, all_terms, any_term, unscored};
use super::weighted_clause::WeightedClause;
use crate::search::query::ParsedQuery;
use crate::search::weights::Weights;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The most close entries, apart from those that only a search engine returned.
pub(in crate::search) const MAX_CLOSE: usize = 20;

/// How hits are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// The query is empty: every entry, in collection order.
    #[default]
    Everything,
    /// Matches, which have every informative term; if they are few, close entries follow below a
    /// divider.
    MatchesFirst,
    /// The query reads as a sentence: matches and close entries in one order.
    Sentence,
}

/// Which entries are candidates for a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strategy {
    /// The query has only conditions: every entry that meets them.
    Conditions,
    /// The query has only stop words, or the beginning of one: every entry, those with its words
    /// first.
    StopWords,
    /// The query has many informative terms: the entries with any of them. An entry that lacks a
    /// word may answer a sentence better than one that has all words by chance.
    Sentence,
    /// The entries with every required term; if they are few, also entries with any term, or with
    /// words that resemble one.
    AllTerms,
}

impl Strategy {
    fn of(clauses: &[WeightedClause], weights: &Weights) -> Self {
        let required = clauses.iter().filter(|clause| clause.required).count();
        if clauses.is_empty() {
            Self::Conditions
        } else if required == 0 {
            Self::StopWords
        } else if reads_as_sentence(clauses, weights) {
            Self::Sentence
        } else {
            Self::AllTerms
        }
    }
}

/// Whether a query has many required terms, or is phrased with stop words.
fn reads_as_sentence(clauses: &[WeightedClause], weights: &Weights) -> bool {
    let required = clauses.iter().filter(|clause| clause.required).count();
    let phrased = required >= 2 && required < clauses.len();
    required >= weights.sentence_terms || phrased && clauses.len() >= weights.sentence_words
}

/// Candidates and the clauses that retrieved them.
#[derive(Default)]
pub(in crate::search) struct Pool {
    /// The number of retrieved entries.
    pub total: usize,
    /// The best candidates, best first.
    pub candidates: Vec<Candidate>,
    pub clauses: Vec<WeightedClause>,
    /// Whether any entry has every required term of these clauses.
    pub is_complete: bool,
    /// Whether it holds all candidates of a sentence, matches and others.
    pub is_sentence: bool,
}

/// The result of a retrieval.
#[derive(Default)]
pub(in crate::search) struct Retrieval {
    pub mode: MatchMode,
    /// All candidates in [`MatchMode::Sentence`], otherwise the matches.
    pub matches: Pool,
    /// Close entries, one pool after another; none if there are enough matches.
    pub close: Vec<Pool>,
}

/// Retrieves the entries for a query.
pub(in crate::search) fn retrieve(
    query: &ParsedQuery,
    exact: bool,
    context: &RetrievalContext,
    cache: &mut MatchCache,
) -> Retrieval {
    let marks = context.marks();
    let resolved = cache.resolve(&query.clauses, marks);
    let query = &ParsedQuery { clauses: resolved, ..query.clone() };
    let strict = cache.find(&query.clauses, Leniency::Strict, marks);
    let mode = MatchMode::MatchesFirst;
    match Strategy::of(&strict, &context.weights) {
        Strategy::Conditions => {
            let matches = matches(unscored(context), strict);
            Retrieval { mode, matches, close: Vec::new() }
        }
        Strategy::StopWords => {
            let mut all = unscored(context);
            let mut best = any_term(&strict, context).best;
            let known: FxHashSet<u32> = best.iter().map(|candidate| candidate.entry).collect();
            best.extend(all.best.iter().filter(|candidate| !known.contains(&candidate.entry)));
            best.truncate(context.limit);
            all.best = best;
            Retrieval { mode, matches: matches(all, strict), close: Vec::new() }
        }
        Strategy::Sentence => {
            let matches = sentence(query, exact, context, cache, &strict);
            Retrieval { mode: MatchMode::Sentence, matches, close: Vec::new() }
        }
        Strategy::AllTerms => {
            let found = all_terms(&strict, context);
            let few = found.total < context.weights.enough_matches;
            let narrow = exact || query.is_strict();
            let matches = matches(found, strict);
            let mut pools = Vec::new();
            if few && !(narrow && matches.total > 0) {
                pools = close(query, exact, context, cache, &matches);
            }
            Retrieval { mode, matches, close: pools }
        }
    }
}

fn matches(retrieved: Retrieved, clauses: Vec<WeightedClause>) -> Pool {
    let Retrieved { total, complete, mut best } = retrieved;
    for candidate in &mut best {
        candidate.is_match = true;
    }
    Pool { total, candidates: best, clauses, is_complete: complete > 0, is_sentence: false }
}

/// Retrieves the entries with any term of a sentence; those with every required term are matches. A
/// phrase or an exact word that no entry has is searched for word by word.
fn sentence(
    query: &ParsedQuery,
    exact: bool,
    context: &RetrievalContext,
    cache: &mut MatchCache,
    strict: &[WeightedClause],
) -> Pool {
    let found = all_terms(strict, context);
    if exact || query.is_strict() && found.total > 0 {
        return matches(found, strict.to_vec());
    }
    let known: FxHashSet<u32> = found.best.iter().map(|candidate| candidate.entry).collect();
    let mut clauses = cache.find(&query.clauses, Leniency::Lenient, context.marks());
    let mut retrieved = any_term(&clauses, context);
    if retrieved.total == 0 && query.is_strict() {
        clauses = cache.find(&query.loosened().clauses, Leniency::Lenient, context.marks());
        retrieved = any_term(&clauses, &context.loosened());
    }
    let Retrieved { total, complete, best } = retrieved;
    let mut pool =
        Pool { total, candidates: best, clauses, is_complete: complete > 0, is_sentence: true };
    for candidate in &mut pool.candidates {
        candidate.is_match = known.contains(&candidate.entry);
    }
    let in_pool: FxHashSet<u32> = pool.candidates.iter().map(|c| c.entry).collect();
    let mut missing = matches(found, Vec::new()).candidates;
    missing.retain(|candidate| !in_pool.contains(&candidate.entry));
    pool.candidates.extend(missing);
    pool
}

/// Retrieves entries that are not matches, but have any term or a similar word. Unless the query is
/// phrased with stop words, those whose question has all such words come first.
fn close(
    query: &ParsedQuery,
    exact: bool,
    context: &RetrievalContext,
    cache: &mut MatchCache,
    matches: &Pool,
) -> Vec<Pool> {
    let loose = if exact { query.clone() } else { query.loosened() };
    let loosened = (!exact && query.is_strict()).then(|| context.loosened());
    let is_loosened = loosened.is_some();
    let context = loosened.as_ref().unwrap_or(context);
    let mut close = ClosePools::new(matches);
    let phrased = loose.clauses.iter().any(|clause| clause.is_stop_word);
    let lenient = cache.find(&loose.clauses, Leniency::Lenient, context.marks());
    if phrased {
        close.add(&lenient, any_term(&lenient, context), false);
        if close.total > 0 {
            return close.pools;
        }
    } else if is_loosened || !are_same(&lenient, &matches.clauses) {
        close.add(&lenient, all_terms(&lenient, context), true);
    }
    let fuzzy = cache.find(&loose.clauses, Leniency::Fuzzy, context.marks());
    if !phrased && !are_same(&fuzzy, &lenient) {
        close.add(&fuzzy, all_terms(&fuzzy, context), true);
    }
    let enough = close.total >= MAX_CLOSE && context.index.live().is_none();
    let others = if enough { Retrieved::default() } else { any_term(&fuzzy, context) };
    close.add(&fuzzy, others, false);
    close.pools
}

/// Whether two lists of clauses retrieve the same entries.
fn are_same(some: &[WeightedClause], others: &[WeightedClause]) -> bool {
    let is_same = |(one, other): (&WeightedClause, &WeightedClause)| {
        Arc::ptr_eq(&one.matches, &other.matches)
            && (one.required, one.is_stop_word) == (other.required, other.is_stop_word)
    };
    some.len() == others.len() && some.iter().zip(others).all(is_same)
}

/// Collects close entries, each once.
struct ClosePools<'a> {
    matches: &'a Pool,
    /// Matches and close entries so far.
    known: FxHashSet<u32>,
    /// The number of close entries so far.
    total: usize,
    pools: Vec<Pool>,
}

impl<'a> ClosePools<'a> {
    fn new(matches: &'a Pool) -> Self {
        let known = matches.candidates.iter().map(|candidate| candidate.entry).collect();
        Self { matches, known, total: 0, pools: Vec::new() }
    }

    /// Adds the new entries among those retrieved by `clauses` that have a required term; with
    /// `in_question`, only those whose question has all of them.
    fn add(&mut self, clauses: &[WeightedClause], retrieved: Retrieved, in_question: bool) {
        let Retrieved { complete, best: mut candidates, .. } = retrieved;
        candidates.retain(|candidate| {
            candidate.has_required
                && (candidate.in_head || !in_question)
                && self.known.insert(candidate.entry)
        });
        let total = candidates.len();
        self.total += total;
        self.pools.push(Pool {
            total,
            candidates,
            clauses: clauses.to_vec(),
            is_complete: complete > self.matches.total,
            is_sentence: false,
        });
    }
}
