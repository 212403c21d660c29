//! Index stage: dictionary, postings, segments and length norms.
//!
//! [`Index`] is an immutable set of entries, ready to be searched. [`Indexer`] is the
//! [`Sink`](crate::load::Sink) that builds growing indexes during loading.

mod dictionary;
mod indexer;
mod live;
mod live_view;
mod merge;
mod norms;
mod postings;
mod reuse;
mod segment;
mod shown;
mod snapshot;

pub(super) use dictionary::{Dictionary, letter_mask};
pub use indexer::{IndexEvent, Indexer};
pub use live::{LiveAnswer, LiveEntries};
pub use live_view::LiveView;
pub(super) use norms::{LengthNorms, multiply_high, widen};
pub(super) use postings::{PAYLOADS, Postings};
pub(super) use segment::{IN_ALIAS, IN_QUESTION, IN_TAG, Segment, SegmentPart};
pub(super) use shown::shown;
pub use snapshot::Index;
