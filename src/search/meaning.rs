//! What words mean: a table of word vectors, so that a text can be found by words it does not have.
//!
//! The table is `assets/meaning.bin`, compiled in and read where it lies: opening it reads 24
//! bytes. It is made by `assets/meaning/make.py` from a sentence encoder, one vector a word, so that
//! the mean of a text's word vectors comes close to what the encoder says of the whole text (the
//! idea of `Model2Vec` and Tokenlearn, with least squares instead of training). How much a word counts
//! is in its vector's length.
//!
//! All sums are made in one fixed order, without fused operations: every machine gets the same bits.
//!
//! The file, numbers little-endian: the head (`QAMEAN01`, words: u32, dimensions: u16, words in a
//! block: u16, bytes of text: u32, unit: f32); a u16 a word, its scale; the vectors, i8; a u32 a
//! block, where its text begins; the words, sorted, front-coded within a block (bytes shared with
//! the word before, bytes that follow, these bytes).

use crate::text::words;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Numbers in a vector.
pub const DIMS: usize = 128;

/// Longer words are not in a table.
const LONGEST: usize = 32;
const HEAD: usize = 24;

static ENGLISH: LazyLock<Meaning> = LazyLock::new(|| {
    Meaning::parse(include_bytes!("../../assets/meaning.bin")).unwrap_or(Meaning::EMPTY)
});

/// A table of word vectors.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    scales: &'static [u8],
    numbers: &'static [u8],
    offsets: &'static [u8],
    coded: &'static [u8],
    /// Words that are front-coded together.
    block: usize,
    /// What a scale of 1 stands for.
    unit: f32,
}

/// A word's number in its table: small enough to keep one beside every word of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(u16);

/// What a word means, as the table holds it: `numbers` times `scale`.
#[derive(Debug, Clone, Copy)]
pub struct WordVector<'a> {
    numbers: &'a [u8],
    scale: f32,
}

impl Meaning {
    /// A table that knows no word.
    pub const EMPTY: Self =
        Self { scales: &[], numbers: &[], offsets: &[], coded: &[], block: 1, unit: 0.0 };

    /// The table for English texts.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    fn parse(data: &'static [u8]) -> Option<Self> {
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

    /// How many words it knows.
    pub fn len(&self) -> usize {
        self.scales.len() / 2
    }

