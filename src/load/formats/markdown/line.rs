//! Classifies single lines of Markdown.

use crate::markup::source::without_tags;

/// One item of a list.
pub(crate) struct ListItem<'a> {
    pub(crate) indent: u8,
    pub(crate) numbered: bool,
    pub(crate) text: &'a str,
}

pub(crate) fn list_item(line: &str) -> Option<ListItem<'_>> {
    let bare = line.trim_start();
    let indent = indent_of(line);
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = bare.len() - digits.len();
    let (numbered, text) = if (1..=4).contains(&count) && digits.starts_with(['.', ')']) {
        (true, &digits[1..])
    } else if count == 0 && bare.starts_with(['-', '*', '+', '•']) {
        (
            false,
            bare.trim_start_matches(['-', '+', '•'])
                .strip_prefix('*')
                .unwrap_or(&bare[bare.chars().next()?.len_utf8()..]),
        )
    } else {
        return None;
    };
    let trimmed = text.trim_start();
    (trimmed.len() < text.len() && !trimmed.is_empty()).then_some(ListItem {
        indent,
        numbered,
        text: trimmed,
    })
}

pub(crate) fn indent_of(line: &str) -> u8 {
    let columns = line.chars().take_while(|c| c.is_whitespace());
    columns.map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>().min(200) as u8
}

/// Without the marks of lists and quotes, which may precede a fence.
pub(crate) fn bare_of_containers(line: &str) -> &str {
    let bare = line.trim_start().trim_start_matches(['>', ' ']);
    list_item(bare).map_or(bare, |item| item.text)
}

pub(crate) fn fence_of(bare: &str) -> Option<(char, usize)> {
    let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = bare.chars().take_while(|&c| c == sign).count();
    (length >= 3 && !bare[length..].contains('`')).then_some((sign, length))
}

/// `^name`, by which Obsidian refers to the block above.
fn is_block_id(line: &str) -> bool {
    line.strip_prefix('^').is_some_and(|name| {
        name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// A line that only a site generator reads.
pub(crate) fn is_import(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("import ") && (line.contains(" from ") || line.ends_with(';')))
        || line.starts_with("export ") && line.contains(['=', '{'])
        || matches!(line, "[[toc]]" | "[TOC]" | "[[_TOC_]]")
        || line.starts_with("{:") && line.ends_with('}')
        || line.starts_with("{/*") && line.ends_with("*/}")
        || line.starts_with("*[") && line.contains("]: ")
        || is_block_id(line)
        || line.starts_with("<TOC")
}

/// A line of only tags: `</p>`, `<br>`, `<a name="x"></a>`, `<div class=…>`.
pub(crate) fn is_only_tags(line: &str) -> bool {
    let bare = line.trim();
    bare.starts_with('<')
        && bare.ends_with('>')
        && !bare.contains("<img")
        && without_tags(bare).trim().is_empty()
}

pub(crate) fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let sign = signs.next().filter(|sign| matches!(sign, '-' | '*' | '_' | '='));
    sign.is_some_and(|sign| {
        let mut others = 0;
        signs.inspect(|_| others += 1).all(|c| c == sign) && others >= 2
    })
}

/// A line that mostly consists of links to places of the same page.
pub(crate) fn is_contents(line: &str) -> bool {
    if !line.contains("](#") && !line.contains("href=\"#") {
        return false;
    }
    let mut linked = 0;
    let mut other = 0;
    let mut rest = line;
    while let Some(at) = rest.find("](#") {
        let open = rest[..at].rfind('[').unwrap_or(0);
        other += letters(&rest[..open]);
        linked += letters(&rest[open..at]);
        let end = rest[at..].find(')').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[end..];
    }
    while let Some(at) = rest.find("href=\"#") {
        let open = rest[..at].rfind('<').unwrap_or(0);
        other += letters(&without_tags(&rest[..open]));
        let start = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let end = rest[start..].find("</a>").map_or(rest.len(), |end| start + end);
        linked += letters(&rest[start..end]);
        rest = &rest[end..];
    }
    other += letters(&without_tags(rest));
    linked > 0 && other * 4 <= linked
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
