//! Readings of Chinese, Japanese and Korean texts: Latin letters and initials.

use super::fold;
use pinyin::ToPinyinMulti;
use std::ops::Range;
use wana_kana::ConvertJapanese;

/// A term that may be the reading of a text: the pinyin of Chinese, whole or initials (`mima`,
/// `mm`), the romaji of kana (`pasuwado`), or the initial consonants of Hangul.
#[derive(Debug, Clone)]
pub struct Reading {
    letters: Vec<char>,
    romaji: String,
    kind: ReadingKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadingKind {
    Latin,
    Hangul,
}

impl Reading {
    /// Interprets a folded term as a reading, if it may be one.
    pub fn new(term: &str) -> Option<Self> {
        let letters: Vec<char> = term.chars().collect();
        let kind = if letters.len() < 2 {
            return None;
        } else if letters.iter().all(char::is_ascii_lowercase) {
            ReadingKind::Latin
        } else if letters.iter().all(|&c| is_initial(c)) {
            ReadingKind::Hangul
        } else {
            return None;
        };
        Some(Self { romaji: short_vowels(term), letters, kind })
    }

    /// Whether a part of `text` has this reading.
    pub fn is_in(&self, text: &str) -> bool {
        match self.kind {
            ReadingKind::Latin => self.is_pinyin_in(text) || self.is_romaji_in(text),
            ReadingKind::Hangul => {
                let initials: Vec<char> = text.chars().map(initial).collect();
                initials.windows(self.letters.len()).any(|window| window == self.letters)
            }
        }
    }

    /// The parts of a text, folded or not, that have this reading: byte ranges, disjoint, in order.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let bounds: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let has = |from: usize, to: usize| self.is_in(&fold(&text[bounds[from]..bounds[to]]));
        let (mut found, mut from) = (Vec::new(), 0);
        while has(from, bounds.len() - 1) {
            // The first end, then the last start, each by bisection.
            let (mut before, mut end) = (from, bounds.len() - 1);
            while end - before > 1 {
                let middle = before.midpoint(end);
                if has(from, middle) { end = middle } else { before = middle }
            }
            let (mut start, mut after) = (from, end);
            while after - start > 1 {
                let middle = start.midpoint(after);
                if has(middle, end) { start = middle } else { after = middle }
            }
            found.push(bounds[start]..bounds[end]);
            from = end;
        }
        found
    }

    fn is_pinyin_in(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        (0..chars.len()).any(|start| is_pinyin(&self.letters, &chars[start..]))
    }

    fn is_romaji_in(&self, text: &str) -> bool {
        let runs = text.split(|c| !is_kana(c)).filter(|run| !run.is_empty());
        { runs }.any(|run| short_vowels(&run.to_romaji()).contains(&self.romaji))
    }
}

/// Whether `letters` are the pinyin or initials of the first characters; the last pinyin may be
/// unfinished.
fn is_pinyin(letters: &[char], chars: &[char]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((&first, rest)) = chars.split_first() else { return false };
    let Some(readings) = first.to_pinyin_multi() else { return false };
    readings.into_iter().any(|reading| {
        let pinyin = reading.plain();
        let common = pinyin.chars().zip(letters).take_while(|(a, b)| a == *b).count();
        let whole = common == pinyin.len() || common == letters.len();
        whole && common > 0 && is_pinyin(&letters[common..], rest)
            || common > 0 && is_pinyin(&letters[1..], rest)
    })
}

/// Shortens long vowels of romaji, which are written in several ways.
fn short_vowels(romaji: &str) -> String {
    let mut short = String::with_capacity(romaji.len());
    for c in romaji.chars().filter(|&c| c != '-' && c != 'ー') {
        let before = short.chars().next_back();
        let is_long = matches!(c, 'a' | 'i' | 'u' | 'e' | 'o') && before == Some(c)
            || c == 'u' && before == Some('o');
        if !is_long {
            short.push(c);
        }
    }
    short
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}')
}

/// The initial consonants of Hangul, as folding leaves them.
fn is_initial(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{1112}')
}

/// The initial consonant of a Hangul syllable; other characters stay.
fn initial(c: char) -> char {
    match c {
        '\u{ac00}'..='\u{d7a3}' => char::from_u32(0x1100 + (c as u32 - 0xac00) / 588).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::text::fold;

    #[test]
    fn texts_are_found_by_their_readings() {
        for (term, text) in [
            ("mima", "如何更改[密码]？"),
            ("mima", "[密码]是什么？如何更改[密码]"),
            ("mm", "如何更改[密码]？"),
            ("genggaim", "如何[更改密]码？"),
            ("ggmima", "如何[更改密码]？"),
            ("pasuwado", "この[パスワード]を忘れた"),
            ("pasuwaado", "[パスワード]を忘れた"),
            ("ㅂㅁㅂㅎ", "내 [비밀번호]"),
        ] {
            let reading = Reading::new(&fold(term)).expect("a reading");
            let plain = text.replace(['[', ']'], "");
            assert!(reading.is_in(&fold(&plain)), "{term} {text}");
            let mut marked = plain.clone();
            for range in reading.ranges(&plain).into_iter().rev() {
                marked.insert(range.end, ']');
                marked.insert(range.start, '[');
            }
            assert_eq!(marked, text, "{term}");
        }
        for (term, text) in [("zzz", "如何更改密码？"), ("mima", "password"), ("ㄱㄱ", "비밀번호")]
        {
            assert!(Reading::new(&fold(term)).is_none_or(|r| !r.is_in(&fold(text))), "{term}");
        }
    }
}
