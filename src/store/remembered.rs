//! References to entries in the state files.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A reference to an entry by its file and its name there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub(super) source: String,
    pub(super) entry: String,
    /// Fields of later versions.
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Remembered {
    pub(super) fn new(source: String, entry: String) -> Self {
        Self { source, entry, other: Map::new() }
    }
}

impl PartialEq for Remembered {
    fn eq(&self, other: &Self) -> bool {
        (&self.source, &self.entry) == (&other.source, &other.entry)
    }
}

impl Eq for Remembered {}
