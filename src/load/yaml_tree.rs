//! YAML as a tree of values. Scalars keep their spelling: `Yes`, `1.10` and `0012` are text here,
//! not numbers or truth values.

use super::value::Value;
use granit_parser::{Event, Parser, ScalarStyle, ScanError};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Deeper trees are rejected.
const MAX_DEPTH: usize = 100;
/// Anchors and aliases copy nodes. This many bytes may be copied, and twice the bytes of the text.
const COPIED_BYTES: usize = 16 << 20;
/// The bytes of a node beside its text.
const NODE_BYTES: usize = 16;

/// A syntax error.
#[derive(Debug)]
pub(crate) struct Fault {
    /// 1-based.
    pub(crate) line: u32,
    /// 1-based.
    pub(crate) column: u32,
    pub(crate) message: String,
}

/// Reads the documents of a text.
pub(crate) fn parse(text: &str) -> Result<Vec<Value<'_>>, Fault> {
    let may_copy = COPIED_BYTES + 2 * text.len();
    let mut builder = Builder { may_copy, has_aliases: text.contains('*'), ..Builder::default() };
    for next in Parser::new_from_str(text) {
        let (event, span) = next.map_err(|error| Fault::of(&error))?;
        let start = span.start;
        builder.event(event).map_err(|message| Fault {
            line: start.line() as u32,
            column: start.col() as u32 + 1,
            message: message.to_owned(),
        })?;
    }
    Ok(builder.documents)
}

impl Fault {
    fn of(error: &ScanError) -> Self {
        let at = error.marker();
        Self { line: at.line() as u32, column: at.col() as u32 + 1, message: error.info() }
    }
}

