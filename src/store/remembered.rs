//! An entry as the state files name it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An entry by its file and its name there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub(super) source: String,
    pub(super) entry: String,
    /// What later versions write.
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
