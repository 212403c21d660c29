//! Writes Markdown: escaped text, code, emphasis, links, fences.

use crate::text::sanitise_keeping_tabs;
use std::borrow::Cow;

/// Converts plain text to Markdown within a paragraph. Line breaks stay soft.
pub(crate) fn escape_text(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '`', '*', '_', '[', ']', '<', '&', '~', '|']) {
        return Cow::Borrowed(text);
    }
    // An escape sequence whose bracket is escaped would no longer be removed.
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
        let clean = sanitise_keeping_tabs(Cow::Borrowed(text));
        if clean != text {
            return Cow::Owned(escape_text(&clean).into_owned());
        }
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' => next.is_ascii_punctuation() || next == '\n',
            // `snake_case` needs no escape.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next.is_alphanumeric() || next == '#',
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '`' | '*' | '~' | '[' | ']' | '|' => true,
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    Cow::Owned(out)
}

/// A code span, delimited by one more backtick than it contains.
pub(crate) fn code_span(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.trim().is_empty() {
        return line;
    }
    let mut fence = "`".to_owned();
    while line.contains(&fence) {
        fence.push('`');
    }
    let gap = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{line}{gap}{fence}")
}

/// Puts Markdown between emphasis marks (`*`, `**`, `~~`), which must not touch blanks.
pub(crate) fn emphasise(content: &str, mark: &str) -> String {
    let inner = content.trim();
    if inner.is_empty() || inner.contains("\n\n") || inner.starts_with(mark) {
        return content.to_owned();
    }
    let before = &content[..content.len() - content.trim_start().len()];
    let after = &content[content.trim_end().len()..];
    format!("{before}{mark}{inner}{mark}{after}")
}

/// A link; if its text is its address, it is written in angle brackets.
pub(crate) fn link(label: &str, url: &str) -> String {
    let label = label.trim();
    if label.is_empty() || label == url && url.contains("://") {
        return format!("<{}>", url.trim());
    }
    format!("[{label}]({})", destination(url))
}

/// Converts an address to the target of a link.
pub(crate) fn destination(url: &str) -> String {
    let url = url.trim();
    if url.contains([' ', '(', ')', '\n']) {
        format!("<{}>", url.replace('\n', "").replace('<', "%3C").replace('>', "%3E"))
    } else {
        url.to_owned()
    }
}

/// A fenced code block.
pub(crate) fn fenced(language: &str, code: &str) -> String {
    let mut fence = "```".to_owned();
    while code.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// Escapes the start of a paragraph, so that it is not parsed as another block.
pub(crate) fn protect_start(text: &str) -> Cow<'_, str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - digits.len();
    let is_numbered = (1..=9).contains(&number) && digits.starts_with(['.', ')']);
    let first = text.chars().next().unwrap_or(' ');
    let after = text[first.len_utf8().min(text.len())..].chars().next().unwrap_or(' ');
    // `---` and `===` would be a rule, or make the previous line a heading.
    let is_rule = text.chars().all(|c| c == first) && matches!(first, '-' | '=' | '_');
    let is_mark = match first {
        '-' | '+' | '*' | ':' => after == ' ',
        '#' => after == '#' || after == ' ',
        '>' => true,
        _ => false,
    };
    if is_numbered && digits[1..].starts_with(' ') {
        Cow::Owned(format!("{}\\{digits}", &text[..number]))
    } else if is_mark || is_rule && !text.is_empty() {
        Cow::Owned(format!("\\{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::source::clean;
    use proptest::prelude::*;

    #[test]
    fn only_marks_are_escaped() {
        assert_eq!(
            escape_text("a*b __x__ snake_case <b> 1 < 2 R&D"),
            "a\\*b \\_\\_x\\_\\_ snake_case \\<b> 1 < 2 R\\&D"
        );
        assert_eq!(protect_start("1. April"), "1\\. April");
        assert_eq!(protect_start("# x"), "\\# x");
        assert_eq!(code_span("a`b"), "``a`b``");
        assert_eq!(link("https://a.b", "https://a.b"), "<https://a.b>");
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_as_it_was(words in proptest::collection::vec("[a-z*_`<>&\\[\\]~|\\\\]{1,6}", 1..5)) {
            let text = words.join(" ");
            prop_assert_eq!(clean(&format!("x{} x", escape_text(&format!(" {text}")))), format!("x {text} x"));
        }
    }
}
