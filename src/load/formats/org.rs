//! Org: headings, drawers, blocks, lists, tables.

mod drill;
mod footnotes;
mod heading;
mod inline;

use crate::load::document::{Block, Content, Document, Item};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::markup::source::clean;
use footnotes::Footnotes;
use heading::heading;
use inline::to_markdown;

pub(crate) struct Org;

impl Loader for Org {
    fn name(&self) -> &'static str {
        "org"
    }

    fn description(&self) -> &'static str {
        "Org: headings, lists, blocks, tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".org"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let lower = |line: &str| line.trim_start().to_ascii_lowercase();
        let is_keyword = |line: &str| lower(line).starts_with("#+");
        let has_stars = peek.text.lines().any(|line| heading(line).is_some());
        let keywords = peek.text.lines().take(200).filter(|line| is_keyword(line)).count();
        match (has_stars, keywords) {
            (true, 1..) => 70,
            (false, 2..) => 30,
            _ => 0,
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let text = source.text.trim_start_matches('\u{feff}');
        let mut lines: Vec<&str> = text.lines().collect();
        let footnotes = Footnotes::take(&mut lines);
        let mut parser = OrgParser {
            lines: &lines,
            at: 0,
            depth: 0,
            cards: Vec::new(),
            states: states(&lines),
            document: Document::default(),
        };
        let blocks = drill::with_sides(parser.blocks(0), &parser.cards);
        parser.document.blocks = footnotes.added_to(blocks, &lines);
        parser.document.parsed(source)
    }
}

/// Nesting depth of blocks; deeper ones are unchanged.
const MAX_DEPTH: usize = 12;

struct OrgParser<'a> {
    lines: &'a [&'a str],
    at: usize,
    /// The nesting depth of these lines.
    depth: usize,
    /// The lines of drawers that say that a card has several sides.
    cards: Vec<u32>,
    /// The states of tasks, which the page may declare.
    states: Vec<&'a str>,
    document: Document,
}

/// The usual states of tasks, and those of `#+TODO: OPEN(o) | SHUT(s)`.
fn states<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let declared = lines.iter().filter_map(|line| {
        let (name, states) = line.trim().strip_prefix("#+")?.split_once(':')?;
        let is_states = ["todo", "seq_todo", "typ_todo"].contains(&name.to_lowercase().as_str());
        is_states.then_some(states)
    });
    let named = declared.flat_map(str::split_whitespace).filter(|state| *state != "|");
    let usual = ["TODO", "DONE", "NEXT", "WAITING", "CANCELLED", "CANCELED"];
    usual.into_iter().chain(named.map(|state| state.split('(').next().unwrap_or(state))).collect()
}

impl<'a> OrgParser<'a> {
    /// The following blocks with an indentation of `column` or more.
    fn blocks(&mut self, column: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(&line) = self.lines.get(self.at) {
            if line.trim().is_empty() {
                self.at += 1;
                continue;
            }
            if column > 0 && (indent(line) < column || heading(line).is_some()) {
                break;
            }
            let number = self.at as u32 + 1;
            if let Some(content) = self.block(line) {
                blocks.push(Block::new(number, content));
            }
        }
        blocks
    }

    /// The block that begins on this line; `None` if it is not shown.
    fn block(&mut self, line: &'a str) -> Option<Content> {
        let bare = line.trim();
        if let Some((level, text)) = heading(line) {
            self.at += 1;
            if text.split_whitespace().next() == Some("COMMENT") {
                self.skip_section(level);
                return None;
            }
            return Some(titled(level, text, &self.states));
        }
        if let Some(name) = bare.strip_prefix("#+") {
            return self.keyword(name);
        }
        if bare.starts_with(':') && bare.ends_with(':') && bare.len() > 2 && !bare.contains(' ') {
            let from = self.at;
            self.skip_to(|line| line.eq_ignore_ascii_case(":end:"));
            if self.lines[from..self.at].iter().any(|line| drill::has_sides(line)) {
                self.cards.push(from as u32 + 1);
            }
            return None;
        }
        if is_planning(bare) || bare.starts_with("# ") || bare == "#" {
            self.at += 1;
            return None;
        }
        if bare.len() >= 5 && bare.chars().all(|c| c == '-') {
            self.at += 1;
            return Some(Content::Rule);
        }
        if bare == ":" || bare.starts_with(": ") {
            let code = self.take_while(|line| line.starts_with(':'));
            let code: Vec<&str> = code
                .iter()
                .map(|line| line.trim_start()[1..].strip_prefix(' ').unwrap_or(""))
                .collect();
            return Some(Content::Code { language: String::new(), text: code.join("\n") });
        }
        if bare.starts_with('|') {
            let rows = self.take_while(|line| line.starts_with('|'));
            return Some(table(&rows));
        }
        if item(line).is_some() {
            return Some(self.list(line));
        }
        let is_text = |line: &str| {
            !line.is_empty()
                && !line.starts_with("#+")
                && !line.starts_with('|')
                && item(line).is_none()
        };
        let from = self.at;
        self.at += 1;
        while self.lines.get(self.at).is_some_and(|l| is_text(l.trim()) && heading(l).is_none()) {
            self.at += 1;
        }
        let text: Vec<&str> = self.lines[from..self.at].iter().map(|line| line.trim()).collect();
        Some(Content::Paragraph(to_markdown(&text.join("\n"))))
    }

