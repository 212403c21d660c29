//! The tokenizer: splits a text of any script into folded words.
//!
//! - A word is a run of letters and digits; `don't` becomes `dont`, `therapist's` loses its `'s`,
//!   `l'école` is two words.
//! - `C++` and `C#` keep their signs; `useEffect` and `snake_case` give the whole and its parts,
//!   `e-mail` gives its parts and the whole.
//! - Scripts without spaces between words give overlapping pairs of characters (bigrams).

mod characters;
mod identifiers;

use super::{PrefixKey, fold_into};
use characters::{Class, class, is_apostrophe, is_dense, is_kana_mark};
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// The folded form; never empty.
    pub folded: &'a str,
    /// The prefix key of the folded form.
    pub prefix: PrefixKey,
    /// The byte range of the word in the text.
    pub range: Range<usize>,
    /// Its position in the text in words, from 0. Parts have the position of the whole.
    pub position: u32,
    /// Whether it is a part of another word, or several words joined.
    pub variant: bool,
}

/// The maximum length of a word in bytes: longer runs of letters are data, and are cut.
const MAX_WORD_BYTES: usize = 64;

/// Calls `each` for every word of `text`, in order of position.
pub fn words(text: &str, each: impl FnMut(Word<'_>)) {
    Tokenizer { text, position: 0, folded: String::new(), each }.run();
}

struct Tokenizer<'t, F> {
    text: &'t str,
    position: u32,
    folded: String,
    each: F,
}

