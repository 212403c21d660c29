//! The blocks of reStructuredText, which nest by indentation.

use super::directive::{self, Markup};
use super::inline::References;
use super::parser::{RstParser, adornment, field, indent};
use super::{list, table};
use crate::load::document::{Block, Content, Document, Item};
use crate::load::labels::{Label, label};
use std::collections::HashMap;

/// Reads a whole text.
pub(super) fn document(text: &str) -> Document {
    let lines: Vec<&str> = text.lines().collect();
    let references = References::collect(&lines);
    let mut adornments = Vec::new();
    let blocks = RstParser::new(&lines, 0, 0, &references, &mut adornments).blocks();
    Document { blocks: with_footnotes_moved(blocks, &lines), ..Document::default() }
}

/// The name of a footnote that a line begins: `.. [1] text`.
fn footnote_name(line: &str) -> Option<&str> {
    line.strip_prefix(".. [")?.split_once("] ").map(|(name, _)| name)
}

/// Moves footnotes to the end of the first section that refers to them.
fn with_footnotes_moved(blocks: Vec<Block>, lines: &[&str]) -> Vec<Block> {
    if !lines.iter().any(|line| footnote_name(line).is_some()) {
        return blocks;
    }
    let mut sections: Vec<Vec<Block>> = vec![Vec::new()];
    for block in blocks {
        if matches!(block.content, Content::Heading { .. }) {
            sections.push(Vec::new());
        }
        if let Some(last) = sections.last_mut() {
            last.push(block);
        }
    }
    let start = |section: &Vec<Block>| section.first().map_or(0, |block| block.line as usize);
    let mut starts: Vec<usize> = sections.iter().map(start).collect();
    starts[0] = 0;
    let mut used_in: HashMap<&str, usize> = HashMap::new();
    let mut section = 0;
    for (n, line) in lines.iter().enumerate() {
        while starts.get(section + 1).is_some_and(|&start| n + 1 >= start) {
            section += 1;
        }
        for (before, _) in line.match_indices("]_").map(|(at, _)| line.split_at(at)) {
            // A name is short: a line of many marks costs no search of the whole line each.
            let near = before.ceil_char_boundary(before.len().saturating_sub(100));
            if let Some((_, name)) = before[near..].rsplit_once('[') {
                used_in.entry(name).or_insert(section);
            }
        }
    }
    let mut moved: Vec<(usize, Block)> = Vec::new();
    for (n, section) in sections.iter_mut().enumerate() {
        let mut is_moved = false;
        section.retain(|block| {
            let line = lines.get((block.line as usize).saturating_sub(1)).copied();
            let name = line.and_then(footnote_name);
            let to = name.and_then(|name| used_in.get(name).copied()).filter(|&to| to != n);
            moved.extend(to.map(|to| (to, block.clone())));
            is_moved |= to.is_some();
            to.is_none()
        });
        // The title of the footnotes.
        let is_title = |block: &Block| matches!(&block.content, Content::Paragraph(text) if matches!(text.as_str(), "**Footnotes**" | "**References**" | "**Notes**"));
        if is_moved && section.last().is_some_and(is_title) {
            section.pop();
        }
    }
    for (to, block) in moved {
        sections[to].push(block);
    }
    sections.into_iter().flatten().collect()
}

/// Nesting depth of blocks; deeper ones are code.
const MAX_DEPTH: usize = 20;

