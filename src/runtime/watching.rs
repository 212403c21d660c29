//! Watching the sources for changes.

use super::Event;
use crate::load::Source;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a source has to be quiet before it is read: editors and converters write in steps.
const QUIET: Duration = Duration::from_millis(200);

/// How long a source that is never quiet has to wait: a file may be appended to all the time.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// What a file looks like without reading it.
type Mark = Option<(SystemTime, u64)>;

/// Files and folders as they were before they were loaded.
#[derive(Debug, Clone)]
pub(super) struct Before(Vec<(PathBuf, Mark)>);

impl Before {
    /// The sources as they are now.
    pub(super) fn of(sources: &[Source]) -> Self {
        let path = |source: &Source| match source {
            Source::Path(path) => fs::canonicalize(path).ok(),
            Source::BuiltIn | Source::Stdin => None,
        };
        let paths = sources.iter().filter_map(path);
        Self(paths.map(|path| (path.clone(), mark(&path))).collect())
    }
}

fn mark(path: &Path) -> Mark {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Tells of changes of the sources since `before`, on a thread of its own. Where a system cannot
/// watch, there will be no news.
pub(super) fn spawn(Before(before): Before, events: Sender<Event>) {
    if before.is_empty() {
        return;
    }
    let watch = move || {
        let (noticed, changes) = channel();
        // Held until the program ends, which it does with this thread.
        let paths: Vec<PathBuf> = before.iter().map(|(path, _)| path.clone()).collect();
        let Some(_watcher) = watcher(&paths, noticed.clone()) else { return };
        // What changed between the loading and the watching.
        if before.iter().any(|(path, then)| mark(path) != *then) {
            let _ = noticed.send(());
        }
        drop(noticed);
        while changes.recv().is_ok() {
            if !settle(&changes, QUIET, LONGEST_WAIT) || events.send(Event::SourceChanged).is_err()
            {
                return;
            }
        }
    };
    // Without the thread a reload takes a new start, as it always did.
    let _ = thread::Builder::new().name("watch".into()).spawn(watch);
}

/// Waits until no change came for `quiet`, at most `longest`; whether there can be more of them.
fn settle(changes: &Receiver<()>, quiet: Duration, longest: Duration) -> bool {
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

fn watcher(paths: &[PathBuf], noticed: Sender<()>) -> Option<RecommendedWatcher> {
    let sources = paths.to_vec();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        let concerns = |path: &PathBuf| sources.iter().any(|source| path.starts_with(source));
        let Ok(event) = event else { return };
        // Reading a file is an event, too: our own reading must not start another one.
        if !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(concerns) {
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
    use std::sync::mpsc::sync_channel;

    #[test]
    fn a_source_that_is_never_quiet_is_read_at_times() {
        let (noticed, changes) = sync_channel(16);
        let change_all_the_time = thread::spawn(move || while noticed.send(()).is_ok() {});
        assert!(settle(&changes, Duration::from_hours(1), Duration::from_millis(20)));
        drop(changes);
        change_all_the_time.join().unwrap();
    }
}
