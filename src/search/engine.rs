//! Runs the stages of a search over one index.

use super::arrange::{drop_unrelated, join, prefer_complete, prefer_covering};
use super::hits::Hits;
use super::index::{Index, LengthNorms, LiveView};
use super::language::Language;
use super::live;
use super::query::{Clause, Query, is_plain, parse};
use super::rank;
use super::retrieve::{
    Field, Leniency, MatchCache, MatchMode, Pool, Retrieval, RetrievalContext, all_terms, any_term,
    retrieve,
};
use super::semantic::{
    Placement, QueryEmbedding, SemanticRanker, SentenceOptions, SentenceQuery, SentenceVectors,
    embed_query, encode_now, is_absent, is_english_word, is_known, is_missed,
};
use super::usage::put_used_first;
use super::weights::Weights;
use crate::collection::Marks;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Answers queries over one index. Caches the matches of recent terms, so that typing another
/// letter looks up one term, and recent answers, so that deleting a letter costs nothing.
pub struct Engine {
    index: Index,
    weights: Arc<Weights>,
    /// Recent answers, newest last.
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

/// How many recent answers are cached; most queries have fewer letters.
const KEPT_ANSWERS: usize = 32;
/// Answers with more hits than this are not cached.
const MAX_KEPT_HITS: usize = 10_000;
/// How many candidates are ranked by their texts.
const RANKED: usize = 400;

impl Engine {
    /// An engine over `index`.
    pub fn new(index: Index) -> Self {
        Self::with_weights(index, Weights::default())
    }

    /// An engine with weights other than the default.
    pub fn with_weights(index: Index, weights: Weights) -> Self {
        // A pool of its own: the shared one may be busy with loading.
        let pool = rayon::ThreadPoolBuilder::new().thread_name(|n| format!("search-{n}")).build();
        Self { pool: pool.ok().map(Arc::new), ..Self::without_threads(index, Arc::new(weights)) }
    }

    /// An engine for so few queries that threads of its own are not worthwhile.
    pub(super) fn without_threads(index: Index, weights: Arc<Weights>) -> Self {
        let mut cache = MatchCache::new(index.clone(), Arc::clone(&weights));
        if index.language() == Language::English {
            cache = cache.with_vocabulary(is_english_word);
        }
        Self {
            answers: Vec::new(),
            cache,
            pool: None,
            norms: None,
            semantic: SemanticRanker::new(index.clone(), Arc::clone(&weights)),
            index,
            weights,
        }
    }

    /// Replaces the index.
    pub fn set_index(&mut self, index: Index) {
        let pool = self.pool.take();
        *self = Self { pool, ..Self::without_threads(index, Arc::clone(&self.weights)) };
    }

    /// The index that is searched.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Does some work in advance while idle; returns false when nothing is left.
    pub(super) fn prepare(&mut self) -> bool {
        // More segments mean that loading is not finished.
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

    /// The hits of `query`, ranked by sentence vectors if they suit it. Uses cached vectors;
    /// computes the missing ones if they are few or if `waits` is set.
    pub fn search_now(&mut self, query: &Query, sentences: &SentenceOptions, waits: bool) -> Hits {
        let hits = self.search(query);
        if !hits.can_be_refined {
            return hits;
        }
        let made = self.index.attached::<SentenceVectors>();
        let vectors = made.or_else(|| encode_now(sentences, &self.index, waits));
        vectors.and_then(|vectors| self.refine(query, vectors)).unwrap_or(hits)
    }

    /// The hits of a query, ranked by sentence vectors in place of word vectors, if its
    /// [`search`](Self::search) reported that it [`can_be_refined`](Hits::can_be_refined). `None`
    /// if too few entries have vectors yet. Later searches for the query return these hits.
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
        let parsed = parse(&query.text, query.exact, self.index.languages());
        let hits = Hits {
            index: self.index.clone(),
            query: query.clone(),
            unknown_filters: parsed.unknown.clone(),
            ..Hits::default()
        };
        if parsed.is_empty() {
            if let Some(live) = self.index.live() {
                return live::recent(&self.index, live, query, hits);
            }
            let total = self.index.len();
            return Hits { total, matches: total, ..hits };
        }
        let mut context =
            self.context(query.limit.max(RANKED)).with_conditions(&parsed.conditions, &query.marks);
        let index = self.index.clone();
        // Marked entries are found even if the engine does not return them.
        let answers = index.live().filter(|live| live.has_answer() && !parsed.wants_marked());
        if let Some(live) = answers {
            context = context.with_answers(live);
        }
        let mut outcome = retrieve(&parsed, query.exact, &context, &mut self.cache);
        if let Some(live) = answers {
            live::add_missing(&mut outcome, live, &context);
        }
        let Retrieval { mode, matches, close } = &mut outcome;
        let by_meaning =
            !query.no_meaning && !query.exact && self.index.language() == Language::English;
        let accepts = |entry| context.accepts(entry);
        self.rank(matches, by_meaning, query, answers);
        if *mode == MatchMode::Sentence {
            drop_unrelated(matches, &self.index, &self.weights);
            if by_meaning {
                self.add_by_meaning(matches, accepts);
            }
        }
        let mut known: FxHashSet<u32> = matches.candidates.iter().map(|c| c.entry).collect();
        let last = close.len().saturating_sub(1);
        for (n, pool) in close.iter_mut().enumerate() {
            self.rank(pool, by_meaning, query, answers);
            drop_unrelated(pool, &self.index, &self.weights);
            if by_meaning && n == last {
                self.add_by_meaning(pool, accepts);
            }
            pool.candidates.retain(|candidate| known.insert(candidate.entry));
        }
        let mut hits = join(hits, outcome, &self.weights);
        if hits.matches == 0 {
            hits.unknown_filters.extend(parsed.mistyped);
        }
        hits
    }

