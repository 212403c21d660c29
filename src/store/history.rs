//! Earlier queries in a file of the user's choice, one per line, as in fzf (`--history`).

use super::file::private;
use super::{MAX_QUERIES, StateChange};
use crate::load::{check_writable, read_small_file};
use std::io::{self, Write};
use std::path::PathBuf;

/// The history file.
#[derive(Debug, Clone)]
pub struct History(PathBuf);

impl History {
    /// The history in this file, which need not exist yet.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The queries, newest last. The error names the file.
    pub fn read(&self) -> Result<Vec<String>, String> {
        let bytes = match read_small_file(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(format!("{}: {error}", self.0.display())),
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let newest = &lines[lines.len().saturating_sub(MAX_QUERIES)..];
        Ok(newest.iter().map(|&line| line.to_owned()).collect())
    }

    /// Appends queries in a single write, so that concurrent programs do not mix their lines.
    pub(super) fn add(&self, queries: &[StateChange]) -> io::Result<()> {
        let mut lines = String::new();
        for query in queries {
            if let StateChange::Query(query) = query {
                lines.push_str(query);
                lines.push('\n');
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        check_writable(&self.0)?;
        private().append(true).open(&self.0)?.write_all(lines.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::StateWriter;
    use super::*;
    use std::fs;

    #[test]
    fn queries_are_added_to_the_file_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history");
        let history = History::new(path.clone());
        assert_eq!(history.read(), Ok(Vec::new()));
        fs::write(&path, "old one\n\n").unwrap();
        let failed = |error: io::Error| panic!("{error}");
        let keeper = StateWriter::spawn(None, Some(history.clone()), failed).unwrap();
        keeper.save(StateChange::Read("x".into()));
        keeper.save(StateChange::Query("new one".into()));
        drop(keeper);
        assert_eq!(history.read().unwrap(), ["old one", "new one"]);
        let nowhere = History::new(folder.path().join("no/such"));
        assert!(nowhere.add(&[StateChange::Query("x".into())]).is_err());
        assert!(History::new(folder.path().into()).read().is_err());
    }
}
