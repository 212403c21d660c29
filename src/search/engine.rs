//! The search itself: terms against entries, the best ones chosen, ranked and told.

use super::ahead::Ahead;
use super::evaluate::{Matches, Spare};
use super::language::Language;
use super::query::{Clause, Parsed, Term};
use super::rank::{self, Candidate};
use super::score::{self, Lengths, Scored, Weighted};
use super::sense::{self, Meant, Readers, Senses};
use super::{Field, Highlighter, Hit, Hits, Index, MatchMode, Query, grade};
use std::sync::Arc;

/// Answers queries over one index. What it found for a term is kept, so that another key in the
/// same query costs one term, and its last answers, so that a letter that is deleted costs nothing.
pub struct Engine {
    index: Index,
    /// The answers to the newest queries, the newest last.
    answers: Vec<Hits>,
    /// What was found for terms, that of the newest queries last.
    found: Vec<Found>,
    spare: Spare,
    /// What was found before it was asked for; nothing as long as nobody had the time.
    ahead: Option<Ahead>,
    pool: Option<Arc<rayon::ThreadPool>>,
    /// Read when they are first needed.
    lengths: Option<Arc<Lengths>>,
    /// What the entries mean, read when it is first needed.
    senses: Option<Senses>,
    readers: Readers,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Index::default())
    }
}

/// The matches of a clause with these terms, whatever it weighs.
struct Found {
    terms: Vec<Term>,
    fuzzy: bool,
    matches: Arc<Matches>,
}

/// Answers that are kept: most queries have fewer letters.
const ANSWERS: usize = 32;
/// Longer answers are not: somebody went far down the list.
const MOST_HITS: usize = 10_000;
/// Clauses whose matches are kept; those of the newest query always are.
const KEPT: usize = 10;
/// Candidates that are ranked by their text.
const RANKED: usize = 400;
/// So few hits leave room for those that mean the same in other words.
const FEW: usize = 5;
/// A query with at least so many terms is a sentence: an entry that lacks a word of it may answer
/// it better than one that has them all by chance.
const SENTENCE: usize = 4;

impl Engine {
    /// An engine over `index`.
    pub fn new(index: Index) -> Self {
        // A pool of its own: the shared one may be busy with loading.
        let pool = rayon::ThreadPoolBuilder::new().thread_name(|n| format!("search-{n}")).build();
        Self { pool: pool.ok().map(Arc::new), ..Self::for_once(index) }
    }

    /// An engine for a single answer, not worth threads of its own.
    pub(super) fn for_once(index: Index) -> Self {
        Self {
            index,
            answers: Vec::new(),
            found: Vec::new(),
            spare: Spare::default(),
            ahead: None,
            pool: None,
            lengths: None,
            senses: None,
            readers: Readers::default(),
        }
    }

    /// Searches another index from now on.
    pub fn set_index(&mut self, index: Index) {
        self.index = index;
        self.answers.clear();
        self.found.clear();
        self.spare = Spare::default();
        self.ahead = None;
        self.lengths = None;
        self.senses = None;
    }

    /// Does a part of what keys would wait for; tells whether there may be more to do. To be called
    /// when there is nothing else to do.
    pub(super) fn prepare(&mut self) -> bool {
        // More segments than this are not all that there will be.
        if self.index.segments().len() > rayon::current_num_threads() {
            return false;
        }
        let Self { index, spare, ahead, pool, .. } = self;
        if let Some(ahead) = ahead {
            return match pool {
                // After every key this is asked again: no thread is woken for nothing.
                _ if ahead.is_complete() => false,
                Some(pool) => pool.install(|| ahead.find_next(index, spare)),
                None => ahead.find_next(index, spare),
            };
        }
        spare.fetch(index);
        *ahead = Some(Ahead::of(index));
        self.lengths();
        true
    }

    /// The hits of `query`, best first.
    pub fn search(&mut self, query: &Query) -> Hits {
        let known = self.answers.iter().position(|hits| hits.query == *query);
        let hits = match (known, self.pool.clone()) {
            (Some(known), _) => self.answers.remove(known),
            (None, Some(pool)) if self.index.segments().len() > 1 => {
                pool.install(|| self.answer(query))
            }
            (None, _) => self.answer(query),
        };
        if hits.ordered.len() <= MOST_HITS {
            let old = (self.answers.len() + 1).saturating_sub(ANSWERS);
            self.answers.drain(..old);
            self.answers.push(hits.clone());
        }
        hits
    }

