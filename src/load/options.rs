//! What to open and how to read it.

use super::format::Format;
use std::path::PathBuf;

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The collection that comes with the program.
    BuiltIn,
    /// Standard input, read to its end.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
}

/// How to read sources; the default detects everything.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format of every source, instead of the detected one.
    pub from: Option<Format>,
    /// The column or key that holds the questions.
    pub question_key: Option<String>,
    /// The column or key that holds the answers.
    pub answer_key: Option<String>,
}
