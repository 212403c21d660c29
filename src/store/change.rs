//! Changes of the saved state.

use crate::collection::{Entry, Recall};

/// A change of the saved state. Entries are named by their [key](crate::collection::EntryRef::key).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateChange {
    /// A bookmark was set (`true`) or removed.
    Bookmark(String, bool),
    /// An entry was marked as known or to review again; `None` removes the mark.
    Recall(String, Option<Recall>),
    /// A query whose hit was read or picked.
    Query(String),
    /// An entry that was read.
    Read(String),
    /// An entry that was read, copied or picked, for ranking.
    Used(String),
    /// An entry of a live source that was read or bookmarked, with its texts.
    Keep(Box<Entry>),
}
