//! Runs the stages of a search over one index.

use super::highlight::Highlighter;
use super::hits::{Hit, Hits};
use super::index::{Index, LengthNorms};
use super::language::Language;
use super::query::{Clause, Query, Term, is_plain, parse};
use super::rank;
use super::retrieve::{
    Candidate, MatchCache, MatchMode, Outcome, RetrievalContext, any_term, is_sentence, retrieve,
};
use super::semantic::{
    Placement, QueryEmbedding, SemanticRanker, SentenceOptions, SentenceQuery, SentenceVectors,
    embed_query, encode_now, is_known, is_missed,
};
use super::weights::Weights;
use std::sync::Arc;

/// Answers queries over one index. It keeps the matches of recent terms, so that another key in the
/// same query looks up one term, and recent answers, so that a deleted letter costs nothing.
pub struct Engine {
    index: Index,
    weights: Arc<Weights>,
    /// Recent answers, the newest last.
    answers: Vec<Hits>,
    cache: MatchCache,
    /// `None` for the calling thread and the shared pool.
    pool: Option<Arc<rayon::ThreadPool>>,
    /// Computed when they are first needed.
    norms: Option<Arc<LengthNorms>>,
    semantic: SemanticRanker,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Index::default())
    }
}

/// Recent answers that are kept; most queries have fewer letters.
const KEPT_ANSWERS: usize = 32;
/// Answers with more hits than this are not kept.
const MAX_KEPT_HITS: usize = 10_000;
/// Candidates that are ranked by their texts.
const RANKED: usize = 400;

impl Engine {
    /// An engine over `index`.
    pub fn new(index: Index) -> Self {
        Self::with_weights(index, Weights::default())
    }

    /// An engine that ranks by other weights than the default ones.
    pub fn with_weights(index: Index, weights: Weights) -> Self {
        // A pool of its own: the shared one may be busy with loading.
        let pool = rayon::ThreadPoolBuilder::new().thread_name(|n| format!("search-{n}")).build();
        Self { pool: pool.ok().map(Arc::new), ..Self::without_threads(index, Arc::new(weights)) }
    }

    /// An engine for a few answers, which are not worth threads of its own.
    pub(super) fn without_threads(index: Index, weights: Arc<Weights>) -> Self {
        Self {
            answers: Vec::new(),
            cache: MatchCache::new(index.clone(), Arc::clone(&weights)),
            pool: None,
            norms: None,
            semantic: SemanticRanker::new(index.clone(), Arc::clone(&weights)),
            index,
            weights,
        }
    }

    /// Searches another index from now on.
    pub fn set_index(&mut self, index: Index) {
        let pool = self.pool.take();
        *self = Self { pool, ..Self::without_threads(index, Arc::clone(&self.weights)) };
    }

    /// The index that is searched.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// Does some work in advance of keys; false when nothing is left. To be called while idle.
    pub(super) fn prepare(&mut self) -> bool {
        // With more segments, loading still goes on.
        if self.index.segments().len() > rayon::current_num_threads() || self.cache.is_prepared() {
            return false;
        }
        self.norms();
        let cache = &mut self.cache;
        match &self.pool {
            Some(pool) => pool.install(|| cache.prepare()),
            None => cache.prepare(),
        }
    }

    /// The hits of `query`, best first.
    pub fn search(&mut self, query: &Query) -> Hits {
        let known = self.answers.iter().position(|hits| hits.query == *query);
        let hits = match (known, self.pool.clone()) {
            (Some(known), _) => self.answers.remove(known),
            (None, Some(pool)) if self.index.segments().len() > 1 => {
                pool.install(|| self.answer_by(None, query))
            }
            (None, _) => self.answer_by(None, query),
        };
        self.keep(&hits);
        hits
    }

    /// The hits of `query`, by sentence vectors if it suits them: by those that are kept, and by all
    /// others if they are few or if `waits`. They are made with the first such query.
    pub fn search_now(&mut self, query: &Query, sentences: &SentenceOptions, waits: bool) -> Hits {
        let hits = self.search(query);
        if !hits.can_be_refined {
            return hits;
        }
        let made = self.index.attached::<SentenceVectors>();
        let vectors = made.or_else(|| encode_now(sentences, &self.index, waits));
        vectors.and_then(|vectors| self.refine(query, vectors)).unwrap_or(hits)
    }

    /// The hits of a query with sentence vectors in place of word vectors, for one whose
    /// [`search`](Self::search) said that it [`can_be_refined`](Hits::can_be_refined). `None` if
    /// too few entries have vectors yet. Later searches of the query give these hits.
    pub(super) fn refine(&mut self, query: &Query, vectors: Arc<SentenceVectors>) -> Option<Hits> {
        let sentence = SentenceQuery::of_text(vectors, &query.text)?;
        let mut hits = self.answer_by(Some(sentence), query);
        let refined = std::mem::take(&mut hits.can_be_refined);
        if refined {
            self.answers.retain(|old| old.query != *query);
            self.keep(&hits);
        }
        refined.then_some(hits)
    }

    /// The answer by sentence vectors, if they suit the query, or by word vectors.
    fn answer_by(&mut self, sentence: Option<SentenceQuery>, query: &Query) -> Hits {
        self.semantic.set_sentence(sentence);
        let hits = self.answer(query);
        let can_be_refined = self.semantic.suits_sentence() && is_plain(&query.text);
        self.semantic.set_sentence(None);
        Hits { can_be_refined, ..hits }
    }

