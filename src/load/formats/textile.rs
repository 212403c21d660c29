//! Textile: `h2.`, `bc.`, `bq.`, lists, tables. The crate `textile` (0.2) writes HTML and is
//! unmaintained.

mod table;

use crate::load::document::{Block, Content, Document, Item};
use crate::load::inline::{Found, Inline, Mark, Style, within};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::markup::source::{link, tagged};

pub(crate) struct Textile;

impl Loader for Textile {
    fn name(&self) -> &'static str {
        "textile"
    }

    fn description(&self) -> &'static str {
        "Textile: headings, lists, blocks, tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".textile"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let headings = peek.text.lines().filter(|line| heading(line).is_some()).count();
        if headings > 1 { 70 } else { 0 }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let lines: Vec<&str> = source.text.trim_start_matches('\u{feff}').lines().collect();
        Document { blocks: blocks(&lines), ..Document::default() }.parsed(source)
    }
}

/// The name of a block (`h2`, `bc`, `bq`, `p`, ...), whether it continues over blank lines, its
/// text.
fn signature(line: &str) -> Option<(&str, bool, &str)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = &line[..end];
    let is_name = matches!(
        name,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "bc" | "bq" | "pre" | "notextile"
    ) || name.starts_with("fn")
        && name.len() > 2
        && name[2..].bytes().all(|b| b.is_ascii_digit());
    if !is_name {
        return None;
    }
    // Class, style, language and alignment come between the name and the dot.
    let rest = &line[end..];
    let dot = rest.find('.')?;
    let is_style = dot == 0 || rest.starts_with(['(', '{', '[', '<', '>', '=']);
    let (is_extended, text) = match rest[dot + 1..].strip_prefix('.') {
        Some(text) => (true, text),
        None => (false, &rest[dot + 1..]),
    };
    (is_style && (text.starts_with(' ') || text.is_empty()))
        .then(|| (name, is_extended, text.trim_start()))
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let (name, _, text) = signature(line)?;
    Some((name.strip_prefix('h')?.parse().ok()?, text))
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (line, number) = (lines[at], at as u32 + 1);
        if line.trim().is_empty() {
            at += 1;
            continue;
        }
        let from = at;
        let content = if let Some((name, is_extended, first)) = signature(line) {
            at = end_of(lines, at, is_extended);
            let mut body = vec![first];
            body.extend(&lines[from + 1..at]);
            while body.last().is_some_and(|line| line.trim().is_empty()) {
                body.pop();
            }
            block(name, &body, number)
        } else if list_marks(line).is_some() {
            while at < lines.len() && list_marks(lines[at]).is_some() {
                at += 1;
            }
            let mut rest = &lines[from..at];
            list(&mut rest, 1, number)
        } else if table::is_opening(line) && lines.get(at + 1).is_some_and(|l| table::is_row(l)) {
            at += 1;
            continue;
        } else if table::is_row(line) {
            at += lines[at..].iter().take_while(|line| table::is_row(line)).count();
            table::read(&lines[from..at])
        } else if let Some((term, first)) = definition(line) {
            at += 1;
            let more = lines[at..]
                .iter()
                .take_while(|line| !line.trim().is_empty() && definition(line).is_none());
            at += more.count();
            let mut body = if first.is_empty() { Vec::new() } else { vec![first] };
            body.extend(&lines[from + 1..at]);
            // The end of a definition of several lines.
            if let Some(last) = body.last_mut() {
                *last = last.trim_end().trim_end_matches("=:");
            }
            let body = vec![Block::new(number, Content::Paragraph(text(&body)))];
            Content::Definition { term: text(&[term]), body }
        } else if line.starts_with("<pre") {
            let close = lines[at..].iter().position(|line| line.contains("</pre>"));
            at += close.map_or(lines.len() - at, |close| close + 1);
            Content::Raw(crate::markup::source::to_markdown(&lines[from..at].join("\n")))
        } else {
            at = end_of(lines, at, false);
            Content::Paragraph(text(&lines[from..at]))
        };
        blocks.push(Block::new(number, content));
    }
    blocks
}

/// The line after a block: the next blank one, or the next that begins a block.
fn end_of(lines: &[&str], from: usize, is_extended: bool) -> usize {
    let ends =
        |line: &&str| if is_extended { signature(line).is_some() } else { line.trim().is_empty() };
    lines[from + 1..].iter().position(ends).map_or(lines.len(), |at| from + 1 + at)
}

fn block(name: &str, body: &[&str], number: u32) -> Content {
    match name {
        "bc" | "pre" | "notextile" => {
            Content::Code { language: String::new(), text: body.join("\n") }
        }
        "bq" => Content::Quote(vec![Block::new(number, Content::Paragraph(text(body)))]),
        "p" => Content::Paragraph(text(body)),
        _ if name.starts_with("fn") => Content::Paragraph(format!("{} {}", &name[2..], text(body))),
        _ => {
            let level = name.strip_prefix('h').and_then(|level| level.parse().ok()).unwrap_or(1);
            Content::Heading { level, text: text(body), tags: Vec::new() }
        }
    }
}

/// Running text, with its line breaks.
fn text(lines: &[&str]) -> String {
    let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
    INLINE.to_markdown(&text).replace('\n', "\\\n")
}

