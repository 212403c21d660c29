//! The blocks of a wiki page.

use super::inline::to_markdown;
use super::table;
use crate::load::document::{Block, Content, Item};

/// Level and text of `== A heading ==`; trailing blanks are ignored.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim_end();
    let open = line.len() - line.trim_start_matches('=').len();
    let close = line.len() - line.trim_end_matches('=').len();
    let level = open.min(close).min(6);
    if level == 0 || open == line.len() {
        return None;
    }
    let text = line[level..line.len() - level].trim();
    (!text.is_empty()).then_some((level as u8, text))
}

/// Longer list marks count as this depth, and deeper quotes are plain text.
const MAX_DEPTH: usize = 12;

pub(super) struct WikiParser<'a> {
    lines: &'a [&'a str],
    at: usize,
    /// The nesting depth of quotes.
    depth: usize,
    first_line: u32,
}

/// Elements that contain blocks or code, when they begin a line.
const ELEMENTS: &[&str] =
    &["pre", "syntaxhighlight", "source", "blockquote", "poem", "ul", "ol", "dl", "table"];
/// Those that are converted as HTML.
const HTML: &[&str] = &["ul", "ol", "dl", "table"];

impl<'a> WikiParser<'a> {
    /// Reads lines, the first of which has the number `first_line` + 1.
    pub(super) fn new(lines: &'a [&'a str], first_line: u32) -> Self {
        Self { lines, at: 0, depth: 0, first_line }
    }

    fn line(&self) -> Option<&'a str> {
        self.lines.get(self.at).map(|line| line.trim_end())
    }

    pub(super) fn blocks(mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(line) = self.line() {
            if line.is_empty() {
                self.at += 1;
                continue;
            }
            let (number, from) = (self.first_line + self.at as u32 + 1, self.at);
            self.block(line, number, &mut blocks);
            self.at = self.at.max(from + 1);
        }
        blocks
    }

    fn block(&mut self, line: &'a str, number: u32, blocks: &mut Vec<Block>) {
        let mut push = |content| blocks.push(Block::new(number, content));
        if let Some((level, text)) = heading(line) {
            push(Content::Heading { level, text: to_markdown(text), tags: Vec::new() });
        } else if line.len() >= 4 && line.chars().all(|c| c == '-') {
            push(Content::Rule);
        } else if line.trim_start_matches([':', ' ']).starts_with("{|") {
            let from = self.at;
            while self.line().is_some_and(|line| !line.trim_start().starts_with("|}")) {
                self.at += 1;
            }
            self.at = (self.at + 1).min(self.lines.len());
            let (caption, content) = table::read(&self.lines[from..self.at]);
            if !caption.is_empty() {
                push(Content::Paragraph(format!("**{caption}**")));
            }
            push(content);
        } else if let Some(content) = self.element(line, number) {
            push(content);
        } else if line.starts_with(['*', '#']) {
            push(self.list(1));
        } else if line.starts_with([';', ':']) {
            self.definitions(number, blocks);
        } else if line.starts_with(' ') {
            let code = self.take_while(|line| line.starts_with(' ') && !line.trim().is_empty());
            let code: Vec<&str> = code.iter().map(|line| &line[1..]).collect();
            push(Content::Code { language: String::new(), text: code.join("\n") });
        } else {
            let text = self.take_while(|line| !begins_block(line));
            let text = to_markdown(&text.join("\n"));
            if !text.is_empty() {
                push(Content::Paragraph(text));
            }
        }
    }

    fn take_while(&mut self, continues: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let from = self.at;
        self.at += 1;
        while self.lines.get(self.at).is_some_and(|line| continues(line)) {
            self.at += 1;
        }
        self.lines[from..self.at].to_vec()
    }

    /// Code and quotes between tags. The tags may be within a line.
    fn element(&mut self, line: &str, number: u32) -> Option<Content> {
        let name = element_at(line)?;
        let open = line.find('>')?;
        let attributes = &line[..open];
        if HTML.contains(&name) {
            return Some(Content::Raw(self.html(name)));
        }
        let close = format!("</{name}");
        let mut body = Vec::new();
        let mut rest = &line[open + 1..];
        loop {
            if let Some(end) = rest.to_ascii_lowercase().find(&close) {
                body.push(rest[..end].to_owned());
                break;
            }
            body.push(rest.to_owned());
            self.at += 1;
            match self.lines.get(self.at) {
                Some(next) => rest = next,
                None => break,
            }
        }
        self.at += 1;
        if body.first().is_some_and(|first| first.trim().is_empty()) {
            body.remove(0);
        }
        while body.last().is_some_and(|last| last.trim().is_empty()) {
            body.pop();
        }
        let text = body.join("\n");
        Some(match name {
            "blockquote" if self.depth < MAX_DEPTH => {
                let lines: Vec<&str> = text.lines().collect();
                let (depth, first_line) = (self.depth + 1, number - 1);
                Content::Quote(WikiParser { lines: &lines, at: 0, depth, first_line }.blocks())
            }
            "poem" => Content::Paragraph(to_markdown(&text).replace('\n', "\\\n")),
            _ => {
                let language = attributes.split("lang=").nth(1).unwrap_or_default();
                let language = language.trim_matches(['"', '\'']).split([' ', '"', '\'']).next();
                Content::Code { language: language.unwrap_or_default().to_owned(), text }
            }
        })
    }

    /// An HTML element with its nested elements as Markdown, up to the line that closes it.
    fn html(&mut self, name: &str) -> String {
        let (open, close) = (format!("<{name}"), format!("</{name}"));
        let from = self.at;
        let mut depth = 0_usize;
        while let Some(line) = self.lines.get(self.at) {
            let lower = line.to_ascii_lowercase();
            depth += lower.matches(&open).count();
            depth = depth.saturating_sub(lower.matches(&close).count());
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        let text = self.lines[from..self.at].join("\n");
        crate::markup::source::to_markdown(&with_html_links(&text))
    }

    /// The list of items with marks of length `depth`; longer ones nest.
    fn list(&mut self, depth: usize) -> Content {
        let sign = |line: &str| line.chars().nth(depth - 1);
        let first = self.line().and_then(sign);
        let mut items: Vec<Item> = Vec::new();
        while let Some(line) = self.line() {
            let length = line.len() - line.trim_start_matches(['*', '#', ':', ';']).len();
            let marks = length.min(MAX_DEPTH);
            if marks < depth {
                break;
            }
            let number = self.first_line + self.at as u32 + 1;
            if marks == depth && sign(line) == first {
                let text = to_markdown(&line[length..]);
                self.at += 1;
                let body = vec![Block::new(number, Content::Paragraph(text))];
                items.push(Item { line: number, done: None, body });
            } else if marks == depth && sign(line) != Some(':') {
                break;
            } else if let Some(item) = items.last_mut() {
                let continues = line[..length].ends_with(':');
                if continues {
                    self.at += 1;
                    let text = Content::Paragraph(to_markdown(&line[length..]));
                    item.body.push(Block::new(number, text));
                } else {
                    let list = self.list((depth + 1).min(marks));
                    item.body.push(Block::new(number, list));
                }
            } else {
                // A list that begins with a longer mark.
                let body = vec![Block::new(number, self.list(depth + 1))];
                items.push(Item { line: number, done: None, body });
            }
        }
        Content::List { start: (first == Some('#')).then_some(1), items }
    }

    /// `; term : definition`, `;term: definition`, `; term` with `: definition` below, and indented lines.
    fn definitions(&mut self, number: u32, blocks: &mut Vec<Block>) {
        let lines = self.take_while(|line| line.starts_with([';', ':']));
        for (number, line) in (number..).zip(lines) {
            let text = line.trim_start_matches([';', ':']).trim();
            if line.starts_with(';') {
                let (term, rest) = term_and_definition(text);
                let body = paragraph(number, rest);
                let term = to_markdown(term);
                blocks.push(Block::new(number, Content::Definition { term, body }));
            } else if let Some(Block {
                content: Content::Definition { body, .. } | Content::Quote(body),
                ..
            }) = blocks
                .last_mut()
                .filter(|block| block.line + 1 == number || block.line + 20 > number)
            {
                body.extend(paragraph(number, text));
            } else {
                blocks.push(Block::new(number, Content::Quote(paragraph(number, text))));
            }
        }
    }
}

