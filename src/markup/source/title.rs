//! Titles as plain text: without emphasis, links, tags, anchors.

use super::entities::decode;

/// Markdown and HTML of one title as plain text.
pub(crate) fn clean(markup: &str) -> String {
    let text = without_attributes(markup.trim());
    let text = without_links(text.trim_end_matches('#').trim());
    let text = without_tags(&text);
    let text = decode(&text);
    let text = text.replace("~~", "").replace("**", "").replace("¶", "");
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(chars.next());
            }
            '`' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    strip_pair(out.trim()).to_owned()
}

/// `_title_` and `*title*` as a whole.
fn strip_pair(text: &str) -> &str {
    for sign in ['*', '_'] {
        if let Some(inner) = text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign))
            && !inner.contains(sign)
        {
            return inner.trim();
        }
    }
    text.trim_matches('*').trim()
}

/// Without `{#id}` at the end.
fn without_attributes(text: &str) -> &str {
    match text.rfind('{') {
        Some(at) if text.ends_with('}') && text[at..].starts_with("{#") => text[..at].trim_end(),
        Some(at) if text.ends_with('}') && text[at..].starts_with("{:") => text[..at].trim_end(),
        _ => text,
    }
}

/// `[text](address)` and `[text][name]` as `text`; pictures as their alternative text.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(close) = matching(&rest[open..], '[', ']') else { break };
        let label = &rest[open + 1..open + close];
        let after = &rest[open + close + 1..];
        let escaped = rest[..open].ends_with('\\');
        let target = match after.chars().next().filter(|_| !escaped) {
            Some('(') => matching(after, '(', ')'),
            Some('[') => matching(after, '[', ']'),
            _ => None,
        };
        let before = &rest[..open];
        let before =
            if target.is_some() { before.strip_suffix('!').unwrap_or(before) } else { before };
        out.push_str(before);
        if let Some(end) = target {
            out.push_str(&without_links(label));
            rest = &after[end + 1..];
        } else {
            out.push_str(&rest[open..=open + close]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
        if at > 2000 {
            break;
        }
    }
    None
}

/// Without HTML tags; `<T>` inside code stays.
pub(crate) fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('`') {
            code = !code;
        } else if let (false, Some(end)) = (code || out.ends_with('\\'), tag_end(rest)) {
            if rest.starts_with("<br") {
                out.push(' ');
            }
            rest = &rest[end..];
            continue;
        }
        out.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

const TAGS: &[&str] = &[
    "a", "b", "br", "i", "u", "s", "em", "strong", "span", "div", "p", "code", "kbd", "sub", "sup",
    "img", "font", "del", "ins", "strike", "small", "big", "tt", "summary", "details", "mark",
    "h1", "h2", "h3", "h4", "h5", "h6", "center", "hr", "abbr", "cite", "q", "li", "ul", "ol",
    "svg", "path", "button", "input", "label",
];

/// Where the tag that begins here ends, if one does.
fn tag_end(text: &str) -> Option<usize> {
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is_tag = TAGS.contains(&name[..length].to_ascii_lowercase().as_str());
    is_tag.then(|| text.find('>').map(|end| end + 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes() {
        for (text, plain) in [
            ("What is `Vec<T>`? {#vec}", "What is Vec<T>?"),
            ("[Run](lib/Run.htm) *it* <kbd>x</kbd> &amp; go ##", "Run *it* x & go"),
            ("~~**Old**~~ `a`", "Old a"),
            ("<a name=\"x\"></a>Why ![pic](y)?", "Why pic?"),
            ("won\\'t", "won't"),
            ("a [b] c", "a [b] c"),
        ] {
            assert_eq!(clean(text), plain);
        }
    }
}
