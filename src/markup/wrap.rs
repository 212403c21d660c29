//! Breaks text into lines: between words first, between characters of scripts without blanks, and
//! inside a word only if it is longer than a line. A grapheme is never split.

use super::line::Join;
use crate::text::grapheme_width;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The widths of the first line and of all others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub first: usize,
    pub rest: usize,
}

impl Room {
    pub fn same(columns: usize) -> Self {
        Room { first: columns, rest: columns }
    }
}

/// A possible line break.
#[derive(Clone, Copy)]
struct Break {
    /// The end of the line's text.
    end: usize,
    /// The start of the next line's text.
    next: usize,
    /// The columns up to `next`.
    used: usize,
    join: Join,
}

/// Wraps `text`, in which a line feed is a hard break. Blanks at the breaks are dropped.
///
/// Returns for each line its byte range in `text`, and how it continues the previous one. No line
/// is wider than `room`, except for a single grapheme that is wider than a whole line.
pub(super) fn wrap(text: &str, room: Room) -> Vec<(Range<usize>, Join)> {
    let mut wrapper = Wrapper {
        text,
        lines: Vec::new(),
        room: room.first.max(1),
        rest: room.rest.max(1),
        start: 0,
        used: 0,
        join: Join::Begins,
        word_break: None,
        inner_break: None,
    };
    wrapper.run();
    wrapper.lines
}

struct Wrapper<'a> {
    text: &'a str,
    lines: Vec<(Range<usize>, Join)>,
    /// The width of the current line, and of those after it.
    room: usize,
    rest: usize,
    /// The start of that line, its filled columns, and how it continues the previous one.
    start: usize,
    used: usize,
    join: Join,
    /// The last possible break between words.
    word_break: Option<Break>,
    /// The last possible break inside a word that is longer than a line.
    inner_break: Option<Break>,
}

impl Wrapper<'_> {
    fn run(&mut self) {
        let text = self.text;
        let mut at = 0;
        let mut before = None;
        while at < text.len() {
            let end = grapheme_end(text, at);
            let grapheme = &text[at..end];
            match grapheme {
                "\n" => self.hard_break(at),
                " " => self.blank(at),
                _ => self.grapheme(at, grapheme, before),
            }
            before = grapheme.chars().next_back();
            at = end;
        }
        let end = text[self.start..].trim_end_matches(' ').len() + self.start;
        if end > self.start {
            self.lines.push((self.start..end, self.join));
        }
    }

    fn hard_break(&mut self, at: usize) {
        let end = self.text[self.start..at].trim_end_matches(' ').len() + self.start;
        self.lines.push((self.start..end, self.join));
        self.begin(at + 1, 0, Join::Begins);
    }

    fn blank(&mut self, at: usize) {
        if at == self.start {
            self.start = at + 1;
            return;
        }
        self.used += 1;
        let here = Break { end: at, next: at + 1, used: self.used, join: Join::Blank };
        self.word_break = Some(match self.word_break {
            Some(last) if last.next == at => Break { end: last.end, ..here },
            _ => here,
        });
    }

    fn grapheme(&mut self, at: usize, grapheme: &str, before: Option<char>) {
        let width = grapheme_width(grapheme);
        let here = Break { end: at, next: at, used: self.used, join: Join::Direct };
        if let (Some(before), Some(first)) = (before, grapheme.chars().next())
            && at > self.start
        {
            if breaks_between(before, first) {
                self.word_break = Some(here);
            } else if is_seam(before) && self.used * 2 > self.room {
                self.inner_break = Some(here);
            }
        }
        while self.used + width > self.room && at > self.start {
            let here = Break { end: at, next: at, used: self.used, join: Join::Direct };
            let chosen = self.word_break.or(self.inner_break).unwrap_or(here);
            self.lines.push((self.start..chosen.end, self.join));
            let used = self.used - chosen.used;
            self.begin(chosen.next, used, chosen.join);
        }
        self.used += width;
    }

    fn begin(&mut self, start: usize, used: usize, join: Join) {
        self.start = start;
        self.used = used;
        self.join = join;
        self.room = self.rest;
        self.word_break = None;
        self.inner_break = None;
    }
}

/// The end of the grapheme that starts at `at`.
pub(super) fn grapheme_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // Two adjacent ASCII characters are two graphemes, except for line ends, of which only `\n`
    // occurs.
    if bytes[at] < 0x80 && bytes.get(at + 1).is_none_or(|&b| b < 0x80) {
        return at + 1;
    }
    text[at..].graphemes(true).next().map_or(text.len(), |g| at + g.len())
}

