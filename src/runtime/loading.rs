//! Loading on a thread of its own, one load at a time.
//!
//! A newer load cancels the one at hand and begins when that has ended, so that the memory of two
//! loads is never needed at once.

use super::Event;
use crate::collection::Store;
use crate::load::{Diagnostic, LoadError, Options, Sink, Source, Summary, load_with};
use crate::search::{IndexEvent, Indexer};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is loaded, and how.
#[derive(Debug, Clone)]
pub(super) struct LoadRequest {
    pub(super) sources: Vec<Source>,
    pub(super) options: Options,
}

/// The handle of the loading thread.
#[derive(Debug)]
pub(super) struct Loader {
    loads: Sender<Load>,
    /// Cancels the newest load.
    cancelled: Arc<AtomicBool>,
    /// The newest load is not to be cancelled.
    keep: bool,
}

#[derive(Debug)]
struct Load {
    cancelled: Arc<AtomicBool>,
}

impl Loader {
    /// Starts the thread with a first load. All that happens is an event.
    pub fn spawn(request: LoadRequest, events: Sender<Event>) -> io::Result<Self> {
        let (loads, inbox) = channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let first = Load { cancelled: Arc::clone(&cancelled) };
        let run = move || {
            run_load(&request, &first, &events);
            while let Some(load) = newest(&inbox) {
                run_reload(&request, &load, &events);
            }
        };
        thread::Builder::new().name("load".into()).spawn(run)?;
        // What the first load brings is on the screen as it comes: it goes on to its end.
        Ok(Self { loads, cancelled, keep: true })
    }

    /// Loads again. A load that was begun in place of a cancelled one is not cancelled itself: a
    /// source that changes all the time is still read now and then.
    pub fn reload(&mut self) {
        if !self.keep {
            self.cancelled.store(true, Ordering::Relaxed);
        }
        self.keep = !self.keep;
        self.cancelled = Arc::new(AtomicBool::new(false));
        // The thread only ends with the program.
        let _ = self.loads.send(Load { cancelled: Arc::clone(&self.cancelled) });
    }
}

/// Waits for a load; of several only the newest counts.
fn newest(inbox: &Receiver<Load>) -> Option<Load> {
    let first = inbox.recv().ok()?;
    Some(inbox.try_iter().last().unwrap_or(first))
}

/// Loads, and tells of all that happens at once.
fn run_load(request: &LoadRequest, load: &Load, events: &Sender<Event>) {
    let tell = |event| drop(events.send(event));
    let result = index(request, load, |event| tell(Event::Index(event)));
    tell(Event::Loaded(result));
}

/// Loads again: the former entries stay on the screen until all the new ones are there.
fn run_reload(request: &LoadRequest, load: &Load, events: &Sender<Event>) {
    let kept = Mutex::new((None, Vec::new()));
    let result = index(request, load, |event| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            IndexEvent::Grown(_) => kept.0 = Some(event),
            IndexEvent::Diagnostic(_) => kept.1.push(event),
            IndexEvent::Progress(..) => {}
        }
    });
    if load.cancelled.load(Ordering::Relaxed) {
        return;
    }
    let (index, diagnostics) = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    let kept = index.into_iter().chain(diagnostics).filter(|_| result.is_ok());
    kept.for_each(|event| drop(events.send(Event::Index(event))));
    let _ = events.send(Event::Loaded(result));
}

fn index(
    request: &LoadRequest,
    load: &Load,
    publish: impl Fn(IndexEvent) + Sync,
) -> Result<Summary, String> {
    let indexer = Indexer::new(publish);
    let sink = CancellableSink { sink: &indexer, cancelled: &load.cancelled };
    let load_all = || {
        let summary = load_with(&request.sources, &request.options, &sink)?;
        if !sink.cancelled() {
            indexer.finish();
        }
        Ok::<_, LoadError>(summary)
    };
    match catch_unwind(AssertUnwindSafe(load_all)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        // The panic itself was reported by the hook.
        Err(_) => Err("loading failed half-way".into()),
    }
}

/// A sink whose load can be cancelled.
struct CancellableSink<'a, S> {
    sink: &'a S,
    cancelled: &'a AtomicBool,
}

impl<S: Sink> Sink for CancellableSink<'_, S> {
    fn entries(&self, part: usize, entries: Store) {
        if !self.cancelled() {
            self.sink.entries(part, entries);
        }
    }

    fn problem(&self, problem: Diagnostic) {
        self.sink.problem(problem);
    }

    fn file(&self, source: &str, entries: usize) {
        self.sink.file(source, entries);
    }

    fn progress(&self, done: u64, total: u64) {
        self.sink.progress(done, total);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events_of_a_reload(cancelled: bool) -> Vec<Event> {
        let request = LoadRequest { sources: vec![Source::BuiltIn], options: Options::default() };
        let (events, inbox) = channel();
        run_reload(&request, &Load { cancelled: Arc::new(cancelled.into()) }, &events);
        inbox.try_iter().collect()
    }

    #[test]
    fn a_cancelled_load_reads_nothing_and_tells_nothing() {
        assert!(matches!(events_of_a_reload(false).last(), Some(Event::Loaded(Ok(_)))));
        assert!(events_of_a_reload(true).is_empty());
    }

    #[test]
    fn a_newer_load_cancels_the_older_but_not_for_ever() {
        let request = LoadRequest { sources: vec![Source::BuiltIn], options: Options::default() };
        let (events, _inbox) = channel();
        let mut loader = Loader::spawn(request, events).expect("a thread");
        let reload = |loader: &mut Loader| {
            let before = Arc::clone(&loader.cancelled);
            loader.reload();
            before.load(Ordering::Relaxed)
        };
        let cancelled = [(); 4].map(|()| reload(&mut loader));
        assert_eq!(cancelled, [false, true, false, true]);
    }
}
