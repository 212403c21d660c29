//! A tag of raw HTML, and whether it really is HTML.

use crate::markup::source::entities::decode;
use std::ops::Range;

/// A tag within a paragraph.
#[derive(Debug, Clone)]
pub(super) struct RawTag {
    /// The name in lower case; empty for comments.
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) range: Range<usize>,
    attributes: String,
    /// Whether it starts with a capital letter, as components of pages do.
    capital: bool,
}

impl RawTag {
    pub(super) fn parse(html: &str, range: Range<usize>) -> Option<Self> {
        let inner = html.strip_prefix('<')?;
        if inner.starts_with(['!', '?']) {
            let (name, attributes) = (String::new(), String::new());
            return Some(Self { name, closes: false, range, attributes, capital: false });
        }
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/').trim_end_matches('>');
        let end = inner
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.' | ':' | '_'))
            .unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(end);
        Some(Self {
            name: name.to_ascii_lowercase(),
            closes,
            range,
            attributes: attributes.trim_end_matches('/').to_owned(),
            capital: name.starts_with(|c: char| c.is_ascii_uppercase()),
        })
    }

    pub(super) fn is_comment(&self) -> bool {
        self.name.is_empty()
    }

    /// Whether it is certainly a tag, even without its pair: it has attributes with values, or is a
    /// void element.
    pub(super) fn is_certain(&self) -> bool {
        let is_void = matches!(self.name.as_str(), "br" | "img" | "hr" | "wbr" | "input" | "p");
        self.is_comment() || self.is_known() && (is_void || self.attributes.contains('='))
    }

    /// Whether it is removed if its pair is missing.
    pub(super) fn is_dropped(&self) -> bool {
        self.is_certain() && !matches!(self.name.as_str(), "br" | "img")
    }

    /// Whether it marks emphasis, which superscripts and subscripts do without.
    pub(super) fn is_emphasis(&self) -> bool {
        matches!(self.name.as_str(), "b" | "strong" | "i" | "em" | "u" | "var" | "span")
    }

    /// Whether it is a tag if its pair exists.
    pub(super) fn may_pair(&self) -> bool {
        self.is_known() || self.capital || self.name.contains(['-', '.'])
    }

    fn is_known(&self) -> bool {
        KNOWN.binary_search(&self.name.as_str()).is_ok()
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        attribute(&self.attributes, name)
    }
}

/// The value of an attribute in `a="1" b='2' c=3`.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end.max(1).min(rest.len()));
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            Some('{') => value[1..].split_once('}').unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decode(value.trim_matches(['"', '\'', '`'])).into_owned());
        }
        rest = after.trim_start();
    }
    None
}

/// Whether a block is HTML, rather than a word in angle brackets.
pub(super) fn is_html(block: &str) -> bool {
    let block = block.trim_start();
    let Some(end) = block.find('>') else { return true };
    let Some(tag) = RawTag::parse(&block[..=end], 0..0) else { return true };
    tag.is_comment() || tag.may_pair()
}

/// Adds the captions of components, which are in attributes: `<Tab title="Linux">`.
pub(super) fn with_labels(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        let (whole, after) = rest.split_at(end + 1);
        out.push_str(whole);
        rest = after;
        if let Some(label) = RawTag::parse(whole, 0..0).and_then(|tag| tag.label()) {
            out.push_str("<p><b>");
            out.push_str(&label.replace('&', "&amp;").replace('<', "&lt;"));
            out.push_str("</b></p>");
        }
    }
    out.push_str(rest);
    out
}

impl RawTag {
    /// The caption of a component.
    pub(super) fn label(&self) -> Option<String> {
        if !self.capital || self.closes {
            return None;
        }
        let names = ["title", "label", "summary", "header", "value"];
        names.iter().find_map(|name| self.attribute(name)).filter(|label| !label.trim().is_empty())
    }
}

/// The names of HTML elements, sorted.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(KNOWN.is_sorted());
    }

    #[test]
    fn attributes_are_read() {
        let tag = RawTag::parse("<A class=x HREF = \"u?a&amp;b\" title='t' on>", 0..0);
        let tag = tag.expect("a tag");
        assert_eq!(tag.attribute("href").as_deref(), Some("u?a&b"));
        assert_eq!(tag.attribute("title").as_deref(), Some("t"));
        assert_eq!(tag.attribute("class").as_deref(), Some("x"));
        assert_eq!(tag.attribute("id"), None);
    }
}
