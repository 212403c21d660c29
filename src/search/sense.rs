//! Meaning beside words: entries that say the same in other words come nearer to the top, and in
//! a collection that is small enough those that share no word with the query are found too.
//!
//! Only for what reads like a sentence, and for queries that no entry has every word of: who
//! types the letters of a word wants that word. A hit that has every word is never passed by one
//! that has none.

use super::grade::Tolerance;
use super::meaning::{Compact, Meaning, Reader, Vector};
use super::rank::Candidate;
use super::score::Weighted;
use super::{Field, Index};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::{Mutex, PoisonError};

/// What the nearness of the meaning counts, the best match by words being 1.
const NEARNESS: f32 = 1.6;
/// A match by words is measured against one of at least this share of the query's weight: where
/// the best one has little, words say little.
const LEAST: f32 = 0.5;
/// Collections up to this size are searched whole.
const WHOLE: usize = 20_000;
/// Nearer than this, two texts are about the same (a cosine).
const NEAR: f32 = 0.45;
/// At most so many hits by meaning alone.
const MOST: usize = 12;
/// Candidates that one thread compares at a time.
const TOGETHER: usize = 128;

/// The meaning of every wording of a small collection.
#[derive(Default)]
pub(super) struct Senses {
    wordings: Vec<(u32, Compact)>,
}

impl Senses {
    /// Reads the whole collection, if it is small enough.
    pub fn of(index: &Index) -> Self {
        if index.len() > WHOLE {
            return Self::default();
        }
        let mut reader = Reader::new(*Meaning::english());
        let mut wordings = Vec::with_capacity(index.len());
        for (n, entry) in (0..).zip(index.entries()) {
            for text in std::iter::once(entry.question()).chain(entry.aliases()) {
                wordings.extend(reader.text(text).map(|vector| (n, vector.compact())));
            }
        }
        Self { wordings }
    }

    /// The entries nearest to the query, nearest first, each once.
    fn nearest(&self, query: &Vector) -> Vec<(f32, u32)> {
        let query = query.compact();
        let near = |(entry, wording): &(u32, Compact)| {
            let cosine = query.cosine(wording);
            (cosine >= NEAR).then_some((cosine, *entry))
        };
        let mut found: Vec<(f32, u32)> = self.wordings.iter().filter_map(near).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = FxHashSet::default();
        found.retain(|(_, entry)| seen.insert(*entry));
        found
    }
}

/// Readers that know the words of what they read for earlier queries.
#[derive(Debug, Default)]
pub(super) struct Readers(Mutex<Vec<Reader>>);

impl Readers {
    fn with<T>(&self, read: impl FnOnce(&mut Reader) -> T) -> T {
        let readers = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = readers().pop();
        let mut reader = known.unwrap_or_else(|| Reader::new(*Meaning::english()));
        let result = read(&mut reader);
        readers().push(reader);
        result
    }
}

/// What is meant, and how far that may be trusted.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    vector: Vector,
    /// From 0 to 1: how much of what entries have of the query is in words whose meaning is known.
    trust: f32,
}

impl From<Vector> for Meant {
    fn from(vector: Vector) -> Self {
        Self { vector, trust: 1.0 }
    }
}

/// What a query means: each term as the word that it was matched to, where it is not a known word.
/// Nothing if less than half of its terms are known: it is in another language, or of names.
pub(super) fn of_query(clauses: &[Weighted]) -> Option<Meant> {
    let meaning = Meaning::english();
    let mut sum = Vector::default();
    let mut known = 0;
    let (mut matched_weight, mut unknown_weight) = (f32::MIN_POSITIVE, 0.0);
    for clause in clauses {
        let matched = clause.matches.best_word.as_ref().map(|(_, word)| &**word);
        let mut words = std::iter::once(clause.term.as_str()).chain(matched);
        let weight = if clause.matches.has_word() { clause.weight } else { 0.0 };
        matched_weight += weight;
        if let Some(vector) = words.find_map(|word| meaning.word(word)) {
            sum.add(vector, 1.0);
            known += 1;
        } else {
            unknown_weight += weight;
        }
    }
    let trust = 1.0 - unknown_weight / matched_weight;
    (known > 0 && known * 2 >= clauses.len()).then(|| Meant { vector: sum.normalised(), trust })
}

/// Whether a term is a word that people use, but that no entry has in any form: what was found for
/// it are only words that look like it.
pub(super) fn is_missed(clause: &Weighted) -> bool {
    let looks_alike = clause.matches.graders.iter().all(|g| g.tolerance() > Tolerance::Forms);
    !clause.weightless && looks_alike && !clause.matches.has_word() && is_known(clause)
}

/// Whether a term is a word that the table knows.
pub(super) fn is_known(clause: &Weighted) -> bool {
    Meaning::english().find(&clause.term).is_some()
}

/// Scores candidates by words and meaning together, and sorts them.
pub(super) fn rerank(
    index: &Index,
    candidates: &mut [Candidate],
    clauses: &[Weighted],
    query: &Meant,
    readers: &Readers,
) {
    let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
    let norm = norm(best, clauses);
    let rate = |candidate: &mut Candidate, reader: &mut Reader| {
        let near = index.entry(candidate.entry).map_or(0.0, |entry| {
            let wordings = std::iter::once(entry.question()).chain(entry.aliases());
            let vectors = wordings.filter_map(|text| reader.text(text));
            vectors.map(|vector| vector.dot(&query.vector)).fold(0.0, f32::max)
        });
        candidate.score = candidate.score / norm + NEARNESS * query.trust * near;
    };
    candidates.par_chunks_mut(TOGETHER).for_each(|candidates| {
        readers.with(|reader| candidates.iter_mut().for_each(|c| rate(c, reader)));
    });
    candidates.sort_unstable_by(Candidate::order);
}

fn norm(best: f32, clauses: &[Weighted]) -> f32 {
    let whole: f32 = clauses.iter().map(|clause| clause.weight).sum();
    best.max(whole * LEAST).max(f32::MIN_POSITIVE)
}

/// Adds entries that share no word with the query, in order of their score if `mixed`, else after
/// all others; gives their number.
pub(super) fn add_nearest(
    candidates: &mut Vec<Candidate>,
    senses: &Senses,
    query: &Meant,
    allowed: impl Fn(u32) -> bool,
    mixed: bool,
) -> usize {
    let known: FxHashSet<u32> = candidates.iter().map(|candidate| candidate.entry).collect();
    let new = senses
        .nearest(&query.vector)
        .into_iter()
        .filter(|(_, n)| !known.contains(n) && allowed(*n));
    let last = candidates.last().map_or(f32::MAX, |candidate| candidate.score);
    let before = candidates.len();
    candidates.extend(new.take(MOST).map(|(near, entry)| {
        let score = if mixed { NEARNESS * query.trust * near } else { last.min(1.0) * near };
        Candidate::new(entry, score, Field::Meaning)
    }));
    if mixed {
        candidates.sort_by(Candidate::order);
    }
    candidates.len() - before
}
