//! Detects whether a text of a data file is plain or Markdown.
//!
//! Data files (JSON, CSV, YAML, ...) do not declare it. Their texts are plain, unless they use
//! Markdown on purpose: a single star or underscore is not a mark.

use super::html::{is_html, to_markdown};
use super::tags::without_tags;
use super::{clean, decode, escape_text, protect_start};
use crate::collection::TextFormat;
use std::borrow::Cow;

/// Converts an answer of a data file, and detects its format. HTML becomes Markdown.
pub(crate) fn read_answer(text: Cow<'_, str>) -> (Cow<'_, str>, TextFormat) {
    if memchr::memchr(b'<', text.as_bytes()).is_some() && is_html(&text) {
        return (Cow::Owned(to_markdown(&text)), TextFormat::Markdown);
    }
    let format = detect(&text);
    (text, format)
}

/// Converts a question of a data file to plain text.
pub(crate) fn read_question(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr3(b'<', b'&', b'`', text.as_bytes()).is_none()
        && memchr::memchr2(b'*', b'[', text.as_bytes()).is_none()
    {
        return text;
    }
    if is_html(&text) {
        Cow::Owned(decode(&without_tags(&text)).into_owned())
    } else if has_inline_marks(&text) {
        Cow::Owned(text.lines().map(clean).collect::<Vec<_>>().join("\n"))
    } else if text.contains('&') {
        Cow::Owned(decode(&text).into_owned())
    } else {
        text
    }
}

/// The format of a text that is not HTML.
pub(crate) fn detect(text: &str) -> TextFormat {
    if text.is_empty() || has_block_marks(text) || has_inline_marks(text) {
        TextFormat::Markdown
    } else {
        TextFormat::Plain
    }
}

/// Fences, headings, tables, lists of several items.
fn has_block_marks(text: &str) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let (mut items, mut headings, mut before) = (0, 0, "");
    for line in text.lines() {
        let bare = line.trim_start();
        let heading = bare.trim_start_matches('#');
        let level = bare.len() - heading.len();
        let is_ruler = bare.starts_with('|')
            && bare.contains("--")
            && bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if bare.starts_with("```") || is_ruler && before.trim_start().starts_with('|') {
            return true;
        }
        items += usize::from(is_item(bare));
        headings += usize::from((1..=6).contains(&level) && heading.starts_with(' '));
        before = line;
    }
    items > 1 || headings > 0
}

fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = match line.len() - digits.len() {
        0 => line.strip_prefix(['-', '*', '+']),
        1..=3 => digits.strip_prefix(['.', ')']),
        _ => None,
    };
    after.is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
}

/// Code, links, and pairs of stars.
fn has_inline_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2(b'`', b'[', bytes).is_some()
        && text.lines().any(|line| has_code(line) || has_link(line))
        || memchr::memchr(b'*', bytes).is_some() && text.lines().any(has_stars)
}

fn has_code(line: &str) -> bool {
    let Some((_, rest)) = line.split_once('`') else { return false };
    rest.split_once('`').is_some_and(|(code, _)| {
        !code.trim().is_empty() && (code.trim() == code || code.starts_with('`'))
            || rest.starts_with("``")
    })
}

fn has_link(line: &str) -> bool {
    line.match_indices("](").any(|(at, _)| {
        let label =
            line[..at].rfind('[').is_some_and(|open| open + 1 < at || line[..open].ends_with('!'));
        let target = line[at + 2..].split_once(')').map_or("", |(target, _)| target);
        label && !target.is_empty() && !target.contains(' ')
    })
}

/// `**a pair**` or `*one*` with no letter or digit outside.
fn has_stars(line: &str) -> bool {
    let runs: Vec<(usize, usize)> = star_runs(line);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = |at: usize| line[..at].chars().next_back();
    let after = |at: usize| line[at..].chars().next();
    runs.windows(2).any(|pair| {
        let [(open, length), (close, closing)] = *pair else { return false };
        let (start, end) = (open + length, close + closing);
        length == closing
            && length <= 3
            && !letter(before(open))
            && !letter(after(end))
            && letter(after(start)).max(length > 1 && !blank(after(start)))
            && letter(before(close)).max(length > 1 && !blank(before(close)))
            && line[start..close].contains(char::is_alphanumeric)
    })
}

