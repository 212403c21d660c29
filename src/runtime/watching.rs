//! Watches the sources for changes.

use super::event::Event;
use crate::load::Source;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a source must be unchanged before it is read: editors and converters write in steps.
const QUIET: Duration = Duration::from_millis(200);

/// The longest wait for a source that keeps changing, such as a log.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// The modification time and size of a file.
type Stamp = Option<(SystemTime, u64)>;

/// The modification times and sizes of files and folders before they were loaded.
#[derive(Debug, Clone)]
pub(super) struct FileStamps(Vec<(PathBuf, Stamp)>);

impl FileStamps {
    /// The current stamps of the sources.
    pub(super) fn of(sources: &[Source]) -> Self {
        let path = |source: &Source| match source {
            Source::Path(path) => fs::canonicalize(path).ok(),
            Source::BuiltIn | Source::Stdin | Source::Live(_) => None,
        };
        let paths = sources.iter().filter_map(path);
        Self(paths.map(|path| (path.clone(), stamp(&path))).collect())
    }

    /// Whether a file or folder is not as it was.
    fn is_outdated(&self) -> bool {
        self.0.iter().any(|(path, then)| stamp(path) != *then)
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Reports changes of the sources since `before`, on a separate thread. On systems that cannot
/// watch files, no change is reported.
pub(super) fn spawn(before: FileStamps, events: Sender<Event>) {
    if before.0.is_empty() {
        return;
    }
    let watch = move || {
        let (noticed, changes) = channel();
        // Lives as long as this thread, which ends with the program.
        let paths: Vec<PathBuf> = before.0.iter().map(|(path, _)| path.clone()).collect();
        let Some(_watcher) = watcher(&paths, noticed.clone()) else { return };
        // A change before watching started.
        if before.is_outdated() {
            let _ = noticed.send(());
        }
        drop(noticed);
        while changes.recv().is_ok() {
            if !wait_until_quiet(&changes, QUIET, MAX_WAIT)
                || events.send(Event::SourceChanged).is_err()
            {
                return;
            }
        }
    };
    // If no thread can be started, sources are read again at the next start.
    let _ = thread::Builder::new().name("watch".into()).spawn(watch);
}

/// Waits until no change has come for `quiet`, at most `longest`; returns false when no more
/// changes can come.
fn wait_until_quiet(changes: &Receiver<()>, quiet: Duration, longest: Duration) -> bool {
    let deadline = Instant::now() + longest;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match changes.recv_timeout(quiet.min(left)) {
            Ok(()) if left.is_zero() => return true,
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether an event is a change of a source. Reads are events as well, but reading a source must
/// not start a reload.
fn is_change(event: &notify::Event, sources: &[PathBuf]) -> bool {
    let concerns = |path: &PathBuf| sources.iter().any(|source| path.starts_with(source));
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(concerns)
}

fn watcher(paths: &[PathBuf], noticed: Sender<()>) -> Option<RecommendedWatcher> {
    let sources = paths.to_vec();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_change(&event, &sources)) {
            let _ = noticed.send(());
        }
    })
    .ok()?;
    for path in paths {
        // An editor may replace a file by a new one of the same name, so the folder is watched.
        let (path, mode) = if path.is_dir() {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            (path.parent().unwrap_or(Path::new("/")), RecursiveMode::NonRecursive)
        };
        let _ = watcher.watch(path, mode);
    }
    Some(watcher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, ModifyKind, RemoveKind};

    #[test]
    fn a_source_is_read_again_when_it_changes_and_not_when_it_is_read() {
        let sources = [PathBuf::from("/notes/a.md"), PathBuf::from("/faq")];
        let is_change =
            |kind, path: &str| is_change(&notify::Event::new(kind).add_path(path.into()), &sources);
        let modified = EventKind::Modify(ModifyKind::Any);
        for kind in
            [modified, EventKind::Create(CreateKind::File), EventKind::Remove(RemoveKind::File)]
        {
            assert!(is_change(kind, "/notes/a.md") && is_change(kind, "/faq/tea/b.md"), "{kind:?}");
        }
        assert!(!is_change(EventKind::Access(AccessKind::Any), "/notes/a.md"));
        assert!(!is_change(modified, "/notes/b.md"), "a neighbour");
    }

    #[test]
    fn a_source_that_keeps_changing_is_still_read() {
        let (noticed, changes) = channel();
        let quiet = Duration::from_hours(1);
        (0..2).for_each(|_| noticed.send(()).unwrap());
        drop(noticed);
        assert!(wait_until_quiet(&changes, quiet, Duration::ZERO), "it has waited long enough");
        assert!(!wait_until_quiet(&changes, quiet, quiet), "no more changes can come");
    }

    #[test]
    fn a_file_that_changed_or_is_gone_differs_from_its_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "one").expect("a file");
        let sources = [Source::BuiltIn, Source::Stdin, Source::Path(path.clone())];
        let stamps = FileStamps::of(&sources);
        assert_eq!(stamps.0.len(), 1);
        assert!(!stamps.is_outdated());
        fs::write(&path, "longer").expect("a file");
        assert!(stamps.is_outdated() && !FileStamps::of(&sources).is_outdated());
        fs::remove_file(&path).expect("a file");
        assert!(stamps.is_outdated());
    }

    #[test]
    fn changes_before_and_after_the_start_are_reported_also_in_folders() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("a folder");
        let (file, deep) = (folder.path().join("a.md"), inner.join("b.md"));
        fs::write(&file, "one").expect("a file");
        let is_reported = |changed: &Receiver<Event>| {
            let event = changed.recv_timeout(Duration::from_mins(1));
            matches!(event, Ok(Event::SourceChanged))
        };
        // One source is unchanged, the other one changes before it is watched.
        let sources = [Source::Path(inner), Source::Path(file.clone())];
        let stamps = FileStamps::of(&sources);
        fs::write(&file, "longer").expect("a file");
        let (events, changed) = channel();
        spawn(stamps, events);
        assert!(is_reported(&changed));
        fs::write(&deep, "deep").expect("a file");
        assert!(is_reported(&changed), "a new file of a folder");
        // An editor replaces the file.
        let new = folder.path().join("new");
        fs::write(&new, "replaced").expect("a file");
        fs::rename(&new, &file).expect("a file");
        assert!(is_reported(&changed), "a replaced file");
    }
}