    /// Orders candidates by the texts of their questions and, with `by_meaning`, by embeddings if
    /// the query reads as prose or has words that no entry has as typed. Among level candidates,
    /// entries that were used come first. The ranks given by search engines count as well.
    fn rank(&mut self, pool: &mut Pool, by_meaning: bool, query: &Query, live: Option<&LiveView>) {
        let unmatched = is_unmatched(pool);
        let ranked = pool.candidates.len().min(RANKED);
        let best = &mut pool.candidates[..ranked];
        rank::rank(&self.index, best, &pool.clauses, &self.weights);
        let is_phrased = pool.clauses.iter().any(|clause| clause.is_stop_word);
        if !is_phrased && !pool.is_sentence {
            prefer_covering(best, &self.weights);
        }
        let prose = pool.clauses.iter().any(|clause| clause.is_stop_word)
            || pool.clauses.iter().filter(|c| c.required).count() >= self.weights.sentence_terms;
        if by_meaning
            && (prose || unmatched && pool.clauses.iter().any(is_absent))
            && let Some(query) = embed_query(&pool.clauses)
        {
            self.semantic.rerank(best, &pool.clauses, &query);
        }
        if let Some(live) = live {
            live::add_prior(best, live, &self.weights);
        }
        if !is_phrased && pool.is_sentence {
            prefer_complete(best, &self.weights);
        }
        if !pool.clauses.is_empty() {
            put_used_first(&self.index, best, &query.used, self.weights.level_score_ratio);
        }
    }

    /// Adds entries that share no word with the query but are similar in meaning.
    fn add_by_meaning(&mut self, pool: &mut Pool, accepts: impl Fn(u32) -> bool) {
        let prose = pool.clauses.iter().any(|clause| clause.is_stop_word);
        if !prose && !is_unmatched(pool) && !pool.clauses.iter().all(is_known) {
            return;
        }
        let Some(query) = embed_query(&pool.clauses) else { return };
        let placement = if is_unmatched(pool) { Placement::ByScore } else { Placement::Last };
        pool.total += self.semantic.add_nearest(&mut pool.candidates, &query, accepts, placement);
        // Retrieval left these out because they cover little of the query.
        for added in pool.candidates.iter_mut().filter(|added| added.field == Field::Meaning) {
            let entry = self.index.entry(added.entry);
            let matched =
                entry.and_then(|it| rank::matched_field(it, &pool.clauses, &self.weights));
            added.field = matched.unwrap_or(Field::Meaning);
        }
    }

    /// Ranks by a sentence vector in [`nearest`](Self::nearest).
    pub(super) fn set_sentence(&mut self, sentence: Option<SentenceQuery>) {
        self.semantic.set_sentence(sentence);
    }

    /// The `count` entries nearest to some words, of which any may be missing, and to an embedding,
    /// best first.
    pub(super) fn nearest(
        &mut self,
        words: impl Iterator<Item = String>,
        embedding: Option<&QueryEmbedding>,
        count: usize,
    ) -> Vec<u32> {
        let clauses: Vec<Clause> = words.map(Clause::of_word).collect();
        let clauses = self.cache.find(&clauses, Leniency::Strict, &Marks::default());
        let mut best = any_term(&clauses, &self.context(RANKED)).best;
        if let Some(embedding) = embedding {
            self.semantic.rerank(&mut best, &clauses, embedding);
            self.semantic.add_nearest(&mut best, embedding, |_| true, Placement::ByScore);
        }
        best.into_iter().take(count).map(|candidate| candidate.entry).collect()
    }

    /// All entries that have every required clause, best first; if none has, those with similar
    /// words.
    pub(super) fn rank_rows(&mut self, clauses: &[Clause]) -> Vec<u32> {
        let context = self.context(self.index.len());
        for leniency in [Leniency::Strict, Leniency::Lenient, Leniency::Fuzzy] {
            let clauses = self.cache.find(clauses, leniency, &Marks::default());
            let mut rows = all_terms(&clauses, &context).best;
            if !rows.is_empty() {
                let ranked = rows.len().min(RANKED);
                rank::rank(&self.index, &mut rows[..ranked], &clauses, &self.weights);
                return rows.into_iter().map(|candidate| candidate.entry).collect();
            }
        }
        Vec::new()
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

/// Whether words of the query are unmatched: no entry has every term, or a known word of it occurs
/// in no entry.
fn is_unmatched(pool: &Pool) -> bool {
    !pool.is_complete || pool.clauses.iter().any(is_missed)
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
