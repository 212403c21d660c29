//! A file of the state, which is changed atomically under a lock.

use crate::load::{check_writable, read_small_file};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait for a lock held by another program. A change takes milliseconds.
const LOCK_DEADLINE: Duration = Duration::from_secs(2);
/// How often the lock is tried.
const LOCK_RETRY: Duration = Duration::from_millis(5);

/// A JSON file with a `T`. Only its owner can read it, and its folder.
#[derive(Debug, Clone)]
pub(super) struct StateFile<T> {
    path: PathBuf,
    content: PhantomData<T>,
}

impl<T: Default + Serialize + DeserializeOwned> StateFile<T> {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, content: PhantomData }
    }

    #[cfg(test)]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The content, and a warning if the file cannot be read. A damaged file is renamed, so that
    /// nothing is lost; an unreadable one is left alone.
    pub(super) fn read(&self) -> (T, Option<String>) {
        match self.load() {
            Ok(content) => (content, None),
            Err(error) => (T::default(), Some(self.warning(&error))),
        }
    }

    /// The content, or the default if there is no file yet.
    fn load(&self) -> io::Result<T> {
        match read_small_file(&self.path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(error),
        }
    }

    fn warning(&self, error: &io::Error) -> String {
        let path = self.path.display();
        if !is_damage(error) {
            return format!("cannot read the saved state {path}: {error}");
        }
        match self.lock().and_then(|_lock| self.set_aside_if_damaged()) {
            // Another program has renamed it meanwhile.
            Ok(None) => format!("the saved state was damaged ({error})"),
            Ok(Some(aside)) => {
                let aside = aside.display();
                format!("the saved state was damaged ({error}) and is now {aside}")
            }
            Err(_) => format!("the saved state {path} is damaged: {error}"),
        }
    }

    /// Checks again under the lock: another program may have replaced the damaged file.
    fn set_aside_if_damaged(&self) -> io::Result<Option<PathBuf>> {
        match self.load() {
            Err(error) if is_damage(&error) => self.set_aside().map(Some),
            _ => Ok(None),
        }
    }

    fn set_aside(&self) -> io::Result<PathBuf> {
        let mut names = (1..1000).map(|n| self.path.with_extension(format!("damaged-{n}.json")));
        let aside = names.find(|path| !path.exists()).ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(&self.path, &aside)?;
        Ok(aside)
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Locks a separate file, since the state's file is replaced. The lock is released when the
    /// program ends at the latest.
    fn lock(&self) -> io::Result<File> {
        let path = self.path.with_extension("lock");
        check_writable(&path)?;
        let lock = private().open(path)?;
        lock_until(&lock, Instant::now() + LOCK_DEADLINE)?;
        Ok(lock)
    }

    /// Changes the current content of the file. The new content replaces the old one atomically.
    pub(super) fn change(&self, change: impl FnOnce(&mut T)) -> io::Result<()> {
        let folder = self.folder();
        create_private_folder(folder)?;
        let _lock = self.lock()?;
        let mut content = match self.load() {
            Err(error) if is_damage(&error) => {
                self.set_aside()?;
                T::default()
            }
            content => content?,
        };
        change(&mut content);
        // Under the lock no other program uses this name; overwrites what a killed program left.
        let new = self.path.with_extension("new");
        let written = write_through(&new, &content).and_then(|()| fs::rename(&new, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written?;
        // Flushes the new name to the disk as well, which not every system supports for folders.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// Whether the content is invalid, rather than unreadable.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

fn lock_until(lock: &File, deadline: Instant) -> io::Result<()> {
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(LOCK_RETRY),
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "another program holds its lock",
                ));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Writes a file, and flushes it to the disk.
fn write_through(path: &Path, content: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(content)?;
    text.push(b'\n');
    let mut file = private().truncate(true).open(path)?;
    file.write_all(&text)?;
    file.sync_all()
}

/// Options to open for writing, or create, files that only their owner can read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // Older versions made the folder readable by others. An error does not matter if the folder
    // belongs to another user.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_has_repaired_meanwhile_is_not_renamed() {
        let folder = tempfile::tempdir().unwrap();
        let file = StateFile::<Vec<u8>>::new(folder.path().join("a.json"));
        let seen = io::Error::from(io::ErrorKind::InvalidData);
        file.change(|content| content.push(7)).unwrap();
        file.warning(&seen);
        assert_eq!(file.read(), (vec![7], None));
        fs::write(&file.path, "{").unwrap();
        file.warning(&seen);
        assert!(!file.path.exists());
    }
}
