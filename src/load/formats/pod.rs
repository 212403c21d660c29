//! POD, the documentation of Perl: headings, items, code by indentation, formatting codes.

use crate::load::document::{Block, Content, Document, Item};
use crate::load::inline::within;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::markup::source::{code_span, decode, emphasise, escape_text, link};

pub(crate) struct Pod;

impl Loader for Pod {
    fn name(&self) -> &'static str {
        "pod"
    }

    fn description(&self) -> &'static str {
        "POD, the documentation of Perl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".pod"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let is_head = |line: &str| line.starts_with("=head1 ") || line.starts_with("=head2 ");
        if peek.text.lines().any(is_head) { 80 } else { 0 }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let paragraphs = paragraphs(source.text.trim_start_matches('\u{feff}'));
        let mut parser = PodParser { paragraphs: &paragraphs, at: 0 };
        let blocks = parser.blocks(0);
        let mut document = Document { blocks, ..Document::default() };
        document.take_name();
        document.parsed(source)
    }
}

/// The paragraphs between blank lines, each with the number of its first line. Code outside POD
/// (after `=cut`) is skipped.
fn paragraphs(text: &str) -> Vec<(u32, Vec<&str>)> {
    let mut paragraphs: Vec<(u32, Vec<&str>)> = Vec::new();
    let (mut in_pod, mut begins) = (text.trim_start().starts_with('='), true);
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("=cut") {
            (in_pod, begins) = (false, true);
            continue;
        }
        in_pod |= line.starts_with('=') && line[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        if !in_pod || line.trim().is_empty() {
            begins = true;
        } else if begins {
            paragraphs.push((number, vec![line]));
            begins = false;
        } else if let Some((_, lines)) = paragraphs.last_mut() {
            lines.push(line);
        }
    }
    paragraphs
}

struct PodParser<'a> {
    paragraphs: &'a [(u32, Vec<&'a str>)],
    at: usize,
}

/// Nesting depth of lists; deeper ones belong to the one above.
const MAX_DEPTH: usize = 10;

impl PodParser<'_> {
    /// The blocks up to the end, or to the `=item` or `=back` that ends them in a list.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        while let Some((number, lines)) = self.paragraphs.get(self.at) {
            let (command, argument) = match lines[0].strip_prefix('=') {
                Some(command) => command.split_once(' ').unwrap_or((command, "")),
                None => ("", ""),
            };
            if depth > 0 && (command == "item" || command == "back" || command.starts_with("head"))
            {
                break;
            }
            self.at += 1;
            let rest = std::iter::once(argument).chain(lines[1..].iter().copied());
            let argument = rest.map(str::trim).collect::<Vec<_>>().join(" ");
            let content = match command {
                "" if lines[0].starts_with([' ', '\t']) => {
                    add_code(&mut blocks, *number, lines);
                    continue;
                }
                "" => {
                    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
                    Content::Paragraph(to_markdown(&lines.join("\n")))
                }
                "over" if depth < MAX_DEPTH => {
                    let list = self.list(depth + 1);
                    blocks.extend(list.map(|content| Block::new(*number, content)));
                    continue;
                }
                "begin" => {
                    let is_end = |(_, lines): &(u32, Vec<&str>)| lines[0].starts_with("=end");
                    let rest = &self.paragraphs[self.at..];
                    self.at += rest.iter().position(is_end).map_or(rest.len(), |at| at + 1);
                    continue;
                }
                "item" => Content::Paragraph(to_markdown(&argument)),
                _ => {
                    match command.strip_prefix("head").and_then(|level| level.parse::<u8>().ok()) {
                        Some(level) => Content::Heading {
                            level: level.saturating_add(1),
                            text: to_markdown(&argument),
                            tags: Vec::new(),
                        },
                        None => continue,
                    }
                }
            };
            blocks.push(Block::new(*number, content));
        }
        blocks
    }

    /// The list after `=over`: items with bullets, numbers or terms; without items a quote.
    fn list(&mut self, depth: usize) -> Option<Content> {
        let mut items = Vec::new();
        let mut start = None;
        let before = self.blocks(depth);
        while let Some((number, lines)) = self.paragraphs.get(self.at) {
            let Some(label) = lines[0].strip_prefix("=item") else { break };
            self.at += 1;
            let label = label.trim();
            let digits = label.trim_start_matches(|c: char| c.is_ascii_digit());
            let text = if let Some(text) = label.strip_prefix(['*', '-']) {
                to_markdown(text.trim())
            } else if digits.len() < label.len() {
                start = start.or_else(|| label[..label.len() - digits.len()].parse().ok());
                to_markdown(digits.trim_start_matches(['.', ')']).trim())
            } else {
                emphasise(&to_markdown(label), "**")
            };
            let mut body = Vec::new();
            if !text.is_empty() {
                body.push(Block::new(*number, Content::Paragraph(text)));
            }
            body.extend(self.blocks(depth));
            items.push(Item { line: *number, done: None, body });
        }
        if self.paragraphs.get(self.at).is_some_and(|(_, lines)| lines[0].starts_with("=back")) {
            self.at += 1;
        }
        if items.is_empty() {
            return (!before.is_empty()).then_some(Content::Quote(before));
        }
        Some(Content::List { start, items })
    }
}

