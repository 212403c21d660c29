//! The last values of placeholders, to offer again.

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
    /// The values saved in `folder`; none if they cannot be read.
    pub fn read(folder: &Path) -> Self {
        file(folder).read().0
    }

    /// The last value of a placeholder.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Records a value.
    pub fn remember(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Saves the values in `folder`, adding to those that another program has saved meanwhile.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        file(folder).change(|kept| kept.0.extend(self.0.clone()))
    }
}

fn file(folder: &Path) -> StateFile<Values> {
    StateFile::new(folder.join("placeholders.json"))
}
