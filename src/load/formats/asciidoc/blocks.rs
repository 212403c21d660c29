//! The blocks of AsciiDoc.

use super::inline::to_markdown;
use super::{lists, table};
use crate::load::document::{Block, Content, Document};
use crate::markup::source::{clean, emphasise};
use std::collections::HashMap;

/// Level and text of `== A section`, closed (`== x ==`) or not.
pub(super) fn section(line: &str) -> Option<(u8, &str)> {
    let sign = line.chars().next().filter(|c| "=#".contains(*c))?;
    let text = line.trim_start_matches(sign);
    let level = line.len() - text.len();
    if level > 6 || !text.starts_with(' ') {
        return None;
    }
    let text = text.trim();
    let open = text.trim_end_matches(sign);
    let is_closed = text.len() - open.len() == level && open.ends_with(' ');
    Some((level as u8, if is_closed { open.trim() } else { text }))
}

/// Reads a document, its header first.
pub(super) fn document(text: &str) -> Document {
    let lines: Vec<&str> = text.lines().collect();
    let mut parser = Parser::new(&lines, 0);
    let title = parser.header();
    let blocks = parser.blocks(&|_| false);
    Document { title, blocks, ..Document::default() }
}

/// What stands in brackets and after a dot before a block.
#[derive(Debug, Default, Clone)]
pub(super) struct BlockAttributes {
    /// The first in brackets, without its options: `source`, `NOTE`, `qanda`.
    pub(super) style: String,
    /// All of them, by commas.
    pub(super) all: Vec<String>,
    /// `.Title`.
    pub(super) title: String,
}

impl BlockAttributes {
    fn language(&self) -> String {
        let second = self.all.get(1).map_or("", |name| name.trim());
        if second.contains('=') { String::new() } else { second.to_owned() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.all.iter().any(|part| part.contains(word))
    }
}

pub(super) struct Parser<'a> {
    pub(super) lines: &'a [&'a str],
    pub(super) at: usize,
    /// The number of the line before the first.
    first_line: u32,
    names: HashMap<String, String>,
    depth: usize,
}

/// Blocks within blocks; deeper ones are text.
const DEEPEST: usize = 20;

