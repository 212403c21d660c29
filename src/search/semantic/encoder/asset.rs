//! The file of an encoder: a JSON header, then the vocabulary and the weights in a fixed order.

use serde::Deserialize;

const MAGIC: &[u8; 8] = b"QAENCO02";
/// Sections start at multiples of this many bytes.
const ALIGNMENT: usize = 16;
/// The number of weights that share a scale, which is the number of bits of a bit plane.
const GROUP: usize = 32;
/// The bytes of a bit plane, which has one bit of each weight of a group.
const PLANE: usize = GROUP / 8;

/// Why the file of an encoder cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// It was missing when the program was built.
    #[error("built without the encoder's file, which packages of the registry lack")]
    Missing,
    /// Its header is invalid.
    #[error("the encoder's file has no valid header")]
    Head,
    /// This version does not support its kind.
    #[error("the encoder's file needs another version of the program")]
    Kind,
    /// Its length does not match its header.
    #[error("the encoder's file is damaged")]
    Length,
}

/// The header of the file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Head {
    tokenizer: String,
    group: usize,
    /// Bits per number of the tokens' vectors.
    pub token_bits: usize,
    /// Bits per weight of the layers.
    pub layer_bits: usize,
    /// The length of the vocabulary in bytes.
    text: usize,
    /// The number of tokens.
    pub tokens: usize,
    /// The maximum length of a text in tokens.
    pub positions: usize,
    pub layers: usize,
    /// The dimensions of a token's vector.
    pub width: usize,
    /// The dimensions between the two halves of the feed-forward network.
    pub inner: usize,
    /// The number of attention heads, each `width / heads` wide.
    pub heads: usize,
}

/// A file that is read sequentially.
pub(super) struct Asset {
    head: Head,
    rest: &'static [u8],
}

impl Asset {
    pub fn open(data: &'static [u8]) -> Result<Self, AssetError> {
        if data.is_empty() {
            return Err(AssetError::Missing);
        }
        let (length, rest) = data
            .strip_prefix(MAGIC)
            .and_then(|rest| rest.split_first_chunk())
            .ok_or(AssetError::Head)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (head, rest) = rest.split_at_checked(length).ok_or(AssetError::Head)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| AssetError::Head)?;
        let known = head.tokenizer == "wordpiece-uncased"
            && head.group == GROUP
            && [head.token_bits, head.layer_bits].iter().all(|bits| (1..=8).contains(bits))
            && head.heads > 0
            && head.width.is_multiple_of(head.heads)
            && head.width.is_multiple_of(GROUP)
            && head.inner.is_multiple_of(GROUP);
        if known { Ok(Self { head, rest }) } else { Err(AssetError::Kind) }
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The tokens in the order of their ids.
    pub fn vocabulary(&mut self) -> Result<Vec<&'static str>, AssetError> {
        let (length, count) = (self.head.text, self.head.tokens);
        let text = self.take(length.next_multiple_of(ALIGNMENT))?;
        let text = std::str::from_utf8(&text[..length]).map_err(|_| AssetError::Length)?;
        let tokens: Vec<_> = text.split('\n').collect();
        if tokens.len() == count { Ok(tokens) } else { Err(AssetError::Length) }
    }

    /// Reads a matrix of `rows` times `columns` weights of `bits` bits each.
    pub fn matrix(
        &mut self,
        rows: usize,
        columns: usize,
        bits: usize,
    ) -> Result<PackedMatrix<'static>, AssetError> {
        let groups = rows * columns / GROUP;
        let planes = self.take(groups * bits * PLANE)?;
        let scales = self.take(groups * 2)?;
        Ok(PackedMatrix { planes, scales, columns, bits })
    }

    /// Reads numbers of 16 bits.
    pub fn halves(&mut self, count: usize) -> Result<Vec<f32>, AssetError> {
        let bytes = self.take(2 * count)?.as_chunks().0;
        Ok(bytes.iter().map(|bytes| half(u16::from_le_bytes(*bytes))).collect())
    }

    /// Reads numbers of 32 bits.
    pub fn floats(&mut self, count: usize) -> Result<Vec<f32>, AssetError> {
        let bytes = self.take(4 * count)?.as_chunks().0;
        Ok(bytes.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    /// Checks that the whole file was read.
    pub fn finish(self) -> Result<(), AssetError> {
        if self.rest.is_empty() { Ok(()) } else { Err(AssetError::Length) }
    }

    fn take(&mut self, count: usize) -> Result<&'static [u8], AssetError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(AssetError::Length)?;
        self.rest = rest;
        Ok(taken)
    }
}

/// A matrix in the format of the file: rows of whole groups. A group is `bits` bit planes, lowest
/// bits first; the value of a weight is its number, minus half of the number of values, times its
/// group's scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedMatrix<'a> {
    pub planes: &'a [u8],
    pub scales: &'a [u8],
    pub columns: usize,
    pub bits: usize,
}

impl PackedMatrix<'_> {
    pub fn rows(&self) -> usize {
        self.scales.len() / 2 * GROUP / self.columns
    }

    /// Unpacks a row; a missing row is zero.
    pub fn read_row(&self, row: usize, out: &mut [f32]) {
        out.fill(0.0);
        let groups = self.columns / GROUP;
        let planes = self.planes.chunks_exact(self.bits * PLANE).skip(row * groups);
        let scales = self.scales.as_chunks().0.iter().skip(row * groups);
        let zero = 1 << (self.bits - 1);
        for ((out, planes), scale) in
            out.as_chunks_mut::<GROUP>().0.iter_mut().zip(planes).zip(scales)
        {
            let scale = half(u16::from_le_bytes(*scale));
            let mut numbers = [0; GROUP];
            for (bit, plane) in planes.as_chunks::<PLANE>().0.iter().enumerate() {
                let plane = u32::from_le_bytes(*plane);
                for (n, number) in numbers.iter_mut().enumerate() {
                    *number |= (plane >> n & 1) << bit;
                }
            }
            for (out, number) in out.iter_mut().zip(numbers) {
                *out = (number as i32 - zero) as f32 * scale;
            }
        }
    }
}

/// Decodes an IEEE 754 half-precision number; the file has no infinities.
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023) / 1024.0);
    if exponent == 0 {
        sign * fraction * 2_f32.powi(-14)
    } else {
        sign * (1.0 + fraction) * 2_f32.powi(exponent - 15)
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn halves() {
        let known =
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8)];
        for (bits, number) in known {
            assert_eq!(half(bits).to_bits(), f32::to_bits(number), "{bits:x}");
        }
    }
}
