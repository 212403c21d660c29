//! Markdown as one line of plain text, for the list of questions.

use super::html::{Token, is_known, tokens};
use super::options;
use crate::text::sanitise_line;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
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
    for event in TextMergeStream::new(Parser::new_ext(&text[..end], options())) {
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