const ADMONITIONS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl<'a> Parser<'a> {
    fn new(lines: &'a [&'a str], first_line: u32) -> Self {
        Self { lines, at: 0, first_line, names: HashMap::new(), depth: 0 }
    }

    pub(super) fn line(&self) -> Option<&'a str> {
        self.lines.get(self.at).map(|line| line.trim_end())
    }

    pub(super) fn number(&self) -> u32 {
        self.first_line + self.at as u32 + 1
    }

    /// Title, author, revision and attributes at the top; gives the title.
    fn header(&mut self) -> String {
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

    fn is_attribute(line: &str) -> bool {
        let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        name.is_some_and(|(name, value)| {
            let is_name = |c: char| c.is_alphanumeric() || "-_!".contains(c);
            !name.is_empty()
                && name.chars().all(is_name)
                && (value.is_empty() || value.starts_with(' '))
        })
    }

    /// Keeps `:name: value`.
    fn attribute(&mut self) {
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
            _ => return self.names.get(name).cloned(),
        };
        Some(built_in.to_owned())
    }

    /// The blocks up to the end, or up to a line that `ends` them.
    pub(super) fn blocks(&mut self, ends: &dyn Fn(&str) -> bool) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(line) = self.line() {
            if ends(line) {
                break;
            }
            self.block_into(&mut blocks);
        }
        blocks
    }

    /// The next block, with what stands before it, if the line begins one.
    pub(super) fn block_into(&mut self, blocks: &mut Vec<Block>) {
        let attributes = self.attributes();
        let Some(line) = self.line() else { return };
        if line.is_empty() {
            self.at += 1;
            return;
        }
        let number = self.number();
        let is_details = attributes.has("%collapsible");
        if !attributes.title.is_empty() && !is_details {
            let title = emphasise(&self.text(&attributes.title), "**");
            blocks.push(Block::new(number, Content::Paragraph(title)));
        }
        let from = self.at;
        match self.block(line, &attributes) {
            Some(Content::Raw(text)) if text.is_empty() => {}
            Some(content) if is_details => {
                let body = match content {
                    Content::Admonition { body, .. } => body,
                    other => vec![Block::new(number, other)],
                };
                let summary = self.text(&attributes.title);
                blocks.push(Block::new(number, Content::Details { summary, body }));
            }
            Some(content) => blocks.push(Block::new(number, content)),
            None => {}
        }
        if self.at == from {
            self.at += 1;
        }
    }

    /// Ids, attributes and titles before a block.
    fn attributes(&mut self) -> BlockAttributes {
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

    fn block(&mut self, line: &'a str, attributes: &BlockAttributes) -> Option<Content> {
        if let Some((level, text)) = section(line) {
            self.at += 1;
            return Some(Content::Heading { level, text: self.text(text), tags: Vec::new() });
        }
        if line.starts_with("//") && !line.starts_with("///") {
            self.at += 1;
            return None;
        }
        if Self::is_attribute(line) {
            self.attribute();
            self.at += 1;
            return None;
        }
        if let Some(level) = self.underlined() {
            self.at += 2;
            return Some(Content::Heading { level, text: self.text(line), tags: Vec::new() });
        }
        if let Some(delimiter) = Delimiter::of(line) {
            return self.delimited(line, delimiter, attributes);
        }
        match line {
            "'''" | "---" | "***" | "- - -" | "* * *" => {
                self.at += 1;
                return Some(Content::Rule);
            }
            "<<<" | "+" => {
                self.at += 1;
                return None;
            }
            _ => {}
        }
        if let Some(content) = self.block_macro(line) {
            self.at += 1;
            return Some(content);
        }
        if lists::is_item(line) {
            return Some(lists::read(self, attributes));
        }
        if lists::term(line).is_some() {
            return Some(lists::definition(self));
        }
        Some(self.paragraph(attributes))
    }

    /// The level of a heading of two lines: its text and a line of signs as long.
    fn underlined(&self) -> Option<u8> {
        let text = self.line()?;
        let below = self.lines.get(self.at + 1)?.trim_end();
        let sign = below.chars().next()?;
        let level = "=-~^+".find(sign)? + 1;
        let length = text.chars().count();
        let fits = below.len() >= 3
            && below.chars().all(|c| c == sign)
            && below.len().abs_diff(length) <= 2;
        let is_text = text.chars().any(char::is_alphanumeric) && Delimiter::of(text).is_none();
        (fits && is_text && !text.starts_with(' ') && !lists::is_item(text)).then_some(level as u8)
    }

    fn delimited(
        &mut self,
        line: &'a str,
        delimiter: Delimiter,
        attributes: &BlockAttributes,
    ) -> Option<Content> {
        let from = self.at + 1;
        let closes = |other: &&str| match delimiter {
            Delimiter::Fence => other.trim_end() == "```",
            _ => other.trim_end() == line,
        };
        let rest = &self.lines[from..];
        let length = rest.iter().position(closes).unwrap_or(rest.len());
        self.at = (from + length + 1).min(self.lines.len());
        let body = &rest[..length];
        let language = || match delimiter {
            Delimiter::Fence => line.trim_start_matches('`').trim().to_owned(),
            _ if attributes.style == "source" => attributes.language(),
            _ => String::new(),
        };
        Some(match delimiter {
            Delimiter::Comment => return None,
            _ if matches!(attributes.style.as_str(), "stem" | "latexmath" | "asciimath") => {
                Content::Code { language: String::new(), text: body.join("\n") }
            }
            Delimiter::Listing | Delimiter::Literal | Delimiter::Fence => {
                Content::Code { language: language(), text: without_callouts(body) }
            }
            Delimiter::Pass => Content::Raw(crate::markup::source::to_markdown(&body.join("\n"))),
            Delimiter::Table => table::read(self, body, attributes),
            Delimiter::Quote | Delimiter::Example | Delimiter::Sidebar | Delimiter::Open => {
                let body = self.nested(body, from as u32);
                self.compound(delimiter, body, attributes)
            }
        })
    }

    fn nested(&mut self, body: &[&str], before: u32) -> Vec<Block> {
        if self.depth >= DEEPEST {
            let text = self.text(&body.join("\n"));
            return vec![Block::new(self.first_line + before, Content::Paragraph(text))];
        }
        let mut parser = Parser::new(body, self.first_line + before);
        parser.names = std::mem::take(&mut self.names);
        parser.depth = self.depth + 1;
        let blocks = parser.blocks(&|_| false);
        self.names = parser.names;
        blocks
    }

    fn compound(
        &self,
        delimiter: Delimiter,
        mut body: Vec<Block>,
        attributes: &BlockAttributes,
    ) -> Content {
        let style = attributes.style.as_str();
        if ADMONITIONS.contains(&style) {
            return Content::Admonition { label: style.to_owned(), body };
        }
        if delimiter == Delimiter::Quote {
            let who: Vec<&str> = attributes.all.iter().skip(1).map(String::as_str).collect();
            if !who.is_empty() {
                let text = self.text(&format!("— {}", who.join(", ")));
                body.push(Block::new(0, Content::Paragraph(text)));
            }
            return Content::Quote(body);
        }
        Content::Admonition { label: String::new(), body }
    }

    /// `name::target[content]` on a line of its own. What shows nothing is an empty text.
    fn block_macro(&self, line: &str) -> Option<Content> {
        let (name, rest) = line.split_once("::")?;
        let (target, content) = rest.strip_suffix(']')?.split_once('[')?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase()) || target.contains(' ')
        {
            return None;
        }
        let first = content.split(',').next().unwrap_or_default().trim_matches('"');
        let label = if first.is_empty() { target } else { first };
        Some(match name {
            "image" => Content::Paragraph(format!("![{}]({target})", self.text(first))),
            "video" | "audio" | "include" | "link" => {
                Content::Paragraph(crate::markup::source::link(&self.text(label), target))
            }
            "toc" | "ifdef" | "ifndef" | "ifeval" | "endif" | "anchor" => {
                Content::Raw(String::new())
            }
            _ => return None,
        })
    }

    fn paragraph(&mut self, attributes: &BlockAttributes) -> Content {
        let from = self.at;
        self.at += 1;
        while let Some(line) = self.line() {
            let ends = line.is_empty()
                || line == "+"
                || Delimiter::of(line).is_some()
                || line.starts_with("[[") && line.ends_with("]]");
            if ends {
                break;
            }
            self.at += 1;
        }
        let lines = &self.lines[from..self.at];
        let first = lines[0];
        if attributes.style == "source"
            || matches!(attributes.style.as_str(), "listing" | "literal")
        {
            return Content::Code {
                language: attributes.language(),
                text: without_callouts(lines),
            };
        }
        if first.starts_with([' ', '\t']) {
            let shared = lines.iter().map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
            let code: Vec<&str> = lines.iter().map(|line| &line[shared..]).collect();
            return Content::Code { language: String::new(), text: code.join("\n") };
        }
        let shown: Vec<&str> =
            lines.iter().map(|l| l.trim()).filter(|l| !l.starts_with("//")).collect();
        let text = shown.join("\n");
        let label = ADMONITIONS
            .iter()
            .find(|label| text.strip_prefix(**label).is_some_and(|rest| rest.starts_with(": ")));
        let number = self.first_line + from as u32 + 1;
        let own = label.map_or(text.as_str(), |label| text[label.len() + 1..].trim_start());
        let paragraph = Content::Paragraph(self.text(own));
        let styled = ADMONITIONS.iter().find(|label| attributes.style == **label);
        if let Some(label) = label.or(styled) {
            let body = vec![Block::new(number, paragraph)];
            return Content::Admonition { label: (*label).to_owned(), body };
        }
        match attributes.style.as_str() {
            "quote" | "verse" => {
                let body = vec![Block::new(number, paragraph)];
                self.compound(Delimiter::Quote, body, attributes)
            }
            _ => paragraph,
        }
    }
}