fn blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn star_runs(line: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'*', line.as_bytes()) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

/// Converts a text of any format to Markdown.
pub(crate) fn in_markdown(text: &str, format: TextFormat) -> Cow<'_, str> {
    match format {
        TextFormat::Plain if !is_inert(text) => Cow::Owned(plain_to_markdown(text)),
        TextFormat::Plain | TextFormat::Markdown => Cow::Borrowed(text),
    }
}

/// Converts a plain text to Markdown that looks the same.
pub(crate) fn plain_to_markdown(text: &str) -> String {
    let is_drawn = |line: &str| line.starts_with([' ', '\t']) || line.trim_end().contains("  ");
    if text.lines().any(is_drawn) {
        let mut fence = "```".to_owned();
        while text.contains(&fence) {
            fence.push('`');
        }
        return format!("{fence}text\n{text}\n{fence}");
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(&protect_start(&escape_text(line)));
        if let Some(next) = lines.peek() {
            out.push_str(if line.is_empty() || next.is_empty() { "\n" } else { "\\\n" });
        }
    }
    out
}

/// Whether a text looks the same as plain text and as Markdown.
pub(crate) fn is_inert(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts_block = |b: &u8| b.is_ascii_digit() || b"-+=:".contains(b);
    // Whole chunks without an early exit, so that the loop is vectorised.
    let has_mark =
        |chunk: &[u8]| chunk.iter().fold(0, |found, &b| found | u8::from(is_mark(b))) > 0;
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let is_wide = |(&a, &b): (&u8, &u8)| u8::from(a == b' ' && b == b' ');
    !bytes.first().is_some_and(starts_block)
        && !bytes.chunks(64).any(has_mark)
        && pairs.map(is_wide).fold(0, |found, wide| found | wide) == 0
}

/// Whether a byte may be a mark of Markdown, or is a control character.
fn is_mark(byte: u8) -> bool {
    // The characters after the brackets and braces: `[\]^_` and a backtick, `{|}~` and delete.
    let is_bracket = (b'['..=b'`').contains(&byte) || (b'{'..=0x7f).contains(&byte);
    byte < b' ' || is_bracket || matches!(byte, b'#' | b'&' | b'*' | b'<' | b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_distinguished_from_signs_in_plain_text() {
        for text in [
            "A **thick** word",
            "A *leaning* word, it is",
            "Run `make`",
            "See [this](https://a.example)",
            "- one\n- two",
            "1. one\n2. two",
            "# Title\n\ntext",
            "```\ncode\n```",
            "| a | b |\n|---|---|\n| 1 | 2 |",
        ] {
            assert_eq!(detect(text), TextFormat::Markdown, "{text}");
        }
        for text in [
            "6*7*8 pieces",
            "all *.rs and *.md files, and **kwargs",
            "Bäcker*innen und Müller*innen",
            "__name__ and snake_case_word",
            "C:\\new\\table",
            "1. April",
            "- 5 degrees",
            "a <b> c",
            "a [b] (c)",
            "one\ntwo\nthree",
            "it costs 5` or so",
        ] {
            assert_eq!(detect(text), TextFormat::Plain, "{text}");
        }
    }

    #[test]
    fn marks_are_the_signs_that_prose_does_without() {
        for byte in 0..128_u8 {
            let is_sign = byte.is_ascii_punctuation() && !b",;:'\"?/.!()-%@=+$".contains(&byte);
            assert_eq!(is_mark(byte), is_sign || byte.is_ascii_control(), "{byte}");
        }
        assert!(is_inert("It is so, they say.") && !is_inert("two  blanks") && is_inert(""));
    }

    #[test]
    fn questions_lose_marks_only_where_they_are_meant() {
        for (text, plain) in [
            ("What is `x`?", "What is x?"),
            ("What is __init__?", "What is __init__?"),
            ("How much is 5*3*2?", "How much is 5*3*2?"),
            ("What is <div>?", "What is <div>?"),
            ("Stra&szlig;e?", "Straße?"),
            ("<p>Why <b>so</b>?</p>", "Why so?"),
        ] {
            assert_eq!(read_question(text.into()), plain);
        }
    }
}
