//! The commands of how-to sheets that a person has agreed to run.

use super::file::StateFile;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The approved commands of each sheet, by its path. They are kept as text: a command that a sheet
/// gets later is none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Approvals(BTreeMap<String, BTreeSet<String>>);

impl Approvals {
    /// Those kept in `folder`; none where they cannot be read.
    pub fn read(folder: &Path) -> Self {
        file(folder).read().0
    }

    /// Whether a command of a sheet was approved.
    pub fn allow(&self, sheet: &Path, command: &str) -> bool {
        self.0.get(&*sheet.to_string_lossy()).is_some_and(|commands| commands.contains(command))
    }

    /// Notes that these commands of a sheet are approved.
    pub fn add<'c>(&mut self, sheet: &Path, commands: impl IntoIterator<Item = &'c str>) {
        let approved = self.0.entry(sheet.to_string_lossy().into_owned()).or_default();
        approved.extend(commands.into_iter().map(str::to_owned));
    }

    /// Keeps them in `folder`, beside those that another program has kept meanwhile.
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