    fn answer(&mut self, query: &Query) -> Hits {
        let parsed = Parsed::of(&query.text, query.exact, self.index.language());
        let hits = Hits { index: self.index.clone(), query: query.clone(), ..Hits::default() };
        if parsed.is_empty() {
            return Hits { total: self.index.len(), ..hits };
        }
        let index = self.index.clone();
        let allowed = score::allowed(&index, &parsed.conditions, &query.bookmarked);
        let lengths = self.lengths();
        let choice = score::Choice {
            index: &index,
            lengths: &lengths,
            conditions: &parsed.conditions,
            allowed: &allowed,
            best: query.limit.max(RANKED),
        };
        let clauses = self.matches(&parsed, false);
        let (mut scored, mut reach, mut clauses) = if parsed.clauses.is_empty() {
            (score::unscored(&choice), MatchMode::AllTerms, clauses)
        } else {
            self.relax(&parsed, clauses, &choice)
        };
        if scored.total == 0 && !query.exact {
            let loose = parsed.loosened();
            if loose != parsed && !loose.clauses.is_empty() {
                let choice = score::Choice { conditions: &loose.conditions, ..choice };
                let matches = self.matches(&loose, true);
                scored = score::closest(&matches, &choice);
                (reach, clauses) = (MatchMode::AnyTerms, matches);
            }
        }
        let ranked = scored.best.len().min(RANKED);
        rank::rerank(&self.index, &mut scored.best[..ranked], &clauses);
        if !query.no_meaning && !query.exact && self.index.language() == Language::English {
            let lets_through = |entry| choice.lets_through_entry(entry);
            self.mind_meaning(&mut scored, reach, &clauses, lets_through);
        }
        tell(hits, &scored, reach, &clauses)
    }

    /// Lets what the query means have its say.
    fn mind_meaning(
        &mut self,
        scored: &mut Scored,
        reach: MatchMode,
        clauses: &[Weighted],
        lets_through: impl Fn(u32) -> bool,
    ) {
        let missed = clauses.iter().any(sense::is_missed);
        let prose = reach == MatchMode::AnyTerms || missed || is_sentence(clauses);
        let few = scored.total <= FEW && clauses.iter().all(sense::is_known);
        if !prose && !few || clauses.is_empty() {
            return;
        }
        let Some(query) = sense::of_query(clauses) else { return };
        let ranked = scored.best.len().min(RANKED);
        if prose {
            let best = &mut scored.best[..ranked];
            sense::rerank(&self.index, best, clauses, &query, &self.readers);
        }
        let senses = self.senses.get_or_insert_with(|| Senses::of(&self.index));
        let mixed = prose && (missed || reach == MatchMode::AnyTerms);
        scored.total += sense::add_nearest(&mut scored.best, senses, &query, lets_through, mixed);
    }

    /// The entries nearest to a set of words, whatever they lack, and to what `meant` means, best
    /// first.
    pub(super) fn nearest(
        &mut self,
        words: Vec<String>,
        meant: Option<&Meant>,
        count: usize,
    ) -> Vec<u32> {
        let clause = |word| Clause {
            alternatives: vec![Term { word, exact: false, typed: false }],
            weightless: false,
        };
        let parsed =
            Parsed { clauses: words.into_iter().map(clause).collect(), ..Parsed::default() };
        let matches = self.matches(&parsed, false);
        let index = self.index.clone();
        let lengths = self.lengths();
        let choice = score::Choice {
            index: &index,
            lengths: &lengths,
            conditions: &[],
            allowed: &None,
            best: RANKED,
        };
        let mut best = score::closest(&matches, &choice).best;
        if let Some(meant) = meant {
            sense::rerank(&index, &mut best, &matches, meant, &self.readers);
            let senses = self.senses.get_or_insert_with(|| Senses::of(&index));
            sense::add_nearest(&mut best, senses, meant, |_| true, true);
        }
        best.into_iter().take(count).map(|candidate| candidate.entry).collect()
    }

    /// The entries that have every word; where none does, or a long sentence is answered better
    /// without some word, the closest ones.
    fn relax(
        &mut self,
        parsed: &Parsed,
        clauses: Vec<Weighted>,
        choice: &score::Choice<'_>,
    ) -> (Scored, MatchMode, Vec<Weighted>) {
        if is_sentence(&clauses) {
            let closest = score::closest(&clauses, choice);
            if closest.total > 0 {
                let reach =
                    if closest.complete > 0 { MatchMode::AllTerms } else { MatchMode::AnyTerms };
                return (closest, reach, clauses);
            }
        }
        let full = score::full(&clauses, choice);
        let is_asked = |scored: &Scored| scored.best.iter().any(|candidate| candidate.in_head);
        if is_asked(&full) {
            return (full, MatchMode::AllTerms, clauses);
        }
        if let Some(alike) = self.alike(parsed, &clauses) {
            let wider = score::full(&alike, choice);
            if is_asked(&wider) {
                return (wider, MatchMode::FuzzyTerms, alike);
            }
        }
        if full.total > 0 {
            return (full, MatchMode::AllTerms, clauses);
        }
        let clauses = self.matches(parsed, true);
        let closest = score::closest(&clauses, choice);
        (closest, MatchMode::AnyTerms, clauses)
    }

