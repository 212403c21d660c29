//! The hits and the selection.

use super::Passages;
use super::scrolling::ScrolledList;
use crate::collection::EntryRef;
use crate::search::{Field, Hit, Hits, Index};
use crate::text::columns;

/// The question list: the latest hits and the selection.
///
/// The best hit is selected whenever the query changes, since users look at the top while typing.
/// When the hits of the same query are replaced (the collection grew, was reloaded, or more hits
/// were sorted), the selection stays on its entry if the user moved it there, and on the best hit
/// otherwise.
#[derive(Debug, Clone, Default)]
pub struct QuestionList {
    hits: Hits,
    selected: usize,
    facts: CollectionFacts,
    /// The rank of the first visible hit.
    top: usize,
    /// Whether the next scroll centres the selected row.
    centred: bool,
    /// Which rows show passages of their answers.
    passages: Passages,
    /// Whether the user moved the selection since the query changed.
    moved: bool,
    /// The rank to select once the hits up to it are sorted.
    pending_rank: Option<usize>,
}

/// A visible hit.
#[derive(Debug, Clone, Copy)]
pub struct ListRow<'a> {
    /// Its rank, from 0.
    pub rank: usize,
    /// The hit.
    pub hit: Hit,
    /// Its entry.
    pub entry: EntryRef<'a>,
    /// The number of screen rows, the divider included.
    pub height: usize,
    /// Whether the divider between matches and close entries precedes it.
    pub divided: bool,
}

impl QuestionList {
    /// An empty list.
    pub(super) fn new(passages: Passages) -> Self {
        Self { passages, ..Self::default() }
    }

    /// Changes which rows show passages.
    pub(super) fn set_passages(&mut self, passages: Passages) {
        self.passages = passages;
    }

    /// The hits of the list.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// The rank of the selected hit; 0 in an empty list.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Whether the user moved the selection since the query changed.
    pub fn is_moved(&self) -> bool {
        self.moved
    }

    /// The selected hit.
    pub fn hit(&self) -> Option<Hit> {
        self.hits.get(self.selected)
    }

    /// The selected entry.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.hits.index.entry(self.hit()?.entry)
    }

    /// Properties of the collection, estimated from a sample of its entries.
    pub fn facts(&self) -> CollectionFacts {
        self.facts
    }

    /// The hits visible in a list of `rows` rows.
    pub fn visible_rows(&self, rows: usize) -> impl Iterator<Item = ListRow<'_>> {
        let mut used = 0;
        (self.top..).map_while(move |rank| {
            let hit = self.hits.get(rank).filter(|_| used < rows)?;
            let entry = self.hits.index.entry(hit.entry)?;
            let divided = self.hits.divider() == Some(rank);
            let height = self.height(rank, rows).min(rows - used);
            used += height;
            Some(ListRow { rank, hit, entry, height, divided })
        })
    }

    /// Centres the selected row at the next scroll.
    pub(super) fn centre(&mut self) {
        self.centred = true;
    }

    /// Scrolls so that the selected row is visible in a list of `rows` rows and no row stays empty
    /// that could show another hit; otherwise keeps the scroll position.
    pub(super) fn scroll_to_selected(&mut self, rows: usize) {
        if rows == 0 || self.hits.total == 0 {
            return;
        }
        if std::mem::take(&mut self.centred) {
            self.top = self.selected.saturating_sub(rows / 2);
        }
        let list = ScrolledList {
            top: self.top,
            selected: self.selected,
            last: self.hits.ready().saturating_sub(1),
            lines: rows,
        };
        let height = |rank| self.height(rank, rows);
        self.top = list.scrolled_top(height, height);
    }

    /// The number of screen rows of a hit: it may show a passage of its answer, and the first close
    /// entry has the divider above it.
    fn height(&self, rank: usize, rows: usize) -> usize {
        let Some(hit) = self.hits.get(rank) else { return 1 };
        let divider = usize::from(self.hits.divider() == Some(rank) && rows > 1);
        let shows = match self.passages {
            Passages::None => false,
            Passages::Selected => rank == self.selected,
            Passages::All => true,
        };
        1 + divider + usize::from(shows && hit.field == Field::Answer && rows > 3)
    }

    /// The limit of a new search if selecting `rank` needs more sorted hits, with some to spare.
    pub(super) fn next_limit(&self, rank: usize) -> Option<usize> {
        let ready = self.hits.ready();
        let rank = rank.min(self.hits.total);
        (ready < self.hits.total && rank + MARGIN >= ready)
            .then(|| (ready * 4).max(rank + 2 * MARGIN))
    }

    /// Selects a rank, or the nearest sorted one until `rank` is sorted.
    pub(super) fn select(&mut self, rank: usize) {
        let ready = self.hits.ready();
        self.selected = rank.min(ready.saturating_sub(1));
        self.moved = true;
        self.pending_rank = (rank >= ready && ready < self.hits.total).then_some(rank);
    }

    /// Replaces the hits.
    pub(super) fn receive(&mut self, hits: Hits) {
        let same_question = hits.generation == self.hits.generation;
        let pending_rank = self.pending_rank.take().filter(|_| same_question);
        let keep = (same_question && self.moved).then(|| {
            // Another entry replaces one that was removed.
            let nearest = self.selected.min(hits.ready().saturating_sub(1));
            self.find_again(&hits).unwrap_or(nearest)
        });
        self.moved &= same_question;
        if hits.index.len() != self.hits.index.len() {
            let facts = CollectionFacts::of(&hits.index);
            // Scrolling would be disturbing while hits of live sources arrive.
            let grows = hits.index.live().is_some();
            self.facts = if grows { facts.joined(self.facts) } else { facts };
        }
        self.hits = hits;
        self.selected = keep.unwrap_or(0);
        if let Some(rank) = pending_rank {
            self.select(rank);
        }
    }

    /// The rank of an entry among the sorted hits.
    pub(super) fn ready_rank_of(&self, entry: u32) -> Option<usize> {
        self.hits.rank_of(entry).filter(|rank| *rank < self.hits.ready())
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
        // A growing index keeps its entry numbers; a reloaded one may not.
        let number = if same(number) {
            Some(number)
        } else {
            (0..hits.index.len() as u32).find(|&n| same(n))
        };
        hits.rank_of(number?)
    }
}

