//! The only filter between a source and the screen.
//!
//! Terminal libraries drop the ESC of an escape sequence and leave the rest in the text, swallow
//! tabs, and pass on bidirectional controls. So this module removes whole sequences, and replaces
//! characters that could reorder or hide text by a visible mark.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// Replaces a removed control or direction character.
const MARK: char = '\u{fffd}';
/// The most combining marks that are kept on one letter.
const MARKS_PER_GRAPHEME: usize = 8;
const TAB: &str = "    ";
const NON_JOINER: char = '\u{200c}';
const SOFT_HYPHEN: char = '\u{ad}';

/// Sanitises a text of several lines: keeps line feeds, turns tabs into spaces, removes whole
/// escape sequences, replaces other controls by a visible mark.
///
/// ```
/// use quick_answer::text::sanitise;
/// assert_eq!(sanitise("a\u{1b}[31mred\u{1b}[0m\tb\r\n".into()), "ared    b\n");
/// ```
pub fn sanitise(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) { text } else { Cow::Owned(clean(&text, TAB)) }
}

/// As [`sanitise`], but for answers: keeps tabs, which code may need. The layout expands them.
pub fn sanitise_keeping_tabs(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) { text } else { Cow::Owned(clean(&text, "\t")) }
}

/// As [`sanitise`], but for single lines: line breaks become single blanks.
pub fn sanitise_line(text: Cow<'_, str>) -> Cow<'_, str> {
    let clean = sanitise(text);
    if memchr::memchr(b'\n', clean.as_bytes()).is_some() {
        Cow::Owned(clean.split('\n').map(str::trim).collect::<Vec<_>>().join(" "))
    } else {
        clean
    }
}

/// Whether a text is ASCII without controls other than the line feed: true for most text, and
/// checked at memory speed.
fn is_clean(bytes: &[u8]) -> bool {
    // Without an early exit inside a piece, the compiler vectorises the loop.
    let odd = |&b: &u8| u8::from(!matches!(b, b' '..=b'~' | b'\n'));
    let is_plain = |piece: &[u8]| piece.iter().map(odd).fold(0, |any, odd| any | odd) == 0;
    bytes.chunks(128).all(is_plain)
}

fn clean(text: &str, tab: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut terminators = Terminators::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let joiner = matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | NON_JOINER | SOFT_HYPHEN);
        if is_combining_mark(c) && !joiner && !is_invisible(c) {
            marks += 1;
            if marks <= MARKS_PER_GRAPHEME {
                out.push(c);
            }
            continue;
        }
        let before = out.len();
        match c {
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str(tab),
            '\r' => {
                if !rest.as_str().starts_with('\n') {
                    out.push('\n');
                }
            }
            '\u{8}' => overstrike(&mut out, &mut rest),
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_csi(&mut rest),
            // In a wrongly decoded text these are letters: remove only a complete string.
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' if terminators.follow(&rest) => {
                skip_string(&mut rest);
            }
            c if c.is_control() => out.push(MARK),
            c if is_direction(c) => out.push(MARK),
            c if is_invisible(c) => {}
            // A joiner has a meaning only after another character.
            '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => {
                let last = out.chars().next_back();
                if last != Some(c) && !matches!(last, None | Some('\n' | '\u{200d}')) {
                    out.push(c);
                }
            }
            NON_JOINER | SOFT_HYPHEN => {
                if out.chars().next_back().is_some_and(|last| may_follow(c, last)) {
                    out.push(c);
                }
            }
            c => out.push(c),
        }
        // A removed sequence does not separate a letter from its marks.
        if out.len() > before && !joiner {
            marks = 0;
        }
    }
    out
}

/// Whether a character is an embedding, override or isolate, which reorder text on the screen.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}')
}

/// Whether `c` is used after `last`: Persian and Indic words have a non-joiner between two letters,
/// long words have soft hyphens.
fn may_follow(c: char, last: char) -> bool {
    let is_letter = last.is_alphabetic() || is_combining_mark(last);
    is_letter && (c == SOFT_HYPHEN || !last.is_ascii())
}

