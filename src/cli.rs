//! The command line: what can be typed after `qa`, as validated values.
//!
//! Below this module nothing asks about arguments again. Each command that only prints has a file
//! of its own beside this one.

mod arguments;
pub mod browse;
pub mod check;
pub mod convert;
pub mod filter;
pub mod manual;
mod output;

pub use arguments::{Arguments, Browse, ColorChoice, Command, parse};
pub use output::{Failure, Status, report};

use crate::load::Source;
use std::path::PathBuf;

/// What to open: the paths, else the folder or file of `QA_PATH`, else the built-in collection.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    if paths.is_empty() {
        return std::env::var_os("QA_PATH")
            .map(|list| {
                std::env::split_paths(&list)
                    .filter(|p| !p.as_os_str().is_empty())
                    .map(Source::Path)
                    .collect()
            })
            .filter(|sources: &Vec<Source>| !sources.is_empty())
            .unwrap_or_else(|| vec![Source::BuiltIn]);
    }
    let source = |path: &PathBuf| {
        if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path.clone()) }
    };
    paths.iter().map(source).collect()
}
