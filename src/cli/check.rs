//! `qa check`: reports the problems of sources.

use super::arguments::Check;
use super::output::{Failure, Status};
use crate::config;
use crate::load::{Collector, Diagnostic, LoadError, lint, load_with};
use serde_json::json;
use std::io::{self, BufWriter, Write};

/// Prints every problem of the sources and every unused text on standard output, then the number of
/// entries of each file on standard error. [`Status::Nothing`] when there is a problem.
pub fn run(check: &Check) -> Result<Status, Failure> {
    super::threads::start(super::threads::FOR_COMMAND)?;
    let collections = config::read().map_err(Failure::new)?.set.collections;
    let collector = Collector::default();
    let loaded =
        load_with(&check.opening.files(&collections)?, &check.opening.options(), &collector);
    let mut problems = collector.take_problems();
    match loaded {
        Err(error @ LoadError::Io { .. }) => return Err(error.into()),
        Err(error) => problems.push(error.to_diagnostic()),
        Ok(_) => {}
    }
    problems.extend(lint(collector.take_entries().iter()));
    let mut files = collector.take_files();
    files.sort();
    for (file, _) in files.iter().filter(|&&(_, entries)| entries == 0) {
        if !problems.iter().any(|problem| *problem.source == **file) {
            let message = "no question in this file; expected at least one".into();
            problems.push(Diagnostic { source: file.as_str().into(), line: 0, column: 0, message });
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for problem in &problems {
        write_problem(&mut out, problem, check.json)?;
    }
    // Unused text, such as an introduction, is listed but is not a problem.
    for text in &collector.take_unused() {
        write_problem(&mut out, text, check.json)?;
    }
    if check.json {
        for (file, entries) in &files {
            writeln!(out, "{}", json!({"source": file, "entries": entries}))?;
        }
    }
    out.flush()?;
    if !check.json {
        for (file, entries) in &files {
            let noun = if *entries == 1 { "entry" } else { "entries" };
            super::output::warn(format!("{file}: {entries} {noun}"));
        }
    }
    Ok(if problems.is_empty() { Status::Done } else { Status::Nothing })
}

fn write_problem(out: &mut impl Write, problem: &Diagnostic, as_json: bool) -> io::Result<()> {
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
