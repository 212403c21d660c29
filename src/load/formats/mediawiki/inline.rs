//! Running text of MediaWiki as Markdown.

use crate::load::inline::{Found, Inline, Mark, Style, bare_url, within};
use crate::markup::source::{decode, escape_text, link};

const INLINE: Inline<'_> = Inline {
    marks: &[
        Mark::anywhere("'''''", Style::StrongEmphasis),
        Mark::anywhere("'''", Style::Strong),
        Mark::anywhere("''", Style::Emphasis),
        Mark::pair("<nowiki>", "</nowiki>", Style::Literal),
        Mark::pair("<code>", "</code>", Style::Code),
        Mark::pair("<tt>", "</tt>", Style::Code),
        Mark::pair("<var>", "</var>", Style::Code),
        Mark::pair("<samp>", "</samp>", Style::Code),
        Mark::pair("<kbd>", "</kbd>", Style::Tag("kbd")),
        Mark::pair("<b>", "</b>", Style::Strong),
        Mark::pair("<strong>", "</strong>", Style::Strong),
        Mark::pair("<i>", "</i>", Style::Emphasis),
        Mark::pair("<em>", "</em>", Style::Emphasis),
        Mark::pair("<s>", "</s>", Style::Strike),
        Mark::pair("<del>", "</del>", Style::Strike),
        Mark::pair("<strike>", "</strike>", Style::Strike),
        Mark::pair("<sup>", "</sup>", Style::Tag("sup")),
        Mark::pair("<sub>", "</sub>", Style::Tag("sub")),
    ],
    other: &other,
};

/// Emphasis, links, tags.
pub(super) fn to_markdown(text: &str) -> String {
    INLINE.to_markdown(text.trim()).trim().to_owned()
}

fn other(text: &str, before: Option<char>) -> Found {
    match text.chars().next()? {
        '[' => page(text).or_else(|| external(text)),
        '<' => tag(text),
        '&' => {
            let end = within(text, 12).find(';')?;
            let decoded = decode(&text[..=end]).into_owned();
            (decoded != text[..=end]).then(|| (escape_text(&decoded).into_owned(), end + 1))
        }
        'h' | 'f' if before.is_none_or(|c| !c.is_alphanumeric()) => {
            let length = bare_url(text)?;
            Some((format!("<{}>", &text[..length]), length))
        }
        _ => None,
    }
}

/// `[[Page|label]]` becomes its label; files and categories are removed.
fn page(text: &str) -> Found {
    let inner = text.strip_prefix("[[")?;
    let end = within(inner, 1_000).find("]]")?;
    let (target, label) = inner[..end].split_once('|').unwrap_or((&inner[..end], ""));
    let lower = target.trim().to_lowercase();
    let is_hidden =
        ["file:", "image:", "category:", "media:"].iter().any(|name| lower.starts_with(name));
    let shown = match label.trim() {
        _ if is_hidden => String::new(),
        "" => escape_text(target.trim().trim_start_matches([':', '#'])).into_owned(),
        label => to_markdown(label),
    };
    Some((shown, end + 4))
}

/// `[address label]`.
fn external(text: &str) -> Found {
    let inner = text.strip_prefix('[')?;
    let is_address = ["http://", "https://", "//", "mailto:", "ftp://", "irc://"];
    if !is_address.iter().any(|scheme| inner.starts_with(scheme)) {
        return None;
    }
    let end = within(inner, 1_000).find(']')?;
    let (url, label) = inner[..end].split_once(' ').unwrap_or((&inner[..end], ""));
    Some((link(&to_markdown(label), url), end + 2))
}

/// Line breaks and notes; layout tags are removed, their content stays.
fn tag(text: &str) -> Found {
    let end = within(text, 300).find('>')?;
    let name: String =
        text[1..end].chars().take_while(|c| c.is_ascii_alphabetic() || *c == '/').collect();
    match name.to_lowercase().trim_end_matches('/') {
        "br" => Some(("\\\n".into(), end + 1)),
        "ref" if !text[..end].ends_with('/') => {
            // In `<ref</ref>` the end comes before the opening tag is complete.
            let inner = &text[end + 1..];
            let close = within(inner, 2_000).find("</ref>")?;
            Some((format!(" ({})", to_markdown(&inner[..close])), end + 1 + close + 6))
        }
        name @ ("math" | "chem") if !text[..end].ends_with('/') => {
            let inner = &text[end + 1..];
            let close = format!("</{name}>");
            let at = within(inner, 2_000).find(&close)?;
            let formula = inner[..at].split_whitespace().collect::<Vec<_>>().join(" ");
            Some((format!("${formula}$"), end + 1 + at + close.len()))
        }
        "ref" | "references" | "span" | "/span" | "div" | "/div" | "center" | "/center"
        | "font" | "/font" | "small" | "/small" | "big" | "/big" | "u" | "/u" | "p" | "/p"
        | "includeonly" | "/includeonly" | "noinclude" | "/noinclude" | "onlyinclude"
        | "/onlyinclude" | "translate" | "/translate" => Some((String::new(), end + 1)),
        _ => None,
    }
}
