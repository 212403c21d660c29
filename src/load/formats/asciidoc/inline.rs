//! Running text of AsciiDoc as Markdown.

use crate::load::inline::{Found, Inline, Mark, Style, bare_url, within};
use crate::markup::source::{code_span, escape_text, link};

const INLINE: Inline<'_> = Inline {
    marks: &[
        Mark::anywhere("+++", Style::Literal),
        Mark::anywhere("``", Style::Code),
        Mark::anywhere("**", Style::Strong),
        Mark::anywhere("__", Style::Emphasis),
        Mark::anywhere("##", Style::Plain),
        Mark::word("`", Style::Code),
        Mark::word("*", Style::Strong),
        Mark::word("_", Style::Emphasis),
        Mark::word("#", Style::Plain),
        Mark::word("+", Style::Literal),
        Mark::anywhere("^", Style::Tag("sup")),
        Mark::anywhere("~", Style::Tag("sub")),
    ],
    other: &other,
};

/// Emphasis, code, links, macros. Attributes have been replaced before.
pub(super) fn to_markdown(text: &str) -> String {
    let markdown = INLINE.to_markdown(text);
    let breaks = markdown.replace(" +\n", "\\\n");
    breaks.strip_suffix(" +").map(str::to_owned).unwrap_or(breaks)
}

fn other(text: &str, before: Option<char>) -> Found {
    match text.chars().next()? {
        '\\' => escaped(text),
        '<' => cross_reference(text),
        '[' => anchor(text),
        '"' | '\'' => curved_quotes(text),
        '(' => index_term(text),
        _ => address(text, before).or_else(|| named_macro(text)),
    }
}

/// `\*not bold*`: an escaped sign is literal.
fn escaped(text: &str) -> Found {
    let sign = text[1..].chars().next().filter(|c| "*_`#^~+<[{\\".contains(*c))?;
    Some((escape_text(&sign.to_string()).into_owned(), 1 + sign.len_utf8()))
}

/// `<<id,label>>`; without a label the id becomes the label.
fn cross_reference(text: &str) -> Found {
    let inner = text.strip_prefix("<<")?;
    let end = within(inner, 300).find(">>")?;
    let (id, label) = inner[..end].split_once(',').unwrap_or((&inner[..end], ""));
    let label = if label.trim().is_empty() { title_of(id) } else { label.trim().to_owned() };
    Some((INLINE.to_markdown(&label), end + 4))
}

/// An id such as `how-to_start` as words.
fn title_of(id: &str) -> String {
    let id = id.rsplit('#').next().unwrap_or(id).trim_start_matches('_');
    id.replace(['_', '-'], " ")
}

/// `[[id]]` is removed; `[.role]#text#` becomes its text.
fn anchor(text: &str) -> Found {
    if let Some(inner) = text.strip_prefix("[[") {
        let end = within(inner, 200).find("]]")?;
        return Some((String::new(), end + 4));
    }
    let end = within(text, 100).find(']')?;
    let is_role =
        text[1..].starts_with(['.', '#']) || text[1..end].chars().all(char::is_alphanumeric);
    (is_role && text[end + 1..].starts_with(['#', '*', '_', '`'])).then(|| (String::new(), end + 1))
}

/// `"` with `` ` ``: curved quotation marks.
fn curved_quotes(text: &str) -> Found {
    let (open, close, left, right) = match text.as_bytes().first()? {
        b'"' => ("\"`", "`\"", '“', '”'),
        _ => ("'`", "`'", '‘', '’'),
    };
    let inner = text.strip_prefix(open)?;
    let end = within(inner, 500).find(close)?;
    Some((format!("{left}{}{right}", INLINE.to_markdown(&inner[..end])), end + 4))
}

/// `((term))` is shown, `(((term)))` is only indexed.
fn index_term(text: &str) -> Found {
    if let Some(inner) = text.strip_prefix("(((") {
        let end = within(inner, 300).find(")))")?;
        return Some((String::new(), end + 6));
    }
    let inner = text.strip_prefix("((")?;
    let end = within(inner, 300).find("))")?;
    Some((INLINE.to_markdown(&inner[..end]), end + 4))
}

/// An address, bare or followed by its label in brackets.
fn address(text: &str, before: Option<char>) -> Found {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let length = bare_url(text).or_else(|| {
        let rest = text.strip_prefix("mailto:")?;
        Some("mailto:".len() + rest.find(|c: char| c.is_whitespace() || "[]<>".contains(c))?)
    })?;
    let (label, taken) =
        bracketed(&text[length..]).map_or(("", 0), |label| (label, label.len() + 2));
    if label.is_empty() && taken == 0 {
        return text.starts_with("http").then(|| (format!("<{}>", &text[..length]), length));
    }
    Some((labelled(label, &text[..length]), length + taken))
}

/// A link whose label may end with options after a comma: `label,window=_blank` or `label^`.
fn labelled(label: &str, url: &str) -> String {
    let label = match label.rsplit_once(',') {
        Some((label, option)) if option.contains('=') => label,
        _ => label,
    };
    let label = label.trim_end_matches('^').trim_matches('"');
    link(&INLINE.to_markdown(label), url)
}

/// The content of `[...]` at the beginning of a text.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let mut depth = 0;
    for (at, c) in within(inner, 1_000).char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(&inner[..at]),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `name:target[content]`.
fn named_macro(text: &str) -> Found {
    const NAMES: &[&str] = &[
        "link",
        "xref",
        "image",
        "icon",
        "kbd",
        "btn",
        "menu",
        "footnote",
        "footnoteref",
        "pass",
        "stem",
        "latexmath",
        "asciimath",
        "anchor",
        "indexterm",
        "indexterm2",
    ];
    let name = NAMES.iter().filter(|name| {
        text.strip_prefix(**name)
            .is_some_and(|rest| rest.starts_with(':') && !rest.starts_with("::"))
    });
    let name = name.max_by_key(|name| name.len())?;
    let rest = &text[name.len() + 1..];
    let open = within(rest, 500).find(|c: char| c.is_whitespace() || c == '[')?;
    let content = bracketed(&rest[open..])?;
    let target = &rest[..open];
    let length = name.len() + 1 + open + content.len() + 2;
    let first = content.split(',').next().unwrap_or_default().trim_matches(['"', ' ']);
    let markdown = match *name {
        "link" => labelled(content, target),
        "xref" if content.is_empty() => escape_text(&title_of(target)).into_owned(),
        "xref" | "indexterm2" => INLINE.to_markdown(content),
        "image" => format!("![{}]({target})", escape_text(first)),
        "kbd" => format!("<kbd>{}</kbd>", escape_text(content)),
        "btn" => format!("**{}**", escape_text(content)),
        "menu" => {
            let path = [target.replace('_', " "), content.replace('>', "›")];
            format!("**{}**", escape_text(path.join(" › ").trim_end_matches(" › ")))
        }
        "footnote" | "footnoteref" => format!(" ({})", INLINE.to_markdown(content)),
        "pass" => escape_text(content).into_owned(),
        "stem" | "latexmath" | "asciimath" => code_span(content),
        // Anchors, icons and index terms are not shown.
        _ => String::new(),
    };
    Some((markdown, length))
}
