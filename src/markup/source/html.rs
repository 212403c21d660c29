//! Converts HTML to Markdown.
//!
//! Elements without a Markdown equivalent keep their tags, without attributes: `<kbd>`, `<sub>` and
//! `<sup>`, and `<br>` in table cells. The layout knows no other tags.

mod inline;
mod table;

use super::depth::limit_depth;
#[cfg(feature = "anki")]
use super::dom::text;
use super::dom::{attribute, children, own_text, parent, sanitise_texts, tag};
use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};
use markup5ever_rcdom::{Node, NodeData};
use std::cell::LazyCell;
use std::rc::Rc;

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
            .add_handler(vec!["code", "tt", "samp"], inline::code)
            .add_handler(vec!["sup", "sub", "kbd"], inline::kept_tag)
            .add_handler(vec!["del", "s", "strike"], inline::struck)
            .add_handler(vec!["u", "ins", "cite", "dfn", "var"], inline::emphasised)
            .add_handler(vec!["b", "strong", "mark"], inline::strong)
            .add_handler(vec!["i", "em"], inline::emphasised)
            .add_handler(vec!["q"], inline::quoted)
            .add_handler(vec!["summary"], inline::summary)
            .add_handler(vec!["dt"], inline::term)
            .add_handler(vec!["dd"], inline::definition)
            .add_handler(vec!["table"], table::table)
            .skip_tags(vec!["script", "style", "noscript", "template", "button", "svg", "form"])
            .build()
    });
}

/// Converts preformatted text to a code block, with or without a `code` element inside.
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
    let code = code.replace('~', CODE_TILDE);
    Some(format!("\n\n{fence}{language}\n{code}\n{fence}\n\n").into())
}

fn add_raw_text(node: &Node, out: &mut String) {
    match (own_text(node), tag(node)) {
        (Some(text), _) => out.push_str(&text),
        (_, "br") => out.push('\n'),
        _ => node.children.borrow().iter().for_each(|child| add_raw_text(child, out)),
    }
}

/// The language of a code block, according to its classes or those of the elements around it.
fn language(pre: &Rc<Node>) -> String {
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
pub(crate) fn parse(html: &str) -> Rc<Node> {
    let limited = limit_depth(html);
    let root = CONVERTER.with(|converter| {
        // Reading from memory cannot fail.
        converter.html_to_tree(&limited).unwrap_or_else(|_| Node::new(NodeData::Document))
    });
    sanitise_texts(&root);
    root
}

/// Converts a part of a page to Markdown.
pub(crate) fn markdown(node: &Rc<Node>) -> String {
    let text = CONVERTER.with(|converter| converter.tree_to_markdown(node));
    with_literal_tildes(text.trim().replace('¶', ""))
}

/// Stands for `~~` around deleted text until the text is escaped.
const STRIKE_MARK: &str = "\u{fdd0}";
/// Stands for `~` in code until the text is escaped.
const CODE_TILDE: &str = "\u{fdd1}";

/// Escapes the tildes of texts, which would strike out what is between two of them. Behind a slash
/// they are part of an address.
fn with_literal_tildes(text: String) -> String {
    let tildes = text.matches('~').count();
    if tildes == 0 && !text.contains(['\u{fdd0}', '\u{fdd1}']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + tildes);
    let mut before = ' ';
    let mut is_escaped = false;
    for c in text.chars() {
        is_escaped = before == '\\' && !is_escaped;
        match c {
            '~' if tildes > 1 && before != '/' && !is_escaped => out.push_str("\\~"),
            '\u{fdd0}' => out.push_str("~~"),
            '\u{fdd1}' => out.push('~'),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Converts a fragment of HTML to Markdown.
pub(crate) fn to_markdown(html: &str) -> String {
    markdown(&parse(html))
}

/// Closing tags and line breaks that only HTML has; text about HTML has them in code.
const SIGNS: &[&str] = &[
    "</p>",
    "</div>",
    "</li>",
    "</ul>",
    "</a>",
    "</b>",
    "</strong>",
    "</span>",
    "</em>",
    "</i>",
    "</td>",
    "</h",
    "</pre>",
    "</code>",
    "</sup>",
    "</sub>",
    "<br",
];

/// Converts a title in HTML to plain text.
#[cfg(feature = "anki")]
pub(crate) fn html_title(html: &str) -> String {
    if html.contains(['<', '&']) { text(&parse(html)) } else { html.to_owned() }
}

/// Whether a text of unknown format is HTML.
pub(crate) fn is_html(text: &str) -> bool {
    if text.contains('`') {
        return false;
    }
    let begins = text.trim_start().starts_with('<');
    let mut found = SIGNS.iter().flat_map(|sign| text.match_indices(sign));
    found.any(|(at, sign)| begins || !is_mentioned(text, at, sign))
}

/// Whether a closing tag is surrounded by blanks, as its opening tag is: `between <b> and </b>`.
fn is_mentioned(text: &str, at: usize, sign: &str) -> bool {
    let Some(name) = sign.strip_prefix("</") else { return false };
    let before = &text[..at];
    let open = before.rfind(&format!("<{name}")).map(|open| &before[open + name.len() + 1..]);
    before.ends_with(' ') && open.is_none_or(|inside| inside.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_marks() {
        for (html, expected) in [
            (
                "<p>See <a href=\"https://a.b\">this</a>:</p><ul><li>one</li><li>two</li></ul>",
                "See [this](https://a.b):\n\n- one\n- two",
            ),
            (
                "10<sup>6</sup> x<sub>i</sub> <del>old</del> <kbd>q</kbd>",
                "10⁶ x<sub>i</sub> ~~old~~ <kbd>q</kbd>",
            ),
            (
                "<dl><dt>Gear</dt><dd>A wheel</dd><dt>Oil</dt><dd>Slips</dd></dl>",
                "Gear\n: A wheel\n\nOil\n: Slips",
            ),
            ("<details><summary>More</summary><p>So.</p></details>", "**More**\n\nSo."),
            (
                "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3|4</td></tr></table>",
                "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 1 | 3\\|4 |",
            ),
            ("a&#27;[31mb", "ab"),
            ("<p>a ~~b~~ ~c~ <del>d</del></p>", "a \\~\\~b\\~\\~ \\~c\\~ ~~d~~"),
            ("<p>~5 <code>~~x~~</code> <a href=\"/~ann\">h</a></p>", "\\~5 `~~x~~` [h](/~ann)"),
            ("<pre>~~a~~</pre>", "```\n~~a~~\n```"),
            (
                "<code> <b>ls</b>  -l*\n<i>a</i></code> <code><a href=\"u.html\">man</a></code>",
                "`ls -l* a` [`man`](u.html)",
            ),
            ("see <code>a<br>b</code>.", "see `a`  \n`b`."),
            ("<p><code>a |<br>\n b*</code></p>", "```\na |\nb*\n```"),
        ] {
            assert_eq!(to_markdown(html), expected);
        }
    }

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
    }
}
