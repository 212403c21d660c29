//! The values that placeholders were given, to be offered again.

use super::file::StateFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The last value of each placeholder, by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// The values kept in `folder`; none where they cannot be read.
    pub fn read(folder: &Path) -> Self {
        file(folder).read().0
    }

    /// The last value of a placeholder.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Notes a value.
    pub fn remember(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Keeps the values in `folder`, beside those that another program has kept meanwhile.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        file(folder).change(|kept| kept.0.extend(self.0.clone()))
    }
}

fn file(folder: &Path) -> StateFile<Values> {
    StateFile::new(folder.join("placeholders.json"))
}