impl<'a> RstParser<'a, '_> {
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.at < self.lines.len() {
            if self.line(0).is_empty() {
                self.at += 1;
                continue;
            }
            let from = self.at;
            self.block(&mut blocks);
            if self.at == from {
                self.at += 1;
            }
        }
        blocks
    }

    /// The blocks of the following lines with an indentation of `column` or more, including blank
    /// ones.
    fn nested(&mut self, column: usize) -> Vec<Block> {
        let from = self.at;
        let lines = self.indented(column);
        self.inner(&lines, from)
    }

    /// The blocks of other lines, which begin `from` lines into those of this parser.
    fn inner(&mut self, lines: &[&str], from: usize) -> Vec<Block> {
        let before = self.first_line + from as u32;
        if self.depth >= MAX_DEPTH {
            let text = lines.join("\n");
            return vec![Block::new(before + 1, Content::Code { language: String::new(), text })];
        }
        RstParser::new(lines, before, self.depth + 1, self.references, self.adornments).blocks()
    }

    fn block(&mut self, blocks: &mut Vec<Block>) {
        let (line, number) = (self.line(0), self.number());
        let content = if indent(line) > 0 {
            let column = self.least_indent();
            Content::Quote(self.nested(column))
        } else if let Some(heading) = self.heading() {
            heading
        } else if adornment(line).is_some() && self.line(1).is_empty() {
            self.at += 1;
            Content::Rule
        } else if line == ".." || line.starts_with(".. ") || line.starts_with("__ ") {
            self.explicit_markup(blocks);
            return;
        } else if let Some(table) = table::read(self) {
            table
        } else if list::marker(line).is_some() {
            self.list()
        } else if line.starts_with("| ") || line == "|" {
            self.line_block()
        } else if line.starts_with(">>> ") {
            self.doctest()
        } else if let Some((name, value)) = field(line) {
            self.field(name, value)
        } else if !self.line(1).is_empty() && indent(self.line(1)) > 0 && !line.ends_with("::") {
            let term = self.references.to_markdown(line);
            self.at += 1;
            let column = indent(self.line(0));
            Content::Definition { term, body: self.nested(column) }
        } else {
            self.paragraph(blocks);
            return;
        };
        let is_empty = matches!(&content, Content::Raw(text) if text.is_empty());
        if !is_empty {
            blocks.push(Block::new(number, content));
        }
    }

    /// A list; indented blocks below an item belong to it.
    fn list(&mut self) -> Content {
        let list::ListLines { start, items } = list::read(self);
        let item = |item: list::ItemLines<'_>| Item {
            line: item.line,
            done: None,
            body: self.inner(&item.lines, item.from),
        };
        Content::List { start, items: items.into_iter().map(item).collect() }
    }

    /// Markup that begins with two dots: a directive with its blocks, a footnote, a comment.
    fn explicit_markup(&mut self, blocks: &mut Vec<Block>) {
        let number = self.number();
        match directive::read(self) {
            Markup::Footnote(text) => blocks.push(Block::new(number, Content::Paragraph(text))),
            Markup::Hidden => {}
            Markup::Directive(directive) => {
                let body = if directive.holds_blocks() {
                    self.inner(&directive.content, directive.content_at)
                } else {
                    Vec::new()
                };
                blocks.extend(directive.blocks(self.references, number, body));
            }
        }
    }

    fn heading(&mut self) -> Option<Content> {
        let first = self.line(0);
        let (sign, text, length) = match adornment(first) {
            Some(sign) if adornment(self.line(2)) == Some(sign) && !self.line(1).is_empty() => {
                ((sign, true), self.line(1).trim(), 3)
            }
            Some(_) => return None,
            None => {
                let below = self.line(1);
                let sign = adornment(below)?;
                // An underline that is too short is accepted from four characters on, as in
                // docutils.
                let fits = below.len() >= first.chars().count() || below.len() >= 4;
                if !fits || first.starts_with(".. ") {
                    return None;
                }
                ((sign, false), first, 2)
            }
        };
        self.at += length;
        let known = self.adornments.iter().position(|other| *other == sign);
        let level = known.unwrap_or_else(|| {
            self.adornments.push(sign);
            self.adornments.len() - 1
        });
        let text = self.references.to_markdown(text);
        Some(Content::Heading { level: level.min(11) as u8 + 1, text, tags: Vec::new() })
    }

    /// A paragraph, and the literal block announced by `::` at its end.
    fn paragraph(&mut self, blocks: &mut Vec<Block>) {
        let (from, number) = (self.at, self.number());
        while !self.line(0).is_empty() && (self.at == from || indent(self.line(0)) == 0) {
            self.at += 1;
        }
        let lines: Vec<&str> = self.lines[from..self.at].iter().map(|line| line.trim()).collect();
        let text = lines.join("\n");
        let literal = text.strip_suffix("::");
        let shown = match literal {
            Some(before) if before.is_empty() || before.ends_with(char::is_whitespace) => {
                before.trim_end()
            }
            Some(_) => &text[..text.len() - 1],
            None => text.as_str(),
        };
        if !shown.is_empty() {
            let paragraph = Content::Paragraph(self.references.to_markdown(shown));
            blocks.push(Block::new(number, paragraph));
        }
        if literal.is_some() {
            while self.at < self.lines.len() && self.line(0).is_empty() {
                self.at += 1;
            }
            let number = self.number();
            if let Some(text) = self.literal() {
                blocks.push(Block::new(number, Content::Code { language: String::new(), text }));
            }
        }
    }

    /// Indented code, or lines that all begin with the same sign.
    fn literal(&mut self) -> Option<String> {
        if indent(self.line(0)) > 0 {
            let column = self.least_indent();
            return Some(self.indented(column).join("\n"));
        }
        let sign = self.line(0).chars().next().filter(char::is_ascii_punctuation)?;
        let from = self.at;
        while self.line(0).starts_with(sign) {
            self.at += 1;
        }
        Some(self.lines[from..self.at].join("\n"))
    }

    fn line_block(&mut self) -> Content {
        let mut lines = Vec::new();
        while self.line(0).starts_with("| ") || self.line(0) == "|" {
            lines.push(self.references.to_markdown(self.line(0)[1..].trim()));
            self.at += 1;
        }
        Content::Paragraph(lines.join("\\\n"))
    }

    fn doctest(&mut self) -> Content {
        let from = self.at;
        while !self.line(0).is_empty() {
            self.at += 1;
        }
        let text = self.lines[from..self.at].join("\n");
        Content::Code { language: "python".into(), text }
    }

    /// The lines of a field, of which the first holds `value`.
    fn field_lines(&mut self, value: &'a str) -> Vec<&'a str> {
        let mut lines = vec![value];
        if !self.line(0).is_empty() && indent(self.line(0)) > 0 {
            let column = indent(self.line(0));
            lines.extend(self.indented(column));
        }
        lines
    }

    /// A field: at the top of a text it describes the text, elsewhere it is a definition.
    fn field(&mut self, name: &str, value: &'a str) -> Content {
        let is_top = self.first_line == 0
            && self.lines[..self.at].iter().all(|line| {
                let line = line.trim_end();
                line.is_empty() || field(line).is_some() || indent(line) > 0
            });
        let from = self.at;
        self.at += 1;
        let lines = self.field_lines(value);
        let is_label = |name: &str, wanted: Label| {
            label(name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ')) == Some(wanted)
        };
        if is_label(name, Label::Question) {
            let term = self.references.to_markdown(&lines.join(" "));
            while self.line(0).is_empty() && self.at < self.lines.len() {
                self.at += 1;
            }
            let next = self.lines.get(self.at).copied().unwrap_or_default();
            let reply = field(next).filter(|(name, _)| is_label(name, Label::Answer));
            let body = match reply {
                Some((_, value)) => {
                    let from = self.at;
                    self.at += 1;
                    let lines = self.field_lines(value);
                    self.inner(&lines, from)
                }
                None => Vec::new(),
            };
            return Content::Definition { term, body };
        }
        if is_top {
            return Content::Raw(String::new());
        }
        let term = self.references.to_markdown(name);
        Content::Definition { term, body: self.inner(&lines, from) }
    }
}
