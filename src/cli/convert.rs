//! `qa convert`: what was loaded, in another format.

use super::opening::Opening;
use super::output::{Failure, Status, warn};
use crate::load;
use std::io::{self, BufWriter, Write};

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON record a line
    Jsonl,
}

/// Writes the entries of the sources to standard output.
pub fn run(opening: &Opening, _to: Format) -> Result<Status, Failure> {
    let (collection, problems) = load::collect_with(&opening.sources(&[]), &opening.options())?;
    problems.iter().for_each(warn);
    let mut out = BufWriter::new(io::stdout().lock());
    for entry in &collection.entries {
        serde_json::to_writer(&mut out, entry).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Status::Done)
}
