//! The sources of a command and the options for reading them.

use crate::load::{Format, Options, Source};
use std::path::PathBuf;

/// The sources of a command, and how to read them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Opening {
    /// Files or folders to open, `-` for standard input; without any, a pipe on standard input
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
    /// The named sources, else a pipe on standard input, else the sources of `QA_PATH`, else the
    /// `configured` ones, else the built-in collection.
    pub fn sources(&self, configured: &[PathBuf]) -> Vec<Source> {
        if self.sources.is_empty() && stdin_has_data() {
            return vec![Source::Stdin];
        }
        self.sources_beside_stdin(configured)
    }

    /// As [`Opening::sources`], where standard input is taken by something else.
    pub fn sources_beside_stdin(&self, configured: &[PathBuf]) -> Vec<Source> {
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

/// Whether standard input is a pipe or a file that is not empty. A terminal, `/dev/null` and a pipe
/// that was closed without a byte are none.
#[cfg(unix)]
fn stdin_has_data() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{FileType, fstat};
    /// How long a pipe may take to be closed when it is to count as empty.
    const EMPTY: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    let stdin = rustix::stdio::stdin();
    let Ok(about) = fstat(stdin) else { return false };
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo | FileType::Socket => {
            let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
            // Without news within the time, its program has only not written yet.
            let is_open = poll(&mut waiting, Some(&EMPTY)).is_ok_and(|ready| ready == 0);
            is_open || rustix::io::ioctl_fionread(stdin).is_ok_and(|bytes| bytes > 0)
        }
        FileType::RegularFile => rustix::io::ioctl_fionread(stdin).is_ok_and(|bytes| bytes > 0),
        _ => false,
    }
}

#[cfg(not(unix))]
fn stdin_has_data() -> bool {
    use std::io::IsTerminal;
    !std::io::stdin().is_terminal()
}
