//! What to open and how to read it.

use super::format::Format;
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::Arc;

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The collection that comes with the program.
    BuiltIn,
    /// Standard input, read to its end.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
    /// A search engine that is asked for each query; nothing of it is loaded.
    Live(LiveSource),
}

/// A command that asks a search engine, and how its replies are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSource {
    /// The source name of its entries, safe to show.
    pub name: Arc<str>,
    /// The command that is run for each query.
    pub command: LiveCommand,
    /// How to read its replies.
    pub reading: Options,
}

/// The command of a [`LiveSource`]. It receives the query in its environment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum LiveCommand {
    /// Run by the shell.
    Shell(String),
    /// A program and its arguments, run without a shell.
    Words(Vec<String>),
}

/// How to read sources; by default everything is detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The format of every source, instead of the detected one.
    pub from: Option<Format>,
    /// The column or key that holds the questions.
    pub question_key: Option<String>,
    /// The column or key that holds the answers.
    pub answer_key: Option<String>,
    /// The piece size in bytes: longer texts are read piece by piece if their format can be cut.
    /// `None` for the default, which reads texts of up to a megabyte whole.
    pub piece_size: Option<usize>,
}