/// Handles overstrikes: manual pages print bold as `W^HW` and underlined as `_^HW`. Any other
/// backspace could hide text behind other text, so it becomes visible.
fn overstrike(out: &mut String, rest: &mut std::str::Chars<'_>) {
    let next = rest.clone().next();
    let last = out.chars().next_back().filter(|last| !last.is_whitespace());
    match (last, next) {
        (Some(last), Some('_')) if last != MARK => _ = rest.next(),
        (Some('_'), Some(next))
            if !(next.is_control() || next.is_whitespace() || is_combining_mark(next)) =>
        {
            _ = out.pop();
        }
        (Some(last), Some(next)) if last == next => _ = rest.next(),
        // A bullet.
        (Some('+'), Some('o')) => _ = out.pop(),
        _ => out.push(MARK),
    }
}

/// Whether a character is invisible: zero-width space, word joiner, byte order mark, direction
/// marks, fillers, interlinear annotations, noncharacters.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fe00}'..='\u{fe0d}' | '\u{fdd0}'..='\u{fdef}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
        || (c as u32) & 0xfffe == 0xfffe
        || is_stray_tag(c)
}

/// Whether a character is a tag letter, which can carry hidden text; only flags of regions use
/// them, and these are legible without.
fn is_stray_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

/// Skips what follows ESC: a control sequence, a string up to its terminator, or a short escape.
fn skip_escape(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('[') => {
            *rest = ahead;
            skip_csi(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            *rest = ahead;
            skip_string(rest);
        }
        // Intermediate bytes, then a final one: `ESC ( B`.
        Some(' '..='/') => {
            *rest = ahead;
            while let Some(c) = rest.clone().next() {
                if !matches!(c, ' '..='~') {
                    break;
                }
                rest.next();
                if !matches!(c, ' '..='/') {
                    break;
                }
            }
        }
        Some('0'..='~') => *rest = ahead,
        _ => {}
    }
}

/// Skips parameters and intermediate bytes up to the final byte `@`..`~`.
fn skip_csi(rest: &mut std::str::Chars<'_>) {
    while let Some(c) = rest.clone().next() {
        if !matches!(c, ' '..='~') {
            return;
        }
        rest.next();
        if matches!(c, '@'..='~') {
            return;
        }
    }
}

/// Searches for the terminators of strings, once per line.
#[derive(Default)]
struct Terminators {
    /// A range without terminators, by the lengths of the text remaining at its ends.
    none: std::ops::Range<usize>,
}

impl Terminators {
    /// Whether a string that starts here has its terminator on the same line.
    fn follow(&mut self, rest: &std::str::Chars<'_>) -> bool {
        let rest = rest.as_str();
        if self.none.contains(&rest.len()) {
            return false;
        }
        let end = rest.find(['\n', '\u{7}', '\u{9c}', '\u{1b}']).unwrap_or(rest.len());
        // Another escape ends the search: what follows it is not part of this string.
        let found =
            rest[end..].starts_with(['\u{7}', '\u{9c}']) || rest[end..].starts_with("\u{1b}\\");
        if !found {
            self.none = rest.len() - end..rest.len() + 1;
        }
        found
    }
}

