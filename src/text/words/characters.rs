//! What the tokenizer knows about characters.

/// The classes of characters for the tokenizer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    /// A character of a script without spaces between words.
    Dense,
    Other,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() || c == '_' { Class::Letter } else { Class::Other };
    }
    if is_dense(c) {
        Class::Dense
    } else if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
        Class::Letter
    } else {
        Class::Other
    }
}

/// Whether a character is Han, kana, Thai, Lao, Khmer, Burmese or Tibetan.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e4e}' | '\u{e80}'..='\u{ece}' | '\u{f40}'..='\u{fbc}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17d3}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}'
        | '\u{3099}' | '\u{309a}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a separate mark that changes a kana.
pub(super) fn is_kana_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Whether a character is an apostrophe other than `'`.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | 'ʼ')
}
