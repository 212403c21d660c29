//! HTML inside other formats becomes Markdown.

use super::html::to_markdown;
use std::borrow::Cow;

/// Closing tags and line breaks that only HTML has; text about HTML has them in code.
const SIGNS: &[&str] = &[
    "</p>",
    "</div>",
    "</li>",
    "</ul>",
    "</a>",
    "</b>",
    "</strong>",
    "</span>",
    "</em>",
    "</i>",
    "</td>",
    "</h",
    "<br",
];

/// The text as Markdown: itself, unless it is HTML.
pub(super) fn as_markdown(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'<', text.as_bytes()).is_some() && is_html(&text) {
        Cow::Owned(to_markdown(&text))
    } else {
        text
    }
}

/// A title in HTML as plain text.
pub(super) fn as_plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        text
    } else if is_html(&text) {
        Cow::Owned(super::title::unescape(&super::title::without_tags(&text)))
    } else if text.contains('&') {
        Cow::Owned(super::title::unescape(&text))
    } else {
        text
    }
}

fn is_html(text: &str) -> bool {
    !text.contains('`') && SIGNS.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown_and_markdown_stays() {
        let html = "<p>See <a href=\"https://a.b\">this</a>:</p><ul><li>one</li><li>two</li></ul><pre><code>x < y</code></pre>";
        let expected = "See [this](https://a.b):\n\n- one\n- two\n\n```\nx < y\n```";
        assert_eq!(as_markdown(html.into()), expected);
        for plain in ["Use `<p>` and `</p>`.", "a < b and c > d", "*fine* [x](y)"] {
            assert_eq!(as_markdown(plain.into()), plain);
        }
    }
}
