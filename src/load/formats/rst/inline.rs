//! Running text of reStructuredText as Markdown.

use crate::load::inline::{Found, Inline, Mark, Style, bare_url, within};
use crate::load::repeats::Repeats;
use crate::markup::source::{code_span, emphasise, escape_text, link, tagged};
use std::collections::HashMap;

const MARKS: &[Mark] = &[
    Mark::anywhere("``", Style::Code),
    Mark::word("**", Style::Strong),
    Mark::word("*", Style::Emphasis),
];

/// The definitions of names in running text.
#[derive(Debug, Default)]
pub(super) struct References {
    /// Addresses by the normalised names of their targets.
    targets: HashMap<String, String>,
    /// Markup by the name of its substitution.
    substitutions: HashMap<String, String>,
    repeats: Repeats,
}

impl References {
    /// Collects the targets and substitutions of the whole text, in which they may be anywhere.
    pub(super) fn collect(lines: &[&str]) -> Self {
        let mut references = Self::default();
        for line in lines {
            references.repeats.add(line.len());
            let Some(rest) = line.trim_start().strip_prefix(".. ") else { continue };
            if let Some((name, url)) = rest.strip_prefix('_').and_then(|rest| rest.split_once(": "))
            {
                references.targets.insert(folded(name), url.trim().to_owned());
            } else if let Some((name, value)) =
                rest.strip_prefix('|').and_then(|r| r.split_once("| "))
            {
                let value = match value.split_once(":: ") {
                    Some(("image", path)) => format!("image {path}"),
                    Some(("replace" | "unicode", text)) => text.trim().to_owned(),
                    _ => continue,
                };
                references.substitutions.insert(name.to_owned(), value);
            }
        }
        references
    }

    /// Emphasis, code, roles, links.
    pub(super) fn to_markdown(&self, text: &str) -> String {
        Inline { marks: MARKS, other: &|text, before| self.other(text, before) }.to_markdown(text)
    }

    fn other(&self, text: &str, before: Option<char>) -> Found {
        match text.chars().next()? {
            '\\' => Some(escaped(text)),
            '`' if !text.starts_with("``") => self.interpreted(text, ""),
            ':' => self.role(text),
            '|' => self.substitution(text),
            '[' => footnote(text),
            'h' | 'f' if before.is_none_or(|c| !c.is_alphanumeric()) => {
                let length = bare_url(text)?;
                Some((format!("<{}>", &text[..length]), length))
            }
            c if c.is_alphanumeric() => self.reference(text),
            _ => None,
        }
    }

    /// `` `text <address>`_ ``, `` `text`_ `` or interpreted text of a role.
    fn interpreted(&self, text: &str, role: &str) -> Found {
        let inner = text.strip_prefix('`')?;
        let end = within(inner, 1_000).find('`')?;
        let (content, after) = (&inner[..end], &inner[end + 1..]);
        if content.is_empty() || content.starts_with(' ') {
            return None;
        }
        let marks = after.len() - after.trim_start_matches('_').len();
        let length = end + 2 + marks.min(2);
        if marks == 0 || !role.is_empty() {
            return Some((in_role(role, content), end + 2));
        }
        let (label, target) = split_target(content);
        let url = match target {
            Some(name) if name.ends_with('_') => self.address(name.trim_end_matches('_')),
            Some(url) => return Some((link(&escape_text(label), url), length)),
            None => self.address(content),
        };
        let label = escape_text(label);
        Some((url.map_or(label.clone().into_owned(), |url| link(&label, url)), length))
    }

    /// `:name:` before interpreted text.
    fn role(&self, text: &str) -> Found {
        let end = within(&text[1..], 40).find(":`")? + 1;
        let name = &text[1..end];
        let is_name = |c: char| c.is_alphanumeric() || "-_.:+".contains(c);
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        let (markdown, length) = self.interpreted(&text[end + 1..], name)?;
        Some((markdown, end + 1 + length))
    }

    /// The address of a target.
    fn address(&self, name: &str) -> Option<&String> {
        let name = folded(name);
        self.targets.get(&name).filter(|url| self.repeats.allow(&name, url.len()))
    }

    fn substitution(&self, text: &str) -> Found {
        let inner = text.strip_prefix('|')?;
        let end = within(inner, 100).find('|')?;
        let name = &inner[..end];
        let value = self.substitutions.get(name)?;
        let value = self.repeats.allow(name, value.len()).then_some(value)?;
        let markdown = match value.strip_prefix("image ") {
            Some(path) => format!("![{}]({path})", escape_text(&inner[..end])),
            None => escape_text(value).into_owned(),
        };
        Some((markdown, end + 2))
    }

    /// `word_` if such a target exists.
    fn reference(&self, text: &str) -> Found {
        if self.targets.is_empty() {
            return None;
        }
        let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let end = within(text, 100).find(|c| !is_name(c)).unwrap_or(within(text, 100).len());
        let word = text[..end].trim_end_matches('.');
        let name = word.strip_suffix('_')?.trim_end_matches('_');
        let url = self.address(name)?;
        Some((link(&escape_text(name), url), word.len()))
    }
}

/// Text in a role such as `:sup:` as Markdown.
fn in_role(role: &str, content: &str) -> String {
    let (label, _) = split_target(content);
    match role.rsplit(':').next().unwrap_or(role) {
        "" | "title" | "emphasis" | "cite" => emphasise(&escape_text(content), "*"),
        "strong" | "guilabel" | "menuselection" => {
            let path = content.replace("-->", "›").replace('&', "");
            emphasise(&escape_text(&path), "**")
        }
        name @ ("sub" | "sup") => tagged(name, &escape_text(content)),
        "subscript" => tagged("sub", &escape_text(content)),
        "superscript" => tagged("sup", &escape_text(content)),
        "kbd" => format!("<kbd>{}</kbd>", escape_text(content)),
        "math" => format!("${content}$"),
        "ref" | "doc" | "term" | "any" | "numref" | "download" | "abbr" | "dfn" | "pep" | "rfc" => {
            escape_text(label).into_owned()
        }
        // The other roles name program elements.
        _ => code_span(label.trim_start_matches(['~', '!', '.'])),
    }
}

/// `\ ` is removed, other escaped signs are literal.
fn escaped(text: &str) -> (String, usize) {
    match text[1..].chars().next() {
        Some(c) if c.is_whitespace() => (String::new(), 1 + c.len_utf8()),
        Some(c) => (escape_text(&c.to_string()).into_owned(), 1 + c.len_utf8()),
        None => (String::new(), 1),
    }
}

/// `[1]_` and `[#name]_` as the mark of a footnote.
fn footnote(text: &str) -> Found {
    let end = within(text, 60).find("]_")?;
    let name = text[1..end].trim_start_matches('#');
    let is_name = |c: char| c.is_alphanumeric() || "-_.*".contains(c);
    name.chars().all(is_name).then(|| (format!("\\[{}\\]", escape_text(name)), end + 2))
}

/// The label and the target of `label <target>`.
fn split_target(content: &str) -> (&str, Option<&str>) {
    match content.strip_suffix('>').and_then(|inner| inner.rsplit_once('<')) {
        Some((label, target)) if !label.trim().is_empty() => (label.trim(), Some(target)),
        Some((_, target)) => (target, Some(target)),
        None => (content, None),
    }
}

fn folded(name: &str) -> String {
    let words: Vec<String> =
        name.trim_matches('`').split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
