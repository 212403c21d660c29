//! Layer normalisation (Ba, Kiros, Hinton 2016).

use super::asset::{Asset, AssetError};
use rten_simd::SimdOp;
use rten_vecmath::{Normalize, NormalizeOptions, Sum, SumSquareSub};

const EPSILON: f32 = 1e-12;

/// Normalises each row to mean 0 and variance 1, then scales and shifts every column.
pub(super) struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub fn read(asset: &mut Asset, width: usize) -> Result<Self, AssetError> {
        Ok(Self { scale: asset.floats(width)?, bias: asset.floats(width)? })
    }

    pub fn apply(&self, rows: &mut [f32]) {
        let width = self.scale.len();
        for row in rows.chunks_exact_mut(width) {
            let mean = Sum::new(row).dispatch() / width as f32;
            let variance = SumSquareSub::new(row, mean).dispatch() / width as f32;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: (variance + EPSILON).sqrt().recip(),
                element_scale: Some(&self.scale),
                element_bias: Some(&self.bias),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).dispatch();
        }
    }
}
