//! Watching the sources for changes.

use super::event::Event;
use crate::load::Source;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// A source is read after it was unchanged for this long: editors and converters write in steps.
const QUIET: Duration = Duration::from_millis(200);

/// A source that keeps changing is read after this time: a file may be appended to all the time.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// The modification time and size of a file.
type Stamp = Option<(SystemTime, u64)>;

/// Files and folders as they were before they were loaded.
#[derive(Debug, Clone)]
pub(super) struct FileStamps(Vec<(PathBuf, Stamp)>);

impl FileStamps {
    /// The sources as they are now.
    pub(super) fn of(sources: &[Source]) -> Self {
        let path = |source: &Source| match source {
            Source::Path(path) => fs::canonicalize(path).ok(),
            Source::BuiltIn | Source::Stdin | Source::Live(_) => None,
        };
        let paths = sources.iter().filter_map(path);
        Self(paths.map(|path| (path.clone(), stamp(&path))).collect())
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Reports changes of the sources since `before`, on a thread of its own. On systems that cannot
/// watch files, no change is reported.
pub(super) fn spawn(FileStamps(before): FileStamps, events: Sender<Event>) {
    if before.is_empty() {
        return;
    }
    let watch = move || {
        let (noticed, changes) = channel();
        // Held until the program ends, which it does with this thread.
        let paths: Vec<PathBuf> = before.iter().map(|(path, _)| path.clone()).collect();
        let Some(_watcher) = watcher(&paths, noticed.clone()) else { return };
        // A change between loading and watching.
        if before.iter().any(|(path, then)| stamp(path) != *then) {
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
    // Without the thread, sources are read again only at the next start.
    let _ = thread::Builder::new().name("watch".into()).spawn(watch);
}

/// Waits until no change came for `quiet`, at most `longest`; false when there can be no more.
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

/// Whether an event is a change of a source. Reading a file is an event, too: reading a source must
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
        // An editor replaces a file by a new one of its name, so the folder around it is watched.
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
}
