//! The command line: parses and validates arguments, and runs the commands.
//!
//! No other module knows about arguments. Each command that only prints has a file of its own here.

mod arguments;
pub mod browse;
pub mod check;
pub mod completions;
pub mod convert;
pub mod discover;
pub mod filter;
pub mod init;
pub mod keys;
mod live_hits;
pub mod manual;
mod mistyped;
mod opening;
mod output;
mod parse;
mod placeholders;
mod print;
mod prompt;
mod quoting;
mod sentences;
mod source_names;
mod sources;
mod suggestions;
mod themes;
mod threads;

pub use arguments::{Arguments, Browse, Check, CliCommand};
pub use opening::SourceArguments;
pub use output::{Failure, Status, report};
pub use parse::parse;
