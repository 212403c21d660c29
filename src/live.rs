//! Live sources: search engines that a command asks for each query.
//!
//! ```text
//! query -> asker (pause, newest wins) -> process (a bounded command) -> reply (entries) -> event
//! ```
//!
//! A command gets the query in its environment, never in its text. It runs in a process group of its
//! own, which is ended with all that it started: when a newer query takes its place, when it takes
//! too long or prints too much, and with the program.

mod asker;
mod error;
mod process;
mod reply;

pub use asker::{EngineAsker, LiveEvent, Timing};
pub use error::LiveError;
pub use reply::Reply;

use crate::load::LiveSource;
use std::fs::File;
use std::time::Duration;

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