/// Code without the numbers that refer to its explanation.
fn without_callouts(lines: &[&str]) -> String {
    let line = |line: &&str| {
        let is_number = |inner: &str| inner == "." || inner.chars().all(|c| c.is_ascii_digit());
        match line.trim_end().rsplit_once(" <") {
            Some((code, end)) if end.strip_suffix('>').is_some_and(is_number) => {
                code.trim_end().to_owned()
            }
            _ => (*line).to_owned(),
        }
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The kind of block that a line of signs opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comment,
    Listing,
    Literal,
    Example,
    Sidebar,
    Quote,
    Pass,
    Open,
    Fence,
    Table,
}

impl Delimiter {
    pub(super) fn of(line: &str) -> Option<Self> {
        if line == "--" {
            return Some(Self::Open);
        }
        if let Some(language) = line.strip_prefix("```") {
            return language
                .chars()
                .all(|c| c.is_alphanumeric() || "+-_#.".contains(c))
                .then_some(Self::Fence);
        }
        if let Some(signs) = line.strip_prefix(['|', ',', ':', '!']) {
            return (signs.len() >= 3 && signs.bytes().all(|b| b == b'=')).then_some(Self::Table);
        }
        let sign = line.bytes().next()?;
        if line.len() < 4 || !line.bytes().all(|b| b == sign) {
            return None;
        }
        match sign {
            b'/' => Some(Self::Comment),
            b'-' => Some(Self::Listing),
            b'.' => Some(Self::Literal),
            b'=' => Some(Self::Example),
            b'*' => Some(Self::Sidebar),
            b'_' => Some(Self::Quote),
            b'+' => Some(Self::Pass),
            _ => None,
        }
    }
}
