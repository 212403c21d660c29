//! Markdown as one line of plain text, for the list of questions.

use super::html::{Token, is_known, tokens};
use super::parser_options;
use crate::text::sanitise_line;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};
use std::borrow::Cow;

/// The beginning of a Markdown text without its marks, on one line, of at most `limit`
/// characters or a few more. Reads no more of the text than it needs.
pub fn plain(text: &str, limit: usize) -> String {
    let mut end = limit.saturating_mul(4).saturating_add(1_000).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let mut out = String::new();
    let mut left = limit;
    let mut add = |text: &str| {
        for c in sanitise_line(Cow::Borrowed(text)).chars() {
            let blank = c.is_whitespace();
            if blank && (out.is_empty() || out.ends_with(' ')) {
                continue;
            }
            if left == 0 {
                return false;
            }
            left -= 1;
            out.push(if blank { ' ' } else { c });
        }
        true
    };
    for event in TextMergeStream::new(Parser::new_ext(&text[..end], parser_options())) {
        let more = match &event {
            Event::Text(text) | Event::Code(text) => add(text),
            Event::Html(html) | Event::InlineHtml(html) => tokens(html).all(|token| match token {
                Token::Text(text) => add(&super::html::decode(text)),
                Token::Tag(tag) if is_known(&tag.name) => tag.name != "br" || add(" "),
                Token::Tag(tag) => add(tag.whole),
            }),
            Event::SoftBreak | Event::HardBreak | Event::Start(Tag::List(_)) => add(" "),
            Event::End(tag) => is_inline(*tag) || add(" "),
            _ => true,
        };
        if !more {
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A word before a line keeps what looks like the beginning of a block from being one.
const WORD: &str = "x ";

/// A line, such as a question, without the marks of code, emphasis and links in it. Unlike an
/// answer it is nothing but a line: `1. What`, `# What` and `Vec<T>` stay as they are.
pub fn unmarked(line: &str) -> Cow<'_, str> {
    if !line.contains(['`', '*', '_', '~', '[', '\\']) {
        return Cow::Borrowed(line);
    }
    let guarded = format!("{WORD}{line}");
    let mut out = String::with_capacity(line.len());
    for event in TextMergeStream::new(Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH)) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            _ => {}
        }
    }
    // Characters written by name or number have not met the sanitiser yet.
    let clean = sanitise_line(Cow::Owned(out));
    let bare = clean.strip_prefix(WORD).unwrap_or(&clean).trim_end();
    if bare.is_empty() { Cow::Borrowed(line) } else { Cow::Owned(bare.to_owned()) }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_loses_its_marks_and_nothing_else() {
        for (text, expected) in [
            ("What is `useEffect`?", "What is useEffect?"),
            ("Is **this** _so_ ~~bad~~?", "Is this so bad?"),
            ("See [the docs](https://a.example/x)?", "See the docs?"),
            ("`Vec<T>` or Vec<T>?", "Vec<T> or Vec<T>?"),
            ("1. What is `x`?", "1. What is x?"),
            ("# of `a`", "# of a"),
            ("- [ ] `a`", "- [ ] a"),
            ("What does snake_case_name mean?", "What does snake_case_name mean?"),
            ("What are *args and **kwargs?", "What are *args and **kwargs?"),
            ("Why 2 * 3 * 4?", "Why 2 * 3 * 4?"),
            ("A lone ` stays", "A lone ` stays"),
            ("\u{60}\u{60}a \u{60} b\u{60}\u{60}", "a ` b"),
            ("**", "**"),
            ("_x_ &#27;[31m&lt;", "x <"),
        ] {
            assert_eq!(unmarked(text), expected);
        }
    }

    #[test]
    fn marks_go_and_words_stay() {
        for (text, expected) in [
            ("# Yes\n\n**Yes**, you `can` [go](http://x).", "Yes Yes, you can go."),
            ("- one\n- two\n  - three", "one two three"),
            ("a<br>b <kbd>c</kbd> Vec<T>", "a b c Vec<T>"),
            ("|a|b|\n|-|-|\n|c|d|", "a b c d"),
            ("", ""),
        ] {
            assert_eq!(plain(text, 100), expected);
        }
        assert_eq!(plain("界界界 long", 2), "界界");
    }
}
