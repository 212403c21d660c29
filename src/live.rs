//! Live sources: search engines that are asked for each query, by a command.
//!
//! ```text
//! query -> asker (pause, newest wins) -> process (a bounded command) -> reply (entries) -> event
//! ```
//!
//! A command gets the query in its environment, never in its text. It runs in a process group of its
//! own, which is ended with all that it started: when a newer query takes its place, when it takes
//! too long or prints too much, and with the program.

mod asker;
mod process;
mod reply;

pub use asker::{Asker, LiveEvent, Timing};
pub use reply::Reply;

use crate::load::LiveSource;
use std::fs::File;
use std::time::Duration;

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// There is no such program.
    #[error("{program}: command not found")]
    Missing {
        /// As it was named.
        program: String,
    },
    /// It could not be started.
    #[error("{program}: cannot be started: {error}")]
    Start {
        /// As it was named.
        program: String,
        /// The system's error.
        error: String,
    },
    /// It failed.
    #[error("{name}: {message}")]
    Failed {
        /// The name of the source.
        name: String,
        /// What it printed on standard error, or how it ended.
        message: String,
    },
    /// It took too long.
    #[error("{name}: no answer within {} s", time.as_secs_f32())]
    TooSlow {
        /// The name of the source.
        name: String,
        /// The time it had.
        time: Duration,
    },
    /// It printed too much.
    #[error("{name}: the answer is larger than {} MB", bytes >> 20)]
    TooLarge {
        /// The name of the source.
        name: String,
        /// The bytes it may print.
        bytes: usize,
    },
    /// What it printed holds no entries.
    #[error("{name}: {message}")]
    Unreadable {
        /// The name of the source.
        name: String,
        /// What was expected.
        message: String,
    },
    /// A newer query took its place.
    #[error("{name}: ended")]
    Ended {
        /// The name of the source.
        name: String,
    },
}

/// Asks an engine and waits for its reply, at most `time`.
pub fn ask_now(source: &LiveSource, query: &str, time: Duration) -> Result<Reply, LiveError> {
    ask(source, query, time, None)
}

fn ask(
    source: &LiveSource,
    query: &str,
    time: Duration,
    interrupt: Option<&File>,
) -> Result<Reply, LiveError> {
    let printed = process::run(source, query, time, interrupt)?;
    let mut reply = reply::read(source, printed.output)?;
    reply.warning = printed.warning.map(|warning| format!("{}: {warning}", source.name));
    Ok(reply)
}
