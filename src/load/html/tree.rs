//! The tree of a page: parsing, reading texts, turning parts into Markdown.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};
use markup5ever_rcdom::{Node, NodeData};
use std::cell::LazyCell;
use std::rc::Rc;

/// Browsers stop at 512; a parser's time grows with the square of it.
const DEEPEST: usize = 150;
/// Every list around a line indents it again.
const DEEPEST_LIST: usize = 12;

thread_local! {
    static CONVERTER: LazyCell<HtmlToMarkdown> = LazyCell::new(|| {
        let options = Options {
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        HtmlToMarkdown::builder()
            .options(options)
            .scripting_enabled(false)
            .add_handler(vec!["pre"], preformatted)
            .skip_tags(vec!["script", "style", "noscript", "template", "button", "svg", "form"])
            .build()
    });
}

/// Preformatted text is a code block, with a `code` inside or, as most generators write it, with
/// none.
#[expect(
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    reason = "the shape that the converter wants"
)]
fn preformatted(_: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let mut code = String::new();
    add_raw_text(element.node, &mut code);
    let code = code.trim_matches(['\n', '\r']).trim_end();
    if code.trim().is_empty() {
        return Some("".into());
    }
    let mut fence = "```".to_owned();
    while code.contains(&fence) {
        fence.push('`');
    }
    let language = language(element.node);
    Some(format!("\n\n{fence}{language}\n{code}\n{fence}\n\n").into())
}

fn add_raw_text(node: &Node, out: &mut String) {
    match (own_text(node), tag(node)) {
        (Some(text), _) => out.push_str(&text),
        (_, "br") => out.push('\n'),
        _ => node.children.borrow().iter().for_each(|child| add_raw_text(child, out)),
    }
}

/// The language of a code block, as its classes or those of the elements around it say.
fn language(pre: &Rc<Node>) -> String {
    let parent = |node: &Rc<Node>| {
        let parent = node.parent.take();
        let found = parent.as_ref().and_then(std::rc::Weak::upgrade);
        node.parent.set(parent);
        found
    };
    let around = parent(pre);
    let further = around.as_ref().and_then(parent);
    let inside = children(pre).into_iter().find(|child| tag(child) == "code");
    let near = [inside, Some(Rc::clone(pre)), around, further];
    let classes = near.iter().flatten().filter_map(|node| attribute(node, "class"));
    let classes: Vec<String> = classes.collect();
    let mut names = classes.iter().flat_map(|classes| classes.split_whitespace());
    let prefixes = ["language-", "lang-", "highlight-source-", "highlight-"];
    let name = names.find_map(|name| prefixes.iter().find_map(|p| name.strip_prefix(p)));
    let is_name = |name: &&str| {
        !matches!(*name, "default" | "none" | "text" | "notranslate")
            && name.chars().all(|c| c.is_alphanumeric() || "+-#_".contains(c))
    };
    name.filter(is_name).unwrap_or_default().to_owned()
}

/// The root of the tree of a text.
pub(super) fn parse(html: &str) -> Rc<Node> {
    let limited = limit_depth(html);
    CONVERTER.with(|converter| {
        // Reading from memory does not fail.
        converter.html_to_tree(&limited).unwrap_or_else(|_| Node::new(NodeData::Document))
    })
}

/// A part of a page as Markdown.
pub(super) fn markdown(node: &Rc<Node>) -> String {
    let text = CONVERTER.with(|converter| converter.tree_to_markdown(node));
    text.trim().replace('¶', "")
}

/// A piece of HTML as Markdown.
pub(in crate::load) fn to_markdown(html: &str) -> String {
    markdown(&parse(html))
}

/// The tag of an element, lower case; empty for text.
pub(super) fn tag(node: &Node) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

pub(super) fn attribute(node: &Node, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

pub(super) fn children(node: &Node) -> Vec<Rc<Node>> {
    node.children.borrow().clone()
}

/// Whether a node is text, and what it says.
pub(super) fn own_text(node: &Node) -> Option<String> {
    match &node.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    }
}

/// All text below a node, its white space squeezed, links to itself left out.
pub(super) fn text(node: &Node) -> String {
    let mut out = String::new();
    add_text(node, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace('¶', "").trim().to_owned()
}

fn add_text(node: &Node, out: &mut String) {
    if let Some(text) = own_text(node) {
        out.push_str(&text);
        return;
    }
    if matches!(tag(node), "script" | "style" | "template" | "svg") {
        return;
    }
    if tag(node) == "img" {
        out.push_str(&attribute(node, "alt").unwrap_or_default());
    }
    if matches!(tag(node), "br" | "td" | "li" | "p" | "div") {
        out.push(' ');
    }
    for child in node.children.borrow().iter() {
        add_text(child, out);
    }
}

/// Every node below one, in the page's order, itself first.
pub(super) fn descendants(root: &Rc<Node>) -> Vec<Rc<Node>> {
    let mut found = Vec::new();
    let mut waiting = vec![Rc::clone(root)];
    while let Some(node) = waiting.pop() {
        waiting.extend(children(&node).into_iter().rev());
        found.push(node);
    }
    found
}

/// Without the tags that open elements too deep below others, nor those that close them.
fn limit_depth(html: &str) -> String {
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
    fn preformatted_text_is_a_code_block() {
        for (html, expected) in [
            ("<pre>\nTitle\n=====\n\n# x <b>y</b>\n</pre>", "```\nTitle\n=====\n\n# x y\n```"),
            ("<pre><code class=language-rust>let a;\n</code></pre>", "```rust\nlet a;\n```"),
            (
                "<div class='highlight-python notranslate'><div class=highlight><pre><span>a</span>=1<br>b</pre></div></div>",
                "```python\na=1\nb\n```",
            ),
            ("<p>So:<pre>a ``` b</pre>", "So:\n\n````\na ``` b\n````"),
            ("<ul><li>x<pre>a\n  b</pre></li></ul>", "- x\n\n  ```\n  a\n    b\n  ```"),
        ] {
            assert_eq!(to_markdown(html), expected);
        }
    }

    #[test]
    fn deep_pages_are_cut_flat() {
        let deep = "<ul><li>x".repeat(64_000);
        let root = parse(&deep);
        assert!(markdown(&root).len() > 64_000);
        let usual = "<div><p>a<p>b<br></div><script>if (a < b) {}</script><p>c</p>";
        assert_eq!(limit_depth(usual), usual);
    }
}