impl<F: FnMut(Word<'_>)> Tokenizer<'_, F> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        // The parts of a hyphenated compound so far.
        let mut compound: Vec<Range<usize>> = Vec::new();
        while at < bytes.len() {
            let b = bytes[at];
            if b < 0x80 {
                if !b.is_ascii_alphanumeric() && b != b'_' {
                    at += 1;
                    continue;
                }
            } else {
                let c = char_at(self.text, at);
                match class(c) {
                    Class::Other => {
                        at += c.len_utf8();
                        continue;
                    }
                    Class::Dense => {
                        at = self.dense(at);
                        continue;
                    }
                    Class::Letter => {}
                }
            }
            if compound.is_empty()
                && let Some(end) = self.plain(at)
            {
                at = end;
                continue;
            }
            let range = at..self.word_end(at);
            at = range.end;
            let joins = bytes.get(at) == Some(&b'-')
                && self.text[at + 1..].chars().next().is_some_and(|c| class(c) == Class::Letter);
            self.word(range.clone());
            if joins || !compound.is_empty() {
                compound.push(range);
            }
            if !joins && !compound.is_empty() {
                self.joined(&compound);
                compound.clear();
            }
        }
    }

    /// The fast path for most words of most texts: emits a word of up to fifteen ASCII letters, in
    /// lower case except for the first, that is followed by a blank or full stop; returns its end.
    fn plain(&mut self, at: usize) -> Option<usize> {
        let ahead = self.ahead(at)?;
        let run = lowercase_run(ahead);
        let end = at + run;
        let stop = self.text.as_bytes().get(end).copied().unwrap_or(b' ');
        let stops = matches!(
            stop,
            b' ' | b'.' | b',' | b'?' | b'!' | b':' | b';' | b')' | b'"' | b'\n' | 0
        );
        if run > 15 || !stops || ahead as u8 == b'_' {
            return None;
        }
        // Digits and letters in lower case have this bit already.
        let folded = (ahead | 0x20) & ((1 << (8 * run)) - 1);
        let prefix = PrefixKey::of_bytes(folded);
        let folded = if (ahead as u8).is_ascii_uppercase() {
            self.folded.clear();
            self.folded.push(folded as u8 as char);
            self.folded.push_str(&self.text[at + 1..end]);
            &self.folded
        } else {
            &self.text[at..end]
        };
        let position = self.position;
        self.position += 1;
        (self.each)(Word { folded, prefix, range: at..end, position, variant: false });
        Some(end)
    }

    /// The next sixteen bytes, little-endian, padded with 0; `None` for shorter texts.
    fn ahead(&self, at: usize) -> Option<u128> {
        let bytes = self.text.as_bytes();
        let from = at.min(bytes.len().checked_sub(16)?);
        let ahead = u128::from_le_bytes(*bytes.get(from..)?.first_chunk()?);
        Some(ahead >> (8 * (at - from)))
    }

    /// The end of the run of letters that starts at `at`, with an inner apostrophe and the signs
    /// of `C++` and `C#`.
    fn word_end(&self, at: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut end = at;
        while end < bytes.len() && end - at < MAX_WORD_BYTES {
            let b = bytes[end];
            if b.is_ascii_alphanumeric() || b == b'_' {
                end += 1;
            } else if b >= 0x80 {
                let c = char_at(text, end);
                match class(c) {
                    Class::Letter => end += c.len_utf8(),
                    Class::Dense | Class::Other if is_apostrophe(c) => {
                        match self.suffix(end + c.len_utf8()) {
                            Some(stop) => end = stop,
                            None => break,
                        }
                    }
                    Class::Dense | Class::Other => break,
                }
            } else if b == b'\'' {
                match self.suffix(end + 1) {
                    Some(stop) => end = stop,
                    None => break,
                }
            } else if matches!(b, b'+' | b'#') && end - at <= 2 {
                let signs = bytes[end..].iter().take_while(|&&s| s == b).count();
                let stop = end + signs;
                let free = bytes.get(stop).is_none_or(|n| !n.is_ascii_alphanumeric());
                return if free && signs <= 2 && (b == b'+') == (signs == 2) { stop } else { end };
            } else {
                break;
            }
        }
        end
    }

    /// The end of an English ending after an apostrophe: `'s 't 'll 're 've 'd 'm`.
    fn suffix(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let letters = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        if rest.get(letters).is_some_and(|&b| b >= 0x80) {
            return None;
        }
        let ending = rest[..letters].to_ascii_lowercase();
        matches!(ending.as_slice(), b"s" | b"t" | b"ll" | b"re" | b"ve" | b"d" | b"m")
            .then_some(at + letters)
    }

    /// Emits the word in `folded`.
    fn emit(&mut self, range: Range<usize>, position: u32, variant: bool) {
        let folded = self.folded.as_str();
        (self.each)(Word { folded, prefix: PrefixKey::of(folded), range, position, variant });
    }

    fn word(&mut self, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        self.folded.clear();
        fold_into(raw, &mut self.folded);
        trim_folded(&mut self.folded);
        if self.folded.is_empty() {
            return;
        }
        let position = self.position;
        self.position += 1;
        self.emit(range.clone(), position, false);
        if raw.len() > 3 && identifiers::has_parts(raw) {
            self.parts(raw, range.start, position);
        }
    }

    /// Emits the parts of an identifier that starts at byte `base` of the text.
    fn parts(&mut self, raw: &str, base: usize, position: u32) {
        for part in identifiers::parts(raw) {
            self.folded.clear();
            fold_into(&raw[part.clone()], &mut self.folded);
            if !self.folded.is_empty() {
                let range = base + part.start..base + part.end;
                self.emit(range, position, true);
            }
        }
    }

    /// Emits the joined parts of a compound: `email` for `e-mail`.
    fn joined(&mut self, parts: &[Range<usize>]) {
        let range = parts[0].start..parts[parts.len() - 1].end;
        if range.len() > 24 || parts.len() > 3 {
            return;
        }
        self.folded.clear();
        for part in parts {
            fold_into(&self.text[part.clone()], &mut self.folded);
        }
        self.folded.retain(|c| c != '\'' && c != '_');
        let position = self.position.saturating_sub(parts.len() as u32);
        if !self.folded.is_empty() {
            self.emit(range, position, true);
        }
    }

    /// Emits a run of a script without spaces: its bigrams, and the last character alone, so that
    /// every character starts a word.
    fn dense(&mut self, at: usize) -> usize {
        let run = self.text[at..].char_indices().take_while(|&(_, c)| is_dense(c));
        // A mark written as a separate character belongs to the one before it.
        let starts = run.clone().filter(|&(_, c)| !is_kana_mark(c)).map(|(offset, _)| at + offset);
        let end = at + run.map(|(offset, c)| offset + c.len_utf8()).last().unwrap_or(0);
        let starts: Vec<usize> = starts.collect();
        for (n, &start) in starts.iter().enumerate() {
            let stop = starts.get(n + 2).copied().unwrap_or(end);
            self.folded.clear();
            fold_into(&self.text[start..stop], &mut self.folded);
            if !self.folded.is_empty() {
                let position = self.position;
                self.position += 1;
                self.emit(start..stop, position, false);
            }
        }
        end
    }
}

