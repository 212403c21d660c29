//! Stands in for `sentences` where the encoder is not built in: no entry has a vector.

#![allow(clippy::unused_self, reason = "the methods are those of `sentences`")]

use crate::search::index::Index;
use crate::search::retrieve::Candidate;
use crate::search::weights::Weights;
use std::path::PathBuf;
use std::sync::Arc;

/// How sentence vectors would be made and kept.
#[derive(Clone)]
pub struct SentenceOptions {
    /// Larger collections get none; 0 switches the encoder off.
    pub max_entries: usize,
    /// Where they are kept; `None` to keep none.
    pub cache: Option<PathBuf>,
    /// Called on each thread that encodes in the background, to lower its priority.
    pub on_thread_start: fn(),
    /// Would be called with the share that is encoded.
    pub on_progress: Arc<dyn Fn(Option<u8>) + Send + Sync>,
}

impl Default for SentenceOptions {
    fn default() -> Self {
        Self { max_entries: 0, cache: None, on_thread_start: || (), on_progress: Arc::new(|_| ()) }
    }
}

impl std::fmt::Debug for SentenceOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SentenceOptions")
    }
}

impl SentenceOptions {
    /// No sentence vectors at all.
    pub fn off() -> Self {
        Self::default()
    }
}

/// The vectors of no entry.
pub(in crate::search) struct SentenceVectors;

impl SentenceVectors {
    pub fn progress(&self) -> f32 {
        0.0
    }
}

/// A query that nobody can encode.
#[derive(Clone)]
pub(in crate::search) enum SentenceQuery {}

impl SentenceQuery {
    pub fn of_text(_: Arc<SentenceVectors>, _: &str) -> Option<Self> {
        None
    }

    pub fn of_entry(_: Arc<SentenceVectors>, _: u32) -> Option<Self> {
        None
    }

    pub fn serves(&self, _: &[Candidate]) -> bool {
        match *self {}
    }

    pub fn cosines(&self, _: &[Candidate]) -> Vec<f32> {
        match *self {}
    }

    pub fn nearest(&self, _: &Weights) -> Vec<(f32, u32)> {
        match *self {}
    }
}

/// Encodes nothing.
pub(in crate::search) struct Background;

impl Background {
    pub fn spawn(_: SentenceOptions) -> Self {
        Self
    }

    pub fn set_index(&self, _: &Index, _: Vec<u32>) {}
}

pub(in crate::search) fn encode_now(
    _: &SentenceOptions,
    _: &Index,
    _: bool,
) -> Option<Arc<SentenceVectors>> {
    None
}
