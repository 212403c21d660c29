//! The limits of a run, and its result.

use std::time::Duration;

/// The limits of a run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may take.
    pub time: Duration,
    /// How many bytes it may write to standard output.
    pub bytes: usize,
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunEnd {
    /// The program ended, with this status if no signal ended it.
    Exit(Option<i32>),
    /// It reached the time limit.
    Time,
    /// It reached the output limit.
    Bytes,
    /// The user interrupted it.
    Interrupt,
}

/// The result of a run.
#[derive(Debug)]
pub struct RunOutput {
    /// Standard output, at most [`Limits::bytes`].
    pub stdout: Vec<u8>,
    /// The beginning of standard error.
    pub stderr: Vec<u8>,
    /// Why it ended.
    pub end: RunEnd,
}
