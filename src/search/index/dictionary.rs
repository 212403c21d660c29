//! The sorted distinct words of many texts, with letter masks that rule out most of them quickly.

use crate::collection::Offsets;
use std::ops::Range;

/// Sorted distinct folded words; a word's number is its rank.
#[derive(Debug, Default)]
pub(in crate::search) struct Dictionary {
    text: String,
    ends: Offsets,
    masks: Vec<u32>,
}

impl Dictionary {
    /// Appends a word, which must sort after all others.
    pub fn push(&mut self, word: &str) {
        self.push_with_mask(word, letter_mask(word));
    }

    /// As [`Dictionary::push`], with the letter mask of the word.
    pub fn push_with_mask(&mut self, word: &str, mask: u32) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.masks.push(mask);
    }

    /// Reserves memory for `words` words of `text` bytes in total.
    pub fn reserve(&mut self, words: usize, text: usize) {
        self.text.reserve(text);
        self.ends.reserve(words);
        self.masks.reserve(words);
    }

    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.masks.shrink_to_fit();
    }

    /// The bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        const PER_WORD: usize = Offsets::BYTES + size_of::<u32>();
        self.text.len() + PER_WORD * self.len()
    }

    /// The bytes of all words.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn word(&self, n: usize) -> &str {
        &self.text[self.ends.span(n)]
    }

    /// Whether a word is Chinese, Japanese or Korean; such words sort last.
    pub fn has_east_asian(&self) -> bool {
        let last = self.len().checked_sub(1).and_then(|n| self.word(n).chars().next());
        last.is_some_and(|c| c >= '\u{3041}')
    }

    /// The letter mask of word `n`.
    pub fn mask(&self, n: usize) -> u32 {
        self.masks[n]
    }

    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.lower_bound(word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    /// The numbers of the words that begin with `prefix`.
    pub fn starting_with(&self, prefix: &str) -> Range<usize> {
        let start = self.lower_bound(prefix);
        let rest = self.len() - start;
        let count = partition_point(rest, |n| self.word(start + n).starts_with(prefix));
        start..start + count
    }

    fn lower_bound(&self, word: &str) -> usize {
        partition_point(self.len(), |n| self.word(n) < word)
    }
}

fn partition_point(len: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The letters of a word: a bit for each of a-z, one for digits, five shared by all other
/// characters. Changing one letter changes at most two bits.
pub(in crate::search) fn letter_mask(word: &str) -> u32 {
    if word.is_ascii() {
        return word.bytes().fold(0, |mask, b| mask | LETTERS[usize::from(b) & 0x7f]);
    }
    word.chars().fold(0, |mask, c| mask | letter(c as u32))
}

const fn letter(c: u32) -> u32 {
    match c {
        0x61..=0x7a => 1 << (c - 0x61),
        0x30..=0x39 => 1 << 26,
        c => 1 << (27 + c % 5),
    }
}

/// [`letter`] of every ASCII character.
const LETTERS: [u32; 128] = {
    let mut all = [0; 128];
    let mut c = 0;
    while c < all.len() {
        all[c] = letter(c as u32);
        c += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_and_beginnings() {
        let mut words = Dictionary::default();
        for word in ["a", "cab", "cry", "crying", "cup", "é"] {
            words.push(word);
        }
        assert_eq!(words.find("cry"), Some(2));
        assert_eq!(words.find("cr"), None);
        assert_eq!(words.starting_with("cr"), 2..4);
        assert_eq!(words.starting_with("x"), 5..5);
        assert_eq!(words.starting_with(""), 0..6);
        assert_eq!(words.starting_with("é"), 5..6);
    }
}
