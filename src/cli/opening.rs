//! The sources of a command and the options for reading them.

use crate::load::{Format, Options, Source};
use std::path::PathBuf;

/// The sources of a command, and how to read them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Opening {
    /// Files or folders to open, `-` for standard input
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Read every source in this format instead of detecting it
    #[arg(long, value_name = "FORMAT", help_heading = "Opening")]
    pub from: Option<Format>,
    /// The column or key of the questions
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub question: Option<String>,
    /// The column or key of the answers
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub answer: Option<String>,
}

impl Opening {
    /// The named sources, else those of `QA_PATH`, else the `configured` ones, else the built-in
    /// collection.
    pub fn sources(&self, configured: &[PathBuf]) -> Vec<Source> {
        let from_environment = std::env::var_os("QA_PATH").unwrap_or_default();
        let environment: Vec<PathBuf> = std::env::split_paths(&from_environment)
            .filter(|p| !p.as_os_str().is_empty())
            .collect();
        let named = [&self.sources[..], &environment, configured]
            .into_iter()
            .find(|paths| !paths.is_empty());
        let source = |path: &PathBuf| {
            if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path.clone()) }
        };
        named.map_or_else(|| vec![Source::BuiltIn], |paths| paths.iter().map(source).collect())
    }

    /// The options for reading them.
    pub fn options(&self) -> Options {
        Options {
            from: self.from,
            question_key: self.question.clone(),
            answer_key: self.answer.clone(),
        }
    }
}
