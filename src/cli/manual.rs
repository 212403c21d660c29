//! `qa completions` and `qa man`: made from the same definition that reads the arguments.

use super::arguments::Arguments;
use super::output::{Failure, Status};
use clap::CommandFactory;
use std::io::{self, Write};

/// Prints the completion script of `shell`.
pub fn completions(shell: clap_complete::Shell) -> Result<Status, Failure> {
    // The generator panics when its writer fails, so it gets one that cannot.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "qa", &mut script);
    print(&script)
}

/// Prints the manual page in the format of `man`.
pub fn page() -> Result<Status, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Status::Done)
}
