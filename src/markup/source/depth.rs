//! Cuts HTML that is nested too deep flat, before it is parsed: a parser's time grows with the
//! square of the depth.

/// Browsers stop at 512.
const DEEPEST: usize = 150;
/// Every list around a line indents it again.
const DEEPEST_LIST: usize = 12;

/// Without the tags that open elements too deep below others, nor those that close them.
pub(crate) fn limit_depth(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut elements = Depth::new(DEEPEST);
    let mut lists = Depth::new(DEEPEST_LIST);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((name, closes)) = tag_name(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let (whole, after) = rest.split_at(end);
        rest = after;
        let keep = match name.as_str() {
            "ul" | "ol" | "blockquote" | "dl" => lists.keeps(closes),
            name if SHALLOW.contains(&name) || whole.ends_with("/>") => true,
            _ => elements.keeps(closes),
        };
        if keep {
            out.push_str(whole);
        }
        if !closes && matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            let close = format!("</{name}");
            let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// How many elements are open, and how many were not let open.
struct Depth {
    most: usize,
    open: usize,
    dropped: usize,
}

impl Depth {
    fn new(most: usize) -> Self {
        Self { most, open: 0, dropped: 0 }
    }

    /// Whether the next tag, which opens or closes an element, stays.
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

/// Elements that never hold others, or that end where the next begins.
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

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).find(|&at| {
        bytes
            .get(at..at + wanted.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
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
}
