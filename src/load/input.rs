//! From a source to bytes: files and standard input, opened without waiting for a writer.

use super::bounded;
use super::decode::{self, Decoding, LineFeeds, TextOnly};
use super::error::LoadError;
use super::memory;
use super::options::Source;
use crate::text::sanitise_line;
use std::fs::File;
#[cfg(feature = "anki")]
use std::io::Seek;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The built-in collection.
pub const BUILT_IN: &str = include_str!("../../assets/quick-answers.json");

/// How many bytes are read to detect the format.
const HEAD: usize = 256 * 1024;
/// An opened source whose beginning is already read: decompressed, and as UTF-8 with line feeds
/// unless it is binary.
pub(crate) struct Input {
    name: Arc<str>,
    path: Option<PathBuf>,
    /// The first bytes; all of them when `rest` is `None`.
    pub(crate) head: Vec<u8>,
    rest: Option<Box<dyn Read + Send>>,
    /// In bytes; 0 when unknown.
    pub(crate) size: u64,
    /// Whether it is no text.
    pub(crate) binary: bool,
}

/// Bytes that can be read at any place.
#[cfg(feature = "anki")]
pub(crate) trait ReadSeek: Read + Seek {}

#[cfg(feature = "anki")]
impl<T: Read + Seek> ReadSeek for T {}

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
                binary: false,
            }),
            Source::Stdin => Self::of("-".into(), None, Box::new(io::stdin()), 0),
            Source::Path(path) => Self::file(path),
            // Live sources are not loaded.
            Source::Live(live) => Self::from_bytes(&live.name, Vec::new()),
        }
    }

    /// Opens bytes that are in memory.
    pub(crate) fn from_bytes(name: &Arc<str>, bytes: Vec<u8>) -> Result<Self, LoadError> {
        let size = bytes.len() as u64;
        Self::of(Arc::clone(name), None, Box::new(io::Cursor::new(bytes)), size)
    }

    fn file(path: &Path) -> Result<Self, LoadError> {
        let name: Arc<str> = sanitise_line(path.to_string_lossy()).into();
        let failed = |error| LoadError::Io { source_name: name.to_string(), error };
        let file = open_file(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        memory::check(size).map_err(failed)?;
        Self::of(Arc::clone(&name), Some(path.to_owned()), Box::new(file), size)
    }

    fn of(
        name: Arc<str>,
        path: Option<PathBuf>,
        mut reader: Box<dyn Read + Send>,
        mut size: u64,
    ) -> Result<Self, LoadError> {
        let failed = |error| LoadError::Io { source_name: name.to_string(), error };
        let mut head = read_head(&mut reader).map_err(failed)?;
        if let Some(unpacked) = unpacked(&mut head, &mut reader).map_err(failed)? {
            (reader, size) = (unpacked, 0);
            head = read_packed_head(&mut reader).map_err(failed)?;
        }
        if let Some(encoding) = decode::foreign(&head) {
            let whole = io::Cursor::new(head).chain(reader);
            (reader, size) = (Box::new(Decoding::new(whole, encoding)), 0);
            head = read_packed_head(&mut reader).map_err(failed)?;
        }
        let binary = decode::is_binary(&head);
        if !binary {
            reader = Box::new(TextOnly::new(&mut head, reader));
            if decode::ends_lines_with_returns(&head) {
                decode::line_feeds(&mut head);
                reader = Box::new(LineFeeds(reader));
            }
        }
        Ok(Self { name, path, head, rest: Some(reader), size, binary })
    }

    /// The name for people; safe to show.
    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Whether it has, or may have, more than `bytes`.
    pub(crate) fn is_longer_than(&self, bytes: usize) -> bool {
        let is_open = self.size == 0 && self.head.len() >= HEAD;
        self.size > bytes as u64 || is_open
    }

    /// The file, unless it is standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The bytes of the file, or of another source read into at most `room` bytes of memory.
    #[cfg(feature = "anki")]
    pub(crate) fn into_seekable(self, room: u64) -> io::Result<Box<dyn ReadSeek>> {
        if let Some(path) = self.path.as_deref().filter(|_| self.size > 0) {
            return Ok(Box::new(open_file(path)?));
        }
        let mut bytes = Vec::new();
        self.into_reader().take(room + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > room {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too large to be unpacked"));
        }
        Ok(Box::new(io::Cursor::new(bytes)))
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

fn read_head(reader: &mut (dyn Read + Send)) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4096);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The head of a source whose reading may fail: the error is met again after the head.
fn read_packed_head(reader: &mut Box<dyn Read + Send>) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    match reader.take(HEAD as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => *reader = Box::new(FailingReader(Some(error))),
        Ok(_) => {}
    }
    Ok(head)
}

/// Fails with the error that ended the head.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The content of a compressed source whose `head` was read; `None` when it is not compressed.
fn unpacked(
    head: &mut Vec<u8>,
    reader: &mut Box<dyn Read + Send>,
) -> io::Result<Option<Box<dyn Read + Send>>> {
    let is_gzip = head.starts_with(&[0x1f, 0x8b]);
    let is_zstd = head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    if !is_gzip && !is_zstd {
        return Ok(None);
    }
    let rest = std::mem::replace(reader, Box::new(io::empty()));
    let whole = io::Cursor::new(std::mem::take(head)).chain(rest);
    if is_gzip {
        let decoder = |packed| Ok(flate2::read::MultiGzDecoder::new(packed));
        return Ok(Some(Box::new(bounded::unpack(whole, decoder)?)));
    }
    Ok(Some(Box::new(bounded::unpack(whole, zstd::Decoder::new)?)))
}

/// Opens what has an end: a regular file, or a pipe that is already open (`/dev/fd/3`). Opening a
/// FIFO would wait for a writer, and a device may never end.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    if is_open_pipe(path) {
        return File::open(path);
    }
    // Opening a device can have effects, so check first. The path may be replaced in between, so
    // check again.
    check_regular(&std::fs::metadata(path)?)?;
    let file = open_at_once(path)?;
    check_regular(&file.metadata()?)?;
    Ok(file)
}

fn check_regular(about: &std::fs::Metadata) -> io::Result<()> {
    if about.is_file() {
        return Ok(());
    }
    let what = if about.is_dir() { "is a folder" } else { "is neither a file nor a folder" };
    Err(io::Error::other(what))
}

/// Opens a file; does not wait if a FIFO has replaced it.
#[cfg(all(unix, feature = "tui"))]
fn open_at_once(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(all(unix, feature = "tui")))]
fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn is_open_pipe(path: &Path) -> bool {
    path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
}

#[cfg(all(test, unix, feature = "tui"))]
mod tests {
    use super::*;

    #[test]
    fn a_fifo_in_the_place_of_a_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fifo");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(check_regular(&open_at_once(&path).unwrap().metadata().unwrap()).is_err());
    }
}
