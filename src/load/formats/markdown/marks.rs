//! Inline extensions of site generators (`MkDocs`, kramdown, Obsidian) as Markdown and HTML: keys,
//! highlights, insertions, attributes, links by name.

use super::line::fence_of;
use crate::load::inline::within;
use crate::markup::source::emphasise;
use std::borrow::Cow;

/// A mark that does not end within this many bytes is text.
const MAX_MARK_BYTES: usize = 2_000;
/// The kinds of alerts that are displayed.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// A line with its extensions converted; code is unchanged.
pub(super) fn written_out(line: &str) -> Cow<'_, str> {
    if let Some(alert) = titled_alert(line) {
        return Cow::Owned(alert);
    }
    let has_marks = ["++", "==", "^^", "{", "[[", "%%"].iter().any(|mark| line.contains(mark));
    if !has_marks || fence_of(line.trim_start()).is_some() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let (text, code) = rest.split_at(rest.find('`').unwrap_or(rest.len()));
        write_text(text, &mut out);
        let ticks = code.len() - code.trim_start_matches('`').len();
        let close = code[ticks..].find(&code[..ticks]).filter(|_| ticks > 0);
        let end = close.map_or(code.len(), |at| ticks + at + ticks);
        out.push_str(&code[..end]);
        rest = &code[end..];
    }
    Cow::Owned(out)
}

fn write_text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['+', '=', '^', '{', '[', '%']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let last = out.chars().next_back();
        if let Some((written, length)) = mark(from, last) {
            out.push_str(&written);
            rest = &from[length..];
        } else {
            let length = from.len() - from.trim_start_matches(&from[..1]).len();
            out.push_str(&from[..length]);
            rest = &from[length..];
        }
    }
    out.push_str(rest);
}

/// The replacement of the mark at the beginning of a text, and its length; `last` precedes it.
fn mark(text: &str, last: Option<char>) -> Option<(String, usize)> {
    let text = within(text, MAX_MARK_BYTES);
    if text.starts_with('{') {
        return attributes(text, last).or_else(|| edit(text));
    }
    // Within a word these are operators.
    if last.is_some_and(|c| c.is_alphanumeric() || c == '!' || c == '\\') {
        return None;
    }
    if let Some((target, length)) = between(text, "[[", "]]") {
        let shown = target.rsplit('|').next().unwrap_or(target);
        let is_link = !text[length..].starts_with('(') && !shown.contains(['[', '<', '=', '$']);
        let shown = shown.trim_start_matches('#').replace('#', " ");
        return (is_link && !shown.is_empty()).then_some((shown, length));
    }
    if let Some((_, length)) = between(text, "%%", "%%") {
        return Some((String::new(), length));
    }
    if let Some((keys, length)) = between(text, "++", "++") {
        let is_key = |key: &str| {
            let bare = key.trim_matches('"');
            !bare.is_empty() && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        let written: Vec<String> =
            keys.split('+').map(|key| format!("<kbd>{}</kbd>", capitalised(key))).collect();
        return keys.split('+').all(is_key).then(|| (written.join("+"), length));
    }
    if let Some((lit, length)) = between(text, "==", "==") {
        return Some((emphasise(lit, "**"), length));
    }
    let (inserted, length) = between(text, "^^", "^^")?;
    Some((format!("<ins>{inserted}</ins>"), length))
}

/// The text between two marks, and the length including them. The marks touch the text, and no
/// letter follows the second one.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(open)?;
    let end = inner.find(close)?;
    let (inside, after) = (&inner[..end], &inner[end + close.len()..]);
    let touches = !inside.is_empty()
        && !inside.starts_with(char::is_whitespace)
        && !inside.ends_with(char::is_whitespace)
        && !inside.starts_with(&open[..1]);
    let ends = !after.starts_with(|c: char| c.is_alphanumeric())
        && (close == "]]" || !after.starts_with(&close[..1]));
    (touches && ends).then_some((inside, open.len() + end + close.len()))
}

