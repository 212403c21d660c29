//! Opens the terminal, for reading keys and for drawing.

#[cfg(unix)]
use rustix::event::Timespec;
use std::fs::File;
use std::io::{self, IsTerminal};
#[cfg(unix)]
use std::time::Duration;

/// Duplicates the terminal on standard output.
pub(super) fn duplicate_stdout() -> io::Result<File> {
    #[cfg(unix)]
    return rustix::io::dup(rustix::stdio::stdout()).map(File::from).map_err(io::Error::from);
    #[cfg(not(unix))]
    open_terminal()
}

/// Opens the controlling terminal of this process.
pub(super) fn open_terminal() -> io::Result<File> {
    let name = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };
    File::options().read(true).write(true).open(name)
}

/// Opens the terminal to read keys from.
#[cfg(unix)]
pub(super) fn open_for_keys() -> io::Result<File> {
    if io::stdin().is_terminal() {
        return Ok(File::from(rustix::io::dup(rustix::stdio::stdin())?));
    }
    open_terminal()
}

/// Converts a duration for `poll`.
#[cfg(unix)]
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: duration.as_secs() as i64, tv_nsec: i64::from(duration.subsec_nanos()) }
}
