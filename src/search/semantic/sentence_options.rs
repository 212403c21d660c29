//! Options of sentence vectors, the same with and without the encoder.

use std::path::PathBuf;
use std::sync::Arc;

/// Options of sentence vectors. They have no effect without the feature `encoder`.
#[derive(Clone)]
pub struct SentenceOptions {
    /// The maximum size of a collection, in entries, that gets vectors; 0 disables the encoder.
    pub max_entries: usize,
    /// The folder of the cache; `None` disables the cache.
    pub cache: Option<PathBuf>,
    /// Called on each background encoding thread, to lower its priority.
    pub on_thread_start: fn(),
    /// Called in the background with the encoded percentage, if encoding takes a noticeable time,
    /// and with `None` at the end.
    pub on_progress: Arc<dyn Fn(Option<u8>) + Send + Sync>,
}

impl Default for SentenceOptions {
    fn default() -> Self {
        Self {
            max_entries: 50_000,
            cache: None,
            on_thread_start: || (),
            on_progress: Arc::new(|_| ()),
        }
    }
}

impl std::fmt::Debug for SentenceOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SentenceOptions({} entries, {:?})", self.max_entries, self.cache)
    }
}

impl SentenceOptions {
    /// Disables sentence vectors.
    pub fn off() -> Self {
        Self { max_entries: 0, ..Self::default() }
    }
}
