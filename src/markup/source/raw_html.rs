//! Converts raw HTML inside Markdown to Markdown.
//!
//! Afterwards a text has no tags except `<kbd>`, `<sub>`, `<sup>`, and `<br>` in table cells. Text
//! that only looks like a tag (`List<String>`, `<your name>`) is escaped.

mod pairs;
mod parts;
mod tag;

use super::html::to_markdown;
use super::parser_options;
use pairs::{Edit, TagContext, TagRun};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;
use tag::RawTag;

/// Converts the HTML in a Markdown text.
pub(crate) fn replace_raw_html(markdown: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'<', markdown.as_bytes()).is_none() {
        return markdown;
    }
    let mut out = String::new();
    for part in parts::parts(&markdown) {
        let edits = edits(part);
        if edits.is_empty() && part.len() == markdown.len() {
            return markdown;
        }
        out.reserve(part.len());
        let mut copied = 0;
        for (range, replacement) in edits {
            if range.start < copied {
                continue;
            }
            out.push_str(&part[copied..range.start]);
            out.push_str(&replacement);
            copied = range.end;
        }
        out.push_str(&part[copied..]);
    }
    Cow::Owned(out)
}

fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut block: Option<(Range<usize>, String)> = None;
    let mut run = TagRun::new(text);
    for (event, range) in Parser::new_ext(text, parser_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some((range, String::new())),
            Event::Html(html) => match &mut block {
                Some((_, source)) => source.push_str(&html),
                None => edits.push((range, to_markdown(&html))),
            },
            Event::End(TagEnd::HtmlBlock) => {
                edits.extend(block.take().map(|(range, html)| replace_block(text, range, &html)));
            }
            Event::InlineHtml(html) => run.tags.extend(RawTag::parse(&html, range)),
            Event::Start(Tag::TableCell) => run.place = TagContext::Cell,
            Event::Start(Tag::Heading { .. }) => run.place = TagContext::Heading,
            Event::End(tag) if ends_run(tag) => {
                edits.append(&mut run.finish());
                run.place = TagContext::Paragraph;
            }
            Event::Start(tag) if is_block(&tag) => edits.append(&mut run.finish()),
            _ => {}
        }
    }
    edits.append(&mut run.finish());
    edits.sort_by_key(|(range, _)| range.start);
    edits
}

/// Whether a pair of HTML tags cannot extend beyond the end of this element.
fn ends_run(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn is_block(tag: &Tag<'_>) -> bool {
    ends_run(tag.to_end())
}

/// Converts a block of HTML, keeping the marks of the quotes and lists around it.
fn replace_block(text: &str, range: Range<usize>, html: &str) -> Edit {
    if html.trim_start().starts_with('<') && !tag::is_html(html) {
        // `<your name>` alone on a line.
        return (range.start..range.start, "\\".to_owned());
    }
    let markdown = to_markdown(&tag::with_labels(html));
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let prefix: String =
        text[line_start..range.start].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let mut out = String::with_capacity(markdown.len());
    for (n, line) in markdown.lines().enumerate() {
        if n > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { prefix.trim_end() } else { &prefix });
        }
        out.push_str(line);
    }
    // A blank line, so that what follows does not join the last paragraph.
    if text[..range.end].ends_with('\n') && !out.is_empty() {
        out.push('\n');
        let continues = !text[range.end..].trim_start_matches([' ', '>']).starts_with('\n');
        if continues && range.end < text.len() {
            out.push_str(prefix.trim_end());
            out.push('\n');
        }
    }
    (range, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn replaced(text: &str) -> String {
        replace_raw_html(Cow::Borrowed(text)).into_owned()
    }

    #[test]
    fn tags_within_a_paragraph() {
        for (text, expected) in [
            ("a <b>c</b> <i> d </i> <del>e</del>", "a **c**  *d*  ~~e~~"),
            ("10<sup>6</sup>, x<sub>i</sub>", "10⁶, x<sub>i</sub>"),
            ("Press <kbd>Ctrl</kbd>.", "Press <kbd>Ctrl</kbd>."),
            ("one<br>two<br/>\nthree", "one\\\ntwo\\\nthree"),
            ("<a href=\"u\">see</a> <a name=\"x\"></a><span class=k>this</span>", "[see](u) this"),
            ("<code>a &lt; *b*</code>", "`a < *b*`"),
            ("<img src=\"a.png\" alt=\"A cat\">", "![A cat](a.png)"),
            ("Vec<T> or <your name>, `<b>` too", "Vec\\<T> or \\<your name>, `<b>` too"),
            ("a <!-- no --> b", "a  b"),
            ("- x <b>y\n  z</b>", "- x **y\n  z**"),
        ] {
            assert_eq!(replaced(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks() {
        for (text, expected) in [
            (
                "<details>\n<summary>On the roof</summary>\n\nTake *care*.\n\n</details>\nAfter.",
                "**On the roof**\n\nTake *care*.\n\nAfter.",
            ),
            ("> <ul>\n> <li>a</li>\n> <li>b</li>\n> </ul>", "> - a\n> - b"),
            (
                "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n",
                "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
            ),
            ("<p align=\"center\">\n\n# Hi\n", "\n\n# Hi\n"),
            ("| a |\n|---|\n| b<br>c |", "| a |\n|---|\n| b<br>c |"),
            ("```\n<b>x</b>\n```", "```\n<b>x</b>\n```"),
        ] {
            assert_eq!(replaced(text).trim_start(), expected.trim_start(), "{text}");
        }
    }

    #[test]
    fn empty_pairs_leave_nothing_that_a_second_pass_changes() {
        for text in [
            "<b>1<br> </b>",
            "<b>1<br/></b> 2",
            "<b><p></b>1",
            "<b></b>1",
            "<i><p></i>a",
            "<b>a<p></b>1",
            "**<p></b>1",
        ] {
            let once = replaced(text);
            assert_eq!(replaced(&once), once, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_second_pass_changes_nothing(
            parts in proptest::collection::vec("(<b>|</b>|<sup>|</sup>|<br>|<T>|<a href=x>|</a>|[a-c1]{1,3}| )", 0..12),
        ) {
            let once = replaced(&parts.concat());
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&replaced(&once)), bare(&once), "{:?}", parts.concat());
        }
    }
}
