//! The little that is read of HTML inside Markdown: tags, texts and characters by name.

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// `<name attributes>` or `</name>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    pub closes: bool,
    /// What stands between the name and the `>`.
    attributes: &'a str,
    /// All of it.
    pub whole: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, its characters by name read.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            if rest.is_empty() {
                return None;
            }
            let found = rest[..end].eq_ignore_ascii_case(name);
            rest = rest[end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                let quote = after.chars().next().filter(|&c| c == '"' || c == '\'');
                (value, rest) = match quote {
                    Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                };
            }
            if found {
                return Some(decode(value).into_owned());
            }
        }
    }
}

/// Splits HTML into tags and texts. Comments, declarations, scripts and styles are left out;
/// what only looks like a tag is text.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some(after) = skipped(rest) {
                rest = after;
                continue;
            }
            if let Some((tag, after)) = tag(rest) {
                rest = after;
                if !tag.closes && matches!(tag.name.as_ref(), "script" | "style") {
                    let end = format!("</{}", tag.name);
                    let lower = rest.to_ascii_lowercase();
                    rest = lower.find(&end).map_or("", |at| &rest[at..]);
                    continue;
                }
                return Some(Token::Tag(tag));
            }
            let len = memchr::memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |at| at + 1);
            let (text, after) = rest.split_at(len);
            rest = after;
            return Some(Token::Text(text));
        }
    })
}

/// What follows a comment or declaration at the beginning of `html`.
fn skipped(html: &str) -> Option<&str> {
    let end = if html.starts_with("<!--") {
        "-->"
    } else if html.starts_with("<?") {
        "?>"
    } else if html.starts_with("<!") {
        ">"
    } else {
        return None;
    };
    Some(html.find(end).map_or("", |at| &html[at + end.len()..]))
}

fn tag(html: &str) -> Option<(Tag<'_>, &str)> {
    let inner = html.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_len =
        inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let (name, after) = inner.split_at(name_len);
    let end = tag_end(after)?;
    let rest = &after[end + 1..];
    let name = if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    };
    let whole = &html[..html.len() - rest.len()];
    Some((Tag { name, closes, attributes: &after[..end], whole }, rest))
}

/// Where the `>` is that is not in a quoted value.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether HTML knows a tag of this name; `Vec<String>` has none.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.binary_search(&name).is_ok()
}

const KNOWN: [&str; 97] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "path",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Reads the characters that are written by name or number.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        if let Some((c, end)) = end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "middot" => '·',
        "bull" => '•',
        "times" => '×',
        "deg" => '°',
        "larr" => '←',
        "rarr" => '→',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "euro" => '€',
        "pound" => '£',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_and_texts() {
        let legible: Vec<_> =
            tokens("a<B id='x>y'>b</b><!-- no --> 1 < 2 <script>x</script>é<br/>")
                .map(|token| match token {
                    Token::Text(text) => text.to_owned(),
                    Token::Tag(tag) => format!("{}{}", if tag.closes { "/" } else { "" }, tag.name),
                })
                .collect();
        assert_eq!(legible, ["a", "b", "b", "/b", " 1 ", "< 2 ", "/script", "é", "br"]);
    }

    #[test]
    fn attributes() {
        let Some(Token::Tag(tag)) = tokens("<a class=x HREF = \"u?a&amp;b\" title='t'>").next()
        else {
            panic!("a tag");
        };
        assert_eq!(tag.attribute("href").as_deref(), Some("u?a&b"));
        assert_eq!(tag.attribute("title").as_deref(), Some("t"));
        assert_eq!(tag.attribute("class").as_deref(), Some("x"));
        assert_eq!(tag.attribute("id"), None);
    }

    #[test]
    fn the_names_are_in_order() {
        assert!(KNOWN.is_sorted());
        assert!(is_known("kbd") && !is_known("string"));
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[<>/!a-c =\"'é&;#-]{0,40}") {
            let shown: usize = tokens(&text).map(|t| match t {
                Token::Text(text) => text.len(),
                Token::Tag(tag) => tag.whole.len(),
            }).sum();
            prop_assert!(shown <= text.len());
            decode(&text);
        }
    }
}
