//! Runs the command of a live source with a query in its environment, within limits.

use super::error::LiveError;
use crate::load::{LiveCommand, LiveSource};
use crate::process::{self, Limits, RunEnd, RunOutput};
use crate::text::{cut, sanitise_line};
use std::fs::File;
use std::io::{self, ErrorKind, PipeWriter, Write};
use std::process::Command;
use std::time::Duration;

/// The most bytes that a command may print.
const MAX_OUTPUT: usize = 16 << 20;
/// The maximum columns of a message from standard error.
const MAX_MESSAGE: usize = 300;
/// The interruption for [`process::run`].
const CTRL_C: u8 = 3;

/// The output of a command.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) output: Vec<u8>,
    /// The first line of standard error of a successful command.
    pub(super) warning: Option<String>,
}

/// Interrupts a command from another thread; without one, it runs to a limit.
#[derive(Debug)]
pub(super) struct Interrupt(PipeWriter);

impl Interrupt {
    /// An interrupt, and the end of the pipe for [`run`].
    #[cfg(unix)]
    pub(super) fn new() -> io::Result<(Self, File)> {
        let (reader, writer) = io::pipe()?;
        Ok((Self(writer), File::from(std::os::fd::OwnedFd::from(reader))))
    }

    /// Other systems start no command.
    #[cfg(not(unix))]
    pub(super) fn new() -> io::Result<(Self, File)> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn interrupt(&mut self) {
        // The command may have ended already.
        let _ = self.0.write_all(&[CTRL_C]);
    }
}

/// Runs the command of a source until it exits.
pub(super) fn run(
    source: &LiveSource,
    query: &str,
    time: Duration,
    interrupt: Option<&File>,
) -> Result<Printed, LiveError> {
    let name = source.name.to_string();
    let (program, mut command) = command(&source.command, query);
    let limits = Limits { time, bytes: MAX_OUTPUT };
    let RunOutput { stdout, stderr, end } =
        process::run(&mut command, limits, interrupt).map_err(|error| match error.kind() {
            ErrorKind::NotFound => LiveError::Missing { program },
            _ => LiveError::Start { program, error: error.to_string() },
        })?;
    let line = first_line(&String::from_utf8_lossy(&stderr));
    match (end, line) {
        (RunEnd::Interrupt, _) => Err(LiveError::Ended { name }),
        (RunEnd::Time, _) => Err(LiveError::TooSlow { name, time }),
        (RunEnd::Bytes, _) => Err(LiveError::TooLarge { name, bytes: MAX_OUTPUT }),
        (RunEnd::Exit(Some(0)), Some(message)) if stdout.is_empty() => {
            Err(LiveError::Failed { name, message })
        }
        (RunEnd::Exit(Some(0)), warning) => Ok(Printed { output: stdout, warning }),
        (RunEnd::Exit(_), Some(message)) => Err(LiveError::Failed { name, message }),
        (RunEnd::Exit(Some(status)), None) => {
            Err(LiveError::Failed { name, message: format!("ended with status {status}") })
        }
        (RunEnd::Exit(None), None) => {
            Err(LiveError::Failed { name, message: "ended by a signal".to_owned() })
        }
    }
}

/// The program's name and the command, with the query in its environment.
fn command(command: &LiveCommand, query: &str) -> (String, Command) {
    let (program, mut command) = match command {
        LiveCommand::Shell(text) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", text]);
            ("sh".to_owned(), shell)
        }
        LiveCommand::Words(words) => {
            let program = words.first().cloned().unwrap_or_default();
            let mut command = Command::new(&program);
            command.args(words.iter().skip(1));
            (program, command)
        }
    };
    // The environment cannot hold a NUL byte.
    let query = query.replace('\0', "");
    command.env("QA_QUERY_JSON", serde_json::Value::from(query.as_str()).to_string());
    command.env("QA_QUERY_URL", url_quoted(&query));
    command.env("QA_QUERY", query);
    (sanitise_line(program.into()).into_owned(), command)
}

/// Percent-encodes a text for a URL, except letters, digits and `-._~` (RFC 3986).
fn url_quoted(text: &str) -> String {
    use std::fmt::Write as _;
    let mut quoted = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            quoted.push(char::from(byte));
        } else {
            let _ = write!(quoted, "%{byte:02X}");
        }
    }
    quoted
}

/// The first line that is not blank, sanitised.
fn first_line(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(cut(&sanitise_line(line.into()), MAX_MESSAGE))
}
