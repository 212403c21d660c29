//! Standard output, standard error, and exit statuses.

use crate::text::{sanitise, sanitise_line};
use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

/// The outcome of a successful run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Success.
    Done,
    /// There was no hit, or `check` or `convert` found problems.
    Nothing,
    /// The user left without choosing.
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

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A one-line message, sanitised when it is reported.
    #[error("{0}")]
    Message(String),
    /// clap's error, or the requested help or version.
    #[error(transparent)]
    Arguments(#[from] clap::Error),
    /// The reader of the output closed it, which is not an error.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<crate::load::LoadError> for Failure {
    fn from(error: crate::load::LoadError) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Message(error.to_string()),
        }
    }
}

/// Prints the error of a failed run, and returns the exit status.
pub fn report(result: Result<Status, Failure>) -> ExitCode {
    let text = match result {
        Ok(status) => return status.into(),
        Err(Failure::Closed) => return ExitCode::SUCCESS,
        Err(Failure::Message(message)) => format!("qa: {}", sanitise_line(Cow::Owned(message))),
        Err(Failure::Arguments(error)) if !error.use_stderr() => {
            // Help or version: the only possible error is a closed pipe.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(Failure::Arguments(error)) => {
            let text = error.render().to_string();
            let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
            format!("qa: {}", sanitise(Cow::Borrowed(text)))
        }
    };
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(2)
}

/// Prints a warning.
pub(super) fn warn(message: impl std::fmt::Display) {
    let message = message.to_string();
    let _ = writeln!(io::stderr(), "qa: {}", sanitise_line(Cow::Owned(message)));
}

/// Prints the whole output of a command.
pub(super) fn print(bytes: &[u8]) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Status::Done)
}
