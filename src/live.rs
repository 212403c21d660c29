//! Live sources: search engines that are queried by a command for each query.
//!
//! ```text
//! query -> client (pause, newest wins) -> process (a bounded command) -> reply (entries) -> event
//! ```
//!
//! A command gets the query in its environment, never in its text. It runs in its own process
//! group, which is killed with all its descendants when a newer query replaces it, when it takes
//! too long or prints too much, and when the program ends.

mod client;
mod error;
mod process;
mod reply;

pub use client::{EngineClient, LiveEvent, Timing};
pub use error::LiveError;
pub use reply::Reply;

use crate::load::LiveSource;
use std::fs::File;
use std::time::Duration;

/// Queries an engine and waits for its reply, at most `time`.
pub fn query_now(source: &LiveSource, query: &str, time: Duration) -> Result<Reply, LiveError> {
    query_engine(source, query, time, None)
}

fn query_engine(
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
