//! The lines of a text, the attributes of the document, and those of the next block.

use super::inline::to_markdown;
use super::marks::section;
use crate::load::repeats::Repeats;
use crate::markup::source::clean;
use std::collections::HashMap;

/// The attributes and the title before a block.
#[derive(Debug, Default, Clone)]
pub(super) struct BlockAttributes {
    /// The first attribute without its options: `source`, `NOTE`, `qanda`.
    pub(super) style: String,
    /// All attributes, split at commas.
    pub(super) all: Vec<String>,
    /// `.Title`.
    pub(super) title: String,
}

impl BlockAttributes {
    pub(super) fn language(&self) -> String {
        let second = self.all.get(1).map_or("", |name| name.trim());
        if second.contains('=') { String::new() } else { second.to_owned() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.all.iter().any(|part| part.contains(word))
    }
}

/// A position in the lines of a text or of a nested block.
pub(super) struct AsciidocParser<'a> {
    pub(super) lines: &'a [&'a str],
    pub(super) at: usize,
    /// The number of the line before the first.
    pub(super) first_line: u32,
    pub(super) names: HashMap<String, String>,
    pub(super) repeats: Repeats,
    pub(super) depth: usize,
}

impl<'a> AsciidocParser<'a> {
    pub(super) fn new(lines: &'a [&'a str], first_line: u32) -> Self {
        let repeats = Repeats::of(lines.iter().map(|line| line.len()).sum());
        Self { lines, at: 0, first_line, names: HashMap::new(), repeats, depth: 0 }
    }

    pub(super) fn line(&self) -> Option<&'a str> {
        self.lines.get(self.at).map(|line| line.trim_end())
    }

    pub(super) fn number(&self) -> u32 {
        self.first_line + self.at as u32 + 1
    }

    /// Reads title, author, revision and attributes at the top; returns the title.
    pub(super) fn header(&mut self) -> String {
        while self
            .line()
            .is_some_and(|l| l.is_empty() || l.starts_with("//") || Self::is_attribute(l))
        {
            self.attribute();
            self.at += 1;
        }
        let Some((1, title)) = self.line().and_then(section) else { return String::new() };
        let title = clean(&self.text(title));
        self.at += 1;
        while self.line().is_some_and(|line| !line.is_empty() && section(line).is_none()) {
            self.attribute();
            self.at += 1;
        }
        title
    }

    pub(super) fn is_attribute(line: &str) -> bool {
        let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        name.is_some_and(|(name, value)| {
            let is_name = |c: char| c.is_alphanumeric() || "-_!".contains(c);
            !name.is_empty()
                && name.chars().all(is_name)
                && (value.is_empty() || value.starts_with(' '))
        })
    }

    /// Keeps `:name: value`.
    pub(super) fn attribute(&mut self) {
        let Some(line) = self.line().filter(|line| Self::is_attribute(line)) else { return };
        if let Some((name, value)) = line[1..].split_once(':') {
            self.names.insert(name.to_owned(), value.trim().to_owned());
        }
    }

    /// A text as Markdown, with the values of its attributes.
    pub(super) fn text(&self, text: &str) -> String {
        to_markdown(&self.with_values(text))
    }

    fn with_values(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let end = after.find(['}', ' ', '{']).filter(|&at| after[at..].starts_with('}'));
            let value = end.and_then(|end| self.value(&after[..end]));
            if let (Some(end), Some(value)) = (end, value) {
                out.push_str(&value);
                rest = &after[end + 1..];
            } else {
                out.push('{');
                rest = after;
            }
        }
        out + rest
    }

    fn value(&self, name: &str) -> Option<String> {
        let built_in = match name {
            "nbsp" | "sp" => " ",
            "empty" | "blank" | "zwsp" => "",
            "plus" => "+",
            "apos" => "'",
            "quot" => "\"",
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "startsb" => "[",
            "endsb" => "]",
            "vbar" => "|",
            "asterisk" => "*",
            "tilde" => "~",
            "backslash" => "\\",
            "backtick" => "`",
            "caret" => "^",
            "cpp" => "C++",
            _ => {
                let value = self.names.get(name)?;
                return self.repeats.allow(name, value.len()).then(|| value.clone());
            }
        };
        Some(built_in.to_owned())
    }

    /// Ids, attributes and titles before a block.
    pub(super) fn attributes(&mut self) -> BlockAttributes {
        let mut attributes = BlockAttributes::default();
        while let Some(line) = self.line() {
            let in_brackets = line.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
            if let Some(inner) = in_brackets.filter(|inner| !inner.contains("](")) {
                if !inner.starts_with('[') {
                    let parts: Vec<String> =
                        inner.split(',').map(|p| p.trim().to_owned()).collect();
                    let first = parts.first().map_or("", String::as_str);
                    let style = first.split(['%', '#', '.']).next().unwrap_or_default();
                    if !style.is_empty() {
                        style.trim_matches('"').clone_into(&mut attributes.style);
                    }
                    attributes.all = parts;
                }
            } else if let Some(title) = line.strip_prefix('.')
                && title.starts_with(|c: char| !c.is_whitespace() && c != '.')
            {
                title.clone_into(&mut attributes.title);
            } else {
                break;
            }
            self.at += 1;
        }
        attributes
    }
}
