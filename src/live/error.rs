//! The errors of live sources.

use std::time::Duration;

/// Why a live source returned no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// The program does not exist.
    #[error("{program}: command not found")]
    Missing {
        /// The name as given.
        program: String,
    },
    /// The command could not be started.
    #[error("{program}: cannot be started: {error}")]
    Start {
        /// The name as given.
        program: String,
        /// The system's error.
        error: String,
    },
    /// The command failed.
    #[error("{name}: {message}")]
    Failed {
        /// The name of the source.
        name: String,
        /// Its output on standard error, or how it ended.
        message: String,
    },
    /// The command took too long.
    #[error("{name}: no answer within {} s", time.as_secs_f32())]
    TooSlow {
        /// The name of the source.
        name: String,
        /// The time limit.
        time: Duration,
    },
    /// The output was too large.
    #[error("{name}: the answer is larger than {} MB", bytes >> 20)]
    TooLarge {
        /// The name of the source.
        name: String,
        /// The limit in bytes.
        bytes: usize,
    },
    /// The output has no entries.
    #[error("{name}: {message}")]
    Unreadable {
        /// The name of the source.
        name: String,
        /// What was expected.
        message: String,
    },
    /// A newer query replaced this one.
    #[error("{name}: ended")]
    Ended {
        /// The name of the source.
        name: String,
    },
}
