//! The blocks of AsciiDoc, including lists, whose items contain blocks.

use super::directives::{
    only_includes, with_include_link, with_include_links, without_conditional,
};
use super::leaves::without_callouts;
use super::marks::{Delimiter, is_item, item, section, term};
use super::parser::{AsciidocParser, BlockAttributes};
use super::table;
use crate::load::document::{Block, Content, Document, Item};
use crate::markup::source::emphasise;

/// Reads a document, its header first.
pub(super) fn document(text: &str) -> Document {
    let lines: Vec<&str> = text.lines().map(without_conditional).collect();
    let mut parser = AsciidocParser::new(&lines, 0);
    let title = parser.header();
    let blocks = parser.blocks();
    Document { title, blocks, ..Document::default() }
}

/// Nesting depth of blocks; deeper ones are text.
const MAX_DEPTH: usize = 20;

const ADMONITIONS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl<'a> AsciidocParser<'a> {
    /// The blocks up to the end.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.line().is_some() {
            self.block_into(&mut blocks);
        }
        blocks
    }

    /// Adds the next block, with the attributes before it, if the line begins one.
    fn block_into(&mut self, blocks: &mut Vec<Block>) {
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
        if is_item(line) {
            return Some(list(self, attributes));
        }
        if term(line).is_some() {
            return Some(definition(self));
        }
        Some(self.paragraph(attributes))
    }

    fn delimited(
        &mut self,
        line: &'a str,
        delimiter: Delimiter,
        attributes: &BlockAttributes,
    ) -> Option<Content> {
        let from = self.at + 1;
        let is_fence = delimiter == Delimiter::Fence;
        let end = if is_fence { "```" } else { line };
        let closes = |other: &&str| other.trim_end() == end;
        let rest = &self.lines[from..];
        let length = rest.iter().position(closes).unwrap_or(rest.len());
        self.at = (from + length + 1).min(self.lines.len());
        let body = &rest[..length];
        let language = || {
            if is_fence {
                line.trim_start_matches('`').trim().to_owned()
            } else if attributes.style == "source" {
                attributes.language()
            } else {
                String::new()
            }
        };
        Some(match delimiter {
            Delimiter::Comment => return None,
            Delimiter::Listing | Delimiter::Literal | Delimiter::Fence if only_includes(body) => {
                Content::Paragraph(self.text(&with_include_links(body).join("\n")))
            }
            _ if matches!(attributes.style.as_str(), "stem" | "latexmath" | "asciimath") => {
                Content::Code { language: String::new(), text: body.join("\n") }
            }
            Delimiter::Listing | Delimiter::Literal | Delimiter::Fence => {
                Content::Code { language: language(), text: without_callouts(body) }
            }
            Delimiter::Pass => Content::Raw(crate::markup::source::to_markdown(&body.join("\n"))),
            Delimiter::Table => table::read(self, line, body, attributes),
            Delimiter::Quote | Delimiter::Example | Delimiter::Sidebar | Delimiter::Open => {
                let body = self.nested(body, from as u32);
                self.compound(delimiter, body, attributes)
            }
        })
    }

    fn nested(&mut self, body: &[&str], before: u32) -> Vec<Block> {
        if self.depth >= MAX_DEPTH {
            let text = self.text(&body.join("\n"));
            return vec![Block::new(self.first_line + before, Content::Paragraph(text))];
        }
        let mut parser = AsciidocParser::new(body, self.first_line + before);
        parser.names = std::mem::take(&mut self.names);
        parser.repeats = std::mem::take(&mut self.repeats);
        parser.depth = self.depth + 1;
        let blocks = parser.blocks();
        self.names = parser.names;
        self.repeats = parser.repeats;
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
        let text = with_include_links(&shown).join("\n");
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

/// The list that begins here.
fn list(parser: &mut AsciidocParser<'_>, attributes: &BlockAttributes) -> Content {
    let start = attributes
        .all
        .iter()
        .find_map(|part| part.strip_prefix("start=")?.trim_matches('"').parse().ok());
    items_of(parser, &mut Vec::new(), start)
}

fn items_of(
    parser: &mut AsciidocParser<'_>,
    outer: &mut Vec<String>,
    start: Option<u64>,
) -> Content {
    let first = parser.line().and_then(item).map_or_else(String::new, |(mark, _)| mark);
    let counts = first.starts_with(['.', '1', '<']);
    let mut items: Vec<Item> = Vec::new();
    outer.push(first.clone());
    while let Some((mark, text)) = parser.line().and_then(item) {
        if mark == first {
            items.push(one(parser, text));
        } else if outer.contains(&mark) || outer.len() > 10 {
            break;
        } else {
            let line = parser.number();
            let list = Block::new(line, items_of(parser, outer, None));
            match items.last_mut() {
                Some(item) => item.body.push(list),
                None => break,
            }
        }
        skip_blank_before_item(parser);
    }
    outer.pop();
    Content::List { start: counts.then(|| start.unwrap_or(1)), items }
}

/// One item with the blocks that are attached to it.
fn one(parser: &mut AsciidocParser<'_>, text: &str) -> Item {
    let line = parser.number();
    parser.at += 1;
    let (done, text) = match text.get(..4) {
        Some("[x] " | "[*] ") => (Some(true), &text[4..]),
        Some("[ ] ") => (Some(false), &text[4..]),
        _ => (None, text),
    };
    let text = format!("{text}{}", running_text(parser));
    let mut body = vec![Block::new(line, Content::Paragraph(parser.text(&text)))];
    attached(parser, &mut body);
    Item { line, done, body }
}

/// The lines that continue a text, each after a line break.
fn running_text(parser: &mut AsciidocParser<'_>) -> String {
    let mut text = String::new();
    while let Some(line) = parser.line() {
        let ends = line.is_empty()
            || line == "+"
            || is_item(line)
            || term(line).is_some()
            || Delimiter::of(line).is_some()
            || line.starts_with('[') && line.ends_with(']')
            || section(line).is_some();
        if ends {
            break;
        }
        if !line.starts_with("//") {
            text.push('\n');
            text.push_str(&with_include_link(line.trim()));
        }
        parser.at += 1;
    }
    text
}

/// The blocks that `+` attaches to an item.
fn attached(parser: &mut AsciidocParser<'_>, body: &mut Vec<Block>) {
    while parser.line() == Some("+") {
        parser.at += 1;
        let before = body.len();
        // Attributes of a block (its title, its language) are attached with it.
        while body.len() == before && parser.line().is_some_and(|line| !line.is_empty()) {
            parser.block_into(body);
        }
    }
}

/// Blank lines between the items of a list do not end it.
fn skip_blank_before_item(parser: &mut AsciidocParser<'_>) {
    let mut at = parser.at;
    while parser.lines.get(at).is_some_and(|line| line.trim().is_empty() || line.starts_with("//"))
    {
        at += 1;
    }
    if parser.lines.get(at).is_some_and(|line| is_item(line)) {
        parser.at = at;
    }
}

/// One term with its definition.
fn definition(parser: &mut AsciidocParser<'_>) -> Content {
    let Some((name, mark, text)) = parser.line().and_then(term) else {
        return Content::Raw(String::new());
    };
    let (name, line) = (parser.text(name), parser.number());
    parser.at += 1;
    let mut text = text.to_owned();
    if text.is_empty() {
        while parser.line().is_some_and(str::is_empty) {
            parser.at += 1;
        }
    }
    text.push_str(&running_text(parser));
    let mut body = Vec::new();
    if !text.trim().is_empty() {
        body.push(Block::new(line, Content::Paragraph(parser.text(text.trim()))));
    }
    attached(parser, &mut body);
    // A list below a term belongs to it, and so do terms with another mark.
    loop {
        skip_blank_before_item(parser);
        let number = parser.number();
        match parser.line() {
            Some(line) if is_item(line) => {
                let list = list(parser, &BlockAttributes::default());
                body.push(Block::new(number, list));
            }
            Some(line)
                if term(line).is_some_and(|(_, other, _)| other != mark && other != "::") =>
            {
                body.push(Block::new(number, definition(parser)));
            }
            _ => break,
        }
        attached(parser, &mut body);
    }
    Content::Definition { term: name, body }
}