/// `{: .class}`, `{ .class #id key="value" }` after the text they apply to: removed.
fn attributes(text: &str, last: Option<char>) -> Option<(String, usize)> {
    let end = text.find('}')?;
    let inner = text[1..end].strip_prefix(':').unwrap_or(&text[1..end]).trim();
    let is_behind = last.is_none_or(|c| matches!(c, ')' | ']' | '`' | '*' | '_' | '>'));
    let begins = |word: &str| {
        let named = word.split_once('=').is_some_and(|(name, value)| {
            !value.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        });
        named || word.starts_with(['.', '#']) && word[1..].starts_with(char::is_alphabetic)
    };
    let is_list = !inner.is_empty() && inner.split_whitespace().next().is_some_and(begins);
    (is_behind && is_list).then_some((String::new(), end + 1))
}

/// Proposed changes: `{++new++}`, `{--old--}`, `{==lit==}`.
fn edit(text: &str) -> Option<(String, usize)> {
    let of = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?;
        let end = inner.find(close)?;
        Some((&inner[..end], open.len() + end + close.len()))
    };
    let added = || of("{++", "++}").map(|(text, length)| (format!("<ins>{text}</ins>"), length));
    let removed = || of("{--", "--}").map(|(text, length)| (format!("~~{text}~~"), length));
    let lit = || of("{==", "==}").map(|(text, length)| (emphasise(text, "**"), length));
    added().or_else(removed).or_else(lit)
}

/// `> [!kind]- title` as a quote with its title; GitHub's five kinds without a title are unchanged.
fn titled_alert(line: &str) -> Option<String> {
    let bare = line.trim_start();
    let (kind, rest) = bare.strip_prefix('>')?.trim_start().strip_prefix("[!")?.split_once(']')?;
    let is_known = ALERTS.contains(&kind.to_uppercase().as_str());
    let title = rest.trim_start_matches(['+', '-']).trim();
    if is_known && rest.trim().is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || c == '-')
    {
        return None;
    }
    let indent = &line[..line.len() - bare.len()];
    if is_known && title.is_empty() {
        return Some(format!("{indent}> [!{}]", kind.to_uppercase()));
    }
    let title = if title.is_empty() { capitalised(kind) } else { title.to_owned() };
    Some(format!("{indent}> {}\n{indent}>", emphasise(&title, "**")))
}

fn capitalised(name: &str) -> String {
    let name = name.trim_matches('"');
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_out() {
        for (line, expected) in [
            ("Hold ++shift+f1++ now", "Hold <kbd>Shift</kbd>+<kbd>F1</kbd> now"),
            ("a ==bright lamp== and ^^more^^.", "a **bright lamp** and <ins>more</ins>."),
            ("[Go](a.md){ .button } [on](b){:target=\"_blank\"}!", "[Go](a.md) [on](b)!"),
            ("![x](y.png){ width=\"3\" } z", "![x](y.png) z"),
            ("{ .wide }", ""),
            ("{++in++} {--out--} {==lit==}", "<ins>in</ins> ~~out~~ **lit**"),
            ("See [[Lamps]] and [[Lamps#Old|old ones]].", "See Lamps and old ones."),
            ("a %%hidden%% b", "a  b"),
            ("> [!tip]- Oil it", "> **Oil it**\n>"),
            ("> [!quote]", "> **Quote**\n>"),
            ("> [!warning]+", "> [!WARNING]"),
        ] {
            assert_eq!(written_out(line), expected, "{line}");
        }
        for line in [
            "i++ + ++j, a == b, x==y==z and C++ or g++",
            "`++a++` and ``==b==``",
            "{{ value }} {a: 1} {x}",
            "if [[ -f x ]]; x[[1]] [[up]](#top)",
            "> [!NOTE]",
            "100%% and 5%%",
            "2^3^4 ^^",
        ] {
            assert_eq!(written_out(line), line);
        }
    }
}
