//! The commands of how-to sheets that the user has approved.

use super::file::StateFile;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The approved commands of each sheet, by its path. They are saved as text, so that a command that
/// is changed or added later is not approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Approvals(BTreeMap<String, BTreeSet<String>>);

impl Approvals {
    /// The approvals saved in `folder`; none if they cannot be read.
    pub fn read(folder: &Path) -> Self {
        file(folder).read().0
    }

    /// Whether a command of a sheet was approved.
    pub fn allow(&self, sheet: &Path, command: &str) -> bool {
        self.0.get(&*sheet.to_string_lossy()).is_some_and(|commands| commands.contains(command))
    }

    /// Approves these commands of a sheet.
    pub fn add<'c>(&mut self, sheet: &Path, commands: impl IntoIterator<Item = &'c str>) {
        let approved = self.0.entry(sheet.to_string_lossy().into_owned()).or_default();
        approved.extend(commands.into_iter().map(str::to_owned));
    }

    /// Saves the approvals in `folder`, adding to those that another program has saved meanwhile.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        file(folder).change(|kept| {
            for (sheet, commands) in &self.0 {
                kept.0.entry(sheet.clone()).or_default().extend(commands.iter().cloned());
            }
        })
    }
}

fn file(folder: &Path) -> StateFile<Approvals> {
    StateFile::new(folder.join("approvals.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_comes_later_is_not_approved() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = Path::new("/sheets/box.cheat");
        let mut approvals = Approvals::default();
        approvals.add(sheet, ["ls boxes"]);
        approvals.save(folder.path()).unwrap();
        let kept = Approvals::read(folder.path());
        assert!(kept.allow(sheet, "ls boxes") && !kept.allow(sheet, "ls lids"));
        assert!(!kept.allow(Path::new("/sheets/other.cheat"), "ls boxes"));
    }
}
