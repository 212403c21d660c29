//! Loads on a separate thread, one load at a time.
//!
//! A newer load cancels the current one and starts when that has ended and the thread has rested,
//! so that two loads never need memory at the same time.

use super::event::Event;
use crate::collection::{Entry, EntryStore};
use crate::load::{Diagnostic, LoadError, Options, Sink, Source, Summary, load_with};
use crate::search::{Index, IndexEvent, Indexer};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the thread rests after a reload, as a multiple of the time that it took: a large source
/// that changes all the time would otherwise keep the processor busy. What changes meanwhile is
/// read by one reload.
const REST: u32 = 2;

/// What to load, and how.
#[derive(Debug, Clone)]
pub(super) struct LoadRequest {
    pub(super) sources: Vec<Source>,
    pub(super) options: Options,
}

/// The handle of the loading thread.
#[derive(Debug)]
pub(super) struct LoadThread {
    loads: Sender<Load>,
    /// Cancels the newest load.
    cancelled: Arc<AtomicBool>,
    /// Whether the newest load must not be cancelled.
    protects_newest: bool,
}

#[derive(Debug)]
struct Load {
    cancelled: Arc<AtomicBool>,
}

impl LoadThread {
    /// Starts the thread with a first load, which sends its events to `events`.
    pub fn spawn(request: LoadRequest, events: Sender<Event>) -> io::Result<Self> {
        Self::spawn_with(request, events, |took| thread::sleep(took * REST))
    }

    /// `rest` is called after each reload with the time that it took.
    fn spawn_with(
        request: LoadRequest,
        events: Sender<Event>,
        rest: impl Fn(Duration) + Send + 'static,
    ) -> io::Result<Self> {
        let (loads, inbox) = channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let first = Load { cancelled: Arc::clone(&cancelled) };
        let run = move || {
            let mut former = run_load(&request, &first, &events);
            while let Some(load) = newest(&inbox) {
                let start = Instant::now();
                let reloaded = run_reload(&request, &load, &former, &events);
                former = reloaded.unwrap_or(former);
                rest(start.elapsed());
            }
        };
        thread::Builder::new().name("load".into()).spawn(run)?;
        // The first load is never cancelled: its entries are shown as they arrive.
        Ok(Self { loads, cancelled, protects_newest: true })
    }

    /// Loads again. A load that replaces a cancelled one is not cancelled itself, so that a source
    /// that changes all the time is still read now and then.
    pub fn reload(&mut self) {
        if !self.protects_newest {
            self.cancelled.store(true, Ordering::Relaxed);
        }
        self.protects_newest = !self.protects_newest;
        self.cancelled = Arc::new(AtomicBool::new(false));
        // The thread only ends with the program.
        let _ = self.loads.send(Load { cancelled: Arc::clone(&self.cancelled) });
    }
}

/// Waits for a load; skips all but the newest.
fn newest(inbox: &Receiver<Load>) -> Option<Load> {
    let first = inbox.recv().ok()?;
    Some(inbox.try_iter().last().unwrap_or(first))
}

/// Loads, and sends each event immediately; returns the index.
fn run_load(request: &LoadRequest, load: &Load, events: &Sender<Event>) -> Index {
    let newest = Mutex::new(Index::default());
    let send = |event| drop(events.send(event));
    let result = index(request, load, None, |event| {
        if let IndexEvent::Grown(index) = &event {
            newest.lock().unwrap_or_else(PoisonError::into_inner).clone_from(index);
        }
        send(Event::Index(event));
    });
    send(Event::Loaded(result));
    newest.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Loads again; the former entries stay visible until all new ones are loaded. Returns the new
/// index, unless the load was cancelled or failed.
fn run_reload(
    request: &LoadRequest,
    load: &Load,
    former: &Index,
    events: &Sender<Event>,
) -> Option<Index> {
    let kept = Mutex::new((None, Vec::new()));
    let result = index(request, load, Some(former), |event| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            IndexEvent::Grown(index) => kept.0 = Some(index),
            IndexEvent::Diagnostic(_) | IndexEvent::Unused(_) => kept.1.push(event),
            IndexEvent::Progress(..) => {}
        }
    });
    if load.cancelled.load(Ordering::Relaxed) {
        return None;
    }
    let (index, diagnostics) = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    let index = index.filter(|_| result.is_ok());
    if result.is_ok() {
        let grown = index.iter().cloned().map(IndexEvent::Grown);
        grown.chain(diagnostics).for_each(|event| drop(events.send(Event::Index(event))));
    }
    let _ = events.send(Event::Loaded(result));
    index
}

