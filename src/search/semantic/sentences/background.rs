//! Encodes a collection, on a background thread or in the call of a single search.

use super::super::SentenceOptions;
use super::super::encoder::Encoder;
use super::batches::{BatchEncoder, take_known};
use super::cache::VectorCache;
use super::texts::texts_of;
use super::vectors::SentenceVectors;
use crate::search::index::Index;
use crate::search::language::Language;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// How long the index must stay unchanged before encoding starts.
const PAUSE: Duration = Duration::from_millis(150);
/// The same while loading continues; longer, since the collection may become too large.
const PAUSE_WHILE_LOADING: Duration = Duration::from_secs(2);
/// Batches per thread between two checks for a newer job.
const BATCHES: usize = 4;
/// New vectors are saved after this many texts.
const SAVED_AFTER: usize = 4096;
/// With fewer texts to encode, no progress is reported.
const NOTICEABLE: usize = 500;
/// The most texts that a single search waits for.
const SMALL: usize = 1000;

/// Whether a collection gets sentence vectors.
fn suits(options: &SentenceOptions, index: &Index) -> bool {
    index.language() == Language::English && (1..=options.max_entries).contains(&index.len())
}

/// A collection to encode, and the entries to encode first.
struct EncodingJob {
    index: Index,
    visible: Vec<u32>,
}

/// The next job, or `None` for a collection that gets no vectors; an error when the program ends.
type NextJob = Result<Option<EncodingJob>, RecvError>;

/// The handle of the thread; dropping it ends the thread.
pub(in crate::search) struct Background {
    options: SentenceOptions,
    /// Sends jobs, or `None` for a collection that gets no vectors, which ends the current job.
    jobs: Sender<Option<EncodingJob>>,
}

impl Background {
    /// Starts the thread. If that fails, there are no vectors.
    pub fn spawn(options: SentenceOptions) -> Self {
        let (jobs, inbox) = channel();
        if options.max_entries > 0 {
            let worker = EncodingWorker { options: options.clone(), inbox };
            drop(thread::Builder::new().name("encoder".into()).spawn(move || worker.run()));
        }
        Self { options, jobs }
    }

    /// Replaces the index to encode, if it gets vectors; encodes the entries `visible` first.
    pub fn set_index(&self, index: &Index, visible: Vec<u32>) {
        let suits = suits(&self.options, index);
        let job = suits.then(|| EncodingJob { index: index.clone(), visible });
        // Without the thread nothing is encoded.
        let _ = self.jobs.send(job);
    }
}

struct EncodingWorker {
    options: SentenceOptions,
    inbox: Receiver<Option<EncodingJob>>,
}

impl EncodingWorker {
    fn run(self) {
        (self.options.on_thread_start)();
        let mut pool = None;
        let mut next = self.inbox.recv();
        while let Ok(job) = next {
            let is_growing = job.as_ref().is_some_and(|job| job.index.is_growing());
            let pause = if is_growing { PAUSE_WHILE_LOADING } else { PAUSE };
            next = match (self.inbox.recv_timeout(pause), job) {
                (Ok(newer), _) => Ok(newer),
                (Err(RecvTimeoutError::Timeout), Some(job)) => {
                    let pool = pool.get_or_insert_with(|| self.pool());
                    let Ok(pool) = pool else { return };
                    self.encode(&job, pool)
                }
                (Err(RecvTimeoutError::Timeout), None) => self.inbox.recv(),
                (Err(RecvTimeoutError::Disconnected), _) => return,
            };
        }
    }

    fn pool(&self) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
        let on_start = self.options.on_thread_start;
        rayon::ThreadPoolBuilder::new()
            .thread_name(|n| format!("encoder-{n}"))
            .start_handler(move |_| on_start())
            .build()
    }

    /// Encodes an index; returns the next job, or an error when the program ends.
    fn encode(&self, job: &EncodingJob, pool: &rayon::ThreadPool) -> NextJob {
        let EncodingJob { index, visible } = job;
        let mut cache = open_cache(&self.options, index);
        let first: FxHashSet<u32> = visible.iter().copied().collect();
        let others = (0..index.len() as u32).filter(|entry| !first.contains(entry));
        let texts = texts_of(index, visible.iter().copied().chain(others));
        let vectors = Arc::new(SentenceVectors::new(index.len(), texts.len()));
        let missing = take_known(&vectors, index, texts, &mut cache);
        index.attach(Arc::clone(&vectors) as _);
        // Unpacks the encoder now, so that the first query does not wait for it.
        let encoder = Encoder::english().map_err(|_| RecvError)?;
        let encoder = BatchEncoder { encoder, index, vectors: &vectors };
        let batches = BATCHES * pool.current_num_threads();
        let is_noticeable = missing.len() >= NOTICEABLE;
        let (mut done, mut saved, mut reported) = (0, 0, None);
        while done < missing.len() {
            let percent = Some((vectors.progress() * 100.0) as u8);
            if is_noticeable && reported != percent {
                (self.options.on_progress)(percent);
                reported = percent;
            }
            match self.inbox.try_recv() {
                Err(TryRecvError::Empty) => {}
                next => {
                    cache.save();
                    if reported.is_some() {
                        (self.options.on_progress)(None);
                    }
                    return next.map_err(|_| RecvError);
                }
            }
            let rest = &missing[done..];
            done += pool.install(|| encoder.encode_some(rest, batches, &mut cache));
            if done - saved > SAVED_AFTER {
                cache.save();
                saved = done;
            }
        }
        cache.save();
        if is_noticeable {
            (self.options.on_progress)(None);
        }
        self.inbox.recv()
    }
}

/// The vectors of an index for a single search: the cached ones, and the others if they are few or
/// if the call `waits` for them. Attaches them to the index.
pub(in crate::search) fn encode_now(
    options: &SentenceOptions,
    index: &Index,
    waits: bool,
) -> Option<Arc<SentenceVectors>> {
    let encoder = suits(options, index).then(|| Encoder::english().ok()).flatten()?;
    let mut cache = open_cache(options, index);
    let texts = texts_of(index, 0..index.len() as u32);
    let vectors = Arc::new(SentenceVectors::new(index.len(), texts.len()));
    let missing = take_known(&vectors, index, texts, &mut cache);
    if waits || missing.len() <= SMALL {
        let encoder = BatchEncoder { encoder, index, vectors: &vectors };
        let batches = BATCHES * rayon::current_num_threads();
        let mut done = 0;
        while done < missing.len() {
            done += encoder.encode_some(&missing[done..], batches, &mut cache);
        }
        cache.save();
    }
    index.attach(Arc::clone(&vectors) as _);
    Some(vectors)
}

fn open_cache(options: &SentenceOptions, index: &Index) -> VectorCache {
    VectorCache::open(options.cache.as_deref(), index)
}
