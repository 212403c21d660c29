//! One layer of the encoder: attention, then a feed-forward network, each added to its input and
//! normalised.

use super::asset::{Asset, AssetError};
use super::attention::{Shape, attend};
use super::linear::{Kernel, Linear};
use super::norm::Norm;
use rten_simd::SimdUnaryOp;
use rten_vecmath::Gelu;
use std::ops::Range;

pub(super) struct Layer {
    queries_keys_values: Linear,
    mixed: Linear,
    mixed_norm: Norm,
    up: Linear,
    down: Linear,
    down_norm: Norm,
}

impl Layer {
    pub fn read(asset: &mut Asset, kernel: &Kernel, shape: Shape) -> Result<Self, AssetError> {
        let (width, inner, bits) = (shape.width, asset.head().inner, asset.head().layer_bits);
        let matrices = [(3 * width, width), (width, width), (inner, width), (width, inner)];
        let mut read = Vec::with_capacity(matrices.len());
        for (outputs, inputs) in matrices {
            read.push(asset.matrix(outputs, inputs, bits)?);
        }
        let linear = |n: usize, bias| Linear::new(kernel, read[n], bias);
        let queries_keys_values = linear(0, asset.floats(3 * width)?);
        let mixed = linear(1, asset.floats(width)?);
        let mixed_norm = Norm::read(asset, width)?;
        let up = linear(2, asset.floats(inner)?);
        let down = linear(3, asset.floats(width)?);
        let down_norm = Norm::read(asset, width)?;
        Ok(Self { queries_keys_values, mixed, mixed_norm, up, down, down_norm })
    }

    /// Transforms the rows of a batch; `spans` has the rows of each text.
    pub fn apply(&self, kernel: &Kernel, shape: Shape, states: &mut [f32], spans: &[Range<usize>]) {
        let mixed = attend(kernel, shape, &self.queries_keys_values.apply(kernel, states), spans);
        add(states, &self.mixed.apply(kernel, &mixed));
        self.mixed_norm.apply(states);
        let mut inner = self.up.apply(kernel, states);
        Gelu {}.map_mut(&mut inner);
        add(states, &self.down.apply(kernel, &inner));
        self.down_norm.apply(states);
    }
}

fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}