/// The number of entries sampled for [`CollectionFacts`].
const SAMPLE: usize = 500;

/// Properties of the collection, estimated from a sample of its entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CollectionFacts {
    /// The columns that 90% of the rows need, with their tags and the frame.
    pub columns_for_most: u16,
    /// The columns that every row needs.
    pub columns_for_all: u16,
    /// Whether an entry has a tag, or there are several sources.
    pub has_facets: bool,
    /// Whether no entry has an answer: they are lines to choose from.
    pub lacks_answers: bool,
}

impl CollectionFacts {
    /// Combines the facts of two collections.
    fn joined(self, other: Self) -> Self {
        Self {
            columns_for_most: self.columns_for_most.max(other.columns_for_most),
            columns_for_all: self.columns_for_all.max(other.columns_for_all),
            has_facets: self.has_facets || other.has_facets,
            lacks_answers: self.lacks_answers && other.lacks_answers,
        }
    }

    fn of(index: &Index) -> Self {
        let step = index.len().div_ceil(SAMPLE).max(1);
        let sample = || (0..index.len()).step_by(step).filter_map(|n| index.entry(n as u32));
        let row = |entry: EntryRef<'_>| {
            let question = columns(entry.question().lines().next().unwrap_or_default());
            question + 3 + entry.tags().next().map_or(0, columns) + 4
        };
        let mut rows: Vec<usize> = sample().map(row).collect();
        rows.sort_unstable();
        let narrow = |columns: Option<&usize>| {
            columns.map_or(0, |&columns| u16::try_from(columns).unwrap_or(u16::MAX))
        };
        let first = sample().next().map(|entry| entry.source().clone());
        let has_facets = sample()
            .any(|entry| entry.tags().next().is_some() || Some(entry.source()) != first.as_ref());
        Self {
            columns_for_most: narrow(rows.get(rows.len() * 9 / 10)),
            columns_for_all: narrow(rows.last()),
            has_facets,
            lacks_answers: first.is_some() && sample().all(|entry| entry.answer().is_empty()),
        }
    }
}

/// More hits are requested when the selection is this close to the last sorted one.
const MARGIN: usize = 200;
