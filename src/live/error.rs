//! Why a live source gives no reply.

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
    /// A newer query replaced it.
    #[error("{name}: ended")]
    Ended {
        /// The name of the source.
        name: String,
    },
}
