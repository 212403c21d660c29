//! JSON Lines: one record per line, read in parallel and parsed into borrowed texts.

mod fields;

use super::json;
use crate::collection::RawEntry;
use crate::load::error::LoadError;
use crate::load::input::Input;
use crate::load::keys::{Keys, did_you_mean, misspelt, texts};
use crate::load::line_blocks::{self, LineBlock, ReadEnd};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::load::records::entries_of;
use crate::load::surrogates;
use crate::load::unused_text::UnusedFields;
use crate::load::value::{Map, Value, parse_json};
use fields::{fields, plain_fields};
use memchr::memchr;

/// How many lines are read to detect one record per line.
const FIRST_LINES: usize = 10;
/// How many records are read to find out which keys they have.
const SAMPLE: usize = 200;
/// In a part without any question, the most records that are reported.
const MAX_LACKING: usize = 3;
const EXPECTED: &str =
    "expected an object with a question, such as {\"question\": …, \"answer\": …}";

pub(crate) struct JsonLines;

impl Loader for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn description(&self) -> &'static str {
        "JSON Lines: one object a line, with the same keys as JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".jsonl", ".ndjson", ".jl"]
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let text = peek.text.trim_start_matches('\u{feff}');
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<&str> = lines.take(FIRST_LINES).collect();
        // `{%` and `{{` begin marks of templates.
        let opens =
            |line: &&str| line.strip_prefix('{').is_some_and(|rest| !rest.starts_with(['%', '{']));
        let is_record = |line: &&str| opens(line) && is_whole(line);
        let opened = lines.iter().copied().filter(opens).count();
        let whole = lines.iter().copied().filter(is_record).count();
        match lines.as_slice() {
            // One line longer than the head: the name decides.
            [first] if opens(first) && !is_whole(first) => 55,
            [] | [_] => 0,
            // Any record may be broken, even the first.
            [..] if whole > 0 && opened == lines.len() => 95,
            [..] if whole > 1 && whole * 2 >= lines.len() => 92,
            [first, ..] if is_record(first) => 40,
            // None is complete: the name decides again.
            [..] if opened == lines.len() => 55,
            [..] => 0,
        }
    }

    fn read(&self, _: &SourceText<'_>) -> ParsedDocument {
        // Everything is streamed.
        ParsedDocument::default()
    }

    fn streams(&self) -> bool {
        true
    }

    fn stream(&self, input: Input, options: &Options, output: &Output<'_>) -> Streamed {
        let sample = String::from_utf8_lossy(&input.head).into_owned();
        let (sample, _) = surrogates::replaced(&sample);
        let nodes = sample_nodes(&sample);
        let records: Vec<&Map<'_>> = nodes.iter().filter_map(|(_, node)| node.as_map()).collect();
        for (key, meant) in misspelt(&records) {
            output.problem(0, 0, did_you_mean(key, meant));
        }
        let keys = Keys::choose(&records, options);
        if let Some(keys) = &keys {
            let is_whole = input.size == input.head.len() as u64 && nodes.len() < SAMPLE;
            for mut unused in unused_fields(&nodes, keys).into_texts() {
                unused.first_records = (!is_whole).then_some(nodes.len());
                output.unused(&unused);
            }
        }
        let reads_all = options.from.is_some();
        let parser = JsonLineReader { keys: keys.as_ref(), options, output };
        let end = line_blocks::read(input, output, reads_all, &|block, give| {
            parser.parse(block, give);
        });
        if output.count() > 0 {
            return Streamed::Done(Ok(output.summary("", None)));
        }
        let hint = match end {
            ReadEnd::Whole => "",
            ReadEnd::NothingSoFar => "; its beginning has none, --from jsonl reads all of it",
        };
        let expected = format!("read as JSON Lines; {EXPECTED} on every line{hint}");
        let source_name = output.name().to_string();
        Streamed::Done(Err(LoadError::Empty { source_name, expected }))
    }
}

/// Whether a line is JSON, apart from lone surrogates.
fn is_whole(line: &str) -> bool {
    parse_json(&surrogates::replaced(line).0).1.is_none()
}

/// The first records with their lines.
fn sample_nodes(head: &str) -> Vec<(u32, Value<'_>)> {
    (1..)
        .zip(head.lines().take(SAMPLE))
        .filter_map(|(number, line)| match parse_json(line) {
            (mut pieces, None) => Some((number, pieces.pop()?)),
            _ => None,
        })
        .collect()
}

