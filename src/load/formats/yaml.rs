//! YAML in the same shapes as JSON.

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::records::read_tree;
use crate::load::value::Value;

pub(crate) struct Yaml;

/// Reads one document; several become a list.
pub(crate) fn parse(text: &str) -> Result<Value<'_>, serde_saphyr::Error> {
    serde_saphyr::from_str(text)
}

impl Loader for Yaml {
    fn name(&self) -> &'static str {
        "yaml"
    }

    fn about(&self) -> &'static str {
        "YAML: the same shapes as JSON"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[".yaml", ".yml"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
        let is_pair = |line: &&str| {
            let bare = line.trim_start().trim_start_matches("- ");
            bare.split_once(':').is_some_and(|(key, value)| {
                !key.is_empty()
                    && key.len() < 40
                    && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                    && (value.is_empty() || value.starts_with(' '))
            })
        };
        let lines =
            peek.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let lines: Vec<&str> = lines.take(60).collect();
        let pairs = lines.iter().filter(|line| is_pair(line)).count();
        let is_list = lines.first().is_some_and(|line| line.starts_with("- ") || *line == "---");
        if pairs * 4 >= lines.len() && pairs > 1 && (is_list || is_pair(&lines[0])) {
            45
        } else {
            0
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        match parse(doc.text.trim_start_matches('\u{feff}')) {
            Ok(node) => {
                found.certain = matches!(node, Value::List(_) | Value::Map(_));
                read_tree(node, doc, &mut found);
            }
            Err(error) => {
                let place = error.location();
                let (line, column) = place.map_or((0, 0), |at| (at.line(), at.column()));
                let message = error.to_string();
                // The place stands before it already.
                let what = message.lines().next().unwrap_or_default();
                let what = what.strip_prefix("error: ").unwrap_or(what);
                let placed = what.split_once(": ").filter(|(place, _)| place.starts_with("line "));
                let what = placed.map_or(what, |(_, what)| what);
                found.problems.push((line as u32, column as u32, what.to_owned()));
            }
        }
        found
    }
}
