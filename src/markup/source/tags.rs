//! Removes HTML tags from a text that is only measured or compared.

/// Removes HTML tags; `<T>` inside code stays.
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

/// The end of the tag that starts here, if there is one.
fn tag_end(text: &str) -> Option<usize> {
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is_tag = TAGS.contains(&name[..length].to_ascii_lowercase().as_str());
    is_tag.then(|| text.find('>').map(|end| end + 1)).flatten()
}
