//! Converts answers to one line of plain text, for the question list.

use super::source::{escape_math, parser_options};
use crate::collection::TextFormat;
use crate::text::sanitise_line;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
use std::borrow::Cow;

/// The beginning of a text on one line, without Markdown marks, of at most `limit` characters or
/// slightly more. Reads no more of the text than it needs.
pub fn plain(text: &str, format: TextFormat, limit: usize) -> String {
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
    if format == TextFormat::Plain {
        add(&text[..end]);
        out.truncate(out.trim_end().len());
        return out;
    }
    let text = escape_math(&text[..end]);
    for event in TextMergeStream::new(Parser::new_ext(&text, parser_options())) {
        let more = match &event {
            Event::Text(text) | Event::Code(text) => add(text),
            Event::InlineHtml(tag) if is_kept_tag(tag) => true,
            Event::InlineHtml(tag) if tag.as_ref() == "<br>" => add(" "),
            Event::Html(html) | Event::InlineHtml(html) => add(html),
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

/// Whether a tag is one of the few that answers may have.
pub(super) fn is_kept_tag(tag: &str) -> bool {
    matches!(tag, "<kbd>" | "</kbd>" | "<sub>" | "</sub>" | "<sup>" | "</sup>")
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
            ("a\\\nb <kbd>c</kbd> Vec\\<T>", "a b c Vec<T>"),
            ("|a|b|\n|-|-|\n|c|d|", "a b c d"),
            ("", ""),
        ] {
            assert_eq!(plain(text, TextFormat::Markdown, 100), expected);
        }
        assert_eq!(plain("界界界 long", TextFormat::Markdown, 2), "界界");
        assert_eq!(plain("2*3*4\n  <b>", TextFormat::Plain, 100), "2*3*4 <b>");
    }
}
