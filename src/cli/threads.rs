//! The thread pool for loading and searching.

use super::output::Failure;
use crate::load::memory;
use rayon::ThreadPoolBuilder;
use std::io;
use std::sync::Mutex;
use std::thread;

/// The memory that a command needs before it opens anything, in bytes.
pub(super) const FOR_COMMAND: u64 = 16 << 20;
/// The memory that the program with a screen needs, in bytes: each thread has a stack and a heap.
pub(super) const FOR_SCREEN: u64 = 96 << 20;
/// The stack of a thread that only waits, in bytes.
const PROBE_STACK: usize = 64 << 10;

/// Starts the pool. If the system allows fewer threads than there are cores, the pool has fewer,
/// but at least one. If there is too little memory, returns an error: a failed allocation would end
/// the program without a message.
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
        // The pool waits until all its threads have started, so it must not have more.
        (count, Some(_)) => pool = pool.num_threads(count),
        (_, None) => {}
    }
    match pool.build_global() {
        Err(error) if is_io(&error) => Err(refused(&error)),
        // Any other error means that it is already running.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// How many threads can be started now, up to one per core, and the error that prevents more.
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
        // Until then all of them exist at the same time.
        drop(closed);
        (started, error)
    })
}

fn is_io(error: &rayon::ThreadPoolBuildError) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<io::Error>)
}
