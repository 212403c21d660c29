//! The events of the loop, and its errors.

use crate::app::Message;
use crate::live::LiveEvent;
use crate::load::Summary;
use crate::search::IndexEvent;
use crate::terminal::TerminalEvent;
use std::io;

/// Why the loop ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No screen is available.
    #[error("{0}")]
    Screen(String),
    /// Nothing could be loaded.
    #[error("{0}")]
    Load(String),
    /// The terminal failed.
    #[error("{}", describe(.0))]
    Terminal(#[from] io::Error),
}

/// Describes an error of the terminal or of starting a thread, which fails with `WouldBlock`.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::OutOfMemory => format!(
            "cannot start a thread: {error}; the limit of processes or memory (ulimit -u, -v) may be too low"
        ),
        _ => format!("the terminal failed: {error}"),
    }
}

/// An event of the loop.
pub(super) enum Event {
    /// An event of the terminal.
    Terminal(TerminalEvent),
    /// A message from the search thread, a job or another program.
    Message(Message),
    /// An event of loading.
    Index(IndexEvent),
    /// Loading ended: a summary, or a sanitised error message.
    Loaded(Result<Summary, String>),
    /// The search thread panicked.
    SearchFailed,
    /// A source changed.
    SourceChanged,
    /// An event of the live source with this number.
    Live(usize, LiveEvent),
}
