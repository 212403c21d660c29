//! Lists of AsciiDoc: items nest by their marks, blocks join by `+`.

use super::blocks::{BlockAttributes, Delimiter, Parser, section};
use crate::load::document::{Block, Content, Item};

/// The mark of an item (`*`, `..`, `1.`, `<1>`) and its text. Numbers and letters are one mark each.
fn item(line: &str) -> Option<(String, &str)> {
    let bare = line.trim_start();
    let (mark, text) = bare.split_once([' ', '\t'])?;
    let of_signs = |sign: char, most: usize| mark.len() <= most && mark.chars().all(|c| c == sign);
    let digits =
        |text: &str| !text.is_empty() && text.len() < 5 && text.bytes().all(|b| b.is_ascii_digit());
    let kind = if of_signs('*', 6) || of_signs('.', 6) || mark == "-" {
        mark.to_owned()
    } else if mark.strip_suffix('.').is_some_and(digits) {
        "1.".to_owned()
    } else if mark
        .strip_prefix('<')
        .and_then(|m| m.strip_suffix('>'))
        .is_some_and(|m| m == "." || digits(m))
    {
        "<1>".to_owned()
    } else {
        return None;
    };
    Some((kind, text.trim()))
}

pub(super) fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// The term of `term:: definition`, its mark and the beginning of its definition.
pub(super) fn term(line: &str) -> Option<(&str, &str, &str)> {
    if line.starts_with("//") || is_item(line) || section(line).is_some() {
        return None;
    }
    let mark = [":::", "::", ";;"].into_iter().find(|mark| {
        line.find(mark).is_some_and(|at| {
            let after = &line[at + mark.len()..];
            at > 0 && (after.is_empty() || after.starts_with([' ', '\t']))
        })
    })?;
    let (term, text) = line.split_once(mark)?;
    let is_macro = !term.contains(' ') && text.trim_start().starts_with('[');
    (!term.trim().is_empty() && !is_macro).then(|| (term.trim(), mark, text.trim()))
}

/// The list that begins here.
pub(super) fn read(parser: &mut Parser<'_>, attributes: &BlockAttributes) -> Content {
    let start = attributes
        .all
        .iter()
        .find_map(|part| part.strip_prefix("start=")?.trim_matches('"').parse().ok());
    nested(parser, &mut Vec::new(), start)
}

fn nested(parser: &mut Parser<'_>, outer: &mut Vec<String>, start: Option<u64>) -> Content {
    let first = parser.line().and_then(item).map_or_else(String::new, |(mark, _)| mark);
    let counts = first.starts_with(['.', '1', '<']);
    let mut items: Vec<Item> = Vec::new();
    outer.push(first.clone());
    while let Some((mark, text)) = parser.line().and_then(item) {
        if mark == first {
            items.push(one(parser, text, outer));
        } else if outer.contains(&mark) || outer.len() > 10 {
            break;
        } else {
            let line = parser.number();
            let list = Block::new(line, nested(parser, outer, None));
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
fn one(parser: &mut Parser<'_>, text: &str, outer: &mut [String]) -> Item {
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
    let _ = outer;
    Item { line, done, body }
}

/// The lines that go on with a text, each after a line break.
fn running_text(parser: &mut Parser<'_>) -> String {
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
            text.push_str(line.trim());
        }
        parser.at += 1;
    }
    text
}

/// The blocks that `+` joins to an item.
fn attached(parser: &mut Parser<'_>, body: &mut Vec<Block>) {
    while parser.line() == Some("+") {
        parser.at += 1;
        let before = body.len();
        // What stands before a block (its title, its language) comes with it.
        while body.len() == before && parser.line().is_some_and(|line| !line.is_empty()) {
            parser.block_into(body);
        }
    }
}

/// Blank lines between the items of a list end nothing.
fn skip_blank_before_item(parser: &mut Parser<'_>) {
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
pub(super) fn definition(parser: &mut Parser<'_>) -> Content {
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
    // A list below a term belongs to it, and so do terms of another mark.
    loop {
        skip_blank_before_item(parser);
        let number = parser.number();
        match parser.line() {
            Some(line) if is_item(line) => {
                let list = read(parser, &BlockAttributes::default());
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