/// The texts of records that no entry contains.
fn unused_fields(nodes: &[(u32, Value<'_>)], keys: &Keys) -> UnusedFields {
    let mut unused = UnusedFields::default();
    for (line, node) in nodes {
        let fields = node.as_map().into_iter().flatten();
        for (key, value) in fields.filter(|(key, _)| !keys.wants(key)) {
            for text in &texts(value) {
                unused.add(key, *line, text);
            }
        }
    }
    unused
}

struct JsonLineReader<'a> {
    keys: Option<&'a Keys>,
    options: &'a Options,
    output: &'a Output<'a>,
}

impl JsonLineReader<'_> {
    fn parse(&self, block: &LineBlock<'_>, give: &mut dyn FnMut(RawEntry<'_>)) {
        let mut record = Map::with_capacity(8);
        let mut rest = block.text;
        // Lines of records without a question; in a block without any question, the first few.
        let mut lacking = Vec::new();
        let mut given = 0;
        let mut give = |entry: RawEntry<'_>| {
            given += 1;
            give(entry);
        };
        for number in block.first_line.. {
            let end = memchr(b'\n', rest.as_bytes());
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            let line = line.trim_matches(['\r', ' ', '\t', '\u{feff}']);
            if !line.is_empty() {
                let holds_any = self.line(line, number, &mut record, &mut give);
                lacking.extend((!holds_any).then_some(number));
            }
            let Some(after) = after.get(1..) else { break };
            rest = after;
        }
        let reported = if given > 0 { lacking.len() } else { MAX_LACKING };
        for number in lacking.into_iter().take(reported) {
            self.output.problem(number, 0, format!("no question in this record; {EXPECTED}"));
        }
    }

    /// Reads the entries of one line; `record` is a buffer for its fields. Returns whether the line
    /// has entries, or an error that was reported.
    fn line<'t>(
        &self,
        line: &'t str,
        number: u32,
        record: &mut Map<'t>,
        give: &mut dyn FnMut(RawEntry<'_>),
    ) -> bool {
        if let Some(keys) = self.keys {
            let mut draft = RawEntry { line: number, ..RawEntry::default() };
            if keys.are_plain() && plain_fields(line, keys, &mut draft) {
                give(draft);
                return true;
            }
            if let Some(draft) = fields(line, keys, record) {
                give(RawEntry { line: number, ..draft });
                return true;
            }
        }
        // Another shape than the first records: a conversation, nested groups, or a syntax error.
        let (text, halves) = surrogates::replaced(line);
        let (pieces, fault) = parse_json(&text);
        if let Some(fault) = fault {
            let (_, column, what) = json::describe(&fault);
            self.output.problem(number, column, format!("{what}; {EXPECTED}"));
            return true;
        }
        if let Some(&at) = halves.first() {
            let column = line[..at].chars().count() as u32 + 1;
            self.output.problem(number, column, surrogates::MESSAGE);
        }
        let mut entries =
            pieces.into_iter().flat_map(|node| entries_of(node, self.options)).peekable();
        let holds_any = entries.peek().is_some();
        entries.for_each(|entry| give(RawEntry { line: number, ..entry.into() }));
        holds_any
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, Map, fields, plain_fields, sample_nodes};
    use crate::collection::{Entry, RawEntry};
    use crate::load::{Options, Source, collect};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::io::Write;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
        file.write_all(content).unwrap();
        file
    }

    #[test]
    fn many_blocks_keep_their_order_and_lines() {
        use std::fmt::Write;
        let mut text = String::new();
        for n in 0..40_000 {
            let padding = "x".repeat(n % 400);
            let _ = writeln!(
                text,
                "{{\"q\": \"What is {n}?\", \"other\": [1, {{}}], \"a\": \"{padding}\"}}"
            );
        }
        let file = file(text.as_bytes());
        let (collection, problems) = collect(&[Source::Path(file.path().into())]).unwrap();
        assert_eq!(problems, []);
        assert_eq!(collection.entries.len(), 40_000);
        for (n, entry) in collection.entries.iter().enumerate() {
            assert_eq!(entry.question, format!("What is {n}?"));
            assert_eq!(entry.answer.len(), n % 400);
            assert_eq!(entry.place.line as usize, n + 1);
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            6 => "[a-c <>&;/b\"\\\\\n\té]{0,12}".prop_map(Value::from),
            1 => prop_oneof![Just("<b>x</b> &amp; y"), Just(" "), Just("")].prop_map(Value::from),
            1 => prop_oneof![Just(json!(7)), Just(Value::Null), Just(json!(["a", "b"]))],
        ]
    }

    proptest! {
        #[test]
        fn the_quick_way_reads_the_same(
            record in proptest::collection::vec(
                (prop_oneof![Just("id"), Just("question"), Just("answer"), Just("x")], value()),
                0..5,
            ),
        ) {
            let sample = r#"{"id": "1", "question": "a?", "answer": "b", "x": "c"}"#;
            let nodes = sample_nodes(sample);
            let records: Vec<&Map<'_>> = nodes.iter().filter_map(|(_, node)| node.as_map()).collect();
            let keys = Keys::choose(&records, &Options::default()).unwrap();
            prop_assert!(keys.are_plain());
            // For a repeated key, an empty text counts as missing.
            let is_empty = |(_, value): &(&str, Value)| value.as_str() == Some("");
            let doubled = |at: usize| record[at + 1..].iter().any(|(key, _)| *key == record[at].0);
            prop_assume!(!(0..record.len()).any(|at| is_empty(&record[at]) && doubled(at)));
            // Written by hand, because a map cannot repeat a key.
            let field = |(key, value): &(&str, Value)| format!("\"{key}\": {value}");
            let line = format!("{{{}}}", record.iter().map(field).collect::<Vec<_>>().join(", "));
            let (mut draft, mut room) = (RawEntry::default(), Map::new());
            if plain_fields(&line, &keys, &mut draft) {
                let slow = fields(&line, &keys, &mut room).map(Entry::from);
                prop_assert_eq!(Some(Entry::from(draft)), slow, "{}", line);
            }
        }
    }

    #[test]
    fn a_bad_line_loses_only_itself() {
        let text = b"{\"question\": \"One?\", \"answer\": \"1\", \"tags\": [\"a\", \"b\"]}\n\
            {\"question\": \"Two\n\n{\"other\": 1}\n{\"question\": \"Thr\xffee\\u001b[31m \xc3\xa9?\"}";
        let file = file(text);
        let (collection, problems) = collect(&[Source::Path(file.path().into())]).unwrap();
        let questions: Vec<_> = collection.entries.iter().map(|e| e.question.as_str()).collect();
        assert_eq!(questions, ["One?", "Thr\u{fffd}ee é?"]);
        assert_eq!(collection.entries[0].tags, ["a", "b"]);
        assert_eq!(collection.entries[1].place.line, 5);
        let mut lines: Vec<_> = problems.iter().map(|p| p.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [2, 4, 5]);
    }
}
