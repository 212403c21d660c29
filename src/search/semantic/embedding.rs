//! Embeddings of texts as sums of word vectors.
//!
//! All sums are computed in a fixed order, without fused operations: every machine gets the same
//! bits.

/// The dimensions of a vector.
pub(in crate::search) const DIMS: usize = 128;

/// The vector of a word: `numbers` times `scale`.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct WordVector<'a> {
    numbers: &'a [u8],
    scale: f32,
}

impl<'a> WordVector<'a> {
    pub(super) fn new(numbers: &'a [u8], scale: f32) -> Self {
        Self { numbers, scale }
    }
}

/// The embedding of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::search) struct Embedding(pub(super) [f32; DIMS]);

impl Default for Embedding {
    fn default() -> Self {
        Self([0.0; DIMS])
    }
}

impl Embedding {
    /// Adds a word, `weight` times.
    pub fn add(&mut self, word: WordVector<'_>, weight: f32) {
        let factor = word.scale * weight;
        for (sum, &number) in self.0.iter_mut().zip(word.numbers) {
            *sum += f32::from(number.cast_signed()) * factor;
        }
    }

    /// Scales the embedding to length 1; zero stays zero.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let length = self.dot(self).sqrt();
        if length > 0.0 { Self(self.0.map(|number| number / length)) } else { Self::default() }
    }

    /// The dot product: the cosine of two normalised embeddings.
    pub fn dot(&self, other: &Self) -> f32 {
        // Eight parallel sums: one order on every machine, and fast with vector instructions.
        let mut sums = [0.0; 8];
        let pairs = self.0.as_chunks::<8>().0.iter().zip(other.0.as_chunks::<8>().0);
        for (a, b) in pairs {
            for lane in 0..8 {
                sums[lane] += a[lane] * b[lane];
            }
        }
        sums.iter().sum()
    }

    /// Quantizes the direction to eight bits per number.
    pub fn quantize(&self) -> QuantizedEmbedding {
        let unit = self.normalised();
        QuantizedEmbedding(unit.0.map(|number| (number * QUANTIZED_UNIT).round() as i8))
    }
}

/// The stored number for 1.0.
const QUANTIZED_UNIT: f32 = 127.0;

/// The direction of an [`Embedding`] in a quarter of the memory, to keep one per wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) struct QuantizedEmbedding([i8; DIMS]);

impl QuantizedEmbedding {
    /// The cosine, from -1 to 1, within about 0.02.
    pub fn cosine(&self, other: &Self) -> f32 {
        let products = self.0.iter().zip(&other.0).map(|(&a, &b)| i32::from(a) * i32::from(b));
        (products.sum::<i32>() as f32 / (QUANTIZED_UNIT * QUANTIZED_UNIT)).clamp(-1.0, 1.0)
    }
}
