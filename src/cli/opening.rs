//! The arguments for what to open and how to read it.

use super::source_names;
use crate::config::Suggested;
use crate::load::{Format, Options};
use clap_complete::engine::ArgValueCompleter;
use std::path::PathBuf;

/// The sources of a command, and how to read them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SourceArguments {
    /// Files, folders or @COLLECTION to open, `-` for standard input; without any, a pipe on standard
    /// input
    #[arg(value_name = "SOURCE", add = ArgValueCompleter::new(source_names::candidates))]
    pub sources: Vec<PathBuf>,
    /// Read every source in this format instead of detecting it
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = Suggested::<Format>::new(format_names),
        hide_possible_values = true,
        help_heading = "Opening"
    )]
    pub from: Option<Format>,
    /// The column or key of the questions
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub question: Option<String>,
    /// The column or key of the answers
    #[arg(long, value_name = "COLUMN", help_heading = "Opening")]
    pub answer: Option<String>,
}

fn format_names() -> Vec<&'static str> {
    Format::all().map(Format::name).collect()
}

impl SourceArguments {
    /// The options for reading them.
    pub fn options(&self) -> Options {
        Options {
            from: self.from,
            question_key: self.question.clone(),
            answer_key: self.answer.clone(),
            piece_size: None,
        }
    }
}
