//! Removes what a wiki page does not show: comments, templates, switches. Line numbers are kept.

use std::collections::HashMap;

/// The content of these tags is literal.
const VERBATIM: &[&str] = &["nowiki", "pre", "syntaxhighlight", "source", "math", "chem"];
/// Templates that show their text as code.
const CODE_TEMPLATES: &[&str] = &["code", "ic", "tt", "kbd", "key", "keypress", "mono"];
/// Templates that show their text as a note.
const NOTE_TEMPLATES: &[&str] = &["note", "tip", "warning", "important", "caution"];

/// The text without comments, templates and switches such as `__TOC__`.
pub(super) fn without_hidden(text: &str) -> String {
    let ends = template_ends(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{', '_']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let start = text.len() - rest.len();
        let whole = ends.get(&start).map(|end| &text[start..*end]);
        let taken = comment(rest)
            .or_else(|| verbatim(rest, &mut out))
            .or_else(|| whole.map(|whole| template(whole, &mut out)))
            .or_else(|| switch(rest));
        if let Some(length) = taken {
            // Removed text keeps its line breaks.
            if !out.ends_with(&rest[..length]) {
                let breaks = rest[..length].matches('\n').count();
                out.extend(std::iter::repeat_n('\n', breaks));
            }
            rest = &rest[length..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn comment(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("<!--")?;
    Some(inner.find("-->").map_or(text.len(), |end| end + 7))
}

/// Copies a verbatim element unchanged.
fn verbatim(text: &str, out: &mut String) -> Option<usize> {
    let name = VERBATIM.iter().find(|name| {
        let rest = text[1..].get(..name.len()).filter(|rest| rest.eq_ignore_ascii_case(name));
        text.starts_with('<')
            && rest.is_some()
            && text[1 + name.len()..].starts_with(['>', ' ', '/'])
    })?;
    let open = text.find('>')?;
    if text[..open].ends_with('/') {
        return Some(open + 1);
    }
    let close = format!("</{name}>");
    let end = text[open..].find(&close).map_or(text.len(), |at| open + at + close.len());
    out.push_str(&text[..end]);
    Some(end)
}

/// Where each template ends, by where it begins: found in one pass, so that opening marks without an
/// end cost no search each.
fn template_ends(text: &str) -> HashMap<usize, usize> {
    let (mut ends, mut open) = (HashMap::new(), Vec::new());
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '}']) {
        at += next;
        if text[at..].starts_with("{{") {
            open.push(at);
            at += 2;
        } else if text[at..].starts_with("}}") {
            at += 2;
            ends.extend(open.pop().map(|start| (start, at)));
        } else {
            at += 1;
        }
    }
    ends
}

/// Reads a template with the nested ones; a few show their text. Returns its length.
fn template(text: &str, out: &mut String) -> usize {
    let inner = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}"));
    let mut parts = inner.unwrap_or_default().splitn(2, '|');
    let name = parts.next().unwrap_or_default().trim().to_lowercase();
    let content = parts.next().unwrap_or_default();
    let content = content.strip_prefix("1=").unwrap_or(content);
    let is_line = !content.contains('\n') && !content.contains("{{");
    if is_line && CODE_TEMPLATES.contains(&name.as_str()) {
        out.extend(["<code>", content, "</code>"]);
    } else if is_line && NOTE_TEMPLATES.contains(&name.as_str()) {
        out.push_str(content);
    } else if name == "!" {
        out.push('|');
    }
    text.len()
}

/// `__TOC__` and its like.
fn switch(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("__")?;
    let name = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    (name > 2 && inner[name..].starts_with("__")).then_some(name + 4)
}
