//! The thread pool for loading and searching.

use super::output::Failure;
use crate::load::memory;
use rayon::{ThreadBuilder, ThreadPoolBuilder};
use std::io;

/// What a command takes before it opens anything, in bytes.
pub(super) const FOR_COMMAND: u64 = 16 << 20;
/// What the program with a screen takes, in bytes: each of its threads has a stack and a heap.
pub(super) const FOR_SCREEN: u64 = 96 << 20;

/// Starts the pool. Where the system allows fewer threads than there are cores, the pool has fewer;
/// it needs one. Without this, the pool's first use would panic. Where memory is too short to begin,
/// it says so: an allocation that fails ends a program without an error message of ours.
pub(super) fn start(needed: u64) -> Result<(), Failure> {
    memory::check_start(needed).map_err(|error| Failure::new(error.to_string()))?;
    let pool = ThreadPoolBuilder::new().spawn_handler(spawn);
    match pool.build_global() {
        Err(error) if is_io(&error) => Err(Failure::new(format!(
            "cannot start a thread: {error}; the limit of processes (ulimit -u) may be too low"
        ))),
        // An error of another kind: it was started before.
        Ok(()) | Err(_) => Ok(()),
    }
}

fn is_io(error: &rayon::ThreadPoolBuildError) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<io::Error>)
}

fn spawn(thread: ThreadBuilder) -> io::Result<()> {
    let is_first = thread.index() == 0;
    let name = format!("pool {}", thread.index());
    match std::thread::Builder::new().name(name).spawn(move || thread.run()) {
        Err(error) if is_first => Err(error),
        // Where another one fails, the rest do its work.
        Ok(_) | Err(_) => Ok(()),
    }
}