/// `term : definition` or `term: definition`; no colon of a link or template ends a term.
fn term_and_definition(text: &str) -> (&str, &str) {
    let is_term = |(term, _): &(&str, &str)| !term.contains(['[', '{', '<']);
    let parts = text.split_once(" : ").or_else(|| text.split_once(": ").filter(is_term));
    parts.unwrap_or((text, ""))
}

fn paragraph(number: u32, text: &str) -> Vec<Block> {
    let text = to_markdown(text);
    if text.is_empty() { Vec::new() } else { vec![Block::new(number, Content::Paragraph(text))] }
}

/// Whether a line ends the paragraph before it.
fn begins_block(line: &str) -> bool {
    let is_rule = line.starts_with("----") && line.trim_end().chars().all(|c| c == '-');
    line.trim().is_empty()
        || line.starts_with(['*', '#', ';', ':', ' '])
        || line.starts_with("{|")
        || is_rule
        || heading(line).is_some()
        || element_at(line).is_some()
}

/// A text with `[https://… label]` as HTML links.
fn with_html_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[http") {
        let link = rest[at + 1..].split_once(']');
        let Some((inner, after)) = link.filter(|(inner, _)| !inner.contains(['\n', '<', '"']))
        else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        let (url, label) = inner.split_once(' ').unwrap_or((inner, inner));
        out.push_str(&rest[..at]);
        out.extend(["<a href=\"", url, "\">", label, "</a>"]);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn element_at(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix('<')?;
    let is_named = |name: &&&str| {
        let begins = rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        begins && rest[name.len()..].starts_with(['>', ' '])
    };
    ELEMENTS.iter().find(is_named).copied()
}
