//! An immutable, searchable snapshot of a collection.

use super::live_view::LiveView;
use super::segment::Segment;
use crate::collection::{EntryRef, EntryStore};
use crate::search::language::{Language, Languages};
use std::any::Any;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// An immutable set of entries, ready to be searched; cloning it copies a pointer.
#[derive(Debug, Clone, Default)]
pub struct Index(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stores: Vec<Arc<EntryStore>>,
    /// The number of entries before each store, then the total.
    starts: Vec<usize>,
    segments: Vec<Segment>,
    /// The number of entries before each segment, then the total. Segments and stores split the
    /// entries at different places.
    segment_starts: Vec<usize>,
    languages: Languages,
    live: Option<LiveView>,
    attachment: Attachment,
    is_growing: bool,
}

/// Data that a later stage attaches to an index.
#[derive(Default)]
struct Attachment(OnceLock<Arc<dyn Any + Send + Sync>>);

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({})", self.0.get().is_some())
    }
}

fn starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    std::iter::once(0)
        .chain(lengths.scan(0, |sum, length| {
            *sum += length;
            Some(*sum)
        }))
        .collect()
}

impl Index {
    /// Attaches data to this snapshot; only the first attachment is kept.
    #[cfg(feature = "encoder")]
    pub(in crate::search) fn attach(&self, attachment: Arc<dyn Any + Send + Sync>) {
        // Another search thread over the same entries may have attached the same data.
        let _ = self.0.attachment.0.set(attachment);
    }

    /// The attachment, if it has this type.
    pub(in crate::search) fn attached<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(self.0.attachment.0.get()?).downcast().ok()
    }

    /// The stores that hold the texts.
    pub(super) fn stores(&self) -> &[Arc<EntryStore>] {
        &self.0.stores
    }

    /// The numbers of the stores that have exactly these entries.
    pub(super) fn stores_of(&self, entries: Range<usize>) -> Option<Range<usize>> {
        let at = |entry: usize| self.0.starts.binary_search(&entry).ok();
        Some(at(entries.start)?..at(entries.end)?)
    }

    pub(super) fn of(
        stores: Vec<Arc<EntryStore>>,
        segments: Vec<Segment>,
        languages: Languages,
    ) -> Self {
        Self::of_live(stores, segments, languages, None)
    }

    /// An index that will be replaced by a larger one as loading continues.
    pub(super) fn growing(
        stores: Vec<Arc<EntryStore>>,
        segments: Vec<Segment>,
        languages: Languages,
    ) -> Self {
        let mut index = Self::of(stores, segments, languages);
        if let Some(inner) = Arc::get_mut(&mut index.0) {
            inner.is_growing = true;
        }
        index
    }

    /// Whether it was made before loading ended.
    #[cfg(feature = "encoder")]
    pub(in crate::search) fn is_growing(&self) -> bool {
        self.0.is_growing
    }

    pub(super) fn of_live(
        stores: Vec<Arc<EntryStore>>,
        segments: Vec<Segment>,
        languages: Languages,
        live: Option<LiveView>,
    ) -> Self {
        let starts_of_stores = starts(stores.iter().map(|store| store.len()));
        let segment_starts = starts(segments.iter().map(Segment::len));
        Self(Arc::new(Inner {
            stores,
            starts: starts_of_stores,
            segments,
            segment_starts,
            languages,
            live,
            attachment: Attachment::default(),
            is_growing: false,
        }))
    }

    /// The entries of live sources; `None` if there are no such sources.
    pub fn live(&self) -> Option<&LiveView> {
        self.0.live.as_ref()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.starts.last().copied().unwrap_or(0)
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Entry `n`, counted from 0.
    pub fn entry(&self, n: u32) -> Option<EntryRef<'_>> {
        let n = n as usize;
        let at = self.0.starts.partition_point(|&start| start <= n).checked_sub(1)?;
        self.0.stores.get(at)?.get(n - self.0.starts[at])
    }

    /// Whether it has all entries of `older` under the same numbers.
    pub fn continues(&self, older: &Index) -> bool {
        let (new, old) = (&self.0.stores, &older.0.stores);
        old.len() <= new.len() && old.iter().zip(new).all(|(old, new)| Arc::ptr_eq(old, new))
    }

    /// Whether an entry is of a live source.
    pub fn is_live(&self, entry: u32) -> bool {
        self.live().is_some_and(|live| entry >= live.first)
    }

    /// Whether both are the same snapshot.
    pub fn is_same(&self, other: &Index) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// All entries, in collection order.
    pub fn entries(&self) -> impl Iterator<Item = EntryRef<'_>> {
        self.0.stores.iter().flat_map(|store| store.iter())
    }

    /// The segments, each with the number of its first entry.
    pub(in crate::search) fn segments(&self) -> impl ExactSizeIterator<Item = (usize, &Segment)> {
        self.0.segment_starts.iter().copied().take(self.0.segments.len()).zip(&self.0.segments)
    }

    /// The languages of its entries.
    pub(in crate::search) fn languages(&self) -> Languages {
        self.0.languages
    }

    /// The language of most of its entries.
    pub(in crate::search) fn language(&self) -> Language {
        self.0.languages.primary()
    }

    /// The entries numbered `range`.
    pub(super) fn range(&self, range: Range<usize>) -> impl Iterator<Item = EntryRef<'_>> {
        range.filter_map(|n| self.entry(n as u32))
    }
}
