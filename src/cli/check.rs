//! `qa check`: everything that is wrong or odd in sources.

use super::opening::Opening;
use super::output::{Failure, Status};
use crate::load::{self, Problem};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// The arguments of `qa check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// What to open
    #[command(flatten)]
    opening: Opening,
    /// Print one JSON record a problem
    #[arg(long)]
    json: bool,
}

/// Prints every problem of the sources on standard output, then the number of entries of each
/// source on standard error. [`Status::Nothing`] when something is wrong.
pub fn run(check: &Check) -> Result<Status, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut sound = true;
    let mut failed = None;
    for source in check.opening.sources(&[]) {
        match load::collect_with(std::slice::from_ref(&source), &check.opening.options()) {
            Ok((collection, problems)) => {
                for entry in &collection.entries {
                    *counts.entry(entry.place.source.to_string()).or_default() += 1;
                }
                for problem in &problems {
                    write_problem(&mut out, problem, check.json)?;
                }
                sound &= problems.is_empty();
            }
            Err(error) => {
                out.flush()?;
                super::output::warn(&error);
                failed = Some(Failure::new("not every source could be read"));
            }
        }
    }
    out.flush()?;
    for (source, count) in counts {
        let entries = if count == 1 { "entry" } else { "entries" };
        super::output::warn(format!("{source}: {count} {entries}"));
    }
    match failed {
        Some(failure) => Err(failure),
        None if sound => Ok(Status::Done),
        None => Ok(Status::Nothing),
    }
}

fn write_problem(out: &mut impl Write, problem: &Problem, as_json: bool) -> io::Result<()> {
    if !as_json {
        return writeln!(out, "{problem}");
    }
    let record = json!({
        "source": &*problem.source,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    });
    writeln!(out, "{record}")
}
