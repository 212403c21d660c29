//! Folding: a form in which the spellings of a word are equal.

use unicode_normalization::UnicodeNormalization;

/// Folds case, accents and compatibility forms: `École` and `ecole`, `ﬁ` and `fi` become equal.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// As [`fold`], appended to `out`, with a fast path for ASCII.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    // Marks are removed from the decomposed form. The rest is composed again: the marks of Hangul
    // and kana make other letters, and stay.
    let bare = text.nfkd().filter(|&c| !is_accent(c));
    for c in bare.nfc() {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ı' | 'İ' => out.push('i'),
            'ς' => out.push('σ'),
            'ё' => out.push('е'),
            '’' | '‘' | 'ʼ' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Marks that writers omit: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels,
/// soft hyphens, non-joiners.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("École", "ecole"),
            ("ﬁx", "FIX"),
            ("Straße", "STRASSE"),
            ("ＡＢＣ", "abc"),
            ("Ёлка", "елка"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Ångström", "angstrom"),
            ("Silben\u{ad}trennung", "silbentrennung"),
            ("می\u{200c}خواهم", "میخواهم"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
    }

    #[test]
    fn marks_that_make_a_letter_stay() {
        assert_ne!(fold("が"), fold("か"));
        assert_eq!(fold("한글"), "한글");
    }

    proptest! {
        #[test]
        fn case_does_not_matter(text in "[a-zA-Zéüñçß0-9 ]{0,20}") {
            prop_assert_eq!(fold(&text), fold(&text.to_uppercase()));
        }
    }
}
