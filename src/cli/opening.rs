//! What to open, and how: the same for every command.

use crate::load::{Format, Options, Source};
use std::path::PathBuf;

/// The sources of a command, and how to read them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Opening {
    /// Files or folders to open, `-` for standard input
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Read every source in this format instead of finding it out
    #[arg(long, value_name = "FORMAT", help_heading = "Opening")]
    pub from: Option<Format>,
    /// The column or key that holds the questions
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub question: Option<String>,
    /// The column or key that holds the answers
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub answer: Option<String>,
}

impl Opening {
    /// What to open: what was named, else what `QA_PATH` names, else the `usual` sources, else the
    /// built-in collection.
    pub fn sources(&self, usual: &[PathBuf]) -> Vec<Source> {
        let from_environment = std::env::var_os("QA_PATH").unwrap_or_default();
        let environment: Vec<PathBuf> = std::env::split_paths(&from_environment)
            .filter(|p| !p.as_os_str().is_empty())
            .collect();
        let named =
            [&self.sources[..], &environment, usual].into_iter().find(|paths| !paths.is_empty());
        let source = |path: &PathBuf| {
            if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path.clone()) }
        };
        named.map_or_else(|| vec![Source::BuiltIn], |paths| paths.iter().map(source).collect())
    }

    /// How to read them.
    pub fn options(&self) -> Options {
        Options {
            from: self.from,
            question_key: self.question.clone(),
            answer_key: self.answer.clone(),
        }
    }
}
