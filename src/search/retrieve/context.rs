//! The inputs of a retrieval, shared by all strategies.

use super::filter;
use crate::collection::Marks;
use crate::search::index::{Index, LengthNorms, LiveView};
use crate::search::query::Condition;
use crate::search::weights::Weights;
use std::sync::Arc;

/// The inputs of a retrieval.
#[derive(Clone)]
pub(in crate::search) struct RetrievalContext {
    pub index: Index,
    pub norms: Arc<LengthNorms>,
    pub weights: Arc<Weights>,
    conditions: Vec<Condition>,
    marks: Arc<Marks>,
    /// Whether the filters accept each entry of each segment; `None` accepts all.
    accepted: Option<Vec<Vec<bool>>>,
    /// How many of the best entries to return.
    pub limit: usize,
}

impl RetrievalContext {
    /// A context without conditions.
    pub fn new(index: Index, norms: Arc<LengthNorms>, weights: Arc<Weights>, limit: usize) -> Self {
        let marks = Arc::default();
        Self { index, norms, weights, conditions: Vec::new(), marks, accepted: None, limit }
    }

    /// Accepts only entries that meet `conditions`.
    pub fn with_conditions(self, conditions: &[Condition], marks: &Arc<Marks>) -> Self {
        let accepted = filter::accepted(&self.index, conditions, marks);
        Self { conditions: conditions.to_vec(), marks: Arc::clone(marks), accepted, ..self }
    }

    /// Accepts only those entries of live sources that are in the engines' answers.
    pub fn with_answers(mut self, live: &LiveView) -> Self {
        let segments: Vec<_> = self.index.segments().map(|(at, part)| (at, part.len())).collect();
        let all = || segments.iter().map(|&(_, length)| vec![true; length]).collect();
        let accepted: &mut Vec<Vec<bool>> = self.accepted.get_or_insert_with(all);
        for (accepted, &(start, _)) in accepted.iter_mut().zip(&segments) {
            for (n, accepted) in (start as u32..).zip(accepted) {
                *accepted &= n < live.first || live.rank(n).is_some();
            }
        }
        self
    }

    /// The marks of the user.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Drops the conditions that do not hold for close entries.
    pub fn loosened(&self) -> Self {
        let mut loose = self.clone();
        loose.conditions.retain(Condition::is_kept_loosened);
        loose
    }

    /// Whether every entry is accepted.
    pub(super) fn accepts_all(&self) -> bool {
        self.conditions.is_empty() && self.accepted.is_none()
    }

    /// Whether the conditions accept an entry.
    pub fn accepts(&self, entry: u32) -> bool {
        let place = self.index.segments().enumerate().find_map(|(s, (start, segment))| {
            let n = (entry as usize).checked_sub(start)?;
            (n < segment.len()).then_some((s, n))
        });
        place.is_some_and(|(s, n)| self.accepts_at(s, n, entry))
    }

    /// Whether the conditions accept `entry`, which is number `n` of segment `segment`.
    pub(super) fn accepts_at(&self, segment: usize, n: usize, entry: u32) -> bool {
        self.accepted.as_ref().is_none_or(|accepted| accepted[segment][n])
            && (self.conditions.is_empty()
                || filter::text_meets(&self.index, entry, &self.conditions, &self.marks))
    }
}
