//! Reused buffers for match scores: the page faults of fresh memory take longer than scoring.

use crate::search::index::Index;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Unused buffers.
#[derive(Debug, Default)]
pub(super) struct BufferPool(Mutex<Vec<Vec<u8>>>);

/// Buffers are preallocated for this many terms: those of a cache, and a new one.
const PREALLOCATED_TERMS: usize = 11;
/// The most bytes that are preallocated.
const MAX_PREALLOCATED: usize = 16 << 20;

impl BufferPool {
    fn buffers(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A buffer of `length` zeros.
    pub fn zeros(&self, length: usize) -> Vec<u8> {
        let reused = {
            let mut buffers = self.buffers();
            let at = buffers.iter().position(|buffer| buffer.capacity() >= length);
            at.map(|at| buffers.swap_remove(at))
        };
        let Some(mut buffer) = reused else { return vec![0; length] };
        buffer.clear();
        buffer.resize(length, 0);
        buffer
    }

    /// Returns unused buffers to the pool.
    pub fn recycle(&self, buffers: impl Iterator<Item = Vec<u8>>) {
        self.buffers().extend(buffers.filter(|buffer| !buffer.is_empty()));
    }

    /// Preallocates buffers.
    pub fn preallocate(&self, index: &Index) {
        let mut buffers = self.buffers();
        let terms = PREALLOCATED_TERMS.min(MAX_PREALLOCATED / index.len().max(1));
        for (_, segment) in std::iter::repeat_n((), terms).flat_map(|()| index.segments()) {
            // Zeros would be mapped lazily, and fault at the first write.
            buffers.push(vec![1; segment.len()]);
        }
    }
}
