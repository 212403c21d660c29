//! YAML in the same shapes as JSON.

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_ending};
use crate::load::rasa::Rasa;
use crate::load::records::read_tree;
use crate::load::value::Value;
use crate::load::yaml_tree::parse;

pub(crate) struct Yaml;

impl Loader for Yaml {
    fn name(&self) -> &'static str {
        "yaml"
    }

    fn about(&self) -> &'static str {
        "YAML: the same shapes as JSON; Rasa's intents with their responses"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[".yaml", ".yml"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
        let lines = first_lines(peek.text);
        let pairs = lines.iter().filter(|line| is_pair(line)).count();
        let is_list = lines.first().is_some_and(|line| line.starts_with("- ") || *line == "---");
        if repeats_a_key(&lines) {
            return 0;
        }
        if pairs * 4 >= lines.len() && pairs > 1 && (is_list || is_pair(lines[0])) { 45 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        match parse(doc.text.trim_start_matches('\u{feff}')) {
            // A text with front matter: its prose is a document of YAML too.
            Ok(documents) if documents.len() > 1 && documents.iter().any(is_prose) => {}
            Ok(mut documents) => {
                let node = match documents.len() {
                    1 => documents.remove(0),
                    _ => Value::List(documents),
                };
                found.certain = matches!(node, Value::List(_) | Value::Map(_));
                if let Some(mut rasa) = Rasa::of(&node) {
                    rasa.set_source(doc.name);
                    found.entries = rasa.entries();
                    found.rasa = Some(Box::new(rasa));
                    return found;
                }
                read_tree(node, doc, &mut found);
            }
            Err(fault) => {
                // A fault must not turn the file into the nonsense of another format.
                found.certain = has_ending(doc.name, self.endings()) || is_surely_yaml(doc.text);
                found.problems.push((fault.line, fault.column, fault.message));
            }
        }
        found
    }
}

fn is_prose(document: &Value<'_>) -> bool {
    matches!(document, Value::Text(_))
}

fn is_surely_yaml(text: &str) -> bool {
    let lines = first_lines(text);
    if repeats_a_key(&lines) {
        return false;
    }
    let pairs = lines.iter().filter(|line| is_pair(line)).count();
    pairs > 2 && pairs * 2 > lines.len()
}

/// The first lines that are neither empty nor comments.
fn first_lines(text: &str) -> Vec<&str> {
    let filled = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    text.lines().filter(filled).take(60).collect()
}

/// Whether a key comes twice in one map at the left edge: `Q:` and `A:` before questions and
/// answers of a plain text.
fn repeats_a_key(lines: &[&str]) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    for line in lines {
        if line.starts_with(['-', '.']) {
            seen.clear();
        } else if is_pair(line) && !line.starts_with(char::is_whitespace) {
            let key = line.split(':').next().unwrap_or_default();
            if seen.contains(&key) {
                return true;
            }
            seen.push(key);
        }
    }
    false
}

/// `key: value`, also as the first of an item.
fn is_pair(line: &str) -> bool {
    let bare = line.trim_start().trim_start_matches("- ");
    bare.split_once(':').is_some_and(|(key, value)| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        (1..40).contains(&key.len())
            && key.chars().all(is_name)
            && (value.is_empty() || value.starts_with(' '))
    })
}
