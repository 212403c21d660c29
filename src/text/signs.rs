//! Compares signs (not letters or digits) as they are displayed.

use unicode_normalization::UnicodeNormalization;

/// Normalises signs, so that two encodings of the same signs are equal: composed, without the marks
/// for a plain or coloured glyph or a skin tone.
pub fn normalise_signs(signs: &str) -> String {
    signs.nfc().filter(|c| !chooses_glyph(*c)).collect()
}

/// Whether a text has these normalised signs.
pub fn has_signs(text: &str, signs: &str) -> bool {
    text.contains(signs) || !signs.is_ascii() && normalise_signs(text).contains(signs)
}

/// Whether signs occur in a text without the same sign before or after them: `==`, but not in
/// `===`.
pub fn has_signs_alone(text: &str, signs: &str) -> bool {
    if !signs.is_ascii() {
        return has_signs(text, signs);
    }
    let (first, last) = (signs.chars().next(), signs.chars().next_back());
    text.match_indices(signs).any(|(at, _)| {
        text[..at].chars().next_back() != first && text[at + signs.len()..].chars().next() != last
    })
}

fn chooses_glyph(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
