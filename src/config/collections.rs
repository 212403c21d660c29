//! Named collections in the configuration: `[collections.NAME]` with `sources`.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The named collections.
pub type Collections = BTreeMap<String, NamedCollection>;

/// A set of sources with a name: `qa @NAME` opens it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedCollection {
    /// Files and folders; `~/` is the home folder.
    pub sources: Vec<PathBuf>,
}

/// A path of the configuration, its `~/` replaced by the home folder.
pub fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}
