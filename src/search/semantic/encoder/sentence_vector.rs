//! The vector of a text.

use std::sync::Arc;

/// The vector of a text, of length 1, with a byte per number; cheap to clone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SentenceVector {
    numbers: Arc<[i8]>,
    /// The factor of the bytes, such that the length is 1.
    unit: f32,
}

impl SentenceVector {
    /// Quantizes the direction of `vector`; its length is lost.
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector.iter().fold(f32::MIN_POSITIVE, |most, number| most.max(number.abs()));
        Self::from_bytes(
            vector.iter().map(|number| (number / largest * 127.0).round() as i8).collect(),
        )
    }

    /// Restores a vector from its [`bytes`](Self::bytes).
    pub fn from_bytes(numbers: Arc<[i8]>) -> Self {
        let length = (dot(&numbers, &numbers) as f32).sqrt();
        Self { unit: if length > 0.0 { length.recip() } else { 0.0 }, numbers }
    }

    /// The numbers, up to a common factor.
    pub fn bytes(&self) -> &[i8] {
        &self.numbers
    }

    /// The similarity of two texts in meaning, from -1 to 1; 0 if one of the vectors is zero.
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.numbers, &other.numbers) as f32 * (self.unit * other.unit)
    }
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}
