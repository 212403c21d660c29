//! JSON in its many shapes: the native one, lists of records, groups, maps, conversations.

pub(crate) mod parts;

use crate::collection::Collection;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_extension};
use crate::load::places::Places;
use crate::load::records::read_tree;
use crate::load::splitting::Pieces;
use crate::load::surrogates;
use crate::load::value::parse_json;

const EXPECTED: &str =
    "expected {\"entries\": [{\"question\": …, \"answer\": …}, …]} or a list of such records";

pub(crate) struct JsonLoader;

impl Loader for JsonLoader {
    fn name(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "JSON: the native format, lists of records, groups, maps of question to answer, SQuAD, schema.org"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".json", ".geojson", ".jsonld", ".webmanifest"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByPart(parts::parts)
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let text = peek.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let mut rest = text.chars().filter(|c| !c.is_whitespace());
        match (rest.next(), rest.next()) {
            (Some('{'), Some('"' | '}')) => 90,
            (Some('['), Some('{' | '[' | '"' | ']')) => 80,
            _ => 0,
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let (text, halves) = surrogates::replaced(doc.text.trim_start_matches('\u{feff}'));
        let (pieces, fault) = parse_json(&text);
        let mut found = ParsedDocument { certain: fault.is_none(), ..ParsedDocument::default() };
        let mut places = Places::new(&text);
        found.problems.extend(halves.into_iter().map(|at| {
            let (line, column) = places.of(at);
            (line, column, surrogates::MESSAGE.to_owned())
        }));
        if let Some(fault) = fault {
            let (line, column, what) = describe(&fault);
            found.problems.push((line, column, format!("{what}; {EXPECTED}")));
            // The beginning of a cut file is good; after an error in the middle the structure may
            // be wrong.
            if !fault.is_eof() && has_extension(doc.name, self.extensions()) {
                return ParsedDocument { certain: true, ..found };
            }
        }
        let doc = SourceText { text: &text, ..*doc };
        for node in pieces {
            read_tree(node, &doc, &mut found);
        }
        if found.certain && found.entries.is_empty() {
            found.problems.push(no_question_message(doc.text));
        }
        found
    }
}

/// Why well-formed JSON holds no question. If it resembles the native shape, the message has a
/// place.
fn no_question_message(text: &str) -> (u32, u32, String) {
    let native = text.trim_start().starts_with('{') && text.contains("\"entries\"");
    match serde_json::from_str::<Collection>(text) {
        Err(fault) if native => {
            let (line, column, what) = describe(&fault);
            (line, column, format!("{what}; {EXPECTED}"))
        }
        _ => (0, 0, format!("no question found; {EXPECTED}")),
    }
}

/// Line, column and message of a fault.
pub(crate) fn describe(fault: &serde_json::Error) -> (u32, u32, String) {
    let what = fault.to_string();
    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
    (fault.line() as u32, fault.column() as u32, what)
}
