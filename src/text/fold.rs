//! Folding: converts the spellings of a word to one form.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Folds case, accents, compatibility forms, and the forms of a script: `École` and `ecole`, `ﬁ`
/// and `fi`, hiragana and katakana, traditional and simplified Chinese become equal.
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
    // Removes accents from the decomposed form, and composes the rest again: the marks of Hangul
    // and kana make different letters, and stay.
    let mut before = '\0';
    let bare = text.nfkd().filter(|&c| {
        // The breve makes a different letter of и.
        let stays = !is_accent(c) || c == '\u{306}' && matches!(before, 'и' | 'И');
        before = c;
        stays
    });
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
            // Persian and Arabic keyboards type the same letters differently.
            'ی' | 'ى' => out.push('ي'),
            'ک' => out.push('ك'),
            'ة' | 'ۀ' => out.push('ه'),
            // Hebrew final letters.
            'ך' => out.push('כ'),
            'ם' => out.push('מ'),
            'ן' => out.push('נ'),
            'ף' => out.push('פ'),
            'ץ' => out.push('צ'),
            '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => out.push(katakana(c)),
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                out.push(simplified(c));
            }
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// The katakana of a hiragana, 96 code points further on.
fn katakana(c: char) -> char {
    char::from_u32(c as u32 + 0x60).unwrap_or(c)
}

/// The simplified form of a Chinese character.
fn simplified(c: char) -> char {
    static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let one = |text: &str| text.chars().next();
        let pairs = hanconv::RawDictionary::TSCharacters.iter();
        pairs.filter_map(|(from, to)| one(from).zip(one(to))).collect()
    });
    match SIMPLIFIED.get(&c).copied().unwrap_or(c) {
        // 帳 and 賬 are interchangeable.
        '帐' => '账',
        c => c,
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
    fn spellings_become_equal() {
        for (a, b) in [
            ("École", "ecole"),
            ("ﬁx", "FIX"),
            ("Straße", "STRASSE"),
            ("ＡＢＣ", "abc"),
            ("Ёлка", "елка"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Ångström", "angstrom"),
            ("密碼", "密码"),
            ("帳號", "账号"),
            ("ぱすわーど", "パスワード"),
            ("ﾊﾞｸﾞ", "バグ"),
            ("バグ", "バグ"),
            ("یک", "يك"),
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
        assert_ne!(fold("мой"), fold("мои"));
    }

    proptest! {
        #[test]
        fn case_does_not_matter(text in "[a-zA-Zéüñçß0-9 ]{0,20}") {
            prop_assert_eq!(fold(&text), fold(&text.to_uppercase()));
        }
    }
}