fn list_marks(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_start_matches(['*', '#']);
    let marks = &line[..line.len() - text.len()];
    (!marks.is_empty() && text.starts_with(' ')).then(|| (marks, text.trim()))
}

/// Term and definition of `- term := definition`.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (term, text) = line.strip_prefix("- ")?.split_once(" :=")?;
    (!term.trim().is_empty() && (text.is_empty() || text.starts_with(' ')))
        .then_some((term.trim(), text.trim()))
}

/// Longer list marks count as this depth.
const MAX_DEPTH: usize = 12;

/// The list of items with marks of length `depth`; longer ones nest.
fn list(lines: &mut &[&str], depth: usize, number: u32) -> Content {
    let mut items: Vec<Item> = Vec::new();
    let is_numbered =
        lines.first().is_some_and(|line| line[..].chars().nth(depth - 1) == Some('#'));
    while let Some((marks, line)) = lines.first().and_then(|line| list_marks(line)) {
        let level = marks.len().min(MAX_DEPTH);
        if level < depth {
            break;
        }
        if level > depth {
            let nested = Block::new(number, list(lines, depth + 1, number));
            match items.last_mut() {
                Some(item) => item.body.push(nested),
                None => items.push(Item { line: number, done: None, body: vec![nested] }),
            }
        } else {
            *lines = &lines[1..];
            let body = vec![Block::new(number, Content::Paragraph(text(&[line])))];
            items.push(Item { line: number, done: None, body });
        }
    }
    Content::List { start: is_numbered.then_some(1), items }
}

const INLINE: Inline<'_> = Inline {
    marks: &[
        Mark::pair("<code>", "</code>", Style::Code),
        Mark::pair("==", "==", Style::Literal),
        Mark::word("@", Style::Code),
        Mark::word("**", Style::Strong),
        Mark::word("__", Style::Emphasis),
        Mark::word("*", Style::Strong),
        Mark::word("_", Style::Emphasis),
        Mark::word("??", Style::Emphasis),
        Mark::word("-", Style::Strike),
        Mark::word("^", Style::Tag("sup")),
        Mark::word("~", Style::Tag("sub")),
    ],
    other: &other,
};

fn other(text: &str, before: Option<char>) -> Found {
    match text.chars().next()? {
        '"' => labelled(text),
        '%' if before.is_none_or(|c| !c.is_alphanumeric()) => span(text),
        '!' if before.is_none_or(char::is_whitespace) => image(text),
        '[' => {
            let end = within(text, 8).find(']')?;
            let is_note = end > 1 && text[1..end].bytes().all(|b| b.is_ascii_digit());
            is_note.then(|| (tagged("sup", &text[1..end]), end + 1))
        }
        _ => None,
    }
}

/// `%{color:red}text%` becomes its text.
fn span(text: &str) -> Found {
    let mut inner = &text[1..];
    for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
        let styled = inner.strip_prefix(open).and_then(|rest| within(rest, 200).find(close));
        inner = styled.map_or(inner, |end| &inner[end + 2..]);
    }
    let end = within(inner, 500).find('%')?;
    let content = &inner[..end];
    let is_text = !content.is_empty()
        && !content.starts_with(char::is_whitespace)
        && !content.ends_with(|c: char| c.is_whitespace() || c.is_ascii_digit());
    let length = text.len() - inner.len() + end + 1;
    is_text.then(|| (INLINE.to_markdown(content), length))
}

/// `"label":address`.
fn labelled(text: &str) -> Found {
    let inner = &text[1..];
    let end = within(inner, 500).find("\":")?;
    let rest = &inner[end + 2..];
    let stop = rest.find(|c: char| c.is_whitespace() || "\"<>|".contains(c)).unwrap_or(rest.len());
    let url = rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    if url.is_empty() {
        return None;
    }
    Some((link(&INLINE.to_markdown(&inner[..end]), url), 1 + end + 2 + url.len()))
}

/// `!path(label)!`.
fn image(text: &str) -> Found {
    let inner = &text[1..];
    let end = within(inner, 500).find('!')?;
    let content = &inner[..end];
    if content.is_empty()
        || content.contains(' ') && !content.contains('(')
        || content.starts_with(' ')
    {
        return None;
    }
    let (path, label) = content.split_once('(').unwrap_or((content, ""));
    path.contains('.').then(|| (format!("![{}]({path})", label.trim_end_matches(')')), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn blocks_lists_and_running_text() {
        let text = "h1. Pumps\n\nh2(x). Why does it *drip*?\n\nThe _seal_ and @a*b@, \"here\":https://a.example.\nNew line.\n\nbc.. turn()\n\non()\n\np. After.\n\n* one\n** deep\n* two\n\nh2. Loud noise\n\n|_. Name |_. Size |\n| small | 10 |\n\nbq. So it is.\n";
        let found = testing::read(&Textile, text);
        let pairs = testing::pairs(found);
        let expected = [
            (
                "Why does it drip?",
                "The *seal* and `a*b`, [here](https://a.example).\\\nNew line.\n\n```\nturn()\n\non()\n```\n\nAfter.\n\n- one\n  - deep\n- two",
            ),
            ("Loud noise", "| Name | Size |\n| --- | --- |\n| small | 10 |\n\n> So it is."),
        ];
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
