//! The hits and which of them is selected.

use crate::collection::EntryRef;
use crate::search::{Hit, Hits};

/// The question list: the last hits that arrived, and the selection.
///
/// The best hit is selected whenever the query changes, as a person who types looks at the top.
/// When the same query is answered again (the collection grew, was read afresh, or more hits
/// were put in order), the selection stays on its entry if the person moved it there, and on the
/// top otherwise.
#[derive(Debug, Clone, Default)]
pub struct QuestionList {
    hits: Hits,
    selected: usize,
    /// Whether the person moved the selection since the query changed.
    moved: bool,
}

impl QuestionList {
    /// The hits on the screen.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// The rank of the selected hit; 0 in an empty list.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected hit.
    pub fn hit(&self) -> Option<Hit> {
        self.hits.get(self.selected)
    }

    /// The selected entry.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.hits.index.entry(self.hit()?.entry)
    }

    /// How many more hits the list should have ready for the selection to move on freely: the
    /// next limit to ask for.
    pub fn wanted(&self) -> Option<usize> {
        let ready = self.hits.ready();
        (ready < self.hits.total && self.selected + MARGIN >= ready)
            .then(|| (ready * 4).max(self.selected + 2 * MARGIN))
    }

    /// Selects a rank, or the nearest there is. `ready` hits can be selected.
    pub fn select(&mut self, rank: usize) {
        self.selected = rank.min(self.hits.ready().saturating_sub(1));
        self.moved = true;
    }

    /// Moves the selection by rows.
    pub fn step(&mut self, rows: isize) {
        self.select(self.selected.saturating_add_signed(rows));
    }

    /// Takes new hits.
    pub fn receive(&mut self, hits: Hits) {
        let same_question = hits.generation == self.hits.generation;
        let keep = (same_question && self.moved).then(|| self.find_again(&hits)).flatten();
        if !same_question {
            self.moved = false;
        }
        self.hits = hits;
        self.selected = keep.unwrap_or(0);
    }

    /// The rank of the selected entry among other hits, perhaps of another index.
    fn find_again(&self, hits: &Hits) -> Option<usize> {
        let number = self.hit()?.entry;
        let old = self.entry()?;
        let same = |n: u32| {
            hits.index
                .entry(n)
                .is_some_and(|new| new.question() == old.question() && new.id() == old.id())
        };
        // A growing index keeps its numbers; one that was read afresh may not.
        let number = if same(number) {
            Some(number)
        } else {
            (0..hits.index.len() as u32).find(|&n| same(n))
        };
        hits.rank_of(number?)
    }
}

/// How near to the last ready hit the selection comes before more are asked for.
const MARGIN: usize = 200;