/// Adds code; code after a blank line continues the previous code block.
fn add_code(blocks: &mut Vec<Block>, number: u32, lines: &[&str]) {
    let shared = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let code: Vec<&str> = lines.iter().map(|line| &line[shared..]).collect();
    let code = code.join("\n");
    match blocks.last_mut().map(|block| &mut block.content) {
        Some(Content::Code { text, .. }) => {
            text.push_str("\n\n");
            text.push_str(&code);
        }
        _ => blocks.push(Block::new(number, Content::Code { language: String::new(), text: code })),
    }
}

/// A formatting code longer than this is not closed.
const MAX_CODE_BYTES: usize = 2_000;

/// Converts `B<bold>`, `C<code>`, `L<label|target>` and the like, also with repeated brackets.
fn to_markdown(text: &str) -> String {
    converted(text, 0)
}

fn converted(text: &str, depth: usize) -> String {
    let mut out = String::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(next) = text[at..].find('<') {
        let open = at + next;
        let letter = text[..open].chars().next_back().filter(char::is_ascii_uppercase);
        let found = letter.filter(|_| depth < 12).and_then(|letter| {
            let (content, length) = enclosed(&text[open..])?;
            Some((coded(letter, content, depth)?, length))
        });
        if let Some((markdown, length)) = found {
            out.push_str(&escape_text(&text[plain..open - 1]));
            out.push_str(&markdown);
            at = open + length;
            plain = at;
        } else {
            at = open + 1;
        }
    }
    out.push_str(&escape_text(&text[plain..]));
    out
}

/// The content between `<` and `>`, or between `<< ` and ` >>`, and the length including these.
fn enclosed(text: &str) -> Option<(&str, usize)> {
    let count = text.len() - text.trim_start_matches('<').len();
    if count > 1 && text[count..].starts_with(' ') {
        let close = format!(" {}", ">".repeat(count));
        let inner = within(&text[count..], MAX_CODE_BYTES);
        let end = inner.find(&close)?;
        return Some((inner[..end].trim(), count + end + close.len()));
    }
    let inner = within(&text[1..], MAX_CODE_BYTES);
    let mut depth = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '<' if inner[..at].ends_with(|c: char| c.is_ascii_uppercase()) => depth += 1,
            '>' if depth == 0 => return Some((&inner[..at], at + 2)),
            '>' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn coded(letter: char, content: &str, depth: usize) -> Option<String> {
    let inner = || converted(content, depth + 1);
    Some(match letter {
        'B' => emphasise(&inner(), "**"),
        'I' => emphasise(&inner(), "*"),
        'F' | 'C' => code_span(&plain(content)),
        'S' => inner(),
        'E' => escape_text(&entity(content)).into_owned(),
        'L' => {
            let (label, target) = content.split_once('|').unwrap_or(("", content));
            if target.contains("://") || target.starts_with("mailto:") {
                link(&converted(label, depth + 1), target)
            } else if label.is_empty() {
                converted(target.trim_matches(['/', '"']), depth + 1)
            } else {
                converted(label, depth + 1)
            }
        }
        'X' | 'Z' => String::new(),
        _ => return None,
    })
}

/// Code without its formatting codes.
fn plain(content: &str) -> String {
    content
        .replace("E<lt>", "<")
        .replace("E<gt>", ">")
        .replace("E<sol>", "/")
        .replace("E<verbar>", "|")
}

fn entity(name: &str) -> String {
    match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "sol" => "/".into(),
        "verbar" => "|".into(),
        _ if name.bytes().all(|b| b.is_ascii_digit()) => decode(&format!("&#{name};")).into_owned(),
        _ => decode(&format!("&{name};")).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn headings_items_code_and_codes() {
        let text = "package Pump;\n\n=head1 Pumps\n\n=head2 Why does it B<drip>?\n\nThe I<seal>, see L<here|https://a.example>\nor C<< a->b >> E<lt>3.\n\n  turn();\n\n  # on\n\n=over 4\n\n=item * one\n\n=item * two\n\nmore\n\n=back\n\n=head2 Loud noise\n\n=over\n\n=item 1. first\n\n=item 2. second\n\n=back\n\n=cut\n\nsub x {}\n";
        let found = testing::read(&Pod, text);
        let pairs = testing::pairs(found);
        let expected = [
            (
                "Why does it drip?",
                "The *seal*, see [here](https://a.example)\nor `a->b` <3.\n\n```\nturn();\n\n# on\n```\n\n- one\n\n- two\n\n  more",
            ),
            ("Loud noise", "1. first\n2. second"),
        ];
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
