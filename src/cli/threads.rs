//! The thread pool for loading and searching.

use super::output::Failure;
use crate::load::memory;
use rayon::ThreadPoolBuilder;
use std::io;
use std::sync::Mutex;
use std::thread;

/// What a command takes before it opens anything, in bytes.
pub(super) const FOR_COMMAND: u64 = 16 << 20;
/// What the program with a screen takes, in bytes: each of its threads has a stack and a heap.
pub(super) const FOR_SCREEN: u64 = 96 << 20;
/// Of a thread that only waits, in bytes.
const PROBE_STACK: usize = 64 << 10;

/// Starts the pool. Where the system allows fewer threads than there are cores, the pool has fewer;
/// it needs one. Where memory is too short to begin, it says so: an allocation that fails ends a
/// program without an error message of ours.
pub(super) fn start(needed: u64) -> Result<(), Failure> {
    memory::check_start(needed).map_err(|error| Failure::new(error.to_string()))?;
    let refused = |error: &dyn std::error::Error| {
        Failure::new(format!(
            "cannot start a thread: {error}; the limit of processes (ulimit -u) may be too low"
        ))
    };
    let mut pool = ThreadPoolBuilder::new().thread_name(|n| format!("pool {n}"));
    match allowed() {
        (0, Some(error)) => return Err(refused(&error)),
        // The pool waits for each of its threads to begin, so it must not ask for more.
        (count, Some(_)) => pool = pool.num_threads(count),
        (_, None) => {}
    }
    match pool.build_global() {
        Err(error) if is_io(&error) => Err(refused(&error)),
        // An error of another kind: it was started before.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// How many threads can be started now, up to one for each core, and why no more.
fn allowed() -> (usize, Option<io::Error>) {
    let wanted = thread::available_parallelism().map_or(1, usize::from);
    let gate = Mutex::new(());
    let closed = gate.lock();
    thread::scope(|scope| {
        let start = |_| {
            let builder = thread::Builder::new().stack_size(PROBE_STACK);
            builder.spawn_scoped(scope, || drop(gate.lock()))
        };
        let mut started = 0;
        let error = (0..wanted).find_map(|n| match start(n) {
            Ok(_) => {
                started += 1;
                None
            }
            Err(error) => Some(error),
        });
        // All of them are there at once until then.
        drop(closed);
        (started, error)
    })
}

fn is_io(error: &rayon::ThreadPoolBuildError) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<io::Error>)
}