    /// Whether it knows no word.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// What a folded word means; a word that is not in the table means what its simpler form does
    /// (`sobbed`: `sob`).
    pub fn word(&self, folded: &str) -> Option<WordVector<'_>> {
        self.get(self.find(folded)?)
    }

    /// The number of a folded word or of its simpler form.
    pub fn find(&self, folded: &str) -> Option<WordId> {
        let word = folded.as_bytes();
        if word.is_empty() || word.len() >= LONGEST || !word.is_ascii() {
            return None;
        }
        self.exact(word).or_else(|| self.simpler(word))
    }

    /// The vector with a number that [`find`](Self::find) gave.
    pub fn get(&self, id: WordId) -> Option<WordVector<'_>> {
        let at = usize::from(id.0);
        let scale = f32::from(read_u16(self.scales, 2 * at)?) * self.unit;
        let numbers = self.numbers.get(DIMS * at..DIMS * (at + 1))?;
        Some(WordVector { numbers, scale })
    }

    /// What a text means: the mean of its words, of length 1; nothing if no word is known.
    pub fn of_text(&self, text: &str) -> Option<Vector> {
        Reader::new(*self).text(text)
    }

    fn exact(&self, word: &[u8]) -> Option<WordId> {
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
        let mut current = [0; LONGEST];
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

    fn first_of(&self, block: usize) -> Option<&'static [u8]> {
        let text = self.block_text(block)?;
        text.get(2..2 + usize::from(*text.get(1)?))
    }

    /// The first known one of the forms that a word may be inflected from; the table was thinned
    /// by the same rules (`bases` in `assets/meaning/fit.py`).
    fn simpler(&self, word: &[u8]) -> Option<WordId> {
        let cut = |ending: &str, instead: &str| {
            let stem = word.strip_suffix(ending.as_bytes())?;
            let mut form = [0; LONGEST];
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

/// Words that a reader remembers.
const MOST_KNOWN: usize = 50_000;

/// Reads many texts, and looks a word up only once: most words stand in many texts.
#[derive(Debug)]
pub struct Reader {
    table: Meaning,
    known: FxHashMap<Box<str>, Option<WordId>>,
}

impl Reader {
    /// A reader that has looked nothing up yet.
    pub fn new(table: Meaning) -> Self {
        Self { table, known: FxHashMap::default() }
    }

    /// As [`Meaning::of_text`].
    pub fn text(&mut self, text: &str) -> Option<Vector> {
        let mut sum = Vector::default();
        words(text, |word| {
            if !word.variant
                && let Some(known) = self.find(word.folded).and_then(|id| self.table.get(id))
            {
                sum.add(known, 1.0);
            }
        });
        let mean = sum.normalised();
        (mean != Vector::default()).then_some(mean)
    }

    fn find(&mut self, word: &str) -> Option<WordId> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        let found = self.table.find(word);
        self.known.insert(word.into(), found);
        found
    }
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vector([f32; DIMS]);

impl Default for Vector {
    fn default() -> Self {
        Self([0.0; DIMS])
    }
}

impl Vector {
    /// Adds a word, `weight` times.
    pub fn add(&mut self, word: WordVector<'_>, weight: f32) {
        let factor = word.scale * weight;
        for (sum, &number) in self.0.iter_mut().zip(word.numbers) {
            *sum += f32::from(number.cast_signed()) * factor;
        }
    }

    /// Adds another text's vector, `weight` times; a weight below 0 takes away what it has in
    /// common with it.
    pub fn blend(&mut self, other: &Self, weight: f32) {
        for (sum, number) in self.0.iter_mut().zip(&other.0) {
            *sum += number * weight;
        }
    }

    /// The same direction with length 1; zero stays zero.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let length = self.dot(self).sqrt();
        if length > 0.0 { Self(self.0.map(|number| number / length)) } else { Self::default() }
    }

    /// From -1 to 1: how much two texts mean the same; 0 if one of them says nothing.
    pub fn cosine(&self, other: &Self) -> f32 {
        let lengths = (self.dot(self) * other.dot(other)).sqrt();
        if lengths > 0.0 { (self.dot(other) / lengths).clamp(-1.0, 1.0) } else { 0.0 }
    }

    /// The sum of products: the cosine, where both have length 1.
    pub fn dot(&self, other: &Self) -> f32 {
        // Eight sums side by side: one order for every machine, and quick on those that add eight
        // numbers at once.
        let mut sums = [0.0; 8];
        let pairs = self.0.as_chunks::<8>().0.iter().zip(other.0.as_chunks::<8>().0);
        for (a, b) in pairs {
            for lane in 0..8 {
                sums[lane] += a[lane] * b[lane];
            }
        }
        sums.iter().sum()
    }

    /// The direction alone, in a quarter of the memory.
    pub fn compact(&self) -> Compact {
        let unit = self.normalised();
        Compact(unit.0.map(|number| (number * COMPACT_UNIT).round() as i8))
    }
}

/// What a [`Compact`] number of 1.0 is stored as.
const COMPACT_UNIT: f32 = 127.0;

/// A [`Vector`]'s direction in a quarter of the memory, for keeping one an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compact([i8; DIMS]);

impl Compact {
    /// As [`Vector::cosine`], within about 0.02, in whole numbers.
    pub fn cosine(&self, other: &Self) -> f32 {
        let products = self.0.iter().zip(&other.0).map(|(&a, &b)| i32::from(a) * i32::from(b));
        (products.sum::<i32>() as f32 / (COMPACT_UNIT * COMPACT_UNIT)).clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests;
