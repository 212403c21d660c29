//! A linear layer with 8-bit weights and integer sums.
//!
//! The weights of each output have their own scale, and so do the inputs of each token at run time
//! (dynamic quantisation). That costs far less precision than the five bits of the file, and takes
//! a quarter of the memory and time of 32-bit numbers.

use super::asset::PackedMatrix;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use rten_vecmath::{ExtendInit, MinMax, Quantize};

/// The matrix multiplication for this machine's processor; cheap to create, but bound to a thread.
#[derive(Default)]
pub(super) struct Kernel {
    whole: GemmExecutor<u8, i8, i32>,
    pub float: GemmExecutor<f32>,
}

impl Kernel {
    /// The largest 8-bit weight. Processors without instructions for 8-bit sums add two products
    /// in 16 bits first, where those of larger weights may not fit.
    fn largest_weight(&self) -> f32 {
        if self.whole.may_saturate() { 64.0 } else { 127.0 }
    }
}

/// A matrix and a bias.
pub(super) struct Linear {
    weights: PackedBMatrix<i8>,
    columns: Vec<MatrixColumn>,
    inputs: usize,
}

/// The parameters of one output besides its weights.
struct MatrixColumn {
    /// The factor of the weights.
    scale: f32,
    /// The sum of the weights; multiplied by the zero point of the inputs, it is subtracted from
    /// the product.
    sum: i32,
    bias: f32,
}

impl Linear {
    /// Creates a layer; `matrix` has a row for each output.
    pub fn new(kernel: &Kernel, matrix: PackedMatrix<'_>, bias: Vec<f32>) -> Self {
        let (inputs, outputs) = (matrix.columns, matrix.rows());
        let mut row = vec![0.0; inputs];
        let mut weights: Vec<i8> = Vec::with_capacity(inputs * outputs);
        let mut columns = Vec::with_capacity(outputs);
        for (output, bias) in bias.into_iter().enumerate() {
            matrix.read_row(output, &mut row);
            let largest = row.iter().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
            let scale = largest / kernel.largest_weight();
            weights.extend(row.iter().map(|weight| (weight / scale).round() as i8));
            let sum = weights[output * inputs..].iter().map(|&weight| i32::from(weight)).sum();
            columns.push(MatrixColumn { scale, sum, bias });
        }
        let weights = NdTensor::from_data([outputs, inputs], weights);
        let weights = kernel.whole.prepack_b(weights.view().transposed());
        Self { weights, columns, inputs }
    }

    /// The outputs for each row of inputs.
    pub fn apply(&self, kernel: &Kernel, inputs: &[f32]) -> Vec<f32> {
        let rows = inputs.len() / self.inputs;
        let outputs = self.columns.len();
        let quantised = Quantised::of(inputs, self.inputs);
        let numbers = NdTensorView::from_data([rows, self.inputs], &quantised.numbers[..]);
        let mut sums = vec![0; rows * outputs];
        let (left, right) = (GemmInputA::Unpacked(numbers), GemmInputB::Packed(&self.weights));
        // The zero points are subtracted below: rten-gemm 0.27 applies those of the first tile to
        // all rows.
        let done = kernel.whole.gemm(&mut sums, left, right, GemmOptions::default());
        debug_assert!(done.is_ok(), "{done:?}");
        let mut scaled = Vec::with_capacity(sums.len());
        for (sums, row) in sums.chunks_exact(outputs).zip(&quantised.rows) {
            let columns = sums.iter().zip(&self.columns);
            scaled.extend(columns.map(|(sum, column)| {
                (sum - row.zero * column.sum) as f32 * (column.scale * row.scale) + column.bias
            }));
        }
        scaled
    }
}

/// Rows of numbers as bytes.
struct Quantised {
    numbers: Vec<u8>,
    rows: Vec<MatrixRow>,
}

/// The values of the bytes of a row: `(byte - zero) * scale`.
struct MatrixRow {
    zero: i32,
    scale: f32,
}

impl Quantised {
    fn of(numbers: &[f32], columns: usize) -> Self {
        let count = numbers.len() / columns;
        let mut out =
            Self { numbers: Vec::with_capacity(numbers.len()), rows: Vec::with_capacity(count) };
        for row in numbers.chunks_exact(columns) {
            let (least, most) = MinMax::new(row).dispatch();
            let (least, most) = (least.min(0.0), most.max(0.0));
            let scale = ((most - least) / 255.0).max(f32::MIN_POSITIVE);
            let zero = (-least / scale).round() as u8;
            out.numbers.extend_init(|room| {
                let (room, _) = room.split_at_mut(columns);
                Quantize::new(row, room, scale.recip(), zero).dispatch()
            });
            out.rows.push(MatrixRow { zero: i32::from(zero), scale });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::semantic::encoder::asset::PackedMatrix;

    /// Pseudorandom weights and inputs.
    fn noise(count: usize) -> impl Iterator<Item = u8> {
        (0..count).scan(1_u32, |state, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 24) as u8)
        })
    }

    #[test]
    fn sums_are_those_of_a_plain_product() {
        const BITS: usize = 5;
        for (rows, inputs, outputs) in [(2, 64, 32), (13, 384, 96), (150, 384, 384), (70, 1536, 64)]
        {
            let planes: Vec<u8> = noise(inputs * outputs / 8 * BITS).collect();
            let scales: Vec<u8> = [0x00, 0x28].repeat(inputs * outputs / 32);
            let matrix =
                PackedMatrix { planes: &planes, scales: &scales, columns: inputs, bits: BITS };
            let bias: Vec<f32> = noise(outputs).map(|n| f32::from(n) / 100.0).collect();
            let given: Vec<f32> = noise(rows * inputs).map(|n| f32::from(n) / 64.0 - 1.0).collect();
            let kernel = Kernel::default();
            let linear = Linear::new(&kernel, matrix, bias.clone());
            let got = linear.apply(&kernel, &given);
            let mut weights = vec![0.0; inputs];
            for output in 0..outputs {
                matrix.read_row(output, &mut weights);
                for (row, numbers) in given.chunks_exact(inputs).enumerate() {
                    let products = numbers.iter().zip(&weights).map(|(a, b)| a * b);
                    let wanted = products.sum::<f32>() + bias[output];
                    let difference = (got[row * outputs + output] - wanted).abs();
                    assert!(
                        difference < 0.02 * (inputs as f32).sqrt(),
                        "{rows}x{inputs}x{outputs}: row {row}, output {output}: {difference}"
                    );
                }
            }
        }
    }
}
