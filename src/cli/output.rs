//! Standard output, standard error, and how a command ended.

use crate::text::{sanitise, sanitise_line};
use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It did what was asked.
    Done,
    /// Nothing was found, or something to complain about was.
    Nothing,
    /// A person interrupted it.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Nothing => Self::from(1),
            Status::Interrupted => Self::from(130),
        }
    }
}

/// Why a run ended early, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// One line that says what is wrong; made safe when it is reported.
    #[error("{0}")]
    Said(String),
    /// What clap has to say: an error, or the help or version that was asked for.
    #[error(transparent)]
    Arguments(#[from] clap::Error),
    /// Nobody reads the output any more, which is no error.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    /// A failure told in one line.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Said(message.into())
    }
}

impl From<crate::load::LoadError> for Failure {
    fn from(error: crate::load::LoadError) -> Self {
        Self::Said(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Said(error.to_string()),
        }
    }
}

/// Tells how a run ended, and gives the exit status for it.
pub fn report(result: Result<Status, Failure>) -> ExitCode {
    let said = match result {
        Ok(status) => return status.into(),
        Err(Failure::Closed) => return ExitCode::SUCCESS,
        Err(Failure::Said(message)) => format!("qa: {}", sanitise_line(Cow::Owned(message))),
        Err(Failure::Arguments(error)) if !error.use_stderr() => {
            // Help or version: a closed pipe is the only thing that can go wrong.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(Failure::Arguments(error)) => {
            let text = error.render().to_string();
            let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
            format!("qa: {}", sanitise(Cow::Borrowed(text)))
        }
    };
    let _ = writeln!(io::stderr(), "{said}");
    ExitCode::from(2)
}

/// Tells of something that does not end the run.
pub(super) fn warn(message: impl std::fmt::Display) {
    let message = message.to_string();
    let _ = writeln!(io::stderr(), "qa: {}", sanitise_line(Cow::Owned(message)));
}
