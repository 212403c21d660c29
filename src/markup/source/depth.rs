//! Limits HTML before it is parsed: the time and memory of a parser grow with the square of the
//! depth, with the square of the attributes of a tag, and with a hundred times the number of tags.
//!
//! Removes only tags; text stays.

use memchr::{memchr, memmem};

/// The maximum depth of elements; browsers stop at 512.
const MAX_DEPTH: usize = 150;
/// The maximum depth of lists: each one around a line indents it.
const MAX_LIST_DEPTH: usize = 12;
/// The maximum depth of formatting elements: a parser reopens unclosed ones in every paragraph.
const MAX_FORMATTING_DEPTH: usize = 16;
/// The maximum depth of tables: layouts of old pages nest a few.
const MAX_TABLE_DEPTH: usize = 12;
/// The maximum attributes of a tag: a parser compares each with those before it.
const MAX_ATTRIBUTES: usize = 256;
/// How many tags any page may have, and the bytes of a page for each further one: an element takes
/// about 300 bytes of memory.
const MAX_TAGS: usize = 250_000;
const BYTES_PER_TAG: usize = 16;

/// Removes tags that open elements too deeply nested, those that close them, and those beyond the
/// limit for a page of this size; removes the attributes of tags that have too many.
pub(crate) fn limit_depth(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open = Open::default();
    let mut tags = MAX_TAGS + html.len() / BYTES_PER_TAG;
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((name, closes)) = tag_name(rest) else {
            let (markup, after) = rest.split_at(end_of_other(rest));
            out.push_str(markup);
            rest = after;
            continue;
        };
        let tag = Tag::read(rest);
        let (whole, after) = rest.split_at(tag.length);
        rest = after;
        if tags > 0 && open.keeps(&name, closes, whole) {
            tags -= 1;
            if tag.attributes > MAX_ATTRIBUTES {
                out.push('<');
                out.push_str(&name);
                out.push('>');
            } else {
                out.push_str(whole);
            }
        }
        if !closes && RAW.contains(&name.as_str()) {
            let end = find_closing(rest, &name).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// Elements whose content has no tags.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The end of a comment, a declaration or a sign that is not a tag.
fn end_of_other(text: &str) -> usize {
    if text.starts_with("<!--") {
        let mut from = 2;
        while let Some(at) = memmem::find(&text.as_bytes()[from..], b"--") {
            let after = &text[from + at + 2..];
            if after.starts_with('>') {
                return from + at + 3;
            }
            if after.starts_with("!>") {
                return from + at + 4;
            }
            from += at + 1;
        }
        return text.len();
    }
    let is_bogus = text[1..].starts_with(['!', '?', '/']);
    if is_bogus { memchr(b'>', text.as_bytes()).map_or(text.len(), |end| end + 1) } else { 1 }
}

/// The extent of a tag.
struct Tag {
    /// The length in bytes, with its angle brackets.
    length: usize,
    attributes: usize,
}

impl Tag {
    /// Parses the tag at the start of `text`, as the HTML standard does.
    fn read(text: &str) -> Self {
        /// The part of the tag that the next character belongs to.
        #[derive(Clone, Copy, PartialEq)]
        enum At {
            Space,
            Name,
            BeforeValue,
            Unquoted,
            Quoted(u8),
        }
        let mut at = At::Name;
        let mut attributes = 0;
        for (n, &byte) in text.as_bytes().iter().enumerate().skip(2) {
            at = match (at, byte) {
                (At::Quoted(quote), byte) if byte == quote => At::Space,
                (At::Quoted(_), _) | (At::BeforeValue, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => {
                    at
                }
                (_, b'>') => return Self { length: n + 1, attributes },
                (At::BeforeValue, b'"' | b'\'') => At::Quoted(byte),
                (At::Unquoted, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => At::Space,
                (At::BeforeValue | At::Unquoted, _) => At::Unquoted,
                (_, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => At::Space,
                // A value may follow after a name and blanks.
                (At::Name, b'=') => At::BeforeValue,
                (At::Space, b'=') if attributes > 0 => At::BeforeValue,
                (At::Space, _) => {
                    attributes += 1;
                    At::Name
                }
                (At::Name, _) => at,
            };
        }
        Self { length: text.len(), attributes }
    }
}

/// The number of open elements of each kind.
struct Open {
    lists: Depth,
    tables: Depth,
    formatting: Depth,
    others: Depth,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            lists: Depth::new(MAX_LIST_DEPTH),
            tables: Depth::new(MAX_TABLE_DEPTH),
            formatting: Depth::new(MAX_FORMATTING_DEPTH),
            others: Depth::new(MAX_DEPTH),
        }
    }
}

impl Open {
    /// Whether to keep the next tag.
    fn keeps(&mut self, name: &str, closes: bool, whole: &str) -> bool {
        match name {
            "ul" | "ol" | "blockquote" | "dl" => self.lists.keeps(closes),
            "table" => self.tables.keeps(closes),
            "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small"
            | "strike" | "strong" | "tt" | "u" => self.formatting.keeps(closes),
            name if SHALLOW.contains(&name) || whole.ends_with("/>") => true,
            _ => self.others.keeps(closes),
        }
    }
}

/// The number of open elements, and of those that were not allowed to open.
struct Depth {
    most: usize,
    open: usize,
    dropped: usize,
}

impl Depth {
    fn new(most: usize) -> Self {
        Self { most, open: 0, dropped: 0 }
    }

    /// Whether to keep the next tag, which opens or closes an element.
    fn keeps(&mut self, closes: bool) -> bool {
        let fits = if closes { self.dropped == 0 } else { self.open < self.most };
        match (fits, closes) {
            (true, false) => self.open += 1,
            (true, true) => self.open = self.open.saturating_sub(1),
            (false, false) => self.dropped += 1,
            (false, true) => self.dropped -= 1,
        }
        fits
    }
}

/// Elements that have no children, or that end where the next one starts.
const SHALLOW: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "br", "hr",
    "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr",
    "html", "head", "body", "rt", "rp",
];

fn tag_name(text: &str) -> Option<(String, bool)> {
    let closes = text[1..].starts_with('/');
    let name = &text[1 + usize::from(closes)..];
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts && end <= 40).then(|| (name[..end].to_ascii_lowercase(), closes))
}

/// The start of the closing tag of this name.
fn find_closing(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"</").find(|&at| {
        let found = bytes.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shallow_pages_stay_as_they_are() {
        let usual = "<div><p>a<p>b<br></div><script>if (a < b) {}</script><p>c</p>";
        assert_eq!(limit_depth(usual), usual);
    }
    #[test]
    fn tags_end_where_the_standard_says() {
        for (text, length, attributes) in [
            ("<p>x", 3, 0),
            ("<p a b=c d = 'e>' f=\">\">x", 24, 4),
            ("<p a='>", 7, 1),
            ("<a href=x/y/z>", 14, 1),
            ("<br/>", 5, 0),
            ("<p =a>", 6, 1),
            ("</p>", 4, 0),
        ] {
            let tag = Tag::read(text);
            assert_eq!((tag.length, tag.attributes), (length, attributes), "{text}");
        }
    }

    #[test]
    fn tags_with_too_many_attributes_lose_them() {
        let many = " a=\">\"".repeat(1000);
        assert_eq!(limit_depth(&format!("<p{many}>x</p>")), "<p>x</p>");
        let hidden = format!("<!-- <b x=\" --!><xmp><b x=\"</xmp><p{many}>x</p>");
        assert!(limit_depth(&hidden).ends_with("</xmp><p>x</p>"));
    }
}
