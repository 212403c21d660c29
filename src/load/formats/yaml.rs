//! YAML in the same shapes as JSON.

mod issue_form;
mod parts;

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_extension};
use crate::load::rasa::Rasa;
use crate::load::records::read_tree;
use crate::load::splitting::Pieces;
use crate::load::value::Value;
use crate::load::yaml_tree::parse;

pub(crate) struct Yaml;

impl Loader for Yaml {
    fn name(&self) -> &'static str {
        "yaml"
    }

    fn description(&self) -> &'static str {
        "YAML: the same shapes as JSON; Rasa's intents with their responses; issue forms of GitHub"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".yaml", ".yml"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByPart(parts::parts)
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let lines = first_lines(peek.text);
        let pairs = lines.iter().filter(|line| is_pair(line)).count();
        let is_list = lines.first().is_some_and(|line| line.starts_with("- ") || *line == "---");
        if repeats_a_key(&lines) {
            return 0;
        }
        if pairs * 4 >= lines.len() && pairs > 1 && (is_list || is_pair(lines[0])) { 45 } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        match parse(doc.text.trim_start_matches('\u{feff}')) {
            // Text after front matter would be read as another YAML document.
            Ok(documents) if documents.len() > 1 && documents.iter().any(is_prose) => {
                ParsedDocument::default()
            }
            Ok(documents) => read_documents(documents, doc),
            Err(fault) => {
                let is_named = has_extension(doc.name, self.extensions());
                if is_named && let Some(found) = read_whole_documents(doc) {
                    return found;
                }
                ParsedDocument {
                    // A syntax error must not turn the file into another format.
                    certain: is_named || is_surely_yaml(doc.text),
                    problems: vec![(fault.line, fault.column, fault.message)],
                    ..ParsedDocument::default()
                }
            }
        }
    }
}

fn read_documents(mut documents: Vec<Value<'_>>, doc: &SourceText<'_>) -> ParsedDocument {
    let mut found = ParsedDocument::default();
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
    found.entries = issue_form::entries(&node, doc.text, doc.name);
    if !found.entries.is_empty() {
        node.get("name").and_then(Value::as_text).unwrap_or_default().clone_into(&mut found.title);
        return found;
    }
    read_tree(node, doc, &mut found);
    found
}

/// Reads the valid documents of several; `None` when there is none.
fn read_whole_documents(doc: &SourceText<'_>) -> Option<ParsedDocument> {
    let mut text = String::with_capacity(doc.text.len());
    let (mut problems, mut count, mut lines_before) = (Vec::new(), 0, 0);
    for part in documents(doc.text) {
        let lines = part.matches('\n').count();
        match parse(part.trim_start_matches('\u{feff}')) {
            Ok(_) => text.push_str(part),
            Err(fault) => {
                problems.push((fault.line + lines_before, fault.column, fault.message));
                // The others keep their line numbers.
                text.push_str(&"\n".repeat(lines));
            }
        }
        count += 1;
        lines_before += lines as u32;
    }
    if problems.len() >= count {
        return None;
    }
    let mut found = read_documents(parse(&text).ok()?, &SourceText { text: &text, ..*doc });
    found.problems.append(&mut problems);
    (!found.entries.is_empty()).then_some(found)
}

/// The documents of a text, each beginning with `---`, which is optional for the first.
fn documents(text: &str) -> Vec<&str> {
    let is_mark = |at: usize| {
        let line = text[at..].lines().next().unwrap_or_default();
        line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let mut parts = Vec::new();
    let mut from = 0;
    for start in starts.filter(|&at| is_mark(at)) {
        parts.push(&text[from..start]);
        from = start;
    }
    parts.push(&text[from..]);
    parts.retain(|part| !part.is_empty());
    parts
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

/// The first lines, without empty ones and comments.
fn first_lines(text: &str) -> Vec<&str> {
    let filled = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    text.lines().filter(filled).take(60).collect()
}

/// Whether a top-level key is repeated: `Q:` and `A:` before questions and answers of a plain text.
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

/// `key: value`, also as the first pair of a list item.
fn is_pair(line: &str) -> bool {
    let bare = line.trim_start().trim_start_matches("- ");
    bare.split_once(':').is_some_and(|(key, value)| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        (1..40).contains(&key.len())
            && key.chars().all(is_name)
            && (value.is_empty() || value.starts_with(' '))
    })
}
