//! What the loop waits for, and what ends it early.

use crate::app::Message;
use crate::live::LiveEvent;
use crate::load::Summary;
use crate::search::IndexEvent;
use crate::terminal::TerminalEvent;
use std::io;

/// Why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no screen to draw on.
    #[error("{0}")]
    Screen(String),
    /// Nothing could be loaded.
    #[error("{0}")]
    Load(String),
    /// The terminal failed.
    #[error("{}", describe(.0))]
    Terminal(#[from] io::Error),
}

/// Threads are refused as what may be tried again.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::OutOfMemory => format!(
            "cannot start a thread: {error}; the limit of processes or memory (ulimit -u, -v) may be too low"
        ),
        _ => format!("the terminal failed: {error}"),
    }
}

/// What the loop waits for.
pub(super) enum Event {
    /// From the terminal.
    Terminal(TerminalEvent),
    /// From the search thread, a job or another program.
    Message(Message),
    /// Of loading.
    Index(IndexEvent),
    /// A load ended: what was loaded, or why not (made safe to show).
    Loaded(Result<Summary, String>),
    /// The search thread panicked and is gone.
    SearchFailed,
    /// A source changed.
    SourceChanged,
    /// From a live source, by its number.
    Live(usize, LiveEvent),
}
