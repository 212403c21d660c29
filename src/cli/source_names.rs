//! Completions of sources: files, folders and named collections.

use crate::config;
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};
use std::ffi::OsStr;

/// The collection of how-to sheets. If it is not configured, it has all sheets found on this
/// machine.
pub(super) const HOWTO: &str = "howto";

/// The sources that start with `typed`.
pub(super) fn candidates(typed: &OsStr) -> Vec<CompletionCandidate> {
    let is_name = typed.to_str().is_some_and(|typed| typed.starts_with('@'));
    if !is_name {
        return PathCompleter::any().complete(typed);
    }
    // An error of the configuration is reported when the program starts.
    let collections = config::read().unwrap_or_default().set.collections;
    let mut names: Vec<&str> = collections.keys().map(String::as_str).collect();
    if !names.contains(&HOWTO) {
        names.push(HOWTO);
    }
    let names = names.into_iter().map(|name| format!("@{name}"));
    let typed = typed.to_string_lossy();
    names.filter(|name| name.starts_with(&*typed)).map(CompletionCandidate::new).collect()
}
