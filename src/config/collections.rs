//! Named collections in the configuration: `[collections.NAME]` with `sources`, `live` or both.

use crate::load::LiveCommand;
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
    #[serde(default)]
    pub sources: Vec<PathBuf>,
    /// The command that sends each query to a search engine.
    pub live: Option<LiveCommand>,
    /// The format of the engine's replies, instead of detecting it.
    pub from: Option<String>,
    /// The column or key of the questions in the engine's replies.
    pub question: Option<String>,
    /// The column or key of the answers in the engine's replies.
    pub answer: Option<String>,
}

/// Replaces `~/` in a path by the home folder.
pub fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}