fn index(
    request: &LoadRequest,
    load: &Load,
    former: Option<&Index>,
    publish: impl Fn(IndexEvent) + Sync,
) -> Result<Summary, String> {
    let indexer = Indexer::after(former.cloned().unwrap_or_default(), publish);
    let sink = LoadSink { sink: &indexer, cancelled: &load.cancelled, former };
    let load_all = || {
        let summary = load_with(&request.sources, &request.options, &sink)?;
        if !sink.cancelled() {
            indexer.finish();
        }
        Ok::<_, LoadError>(summary)
    };
    match catch_unwind(AssertUnwindSafe(load_all)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        // The panic hook reported the panic.
        Err(_) => Err("loading failed".into()),
    }
}

/// The sink of a load that can be cancelled, with the entries of the former load.
struct LoadSink<'a, S> {
    sink: &'a S,
    cancelled: &'a AtomicBool,
    former: Option<&'a Index>,
}

impl<S: Sink> Sink for LoadSink<'_, S> {
    fn entries(&self, part: usize, entries: EntryStore) {
        if !self.cancelled() {
            self.sink.entries(part, entries);
        }
    }

    fn problem(&self, problem: Diagnostic) {
        self.sink.problem(problem);
    }

    fn unused(&self, text: Diagnostic) {
        self.sink.unused(text);
    }

    fn former(&self, source: &str) -> Option<EntryStore> {
        let is_inside = |file: &str| {
            file.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let entries = self.former?.entries().filter(|entry| is_inside(entry.source()));
        let entries: Vec<Entry> = entries.map(|entry| entry.to_entry()).collect();
        (!entries.is_empty()).then(|| EntryStore::new(&entries))
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
        let load = Load { cancelled: Arc::new(cancelled.into()) };
        run_reload(&request, &load, &Index::default(), &events);
        inbox.try_iter().collect()
    }

    #[test]
    fn a_cancelled_reload_sends_no_event() {
        assert!(matches!(events_of_a_reload(false).last(), Some(Event::Loaded(Ok(_)))));
        assert!(events_of_a_reload(true).is_empty());
    }

    #[test]
    fn a_cancelled_load_reads_nothing_more() {
        let request = LoadRequest { sources: vec![Source::BuiltIn], options: Options::default() };
        for cancelled in [false, true] {
            let load = Load { cancelled: Arc::new(cancelled.into()) };
            let published = AtomicBool::new(false);
            let _ = index(&request, &load, None, |_| published.store(true, Ordering::Relaxed));
            assert_eq!(published.into_inner(), !cancelled);
        }
    }

    #[test]
    fn a_broken_save_of_one_of_several_sources_keeps_its_former_entries() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, r#"[{"q": "Kept?", "a": "Yes"}]"#).expect("a file");
        let sources = vec![Source::BuiltIn, Source::Path(path.clone())];
        let request = LoadRequest { sources, options: Options::default() };
        let load = Load { cancelled: Arc::new(false.into()) };
        let (events, _inbox) = channel();
        let former = run_load(&request, &load, &events);
        std::fs::write(&path, r#"[{"q": "#).expect("a file");
        for _ in 0..2 {
            let again = run_reload(&request, &load, &former, &events).expect("a new index");
            assert_eq!(again.len(), former.len());
            assert!(again.entries().any(|entry| entry.question() == "Kept?"));
        }
    }

    #[test]
    fn a_newer_load_cancels_an_older_one_at_most_once() {
        let request = LoadRequest { sources: vec![Source::BuiltIn], options: Options::default() };
        let (events, _inbox) = channel();
        let mut loader = LoadThread::spawn(request, events).expect("a thread");
        let reload = |loader: &mut LoadThread| {
            let before = Arc::clone(&loader.cancelled);
            loader.reload();
            before.load(Ordering::Relaxed)
        };
        let cancelled = [(); 4].map(|()| reload(&mut loader));
        assert_eq!(cancelled, [false, true, false, true]);
    }

    #[test]
    fn changes_while_the_thread_rests_are_read_by_one_reload() {
        let request = LoadRequest { sources: vec![Source::BuiltIn], options: Options::default() };
        let (events, inbox) = channel();
        let (rested, rests) = channel();
        let (wake, woken) = channel::<()>();
        let rest = move |_| {
            rested.send(()).expect("the test runs");
            // The test has ended if this fails.
            let _ = woken.recv();
        };
        let mut loader = LoadThread::spawn_with(request, events, rest).expect("a thread");
        loader.reload();
        let minute = Duration::from_mins(1);
        for _ in 0..2 {
            rests.recv_timeout(minute).expect("a reload");
            (0..4).for_each(|_| loader.reload());
            wake.send(()).expect("a resting thread");
        }
        rests.recv_timeout(minute).expect("a reload");
        let ends = inbox.try_iter().filter(|event| matches!(event, Event::Loaded(_)));
        assert_eq!(ends.count(), 1 + 3);
    }

    fn file(folder: &tempfile::TempDir, text: &str) -> std::path::PathBuf {
        let path = folder.path().join("a.json");
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn questions(index: &Index) -> Vec<String> {
        index.entries().map(|entry| entry.question().to_owned()).collect()
    }

    /// Receives events up to the end of a load: the newest index, how many events of another kind,
    /// and whether the load succeeded.
    fn until_loaded(inbox: &Receiver<Event>) -> (Index, [usize; 3], bool) {
        let (mut index, mut counts) = (Index::default(), [0; 3]);
        loop {
            match inbox.recv_timeout(Duration::from_mins(1)).expect("an event") {
                Event::Index(IndexEvent::Grown(grown)) => index = grown,
                Event::Index(IndexEvent::Diagnostic(_)) => counts[0] += 1,
                Event::Index(IndexEvent::Unused(_)) => counts[1] += 1,
                Event::Index(IndexEvent::Progress(..)) => counts[2] += 1,
                Event::Loaded(result) => return (index, counts, result.is_ok()),
                _ => panic!("no load sends this"),
            }
        }
    }

    #[test]
    fn a_load_reports_entries_and_problems_and_a_reload_no_progress() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(&folder, r#"[{"q": "One?", "a": "1"}, {"a": "no question"}]"#);
        let request =
            LoadRequest { sources: vec![Source::Path(path.clone())], options: Options::default() };
        let (events, inbox) = channel();
        let mut loader = LoadThread::spawn(request, events).expect("a thread");
        let (index, [problems, ..], succeeded) = until_loaded(&inbox);
        assert_eq!(questions(&index), ["One?"]);
        assert!(succeeded && problems > 0);
        file(&folder, r#"[{"q": "Two?", "a": "2"}, {"a": "no question"}]"#);
        loader.reload();
        let (index, [again, _, progress], succeeded) = until_loaded(&inbox);
        assert_eq!(questions(&index), ["Two?"]);
        assert!(succeeded && again == problems && progress == 0, "{again} {progress}");
        std::fs::remove_file(path).expect("a file to remove");
        loader.reload();
        let (index, counts, succeeded) = until_loaded(&inbox);
        assert!(index.is_empty() && counts == [0; 3] && !succeeded);
    }

    #[test]
    fn a_broken_save_keeps_the_entries_of_the_newest_load() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(&folder, r#"[{"q": "First?", "a": "1"}]"#);
        let sources = vec![Source::BuiltIn, Source::Path(path)];
        let request = LoadRequest { sources, options: Options::default() };
        let (events, inbox) = channel();
        let mut loader = LoadThread::spawn(request, events).expect("a thread");
        until_loaded(&inbox);
        for text in [r#"[{"q": "Second?", "a": "2"}]"#, r#"[{"q": "#, r"[{"] {
            file(&folder, text);
            loader.reload();
            let questions = questions(&until_loaded(&inbox).0);
            assert!(questions.contains(&"Second?".to_owned()), "{text}");
            assert!(!questions.contains(&"First?".to_owned()), "{text}");
        }
    }

    #[test]
    fn the_former_entries_of_a_folder_are_those_of_its_files() {
        let entry = |source: &str| {
            let mut entry = Entry { question: format!("In {source}?"), ..Entry::default() };
            entry.place.source = source.into();
            entry
        };
        let index = Index::new(&["a", "a/b", "ab", "c"].map(entry));
        let (sink, cancelled) = (Indexer::new(|_| ()), AtomicBool::new(false));
        let sink = LoadSink { sink: &sink, cancelled: &cancelled, former: Some(&index) };
        let former = |source| sink.former(source).map_or(0, |entries| entries.len());
        assert_eq!((former("a"), former("a/b"), former("ab")), (2, 1, 1));
        assert!(sink.former("b").is_none());
        assert!(LoadSink { former: None, ..sink }.former("a").is_none());
    }

    #[test]
    fn what_a_load_reports_is_passed_on() {
        let reported = Mutex::new(Vec::new());
        let report = |event: IndexEvent| {
            let text = match event {
                IndexEvent::Grown(index) => format!("{} entries", index.len()),
                IndexEvent::Diagnostic(problem) => format!("problem {}", problem.line),
                IndexEvent::Unused(text) => format!("unused {}", text.line),
                IndexEvent::Progress(done, total) => format!("{done} of {total}"),
            };
            reported.lock().expect("a test").push(text);
        };
        let (indexer, cancelled) = (Indexer::new(report), AtomicBool::new(false));
        let sink = LoadSink { sink: &indexer, cancelled: &cancelled, former: None };
        let at = |line| Diagnostic { source: "a".into(), line, column: 0, message: String::new() };
        let entries = || EntryStore::new(&[Entry { question: "One?".into(), ..Entry::default() }]);
        sink.entries(0, entries());
        sink.problem(at(3));
        sink.unused(at(4));
        sink.progress(5, 6);
        cancelled.store(true, Ordering::Relaxed);
        sink.entries(1, entries());
        assert_eq!(
            *reported.lock().expect("a test"),
            ["1 entries", "problem 3", "unused 4", "5 of 6"]
        );
    }
}
