//! A table of word vectors.
//!
//! The table is `assets/meaning.bin`, compiled in and read in place: opening it reads 24 bytes. It
//! is made by `assets/meaning/make.py` from a sentence encoder, one vector per word, so that the
//! mean of a text's word vectors comes close to the encoder's embedding of the text (the idea of
//! `Model2Vec` and Tokenlearn, with least squares instead of training). The length of a vector is the
//! weight of its word.
//!
//! The file, numbers little-endian: the head (`QAMEAN01`, words: u32, dimensions: u16, words in a
//! block: u16, bytes of text: u32, unit: f32); a u16 per word, its scale; the vectors, i8; a u32 per
//! block, the offset of its text; the words, sorted, front-coded within a block (bytes shared with
//! the word before, bytes that follow, these bytes).

use super::embedding::{DIMS, WordVector};
use std::sync::LazyLock;

/// Words of this many bytes or more are not in a table.
const MAX_WORD: usize = 32;
/// The length of the file header in bytes.
pub(super) const HEAD: usize = 24;

static ENGLISH: LazyLock<EmbeddingTable> = LazyLock::new(|| {
    EmbeddingTable::parse(include_bytes!("../../../assets/meaning.bin"))
        .unwrap_or(EmbeddingTable::EMPTY)
});

/// A table of word vectors.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct EmbeddingTable {
    scales: &'static [u8],
    numbers: &'static [u8],
    pub(super) offsets: &'static [u8],
    coded: &'static [u8],
    /// The number of words that are front-coded together.
    pub(super) block: usize,
    /// The factor of a scale of 1.
    unit: f32,
}

/// The number of a word in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::search) struct WordId(pub(super) u16);

impl EmbeddingTable {
    /// A table without words.
    pub const EMPTY: Self =
        Self { scales: &[], numbers: &[], offsets: &[], coded: &[], block: 1, unit: 0.0 };

    /// The table of English words.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    pub(super) fn parse(data: &'static [u8]) -> Option<Self> {
        let head = data.first_chunk::<HEAD>()?;
        let count = read_u32(head, 8)? as usize;
        let block = usize::from(read_u16(head, 14)?);
        if !head.starts_with(b"QAMEAN01")
            || usize::from(read_u16(head, 12)?) != DIMS
            || block == 0
            || count > usize::from(u16::MAX)
        {
            return None;
        }
        let unit = f32::from_bits(read_u32(head, 20)?);
        let (scales, rest) = data[HEAD..].split_at_checked(2 * count)?;
        let (numbers, rest) = rest.split_at_checked(DIMS * count)?;
        let (offsets, coded) = rest.split_at_checked(4 * count.div_ceil(block))?;
        let whole = coded.len() == read_u32(head, 16)? as usize;
        whole.then_some(Self { scales, numbers, offsets, coded, block, unit })
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.scales.len() / 2
    }

    /// The vector of a folded word, or of its base form if only that is in the table (`sobbed`:
    /// `sob`).
    pub fn word(&self, folded: &str) -> Option<WordVector<'_>> {
        self.get(self.find(folded)?)
    }

    /// The number of a folded word or of its base form.
    pub fn find(&self, folded: &str) -> Option<WordId> {
        let word = folded.as_bytes();
        if word.is_empty() || word.len() >= MAX_WORD || !word.is_ascii() {
            return None;
        }
        self.exact(word).or_else(|| self.base_form(word))
    }

    /// The vector of a number returned by [`find`](Self::find).
    pub fn get(&self, id: WordId) -> Option<WordVector<'_>> {
        let at = usize::from(id.0);
        let scale = f32::from(read_u16(self.scales, 2 * at)?) * self.unit;
        let numbers = self.numbers.get(DIMS * at..DIMS * (at + 1))?;
        Some(WordVector::new(numbers, scale))
    }

    pub(super) fn exact(&self, word: &[u8]) -> Option<WordId> {
        // The last block whose first word is not after the word.
        let (mut from, mut to) = (0, self.offsets.len() / 4);
        while to - from > 1 {
            let middle = from.midpoint(to);
            if self.first_of(middle)? <= word {
                from = middle;
            } else {
                to = middle;
            }
        }
        let mut rest = self.block_text(from)?;
        let mut current = [0; MAX_WORD];
        for number in from * self.block..((from + 1) * self.block).min(self.len()) {
            let (&[shared, more], tail) = rest.split_first_chunk()?;
            let (tail, after) = tail.split_at_checked(usize::from(more))?;
            let length = usize::from(shared) + tail.len();
            current.get_mut(usize::from(shared)..length)?.copy_from_slice(tail);
            if current[..length] == *word {
                return Some(WordId(number as u16));
            }
            rest = after;
        }
        None
    }

    fn block_text(&self, block: usize) -> Option<&'static [u8]> {
        self.coded.get(read_u32(self.offsets, 4 * block)? as usize..)
    }

    pub(super) fn first_of(&self, block: usize) -> Option<&'static [u8]> {
        let text = self.block_text(block)?;
        text.get(2..2 + usize::from(*text.get(1)?))
    }

    /// The first known base form that a word may be inflected from; the table was thinned by the
    /// same rules (`bases` in `assets/meaning/fit.py`).
    fn base_form(&self, word: &[u8]) -> Option<WordId> {
        let cut = |ending: &str, instead: &str| {
            let stem = word.strip_suffix(ending.as_bytes())?;
            let mut form = [0; MAX_WORD];
            let length = stem.len() + instead.len();
            form.get_mut(..stem.len())?.copy_from_slice(stem);
            form.get_mut(stem.len()..length)?.copy_from_slice(instead.as_bytes());
            (length > 2).then(|| self.exact(&form[..length]))?
        };
        // `hugged`: `hug`; `hoped`: `hope`, and not `hop`; `helped`: `help`.
        let verb = |ending: &str| {
            let single = match word.strip_suffix(ending.as_bytes())? {
                [shorter @ .., a, b] if a == b && shorter.len() > 1 => {
                    self.exact(&word[..=shorter.len()])
                }
                _ => None,
            };
            single.or_else(|| cut(ending, "e")).or_else(|| cut(ending, ""))
        };
        let plural = || {
            if word.ends_with(b"ss") {
                return None;
            }
            cut("s", "").or_else(|| cut("es", ""))
        };
        cut("ies", "y")
            .or_else(plural)
            .or_else(|| cut("ied", "y"))
            .or_else(|| verb("ed"))
            .or_else(|| verb("ing"))
            .or_else(|| cut("ly", ""))
    }
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
