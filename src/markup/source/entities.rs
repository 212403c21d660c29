//! Decodes character references: `&eacute;`, `&#233;`.

use std::borrow::Cow;

/// The length of the longest reference in HTML, `&CounterClockwiseContourIntegral;`.
const MAX_LENGTH: usize = 33;

/// Decodes the character references that end in a semicolon. HTML has a few without one, which
/// other texts contain by accident: `?a=1&copy=2`.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(reference) = reference(rest) {
            out.push_str(&htmlize::unescape(reference));
            rest = &rest[reference.len()..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The reference at the start of a text.
fn reference(text: &str) -> Option<&str> {
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let name = text.bytes().skip(1).take(MAX_LENGTH).take_while(is_name).count();
    (name > 0 && text.as_bytes().get(name + 1) == Some(&b';')).then(|| &text[..name + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_decoded_and_other_signs_stay() {
        for (text, decoded) in [
            ("Stra&szlig;e, caf&eacute;", "Straße, café"),
            ("&#233;&#x2192;&lt;b&gt;", "é→<b>"),
            ("A & B; C&D &nosuch; ?a=1&copy=2", "A & B; C&D &nosuch; ?a=1&copy=2"),
            ("&;&#;&", "&;&#;&"),
        ] {
            assert_eq!(decode(text), decoded);
        }
    }

    #[test]
    fn the_search_for_a_reference_is_bounded() {
        assert_eq!(reference("&lt; b;"), Some("&lt;"));
        assert_eq!(reference(&format!("&{};", "a".repeat(MAX_LENGTH + 1))), None);
        let text = "&a ".repeat(500_000);
        assert_eq!(decode(&text), text);
    }
}
