//! Files other than collections: settings, themes, state, caches. They are small and regular.

use super::input::open_file;
use std::io::{self, Read};
use std::path::Path;

/// The limit for such a file.
const MAX_FILE_BYTES: u64 = 100_000_000;

/// The one device that can be read, as an empty file.
const NOTHING: &str = "/dev/null";

/// The limit for a text that people write: reading needs some twenty times its size.
#[cfg(feature = "tui")]
const MAX_TEXT_BYTES: usize = 1_000_000;

/// Reads a file. A FIFO, a device or a longer file is an error, because reading might never end.
pub(crate) fn read_small_file(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new(NOTHING) {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::new();
    open_file(path)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "is longer than 100 MB"));
    }
    Ok(bytes)
}

/// Reads a file as UTF-8.
#[cfg(feature = "tui")]
pub(crate) fn read_small_text(path: &Path) -> io::Result<String> {
    let bytes = read_small_file(path)?;
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "is longer than 1 MB"));
    }
    String::from_utf8(bytes)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// An error if writing to `path` might block, such as for a FIFO.
#[cfg(feature = "tui")]
pub(crate) fn check_writable(path: &Path) -> io::Result<()> {
    match std::fs::metadata(path) {
        Ok(about) if !about.is_file() && path != Path::new(NOTHING) => {
            Err(io::Error::other("is not a file"))
        }
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    #[test]
    fn what_never_ends_is_an_error_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        symlink("/dev/zero", path("endless")).unwrap();
        assert!(Command::new("mkfifo").arg(path("fifo")).status().unwrap().success());
        std::fs::File::create(path("sparse")).unwrap().set_len(5 << 30).unwrap();
        for name in ["endless", "fifo", "sparse", "missing", "."] {
            assert!(read_small_file(&path(name)).is_err(), "{name}");
        }
        assert!(read_small_file(Path::new(NOTHING)).unwrap().is_empty());
        std::fs::write(path("text"), "tea").unwrap();
        assert_eq!(read_small_file(&path("text")).unwrap(), b"tea");
        #[cfg(feature = "tui")]
        {
            assert_eq!(read_small_text(&path("text")).unwrap(), "tea");
            std::fs::write(path("text"), "#\n".repeat(MAX_TEXT_BYTES)).unwrap();
            assert!(read_small_text(&path("text")).is_err());
        }
    }
}
