//! An entry as the state files name it.

use serde::{Deserialize, Serialize};

/// An entry by its file and its name there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub(super) source: String,
    pub(super) entry: String,
}