/// How many of sixteen bytes, little-endian, are the first one and `a` to `z` after it. Tests all
/// bytes at once: the end of a loop over letters would be mispredicted.
fn lowercase_run(bytes: u128) -> usize {
    const TOPS: u64 = 0x8080_8080_8080_8080;
    /// In every byte, the number that raises this letter and all later ones to at least 0x80.
    const fn lift(letter: u8) -> u64 {
        u64::from_le_bytes([0x80 - letter; 8])
    }
    let others = |bytes: u64| {
        let ascii = bytes & !TOPS;
        let lowercase = (ascii + lift(b'a')) & !(ascii + lift(b'z' + 1)) & !bytes;
        u128::from(!lowercase & TOPS)
    };
    let others = others((bytes >> 64) as u64) << 64 | others(bytes as u64);
    (others & !0xff).trailing_zeros() as usize / 8
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

/// Drops the possessive `'s`, other apostrophes, and underscores at the ends.
fn trim_folded(folded: &mut String) {
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    if folded.contains('\'') {
        folded.retain(|c| c != '\'');
    }
    if folded.starts_with('_') || folded.ends_with('_') {
        *folded = folded.trim_matches('_').to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn w(text: &str) -> String {
        let mut out = Vec::new();
        words(text, |word| {
            out.push(format!("{}{}", word.folded, if word.variant { "~" } else { "" }));
        });
        out.join(" ")
    }

    #[test]
    fn words_of_code_and_prose() {
        for (text, expected) in [
            ("Why do therapists cry?", "why do therapists cry"),
            ("don't, it's the therapist's", "dont it the therapist"),
            ("don’t l'école", "dont l ecole"),
            ("C++ and C# or c", "c++ and c# or c"),
            (".env --flag useEffect", "env flag useeffect use~ effect~"),
            ("snake_case HTTPServer", "snake_case snake~ case~ httpserver http~ server~"),
            ("e-mail COVID-19 20%", "e mail email~ covid 19 covid19~ 20"),
            ("Ünïcode Straße", "unicode strasse"),
            ("歇后语 ok", "歇后 后语 语 ok"),
            ("한글 검색", "한글 검색"),
            ("__init__", "init"),
            ("", ""),
        ] {
            assert_eq!(w(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_fast_path_gives_the_same(text in "([a-c]{1,3}|[A-C]?[a-z]{5,20}|[A-C][a-c]{0,2}|[A-Cé'’_0-9+#-]|[ .,?!:;)\"\n])*") {
            let mut fast = Vec::new();
            words(&text, |word| fast.push((word.folded.to_owned(), word.prefix, word.range, word.position)));
            let mut slow = Vec::new();
            // The fast path takes no word before a bracket.
            let marked = text.replace([' ', '.', ',', '?', '!', ':', ';', ')', '"', '\n'], "]") + "]";
            words(&marked, |word| slow.push((word.folded.to_owned(), word.prefix, word.range, word.position)));
            prop_assert_eq!(fast, slow);
        }

        #[test]
        fn any_text_gives_words_of_itself(text in any::<String>()) {
            let mut last = 0;
            words(&text, |word| {
                assert!(!word.folded.is_empty());
                assert!(!text[word.range.clone()].is_empty());
                if !word.variant {
                    assert!(word.position >= last);
                    last = word.position;
                }
            });
        }
    }
}
