//! Converts titles to plain text: without emphasis, links, tags, anchors.

use super::math;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, TextMergeStream};
use std::borrow::Cow;
use std::collections::HashMap;

/// A word before a title, so that its beginning is not parsed as a block.
const WORD: &str = "x ";

/// Converts the Markdown and HTML of a title to plain text on one line. Keeps text that only looks
/// like a tag: `List<String>`, and an unclosed `<div>`.
pub(crate) fn clean(markup: &str) -> String {
    let markup = without_footnotes(markup.trim());
    let text = without_closing_hashes(without_attributes(&markup));
    let plain = if text.contains(['\\', '`', '*', '_', '[', '<', '&', '~', '!']) {
        without_marks(text)
    } else {
        text.to_owned()
    };
    let line = if is_one_line(&plain) {
        plain
    } else {
        let words: Vec<&str> = plain.split_whitespace().collect();
        words.join(" ").replace('¶', "")
    };
    // Emphasis that the title does not close: `**Why? `.
    let opened = if text.starts_with("**") { line.trim_start_matches("**") } else { &line };
    let closed = if text.ends_with("**") { opened.trim_end_matches("**") } else { opened };
    // A link back to the top.
    closed.trim().trim_end_matches(['↑', '⬆', '🔝']).trim_end().to_owned()
}

/// Whether a text consists of ASCII words separated by single blanks.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    let are_apart = text.bytes().all(|byte| {
        let is_double = before == b' ' && byte == b' ';
        before = byte;
        matches!(byte, b' '..=b'~') && !is_double
    });
    are_apart && before != b' '
}

/// Removes `[^1]` after words.
fn without_footnotes(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        let found = after.split_once(']').filter(|(name, _)| {
            before.ends_with(|c: char| !c.is_whitespace())
                && (1..40).contains(&name.len())
                && !name.contains(char::is_whitespace)
        });
        let Some((_, behind)) = found else { break };
        out.push_str(before);
        rest = behind;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out + rest)
}

fn without_marks(text: &str) -> String {
    // Line breaks could start blocks.
    let guarded = format!("{WORD}{}", math::escape(text).replace('\n', " "));
    // `[b]` alone is not a link, but `[text][name]` is one wherever its address is defined.
    let resolve = |link: BrokenLink<'_>| {
        let is_shortcut = matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
        (!is_shortcut).then(|| (CowStr::from("#"), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(
        &guarded,
        Options::ENABLE_STRIKETHROUGH,
        Some(resolve),
    );
    let events: Vec<Event<'_>> = TextMergeStream::new(parser).collect();
    let mut tags = Tags::default();
    for event in &events {
        if let Event::InlineHtml(html) = event {
            tags.count(html);
        }
    }
    let mut out = String::with_capacity(guarded.len());
    for event in &events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::InlineHtml(html) if html.starts_with("<br") => out.push(' '),
            Event::InlineHtml(html) if tags.is_markup(html) => {}
            Event::InlineHtml(html) => out.push_str(html),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.strip_prefix(WORD).map(str::to_owned).unwrap_or(out)
}

/// The tags of a title that are markup: those that come in pairs, have attributes, or are void.
#[derive(Default)]
struct Tags(HashMap<String, (usize, usize)>);

impl Tags {
    fn count(&mut self, html: &str) {
        if let Some((name, closes)) = tag_name(html) {
            let (open, close) = self.0.entry(name).or_default();
            *(if closes { close } else { open }) += 1;
        }
    }

    fn is_markup(&self, html: &str) -> bool {
        let Some((name, closes)) = tag_name(html) else { return html.starts_with("<!--") };
        let (open, close) = self.0.get(&name).copied().unwrap_or_default();
        let has_attributes = html.contains('=');
        let is_void = matches!(name.as_str(), "br" | "img" | "hr" | "wbr" | "input");
        is_void || has_attributes || (open > 0 && close > 0) || closes && open == 0 && name == "a"
    }
}

fn tag_name(html: &str) -> Option<(String, bool)> {
    let inner = html.strip_prefix('<')?;
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    (end > 0).then(|| (inner[..end].to_ascii_lowercase(), closes))
}

/// Removes the signs at the end of `## Title ##`; keeps the sign of `C#`.
fn without_closing_hashes(text: &str) -> &str {
    let bare = text.trim_end_matches('#');
    if bare.ends_with([' ', '\t']) || bare.is_empty() { bare.trim_end() } else { text }
}

/// Removes `{#id}` at the end.
fn without_attributes(text: &str) -> &str {
    match text.rfind('{') {
        Some(at) if text.ends_with('}') && text[at..].starts_with("{#") => text[..at].trim_end(),
        Some(at) if text.ends_with('}') && text[at..].starts_with("{:") => text[..at].trim_end(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, plain) in [
            ("What is `Vec<T>`? {#vec}", "What is Vec<T>?"),
            ("[Run](lib/Run.htm) *it* <kbd>x</kbd> &amp; go ##", "Run it x & go"),
            ("~~**Old**~~ `a`", "Old a"),
            ("<a name=\"x\"></a>Why ![pic](y)?", "Why pic?"),
            ("won\\'t", "won't"),
            ("a [b] c", "a [b] c"),
            ("See [the guide][1]", "See the guide"),
            ("What is <div> for, and List<String>?", "What is <div> for, and List<String>?"),
            ("Learn C#", "Learn C#"),
            ("Why[^1] so[^b]?", "Why so?"),
            ("What is [^a-z]+ for?", "What is [^a-z]+ for?"),
            ("\\*\\*kwargs\\*\\*", "**kwargs**"),
            ("**Open", "Open"),
            ("1. of `all`", "1. of all"),
            ("Two\nlines<br>here", "Two lines here"),
            ("caf&eacute; and \\(a*b*c\\) or $x_1$", "café and \\(a*b*c\\) or $x_1$"),
            ("snake_case_name or 2 * 3 * 4", "snake_case_name or 2 * 3 * 4"),
        ] {
            assert_eq!(clean(text), plain);
        }
    }
}