    /// `#+NAME: value` and `#+BEGIN_NAME … #+END_NAME`.
    fn keyword(&mut self, name: &str) -> Option<Content> {
        let lower = name.to_ascii_lowercase();
        if let Some(block) = lower.strip_prefix("begin_") {
            let mut words = block.split_whitespace();
            let kind = words.next().unwrap_or_default().to_owned();
            let language = words.next().filter(|_| kind == "src").unwrap_or_default().to_owned();
            return self.delimited(&kind, language);
        }
        self.at += 1;
        if let Some((key, value)) = name.split_once(':') {
            match key.to_ascii_lowercase().as_str() {
                "title" => self.document.title = clean(&to_markdown(value.trim())),
                "filetags" => self.document.tags.extend(tags(value)),
                _ => {}
            }
        }
        None
    }

    fn delimited(&mut self, kind: &str, language: String) -> Option<Content> {
        let end = format!("#+end_{kind}");
        let from = self.at + 1;
        self.skip_to(|line| line.to_ascii_lowercase().starts_with(&end));
        let to = self.at.saturating_sub(1).clamp(from, self.lines.len());
        let body = &self.lines[from.min(to)..to];
        match kind {
            "src" | "example" | "export" | "verse" => {
                let shared = body.iter().filter(|l| !l.trim().is_empty()).map(|l| indent(l)).min();
                let cut = |line: &&str| line.get(shared.unwrap_or(0)..).unwrap_or("").to_owned();
                // A comma escapes lines that look like headings.
                let line = |line: String| match line.trim_start().strip_prefix(',') {
                    Some(rest) if rest.starts_with(['*', '#']) => rest.to_owned(),
                    _ => line,
                };
                let code: Vec<String> = body.iter().map(cut).map(line).collect();
                Some(Content::Code { language, text: code.join("\n") })
            }
            "comment" => None,
            _ if self.depth == MAX_DEPTH => {
                Some(Content::Code { language: String::new(), text: body.join("\n") })
            }
            _ => {
                let (depth, document) = (self.depth + 1, Document::default());
                let cards = Vec::new();
                let states = self.states.clone();
                let mut parser = OrgParser { lines: body, at: 0, depth, cards, states, document };
                let mut blocks = parser.blocks(0);
                for block in &mut blocks {
                    block.line += from as u32;
                }
                Some(match kind {
                    "quote" => Content::Quote(blocks),
                    _ => Content::Admonition { label: label(kind), body: blocks },
                })
            }
        }
    }

    fn list(&mut self, first: &str) -> Content {
        let column = indent(first);
        let start = item(first).and_then(|item| item.number);
        let mut items = Vec::new();
        while let Some(&line) = self.lines.get(self.at) {
            let Some(found) = item(line).filter(|_| indent(line) == column) else { break };
            let number = self.at as u32 + 1;
            self.at += 1;
            let mut text = vec![found.text];
            while let Some(&next) = self.lines.get(self.at) {
                let continues = !next.trim().is_empty()
                    && indent(next) > column
                    && item(next).is_none()
                    && !next.trim_start().starts_with("#+")
                    && !next.trim_start().starts_with('|');
                if !continues {
                    break;
                }
                text.push(next.trim());
                self.at += 1;
            }
            let text = text.join("\n");
            let (term, text) = match text.split_once(" :: ") {
                Some((term, rest)) => (format!("{}: ", strong(term)), rest.to_owned()),
                None => (String::new(), text),
            };
            let paragraph = format!("{term}{}", to_markdown(&text));
            let mut body = vec![Block::new(number, Content::Paragraph(paragraph))];
            body.extend(self.blocks(column + 1));
            items.push(Item { line: number, done: found.done, body });
        }
        Content::List { start, items }
    }

    fn take_while(&mut self, continues: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let from = self.at;
        while self.lines.get(self.at).is_some_and(|line| continues(line.trim())) {
            self.at += 1;
        }
        self.lines[from..self.at].to_vec()
    }

