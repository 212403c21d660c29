//! A sentence encoder: maps texts to vectors, such that texts of similar meaning have near vectors.
//!
//! The model is all-MiniLM-L6-v2 at five bits per weight (three for the vectors of tokens),
//! compiled in as `assets/encoder.bin` (`assets/encoder/README.md` describes how it is made, and
//! its format): a BERT of six layers, whose token vectors are averaged (Reimers and Gurevych 2019,
//! *Sentence-BERT*). Texts of different lengths share a batch without padding: everything except
//! attention treats tokens individually.
//!
//! ```text
//! text -> tokenizer -> token ids -> embeddings -> layers (attention, feed-forward) -> mean -> SentenceVector
//!                                                  linear: 8-bit sums
//! ```

mod asset;
mod attention;
mod layer;
mod linear;
mod norm;
mod sentence_vector;
mod tokenizer;

pub use asset::AssetError;
pub use sentence_vector::SentenceVector;

use asset::{Asset, PackedMatrix};
use attention::Shape;
use layer::Layer;
use linear::Kernel;
use norm::Norm;
use rten_simd::SimdOp;
use rten_vecmath::SumSquare;
use std::ops::Range;
use std::sync::LazyLock;
use tokenizer::WordPieceTokenizer;

/// The most tokens of a text that are encoded; the rest is ignored.
const MAX_TOKENS: usize = 128;

#[cfg(encoder_asset)]
const ASSET: &[u8] = include_bytes!("../../../assets/encoder.bin");
/// The package of the registry is too small for it.
#[cfg(not(encoder_asset))]
const ASSET: &[u8] = &[];

static ENGLISH: LazyLock<Result<Encoder, AssetError>> = LazyLock::new(|| Encoder::parse(ASSET));

/// Encodes texts as [`SentenceVector`]s. Results are reproducible on one processor; other
/// processors may differ in the last bits.
pub struct Encoder {
    tokenizer: WordPieceTokenizer,
    /// One row per token of the vocabulary.
    tokens: PackedMatrix<'static>,
    /// One row per position in the text.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    shape: Shape,
}

impl Encoder {
    /// The encoder for English texts. The first call unpacks it (about 50 ms, 11 MB); an error
    /// means a faulty build.
    pub fn english() -> Result<&'static Self, &'static AssetError> {
        ENGLISH.as_ref()
    }

    fn parse(data: &'static [u8]) -> Result<Self, AssetError> {
        let mut asset = Asset::open(data)?;
        let head = asset.head().clone();
        let tokenizer = WordPieceTokenizer::new(asset.vocabulary()?)?;
        let tokens = asset.matrix(head.tokens, head.width, head.token_bits)?;
        let positions = asset.halves(head.positions * head.width)?;
        let norm = Norm::read(&mut asset, head.width)?;
        let shape = Shape { width: head.width, heads: head.heads };
        let kernel = Kernel::default();
        let layers = (0..head.layers)
            .map(|_| Layer::read(&mut asset, &kernel, shape))
            .collect::<Result<_, _>>()?;
        asset.finish()?;
        Ok(Self { tokenizer, tokens, positions, norm, layers, shape })
    }

    /// The ids of a text's tokens, including the special ones at both ends, for
    /// [`encode_tokens`](Self::encode_tokens).
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        let longest = MAX_TOKENS.min(self.positions.len() / self.shape.width);
        self.tokenizer.encode(text, longest)
    }

    /// The vector of one text.
    pub fn encode(&self, text: &str) -> SentenceVector {
        let mut all = self.encode_tokens(&[self.tokens(text)]);
        all.pop().unwrap_or_default()
    }

    /// The vectors of texts, given as their tokens. About 100 tokens per call are fastest: they fit
    /// in the processor's caches.
    ///
    /// Runs on the current rayon pool.
    pub fn encode_tokens(&self, texts: &[Vec<u32>]) -> Vec<SentenceVector> {
        let kernel = Kernel::default();
        let mut states = self.embed(texts);
        let spans = spans(texts);
        for layer in &self.layers {
            layer.apply(&kernel, self.shape, &mut states, &spans);
        }
        let width = self.shape.width;
        spans
            .iter()
            .map(|span| mean(&states[span.start * width..span.end * width], width))
            .collect()
    }

    /// The input of the first layer: the sums of each token's vector and its position's.
    fn embed(&self, texts: &[Vec<u32>]) -> Vec<f32> {
        let width = self.shape.width;
        let count = texts.iter().map(Vec::len).sum::<usize>();
        let mut states = vec![0.0; count * width];
        let placed =
            texts.iter().flat_map(|text| text.iter().zip(self.positions.chunks_exact(width)));
        for (state, (&token, position)) in states.chunks_exact_mut(width).zip(placed) {
            self.tokens.read_row(token as usize, state);
            state.iter_mut().zip(position).for_each(|(number, add)| *number += add);
        }
        self.norm.apply(&mut states);
        states
    }
}

/// The rows of a batch that belong to each text.
fn spans(texts: &[Vec<u32>]) -> Vec<Range<usize>> {
    let span = |end: &mut usize, text: &Vec<u32>| {
        let start = *end;
        *end += text.len();
        Some(start..*end)
    };
    texts.iter().scan(0, span).collect()
}

/// The mean of a text's rows, of length 1.
fn mean(rows: &[f32], width: usize) -> SentenceVector {
    let mut sum = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    let length = SumSquare::new(&sum).dispatch().sqrt().max(f32::MIN_POSITIVE);
    for number in &mut sum {
        *number /= length;
    }
    SentenceVector::new(&sum)
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Encoder({} layers, {} wide)", self.layers.len(), self.shape.width)
    }
}
