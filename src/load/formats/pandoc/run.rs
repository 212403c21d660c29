//! Runs pandoc.

use crate::load::loader::MAX_MARKUP_BYTES;
use crate::process::{Limits, RunEnd, run};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The time limit.
const TIME: Duration = Duration::from_secs(30);
/// The heap limit, as an option of Haskell's runtime.
const MEMORY: &str = "-M1g";

/// The output format: the Markdown that we read.
const MARKDOWN: &str = "commonmark+pipe_tables+footnotes+tex_math_dollars+task_lists+strikeout\
    +definition_lists";

/// The hint if pandoc is not installed.
const MISSING: &str = "pandoc opens it, which is not installed \
    (apt install pandoc, brew install pandoc, or https://pandoc.org/installing.html)";

/// The Markdown that pandoc makes of a document in `format` (a name of pandoc), or an error
/// message.
pub(super) fn convert(format: &str, path: &Path) -> Result<String, String> {
    let mut command = Command::new("pandoc");
    command
        .args(["+RTS", MEMORY, "-RTS", "--sandbox", "--wrap=none", "--from", format])
        .args(["--to", MARKDOWN, "--"])
        .arg(path);
    let limits = Limits { time: TIME, bytes: MAX_MARKUP_BYTES as usize };
    let output = run(&mut command, limits, None).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => MISSING.to_owned(),
        _ => format!("pandoc: {error}"),
    })?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let errors = errors.trim();
    match output.end {
        RunEnd::Exit(Some(0)) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        RunEnd::Exit(_) if errors.contains("--sandbox") => {
            Err("pandoc 2.15 or later is needed, which can be kept from other files".into())
        }
        RunEnd::Exit(_) => Err(format!("pandoc: {}", errors.lines().next().unwrap_or("failed"))),
        RunEnd::Time => Err(format!("pandoc took longer than {} s", TIME.as_secs())),
        RunEnd::Bytes => Err(format!("more than {} MB of text", MAX_MARKUP_BYTES >> 20)),
        RunEnd::Interrupt => Err("interrupted".into()),
    }
}
