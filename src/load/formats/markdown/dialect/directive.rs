//! Directives of `MyST`: fences whose language is a name in braces, with options in their first lines.
//! <https://mystmd.org/guide/directives>

use super::container::Container;
use super::line::{DialectLine, replace_braces};
use super::opening::{ComponentSpan, ContainerOpening};
use crate::load::inline::within;

/// A longer role is text.
const MAX_ROLE_BYTES: usize = 1_000;
/// Directives without a text of their own.
const HIDDEN: &[&str] =
    &["toctree", "tableofcontents", "contents", "index", "bibliography", "target", "margin-toc"];
/// Directives with code in the language that they are given.
const CODE: &[&str] = &["code-block", "code", "sourcecode", "code-cell"];
/// Directives that are converted as containers of the same name.
const CONTAINERS: &[&str] = &[
    "admonition",
    "note",
    "seealso",
    "hint",
    "tip",
    "important",
    "attention",
    "warning",
    "caution",
    "danger",
    "error",
    "dropdown",
    "tab-set",
    "tab-item",
    "grid",
    "grid-item",
    "grid-item-card",
    "card",
    "sidebar",
    "topic",
    "epigraph",
    "margin",
    "div",
    "list-table",
    "csv-table",
    "table",
];

/// A fence that opens a directive: ```` ```{name} argument ````. Others are code, such as the chunks
/// of R Markdown.
pub(super) fn fenced(bare: &str) -> Option<ContainerOpening> {
    let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = bare.trim_start_matches(sign);
    let mark = &bare[..bare.len() - rest.len()];
    let (name, argument) = rest.strip_prefix('{').filter(|_| mark.len() >= 3)?.split_once('}')?;
    let argument = argument.trim();
    let container = if HIDDEN.contains(&name) {
        Container::Hidden
    } else if CODE.contains(&name) {
        Container::Code(argument.split_whitespace().next().unwrap_or_default().to_owned())
    } else if name == "math" {
        Container::Formula
    } else if matches!(name, "image" | "figure") {
        Container::Image { address: argument.to_owned(), description: String::new() }
    } else if CONTAINERS.contains(&name) {
        Container::of(name, argument.to_owned(), name == "dropdown")
    } else {
        return None;
    };
    let mark = mark.to_owned();
    let span = ComponentSpan::Until { open: mark.clone(), close: vec![mark] };
    Some(ContainerOpening { container, span })
}

/// Whether a line opens a directive: a fence or colons before a name in braces.
pub(super) fn is_directive(line: &str) -> bool {
    let bare = line.trim_start();
    let rest = bare.trim_start_matches([':', '`', '~']);
    bare.len() - rest.len() >= 3 && rest.starts_with('{')
}

/// The body of a directive without its options, `:name: value` or between lines of `---`; and the
/// names and values of these.
pub(super) fn without_options(
    mut body: Vec<DialectLine<'_>>,
) -> (Vec<DialectLine<'_>>, Vec<(String, String)>) {
    let bare = |line: &DialectLine<'_>| line.text.trim().to_owned();
    let is_block = body.first().is_some_and(|line| bare(line) == "---");
    let count = if is_block {
        let end = body.iter().skip(1).position(|line| bare(line) == "---");
        end.map_or(0, |end| end + 2)
    } else {
        body.iter().take_while(|line| option(&line.text).is_some()).count()
    };
    let options: Vec<DialectLine<'_>> = body.drain(..count).collect();
    let named = options.iter().filter_map(|line| {
        let (name, value) = option(&line.text).or_else(|| line.text.split_once(':'))?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    });
    (body, named.collect())
}

/// Name and value of `:name: value`.
fn option(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// A target of references, `(name)=`, alone on its line.
pub(super) fn target(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('(')?.strip_suffix(")=")?;
    (!name.is_empty() && !name.contains([' ', '(', ')'])).then_some(name)
}

/// A line without the roles of `MyST`: `` {kbd}`x` `` and the like become what they show. `None` when
/// it has none. `title` gives the heading at a target.
pub(super) fn without_roles<'t>(
    line: &str,
    title: impl Fn(&str) -> Option<&'t str>,
) -> Option<String> {
    if !line.contains("}`") {
        return None;
    }
    replace_braces(line, |text| {
        let (name, content, length) = role(text)?;
        Some((length, shown(name, content, &title)))
    })
}

/// Name, content and length of the role at the beginning of a text.
fn role(text: &str) -> Option<(&str, &str, usize)> {
    let text = within(text, MAX_ROLE_BYTES);
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '.' | '+'));
    let (content, _) = rest.strip_prefix('`').filter(|_| is_name)?.split_once('`')?;
    (!content.is_empty()).then(|| (name, content, name.len() + content.len() + 4))
}

/// What a role shows, as Markdown; the domain before a colon does not matter.
fn shown<'t>(name: &str, content: &str, title: impl Fn(&str) -> Option<&'t str>) -> String {
    let labelled = content.strip_suffix('>').and_then(|inner| inner.rsplit_once('<'));
    let label = labelled.map(|(label, _)| label.trim()).filter(|label| !label.is_empty());
    let short = content.trim_start_matches(['~', '!']);
    // `external+other:doc`, `cite:p`.
    let name =
        if name.starts_with("cite") { "cite" } else { name.rsplit(':').next().unwrap_or(name) };
    match name {
        "ref" | "numref" | "doc" | "eq" | "term" | "any" | "download" => {
            let target = labelled.map_or(content, |(_, target)| target);
            let text = label.or_else(|| title(target)).unwrap_or(target);
            text.trim_start_matches('/').to_owned()
        }
        "kbd" | "sup" | "sub" => format!("<{name}>{content}</{name}>"),
        "superscript" => format!("<sup>{content}</sup>"),
        "subscript" => format!("<sub>{content}</sub>"),
        "math" => format!("${content}$"),
        "abbr" | "cite" | "rfc" => content.to_owned(),
        "guilabel" | "menuselection" | "strong" => format!("**{content}**"),
        "emphasis" => format!("*{content}*"),
        _ => format!("`{}`", label.unwrap_or(short)),
    }
}
