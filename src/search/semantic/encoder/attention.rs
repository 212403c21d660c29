//! Attention: each token of a text becomes a mean of the values of all tokens, weighted by how well
//! its query matches their keys (Vaswani et al. 2017).

use super::linear::Kernel;
use rten_gemm::{GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;
use std::ops::Range;

/// The dimensions that all layers share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The dimensions of a token's vector.
    pub width: usize,
    /// The number of attention heads.
    pub heads: usize,
}

impl Shape {
    pub fn head_width(self) -> usize {
        self.width / self.heads
    }
}

/// For each row of adjacent queries, keys and values, the values mixed within its text.
pub(super) fn attend(
    kernel: &Kernel,
    shape: Shape,
    qkv: &[f32],
    spans: &[Range<usize>],
) -> Vec<f32> {
    let width = shape.width;
    let rows = NdTensorView::from_data([qkv.len() / (3 * width), 3 * width], qkv);
    let mut mixed = vec![0.0; qkv.len() / 3];
    let (mut scores, mut values) = (Vec::new(), Vec::new());
    for span in spans {
        let length = span.len();
        scores.resize(length * length, 0.0);
        values.resize(length * shape.head_width(), 0.0);
        for head in 0..shape.heads {
            let first = head * shape.head_width();
            let part = |n: usize| {
                let start = n * width + first;
                rows.slice((span.clone(), start..start + shape.head_width()))
            };
            let scale = (shape.head_width() as f32).sqrt().recip();
            let options = GemmOptions { alpha: scale, ..GemmOptions::default() };
            let (query, key) = (GemmInputA::Unpacked(part(0)), part(1));
            let key = GemmInputB::Unpacked(key.transposed());
            let matched = kernel.float.gemm(&mut scores, query, key, options);
            for row in scores.chunks_exact_mut(length) {
                Softmax::new_mut(row).dispatch();
            }
            let weights = NdTensorView::from_data([length, length], &scores[..]);
            let (weights, value) = (GemmInputA::Unpacked(weights), GemmInputB::Unpacked(part(2)));
            let mixed_in = kernel.float.gemm(&mut values, weights, value, GemmOptions::default());
            debug_assert!(matched.is_ok() && mixed_in.is_ok());
            let targets = mixed[span.start * width..span.end * width].chunks_exact_mut(width);
            for (target, value) in targets.zip(values.chunks_exact(shape.head_width())) {
                target[first..first + shape.head_width()].copy_from_slice(value);
            }
        }
    }
    mixed
}
