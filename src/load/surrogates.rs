//! Lone surrogates in JSON: halves of a character, written by programs that cut a text in the
//! middle of one. They are invalid, but the rest of the text is kept.

use memchr::memmem;
use std::borrow::Cow;

/// `\ud800`
const ESCAPE: usize = 6;
const REPLACEMENT: &str = "\\ufffd";

/// The text with each escaped lone surrogate replaced by an escaped U+FFFD of the same length, and
/// the offsets of these escapes.
pub(crate) fn replaced(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let found = lone(text);
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for &at in &found {
        out.push_str(&text[from..at]);
        out.push_str(REPLACEMENT);
        from = at + ESCAPE;
    }
    out.push_str(&text[from..]);
    (Cow::Owned(out), found)
}

/// The message for one.
pub(crate) const MESSAGE: &str =
    "half of a character (a lone surrogate); expected a pair such as \\ud83c\\udf31";

fn lone(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(text.as_bytes(), b"\\u") {
        if at < from || is_escaped(text.as_bytes(), at) {
            continue;
        }
        match unit(text, at) {
            Some(0xd800..=0xdbff) if is_low(unit(text, at + ESCAPE)) => from = at + 2 * ESCAPE,
            Some(0xd800..=0xdfff) => found.push(at),
            _ => {}
        }
    }
    found
}

fn is_low(unit: Option<u16>) -> bool {
    unit.is_some_and(|unit| (0xdc00..=0xdfff).contains(&unit))
}

/// Whether the backslash at `at` is itself escaped.
fn is_escaped(text: &[u8], at: usize) -> bool {
    text[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The code unit of the escape at `at`.
fn unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lone_ones_are_replaced() {
        for (text, expected) in [
            (r#"["\ud800"]"#, r#"["\ufffd"]"#),
            (r#"["\uDC00 \ud83c\udf31 \ud83cx"]"#, r#"["\ufffd \ud83c\udf31 \ufffdx"]"#),
            (r#"["\ud83c\ud83c\udf31"]"#, r#"["\ufffd\ud83c\udf31"]"#),
            (r#"["\\ud800 \\\ud800"]"#, r#"["\\ud800 \\\ufffd"]"#),
            (r#"["\ud8"]"#, r#"["\ud8"]"#),
            (r#"["\u+800 é"]"#, r#"["\u+800 é"]"#),
        ] {
            assert_eq!(replaced(text).0, expected, "{text}");
        }
    }
}