    fn keep(&mut self, hits: &Hits) {
        if hits.ordered.len() <= MAX_KEPT_HITS {
            let old = (self.answers.len() + 1).saturating_sub(KEPT_ANSWERS);
            self.answers.drain(..old);
            self.answers.push(hits.clone());
        }
    }

    fn answer(&mut self, query: &Query) -> Hits {
        let parsed = parse(&query.text, query.exact, self.index.language());
        let hits = Hits { index: self.index.clone(), query: query.clone(), ..Hits::default() };
        if parsed.is_empty() {
            return Hits { total: self.index.len(), ..hits };
        }
        let context = self
            .context(query.limit.max(RANKED))
            .with_conditions(&parsed.conditions, &query.bookmarked);
        let mut outcome = retrieve(&parsed, query.exact, &context, &mut self.cache);
        let best = &mut outcome.retrieved.best;
        let ranked = best.len().min(RANKED);
        rank::rank(&self.index, &mut best[..ranked], &outcome.clauses, &self.weights);
        if !query.no_meaning && !query.exact && self.index.language() == Language::English {
            self.apply_semantic_rerank(&mut outcome, |entry| context.accepts(entry));
        }
        let hit = |c: &Candidate| Hit { entry: c.entry, score: c.score, field: c.field };
        Hits {
            total: outcome.retrieved.total,
            reach: outcome.mode,
            highlighter: Highlighter::new(&outcome.clauses),
            ordered: outcome.retrieved.best.iter().take(query.limit).map(hit).collect(),
            ..hits
        }
    }

    /// Reranks by embeddings a query that reads as a sentence or has words that no entry has, and
    /// adds entries that share no word with it.
    fn apply_semantic_rerank(&mut self, outcome: &mut Outcome, accepts: impl Fn(u32) -> bool) {
        let Outcome { retrieved, mode, clauses } = outcome;
        let missed = clauses.iter().any(is_missed);
        let unmatched = missed || *mode == MatchMode::AnyTerms;
        let reranks = unmatched || is_sentence(clauses, &self.weights);
        let adds =
            reranks || retrieved.total <= self.weights.few_hits && clauses.iter().all(is_known);
        if !adds || clauses.is_empty() {
            return;
        }
        let Some(query) = embed_query(clauses) else { return };
        let ranked = retrieved.best.len().min(RANKED);
        if reranks {
            self.semantic.rerank(&mut retrieved.best[..ranked], clauses, &query);
        }
        let placement = if unmatched { Placement::ByScore } else { Placement::Last };
        retrieved.total +=
            self.semantic.add_nearest(&mut retrieved.best, &query, accepts, placement);
    }

    /// Ranks by a sentence vector in [`nearest`](Self::nearest).
    pub(super) fn set_sentence(&mut self, sentence: Option<SentenceQuery>) {
        self.semantic.set_sentence(sentence);
    }

    /// The `count` entries nearest to some words, whatever they lack, and to an embedding, best
    /// first.
    pub(super) fn nearest(
        &mut self,
        words: impl Iterator<Item = String>,
        embedding: Option<&QueryEmbedding>,
        count: usize,
    ) -> Vec<u32> {
        let clause = |word| Clause {
            alternatives: vec![Term { word, exact: false, typed: false }],
            is_stop_word: false,
        };
        let clauses = self.cache.find(&words.map(clause).collect::<Vec<_>>(), false);
        let mut best = any_term(&clauses, &self.context(RANKED)).best;
        if let Some(embedding) = embedding {
            self.semantic.rerank(&mut best, &clauses, embedding);
            self.semantic.add_nearest(&mut best, embedding, |_| true, Placement::ByScore);
        }
        best.into_iter().take(count).map(|candidate| candidate.entry).collect()
    }

    /// A context that returns the `limit` best entries.
    fn context(&mut self, limit: usize) -> RetrievalContext {
        let norms = self.norms();
        RetrievalContext::new(self.index.clone(), norms, Arc::clone(&self.weights), limit)
    }

    fn norms(&mut self) -> Arc<LengthNorms> {
        let Self { norms, index, weights, .. } = self;
        Arc::clone(norms.get_or_insert_with(|| Arc::new(LengthNorms::new(index, weights))))
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({} entries, {} clauses kept)", self.index.len(), self.cache.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Entry;

    fn index(count: usize) -> Index {
        let entry = |n: usize| {
            let question = format!("How do I use tool{n} with {} under test?", n % 7);
            let answer = format!("Unpack it {} times.", "again ".repeat(n % 3));
            Entry { question, answer, ..Entry::default() }
        };
        Index::new(&(0..count).map(entry).collect::<Vec<_>>())
    }

    fn query(text: &str) -> Query {
        Query { text: text.into(), limit: 50, ..Query::default() }
    }

    #[test]
    fn precomputed_prefixes_change_no_answer() {
        let index = index(60_000);
        let (mut eager, mut lazy) = (Engine::new(index.clone()), Engine::new(index));
        while eager.prepare() {}
        assert!(eager.cache.knows_prefix("u") && !lazy.cache.knows_prefix("u"));
        for text in ["u", "h", "how do i u", "t w", "t | u", "'u", "x", "9"] {
            let (one, other) = (eager.search(&query(text)), lazy.search(&query(text)));
            assert_eq!((one.total, one.ordered), (other.total, other.ordered), "{text}");
        }
    }

    /// "how" becomes a stop word beside an informative term; its matches stay the same.
    #[test]
    fn a_term_that_becomes_a_stop_word_is_not_looked_up_again() {
        let mut engine = Engine::new(index(10));
        engine.search(&query("how do i "));
        let known = engine.cache.len();
        engine.search(&query("how do i u"));
        assert_eq!(engine.cache.len(), known + 1);
    }
}
