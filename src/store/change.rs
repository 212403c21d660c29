//! Changes of the saved state.

use crate::collection::{Entry, Recall};

/// A change that is kept between starts. Entries are named by their
/// [key](crate::collection::EntryRef::key).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateChange {
    /// A bookmark was set (`true`) or removed.
    Bookmark(String, bool),
    /// An entry was marked as known or to be asked again; `None` takes the mark away.
    Recall(String, Option<Recall>),
    /// A query that led to an entry.
    Query(String),
    /// An entry that was read.
    Read(String),
    /// An entry that was read, copied or picked, to be learned from.
    Used(String),
    /// An entry of a live source that was read or bookmarked, with its texts.
    Keep(Box<Entry>),
}
