//! From a source to bytes: files and standard input, opened without ever waiting for a writer.

use super::{BUILT_IN, LoadError, Source};
use crate::text::sanitise_line;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much is read to find out what a source is.
const HEAD: usize = 256 * 1024;

/// An opened source, its beginning already read.
pub(super) struct Input {
    name: Arc<str>,
    path: Option<PathBuf>,
    /// The first bytes; all of them when `rest` is `None`.
    pub(super) head: Vec<u8>,
    rest: Option<Box<dyn Read + Send>>,
    /// In bytes; 0 when unknown.
    pub(super) size: u64,
}

impl Input {
    /// Opens a source that is not a folder.
    pub(super) fn open(source: &Source) -> Result<Self, LoadError> {
        match source {
            Source::BuiltIn => Ok(Self {
                name: "built-in".into(),
                path: None,
                head: BUILT_IN.as_bytes().to_vec(),
                rest: None,
                size: BUILT_IN.len() as u64,
            }),
            Source::Stdin => Self::of("-".into(), None, Box::new(io::stdin()), 0),
            Source::Path(path) => Self::file(path),
        }
    }

    fn file(path: &Path) -> Result<Self, LoadError> {
        let name: Arc<str> = sanitise_line(path.to_string_lossy()).into();
        let failed = |error| LoadError::Io { source_name: name.to_string(), error };
        let file = open_file(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        Self::of(Arc::clone(&name), Some(path.to_owned()), Box::new(file), size)
    }

    fn of(
        name: Arc<str>,
        path: Option<PathBuf>,
        mut reader: Box<dyn Read + Send>,
        size: u64,
    ) -> Result<Self, LoadError> {
        let mut head = Vec::with_capacity(HEAD.min(size as usize + 1).max(4096));
        reader
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|error| LoadError::Io { source_name: name.to_string(), error })?;
        let rest = (head.len() >= HEAD).then_some(reader);
        Ok(Self { name, path, head, rest, size })
    }

    /// As a person would call it; safe to show.
    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The file, unless it is standard input.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// All bytes from the beginning on.
    pub(super) fn into_reader(self) -> impl Read + Send {
        io::Cursor::new(self.head).chain(self.rest.unwrap_or_else(|| Box::new(io::empty())))
    }
}

/// Opens what can be read to an end: a regular file, or a pipe that somebody holds open already
/// (`/dev/fd/3`). Opening a FIFO would wait for a writer, a device may never end.
fn open_file(path: &Path) -> io::Result<File> {
    let kind = std::fs::metadata(path)?.file_type();
    if kind.is_file() || is_open_pipe(path) {
        return File::open(path);
    }
    let what = if kind.is_dir() { "is a folder" } else { "is neither a file nor a folder" };
    Err(io::Error::other(what))
}

fn is_open_pipe(path: &Path) -> bool {
    path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
}
