//! Removes what a wiki page does not show: comments, templates, switches. Line numbers are kept.

/// The content of these tags is literal.
const VERBATIM: &[&str] = &["nowiki", "pre", "syntaxhighlight", "source"];
/// Templates that show their text as code.
const CODE_TEMPLATES: &[&str] = &["code", "ic", "tt", "kbd", "key", "keypress", "mono"];
/// Templates that show their text as a note.
const NOTE_TEMPLATES: &[&str] = &["note", "tip", "warning", "important", "caution"];

/// The text without comments, templates and switches such as `__TOC__`.
pub(super) fn without_hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{', '_']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = comment(rest)
            .or_else(|| verbatim(rest, &mut out))
            .or_else(|| template(rest, &mut out))
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

/// Reads a template with nested ones; a few show their text.
fn template(text: &str, out: &mut String) -> Option<usize> {
    if !text.starts_with("{{") {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(next) = text[at..].find(['{', '}']) {
        at += next;
        if text[at..].starts_with("{{") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("}}") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    if depth > 0 {
        return None;
    }
    let mut parts = text[2..at - 2].splitn(2, '|');
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
    Some(at)
}

/// `__TOC__` and its like.
fn switch(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("__")?;
    let name = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    (name > 2 && inner[name..].starts_with("__")).then_some(name + 4)
}