    /// Skips to the next heading that is not below one of `level`.
    fn skip_section(&mut self, level: u8) {
        let rest = self.lines[self.at..].iter();
        let length = rest.take_while(|line| heading(line).is_none_or(|(own, _)| own > level));
        self.at += length.count();
    }

    /// Skips past the line that ends a block, or to the end.
    fn skip_to(&mut self, ends: impl Fn(&str) -> bool) {
        self.at += 1;
        while let Some(line) = self.lines.get(self.at) {
            self.at += 1;
            if ends(line.trim()) {
                return;
            }
        }
    }
}

fn strong(term: &str) -> String {
    crate::markup::source::emphasise(&to_markdown(term), "**")
}

fn label(kind: &str) -> String {
    let mut chars = kind.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A heading without its TODO state, priority and tags.
fn titled(level: u8, text: &str, states: &[&str]) -> Content {
    let (first, after) = text.split_once(' ').unwrap_or((text, ""));
    let mut text = if states.contains(&first) { after.trim() } else { text };
    if let Some((_, after)) =
        text.split_once("] ").filter(|(mark, _)| mark.len() == 3 && mark.starts_with("[#"))
    {
        text = after.trim();
    }
    let mut own = Vec::new();
    // Statistics cookies: `[1/2]`, `[50%]`.
    let is_cookie = |word: &str| {
        let inner = word.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
        inner.is_some_and(|inner| {
            inner.contains(['/', '%']) && inner.chars().all(|c| matches!(c, '0'..='9' | '/' | '%'))
        })
    };
    if let Some((title, last)) = text.rsplit_once(' ')
        && is_cookie(last)
    {
        text = title.trim();
    }
    if let Some((title, last)) = text.rsplit_once([' ', '\t'])
        && last.len() > 2
        && last.starts_with(':')
        && last.ends_with(':')
    {
        own = tags(last);
        text = title.trim();
    }
    Content::Heading { level, text: to_markdown(text), tags: own }
}

fn tags(list: &str) -> Vec<String> {
    let tags = list.split([':', ' ']).filter(|tag| !tag.is_empty());
    tags.map(str::to_owned).collect()
}

fn is_planning(line: &str) -> bool {
    ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|word| line.starts_with(word))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

struct OrgItem<'a> {
    number: Option<u64>,
    done: Option<bool>,
    text: &'a str,
}

fn item(line: &str) -> Option<OrgItem<'_>> {
    let bare = line.trim_start();
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = bare.len() - digits.len();
    let is_indented = bare.len() < line.len();
    let (number, text) = match count {
        0 if bare.starts_with(['-', '+']) || is_indented && bare.starts_with('*') => {
            (None, &bare[1..])
        }
        1..=6 if digits.starts_with(['.', ')']) => (bare[..count].parse().ok(), &digits[1..]),
        _ => return None,
    };
    let text = text.strip_prefix(' ').or_else(|| text.is_empty().then_some(""))?.trim();
    let (done, text) = match text.get(..4) {
        Some("[X] " | "[x] ") => (Some(true), &text[4..]),
        Some("[ ] " | "[-] ") => (Some(false), &text[4..]),
        _ => (None, text),
    };
    Some(OrgItem { number, done, text })
}

fn table(rows: &[&str]) -> Content {
    let is_rule = |row: &&str| row.trim_start().starts_with("|-");
    let cells = |row: &&str| -> Vec<String> {
        row.trim().trim_matches('|').split('|').map(|cell| to_markdown(cell.trim())).collect()
    };
    let has_header = rows.get(1).is_some_and(is_rule);
    let mut rows: Vec<Vec<String>> = rows.iter().filter(|row| !is_rule(row)).map(cells).collect();
    let header = if has_header && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn pairs(text: &str) -> Vec<(String, String)> {
        testing::pairs(testing::read(&Org, text))
    }

    #[test]
    fn headings_blocks_and_lists() {
        let text = "#+TITLE: Pumps\n#+TODO: OPEN(o) | SHUT\n* OPEN Why does it *drip*? :water:\n:PROPERTIES:\n:ID: 1\n:END:\nThe /seal/, see [[https://a.example][here]].\n\
            - one ~x~\n  - two\n#+begin_src sh\n  turn\n#+end_src\n* TODO Loud noise\n| a | b |\n|---+---|\n| 1 | 2 |\n";
        let expected = [
            (
                "Why does it drip?",
                "The *seal*, see [here](https://a.example).\n\n- one `x`\n  - two\n\n```sh\nturn\n```",
            ),
            ("Loud noise", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ];
        assert_eq!(pairs(text), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
