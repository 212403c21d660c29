//! The native JSON format: a [`Collection`] as `assets/quick-answers.schema.json` describes it.

use super::{LoadError, Problem, place};
use crate::collection::Collection;
use std::sync::Arc;

const EXPECTED: &str = "expected {\"entries\": [{\"question\": …, \"answer\": …}, …]}";

pub(super) fn parse(name: &Arc<str>, text: &str) -> Result<Collection, LoadError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        let (source_name, expected) = (name.to_string(), EXPECTED.into());
        return Err(LoadError::Empty { source_name, expected });
    }
    let mut collection: Collection = serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        LoadError::Malformed(Problem {
            source: Arc::clone(name),
            line: error.line() as u32,
            column: error.column() as u32,
            message: format!("{what}; {EXPECTED}"),
        })
    })?;
    if collection.entries.is_empty() {
        let (source_name, expected) = (name.to_string(), EXPECTED.into());
        return Err(LoadError::Empty { source_name, expected });
    }
    for entry in &mut collection.entries {
        entry.place = place(name, 0);
    }
    Ok(collection)
}