/// An open list or map.
enum OpenNode<'a> {
    List(Vec<Value<'a>>),
    /// With the key whose value comes next.
    Map(Vec<(Cow<'a, str>, Value<'a>)>, Option<Cow<'a, str>>),
}

#[derive(Default)]
struct Builder<'a> {
    documents: Vec<Value<'a>>,
    open: Vec<(OpenNode<'a>, usize)>,
    anchors: HashMap<usize, Value<'a>>,
    /// Whether there may be an alias.
    has_aliases: bool,
    /// The bytes that may still be copied.
    may_copy: usize,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, _) => self.add(scalar(text, style), anchor)?,
            Event::SequenceStart(_, anchor, _) => {
                return self.start(OpenNode::List(Vec::new()), anchor);
            }
            Event::MappingStart(_, anchor, _) => {
                return self.start(OpenNode::Map(Vec::new(), None), anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            Event::Alias(anchor) => {
                if let Some(value) = self.anchors.get(&anchor) {
                    self.may_copy = after_copying(value, self.may_copy)?;
                }
                self.add(self.anchors.get(&anchor).cloned().unwrap_or(Value::Null), 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, open: OpenNode<'a>, anchor: usize) -> Result<(), &'static str> {
        if self.open.len() >= MAX_DEPTH {
            return Err("nested too deep");
        }
        self.open.push((open, anchor));
        Ok(())
    }

    fn end(&mut self) -> Result<(), &'static str> {
        let Some((open, anchor)) = self.open.pop() else { return Ok(()) };
        match open {
            OpenNode::List(items) => self.add(Value::List(items), anchor),
            OpenNode::Map(fields, _) => self.add(Value::Map(merged(fields)), anchor),
        }
    }

    fn add(&mut self, value: Value<'a>, anchor: usize) -> Result<(), &'static str> {
        if anchor > 0 && self.has_aliases {
            self.may_copy = after_copying(&value, self.may_copy)?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.documents.push(value),
            Some((OpenNode::List(items), _)) => items.push(value),
            Some((OpenNode::Map(fields, key), _)) => match key.take() {
                Some(key) => fields.push((key, value)),
                None => {
                    *key = Some(match value {
                        Value::Text(text) | Value::Scalar(text) => text,
                        Value::Null | Value::List(_) | Value::Map(_) => Cow::Borrowed(""),
                    });
                }
            },
        }
        Ok(())
    }
}

/// How many bytes may still be copied after this value, if it may be.
fn after_copying(value: &Value<'_>, may_copy: usize) -> Result<usize, &'static str> {
    may_copy.checked_sub(bytes(value)).ok_or("too many references to other parts of the file")
}

/// `<<: *other` merges the fields of another map.
fn merged<'a>(fields: Vec<(Cow<'a, str>, Value<'a>)>) -> Vec<(Cow<'a, str>, Value<'a>)> {
    let mut out = Vec::with_capacity(fields.len());
    let mut inherited = Vec::new();
    for (key, value) in fields {
        match value {
            Value::Map(other) if key == "<<" => inherited.extend(other),
            value => out.push((key, value)),
        }
    }
    let mut names: HashSet<Cow<'_, str>> = out.iter().map(|(key, _)| key.clone()).collect();
    out.extend(inherited.into_iter().filter(|(key, _)| names.insert(key.clone())));
    out
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value<'_> {
    if style != ScalarStyle::Plain {
        return Value::Text(text);
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "false" => Value::Scalar(text),
        other if is_number(other) => Value::Scalar(text),
        _ => Value::Text(text),
    }
}

fn is_number(text: &str) -> bool {
    let starts = text.trim_start_matches(['-', '+', '.']).starts_with(|c: char| c.is_ascii_digit());
    starts && text.parse::<f64>().is_ok()
}

fn bytes(value: &Value<'_>) -> usize {
    NODE_BYTES
        + match value {
            Value::List(items) => items.iter().map(bytes).sum(),
            Value::Map(fields) => fields.iter().map(|(key, value)| key.len() + bytes(value)).sum(),
            Value::Scalar(text) | Value::Text(text) => text.len(),
            Value::Null => 0,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_keep_their_spelling() {
        let text = "a: [Yes, no, TRUE, 1.10, 0012, 1e3, 0x1F, 2021-03-04, '7', true]";
        let node = parse(text).unwrap().remove(0);
        let Some(Value::List(items)) = node.get("a") else { panic!("{node:?}") };
        let written: Vec<_> = items.iter().filter_map(Value::as_scalar).collect();
        let expected =
            ["Yes", "no", "TRUE", "1.10", "0012", "1e3", "0x1F", "2021-03-04", "7", "true"];
        assert_eq!(written, expected);
    }

    #[test]
    fn references_and_merged_maps() {
        let node =
            parse("a: &x {q: one, t: old}\nb:\n  <<: *x\n  t: new\nc: *x\n").unwrap().remove(0);
        let field = |map: &str, key: &str| node.get(map)?.get(key)?.as_text().map(str::to_owned);
        assert_eq!(field("b", "q").as_deref(), Some("one"));
        assert_eq!(field("b", "t").as_deref(), Some("new"));
        assert_eq!(field("c", "t").as_deref(), Some("old"));
    }

    #[test]
    fn a_bomb_of_references_and_deep_nesting_are_faults() {
        let line = |n: usize| {
            let list = vec![format!("*a{}", n - 1); 10].join(", ");
            format!("a{n}: &a{n} [{list}]\n")
        };
        let bomb: String = (1..12).map(line).collect();
        let bomb = format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{bomb}");
        assert!(parse(&bomb).is_err());
        // Few nodes with much text.
        let long = "y".repeat(100_000);
        let repeated =
            |line: &str, times| format!("a: &a {{q: {long}}}\nb:\n{}", line.repeat(times));
        for line in ["- *a\n", "- <<: *a\n"] {
            assert!(parse(&repeated(line, 100)).is_ok());
            assert!(parse(&repeated(line, 1000)).is_err());
        }
        let anchors = (0..90).fold(String::new(), |anchors, n| anchors + &format!("[&a{n} "));
        assert!(parse(&format!("{anchors}[{long}{long}{long}, *a1]{}", "]".repeat(90))).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        let fault = parse("a: b\nc: x: y\n").unwrap_err();
        assert_eq!(fault.line, 2);
    }
}