/// Whether a line may end between two adjacent characters.
fn breaks_between(before: char, after: char) -> bool {
    if before.is_ascii() && after.is_ascii() {
        return false;
    }
    (is_dense(before) || is_dense(after) || before == '—')
        && !before.is_whitespace()
        && !never_ends(before)
        && !never_begins(after)
}

/// Whether a character is of a script without blanks between words.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{30ff}' | '\u{3100}'..='\u{312f}'
        | '\u{31a0}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff9f}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Whether a line must not start with a character: closing marks, small kana and the like.
fn never_begins(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '(' | '[' | '{' | '<' | '"' | '\'' | '`' | '@' | '#')
        || matches!(
            c,
            '、' | '。'
                | '，'
                | '．'
                | '：'
                | '；'
                | '？'
                | '！'
                | '）'
                | '］'
                | '｝'
                | '」'
                | '』'
                | '】'
                | '〉'
                | '》'
                | '〕'
                | '〗'
                | '”'
                | '’'
                | '…'
                | '‥'
                | '—'
                | '・'
                | 'ー'
                | '々'
                | '〜'
                | '～'
                | '％'
                | 'ゝ'
                | 'ゞ'
                | 'ヽ'
                | 'ヾ'
                | 'ぁ'
                | 'ぃ'
                | 'ぅ'
                | 'ぇ'
                | 'ぉ'
                | 'っ'
                | 'ゃ'
                | 'ゅ'
                | 'ょ'
                | 'ァ'
                | 'ィ'
                | 'ゥ'
                | 'ェ'
                | 'ォ'
                | 'ッ'
                | 'ャ'
                | 'ュ'
                | 'ョ'
                | 'ะ'
                | 'า'
                | 'ำ'
                | 'ๅ'
                | 'ๆ'
                | 'ฯ'
        )
        || c == '\u{a0}'
        || c == '\u{200d}'
}

/// Whether a line must not end with a character: opening marks.
fn never_ends(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '“'
            | '‘'
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '《'
            | '〔'
            | '〖'
            | '\u{a0}'
            | '\u{200d}'
            | 'เ'
            | 'แ'
            | 'โ'
            | 'ใ'
            | 'ไ'
    )
}

/// Whether a word that is too long is best broken after this character, as in a path or an address.
pub(super) fn is_seam(c: char) -> bool {
    matches!(c, '/' | '-' | '_' | '.' | '?' | '&' | '=' | ',' | ';' | ':' | '+' | '%' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::columns;
    use proptest::prelude::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, Room::same(width)).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn words_first() {
        for (text, width, expected) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one two three", 8, vec!["one two", "three"]),
            ("one   two", 5, vec!["one", "two"]),
            ("  one", 9, vec!["one"]),
            ("one\n\ntwo", 9, vec!["one", "", "two"]),
            ("incomprehensible", 6, vec!["incomp", "rehens", "ible"]),
            ("see src/view/markdown.rs", 10, vec!["see", "src/view/", "markdown.", "rs"]),
            ("歇后语是俏皮话", 6, vec!["歇后语", "是俏皮", "话"]),
            ("他说：「好。」", 8, vec!["他说：", "「好。」"]),
            ("한글 단어", 6, vec!["한글", "단어"]),
            ("cafe\u{301} au lait", 7, vec!["cafe\u{301} au", "lait"]),
            ("❤️❤️ 👩‍👩‍👧‍👦", 4, vec!["❤️❤️", "👩‍👩‍👧‍👦"]),
            ("a 👩‍👩‍👧‍👦b", 3, vec!["a", "👩‍👩‍👧‍👦b"]),
            ("", 5, vec![]),
        ] {
            assert_eq!(lines(text, width), expected, "{text} at {width}");
        }
    }

    #[test]
    fn the_first_line_may_be_shorter() {
        let text = "one two three";
        let got: Vec<_> = wrap(text, Room { first: 3, rest: 9 });
        assert_eq!(got, [(0..3, Join::Begins), (4..13, Join::Blank)]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_too_wide(text in "[ a-c-—\né\u{301}界한👩\u{200d}❤\u{fe0f}ไ。（]{0,60}", width in 1_usize..12) {
            let got = lines(&text, width);
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&got.concat()), bare(&text));
            for line in got {
                let widest = line.graphemes(true).count() == 1;
                prop_assert!(columns(line) <= width || widest, "{line:?} at {width}");
            }
        }
    }
}
