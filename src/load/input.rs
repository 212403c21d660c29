//! From a source to bytes: files and standard input, opened without ever waiting for a writer.

use super::decode;
use super::error::LoadError;
use super::options::Source;
use crate::text::sanitise_line;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The collection that is compiled in.
pub const BUILT_IN: &str = include_str!("../../assets/quick-answers.json");

/// How much is read to find out what a source is.
const HEAD: usize = 256 * 1024;
/// More of a text in another encoding than UTF-8 is not read.
const LARGEST_FOREIGN: u64 = 1 << 30;

/// An opened source, its beginning already read.
pub(crate) struct Input {
    name: Arc<str>,
    path: Option<PathBuf>,
    /// The first bytes; all of them when `rest` is `None`.
    pub(crate) head: Vec<u8>,
    rest: Option<Box<dyn Read + Send>>,
    /// In bytes; 0 when unknown.
    pub(crate) size: u64,
}

impl Input {
    /// Opens a source that is not a folder.
    pub(crate) fn open(source: &Source) -> Result<Self, LoadError> {
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
        let failed = |error| LoadError::Io { source_name: name.to_string(), error };
        let mut head = read_head(&mut reader, size).map_err(failed)?;
        let mut size = size;
        let mut fault = None;
        if let Some(unpacked) = unpacked(&head, &mut reader).map_err(failed)? {
            (reader, size) = (unpacked, 0);
            (head, fault) = read_packed_head(&mut reader).map_err(failed)?;
        }
        if let Some(encoding) = decode::foreign(&head) {
            // What is not UTF-8 is seldom large: it is decoded as a whole.
            reader.by_ref().take(LARGEST_FOREIGN).read_to_end(&mut head).map_err(failed)?;
            let text = decode::decode(&head, encoding).into_bytes();
            size = text.len() as u64;
            reader = Box::new(io::Cursor::new(text));
            head = read_head(&mut reader, size).map_err(failed)?;
        }
        let rest = match fault {
            Some(error) => Some(Box::new(Broken(Some(error))) as Box<dyn Read + Send>),
            None => (head.len() >= HEAD).then_some(reader),
        };
        Ok(Self { name, path, head, rest, size })
    }

    /// As a person would call it; safe to show.
    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The file, unless it is standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// All bytes from the beginning on.
    pub(crate) fn into_reader(self) -> impl Read + Send {
        io::Cursor::new(self.head).chain(self.rest.unwrap_or_else(|| Box::new(io::empty())))
    }
}

/// The message for a source that cannot be read to its end.
pub(crate) fn reading_stopped(error: &std::io::Error) -> String {
    format!("reading stopped: {error}; what came before is here")
}

fn read_head(reader: &mut (dyn Read + Send), size: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD.min(size as usize + 1).max(4096));
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The same of a packed source; when it breaks off, what came before with the reason.
fn read_packed_head(reader: &mut (dyn Read + Send)) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut head = Vec::with_capacity(HEAD);
    match reader.take(HEAD as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        read => Ok((head, read.err())),
    }
}

/// The place where a source breaks off.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// What a packed source holds; `None` when it is not packed.
fn unpacked(
    head: &[u8],
    reader: &mut Box<dyn Read + Send>,
) -> io::Result<Option<Box<dyn Read + Send>>> {
    let is_gzip = head.starts_with(&[0x1f, 0x8b]);
    let is_zstd = head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    if !is_gzip && !is_zstd {
        return Ok(None);
    }
    let rest = std::mem::replace(reader, Box::new(io::empty()));
    let whole = io::Cursor::new(head.to_vec()).chain(rest);
    if is_gzip {
        return Ok(Some(Box::new(flate2::read::MultiGzDecoder::new(whole))));
    }
    Ok(Some(Box::new(zstd::Decoder::new(whole)?)))
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