    /// The clauses with what looks like their terms, for those that no entry has as a word but only
    /// as the beginning of one: in "prpr way str", `str` may be meant for a string or for a store.
    /// So may what looks like a word without its vowels, and stands in answers only, be meant for
    /// that word. `None` if all are words.
    fn alike(&mut self, parsed: &Parsed, clauses: &[Weighted]) -> Option<Vec<Weighted>> {
        let is_word = |clause: &Weighted| {
            let is_meant = clause.matches.is_asked || !grade::is_shortened(&clause.term);
            clause.matches.has_word() && is_meant || clause.weightless
        };
        if clauses.iter().all(is_word) {
            return None;
        }
        let all = parsed.clauses.iter().zip(clauses);
        let unsure = all.filter(|(_, found)| !is_word(found)).map(|(clause, _)| clause.clone());
        let unsure = Parsed { clauses: unsure.collect(), ..Parsed::default() };
        let mut wider = self.matches(&unsure, true).into_iter();
        let one = |found: &Weighted| {
            let kept = is_word(found).then(|| found.clone());
            kept.or_else(|| wider.next())
        };
        clauses.iter().map(one).collect()
    }

    fn lengths(&mut self) -> Arc<Lengths> {
        Arc::clone(self.lengths.get_or_insert_with(|| Arc::new(Lengths::of(&self.index))))
    }

    fn matches(&mut self, parsed: &Parsed, fuzzy: bool) -> Vec<Weighted> {
        let Self { found, index, spare, ahead, .. } = self;
        let one = |clause: &Clause| {
            let early =
                ahead.as_ref().filter(|_| !fuzzy).and_then(|ahead| ahead.get(&clause.alternatives));
            if let Some(matches) = early {
                return Weighted::new(matches, clause);
            }
            let known =
                found.iter().position(|f| f.fuzzy == fuzzy && f.terms == clause.alternatives);
            let newest = match known {
                Some(at) => found.remove(at),
                None => Found {
                    terms: clause.alternatives.clone(),
                    fuzzy,
                    matches: Arc::new(Matches::of(&clause.alternatives, fuzzy, index, spare)),
                },
            };
            let weighted = Weighted::new(Arc::clone(&newest.matches), clause);
            found.push(newest);
            weighted
        };
        let weighted = parsed.clauses.iter().map(one).collect();
        let old = found.len().saturating_sub(KEPT.max(parsed.clauses.len()));
        found.drain(..old).for_each(|found| free(found, spare));
        weighted
    }
}

/// Gives the room of matches back, unless somebody still looks at them.
fn free(found: Found, spare: &Spare) {
    if let Ok(matches) = Arc::try_unwrap(found.matches) {
        spare.take(matches);
    }
}

/// Whether a query reads like a sentence: it has words such as "the", or many.
fn is_sentence(clauses: &[Weighted]) -> bool {
    let weighty = clauses.iter().filter(|clause| !clause.weightless).count();
    weighty < clauses.len() || weighty >= SENTENCE
}

fn tell(hits: Hits, scored: &Scored, reach: MatchMode, clauses: &[Weighted]) -> Hits {
    let hit = |c: &Candidate| Hit { entry: c.entry, score: c.score, field: c.field };
    Hits {
        total: scored.total,
        reach,
        highlighter: Highlighter::new(clauses),
        ordered: scored.best.iter().take(hits.query.limit).map(hit).collect(),
        ..hits
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({} entries, {} terms kept)", self.index.len(), self.found.len())
    }
}

/// The field to tell when nothing in the question matched.
pub(super) fn field_of(in_head: bool) -> Field {
    if in_head { Field::Question } else { Field::Answer }
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
    fn what_was_found_ahead_changes_no_answer() {
        let index = index(60_000);
        let (mut eager, mut lazy) = (Engine::new(index.clone()), Engine::new(index));
        while eager.prepare() {}
        let known =
            |engine: &Engine| engine.ahead.as_ref().is_some_and(|a| a.get(&[typed("u")]).is_some());
        assert!(known(&eager) && !known(&lazy));
        for text in ["u", "h", "how do i u", "t w", "t | u", "'u", "x", "9"] {
            let (one, other) = (eager.search(&query(text)), lazy.search(&query(text)));
            assert_eq!((one.total, one.ordered), (other.total, other.ordered), "{text}");
        }
    }

    fn typed(word: &str) -> Term {
        Term { word: word.into(), exact: false, typed: true }
    }

    /// "how" weighs little beside a word that says more; what it matches is the same.
    #[test]
    fn a_term_that_loses_its_weight_is_not_looked_up_again() {
        let mut engine = Engine::new(index(10));
        engine.search(&query("how do i "));
        let known = engine.found.len();
        engine.search(&query("how do i u"));
        assert_eq!(engine.found.len(), known + 1);
    }
}
