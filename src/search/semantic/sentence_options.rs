//! How sentence vectors are made and kept; the same with the encoder and without it.

use std::path::PathBuf;
use std::sync::Arc;

/// How sentence vectors are made and kept. Without the feature `encoder` nothing comes of it.
#[derive(Clone)]
pub struct SentenceOptions {
    /// Larger collections get none; 0 switches the encoder off.
    pub max_entries: usize,
    /// Where they are kept; `None` to keep none.
    pub cache: Option<PathBuf>,
    /// Called on each thread that encodes in the background, to lower its priority.
    pub on_thread_start: fn(),
    /// Called in the background with the share that is encoded, in percent, if that takes more than
    /// a moment, and with `None` at the end.
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
    /// No sentence vectors at all.
    pub fn off() -> Self {
        Self { max_entries: 0, ..Self::default() }
    }
}