/// Skips an OSC, DCS, SOS, PM or APC string up to BEL or ST. An unterminated one ends with its
/// line, so that it cannot swallow the rest of a file.
fn skip_string(rest: &mut std::str::Chars<'_>) {
    while let Some(c) = rest.clone().next() {
        match c {
            '\n' => return,
            '\u{7}' | '\u{9c}' => {
                rest.next();
                return;
            }
            '\u{1b}' => {
                let mut ahead = rest.clone();
                ahead.next();
                if ahead.next() == Some('\\') {
                    *rest = ahead;
                }
                return;
            }
            _ => {
                rest.next();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn s(text: &str) -> String {
        sanitise(Cow::Borrowed(text)).into_owned()
    }

    #[test]
    fn whole_escape_sequences_are_removed() {
        assert_eq!(s("a\u{1b}[2Jb\u{1b}[1;31mc"), "abc");
        assert_eq!(
            s("a\u{1b}]0;title\u{7}b\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\"),
            "ablink"
        );
        assert_eq!(
            s("a\u{1b}]52;c;aGk=\u{9c}b\u{1b}Pq#0\u{1b}\\c\u{9b}31md\u{1b}(Be\u{1b}7f"),
            "abcdef"
        );
        assert_eq!(s("a\u{1b}]0;never ends\nnext line stays"), "a\nnext line stays");
    }

    #[test]
    fn direction_controls_become_visible_and_invisible_characters_are_removed() {
        assert_eq!(s("a\u{202e}b\u{2066}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(s("a\u{200b}b\u{feff}c\u{e0041}d\u{200c}e\u{2060}f"), "abcdef");
        assert_eq!(s("a\u{2028}b\u{0}c"), "a\nb\u{fffd}c");
    }

    #[test]
    fn families_flags_and_accents_stay() {
        for text in [
            "👩‍👩‍👧‍👦",
            "🇫🇷",
            "❤️",
            "e\u{301}a\u{308}",
            "한글",
            "مرحبا",
            "ที่",
            "नमस्ते",
            "می\u{200c}خواهم",
            "क्\u{200c}ष",
            "Silben\u{ad}trennung",
        ] {
            assert_eq!(s(text), text);
        }
    }

    #[test]
    fn a_million_marks_on_one_letter_become_a_few() {
        let text = format!("a{}b", "\u{301}".repeat(1_000_000));
        assert_eq!(s(&text).chars().count(), 2 + MARKS_PER_GRAPHEME);
    }

    #[test]
    fn overstrikes_of_manual_pages_are_plain_letters() {
        assert_eq!(s("W\u{8}WH\u{8}HA\u{8}AT\u{8}T"), "WHAT");
        assert_eq!(
            s("_\u{8}a_\u{8}b c\u{8}_ \u{2022}\u{8}\u{2022} +\u{8}o x"),
            "ab c \u{2022} o x"
        );
        assert_eq!(s("é\u{8}é W\u{8}W\u{8}W"), "é W");
        assert_eq!(s("safe\u{8}\u{8}\u{8}\u{8}evil"), "safe\u{fffd}\u{fffd}\u{fffd}\u{fffd}evil");
        assert_eq!(s("\u{8}a\n\u{8}b"), "\u{fffd}a\n\u{fffd}b");
    }

    #[test]
    fn an_escape_does_not_separate_a_letter_from_its_marks() {
        let text = format!("a{}", "\u{301}\u{1b}[m".repeat(20));
        assert_eq!(s(&text).chars().count(), 1 + MARKS_PER_GRAPHEME);
    }

    #[test]
    fn lines_and_tabs() {
        assert_eq!(s("a\r\nb\rc\td"), "a\nb\nc    d");
        assert_eq!(sanitise_line("a \r\n b".into()), "a b");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_passes_and_twice_is_once(text in any::<String>()) {
            let once = s(&text);
            let safe = |c: char| !c.is_control() && !is_direction(c) && !is_invisible(c);
            prop_assert!(once.chars().all(|c| c == '\n' || safe(c)), "something unsafe is left");
            prop_assert_eq!(s(&once), once);
        }

        #[test]
        fn escapes_in_any_place(parts in proptest::collection::vec("[\\x1b\\x9b\\[\\]P;m0-9a\\\\\\x07\\n]{0,8}", 0..8)) {
            let once = s(&parts.concat());
            prop_assert!(!once.contains(['\u{1b}', '\u{9b}', '\u{7}']), "an escape is left");
            prop_assert_eq!(s(&once), once);
        }
    }
}
