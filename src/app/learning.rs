//! The state of reading for learning.

/// Whether answers are hidden, and which questions were asked at random.
#[derive(Debug, Clone)]
pub(super) struct Learning {
    /// Answers are hidden until they are asked for.
    pub hides_answers: bool,
    /// The entries asked at random, the last one last.
    pub asked: Vec<u32>,
    /// The state of the generator of random numbers.
    seed: u64,
}

impl Learning {
    /// Begins with a seed of any value.
    pub fn new(hides_answers: bool, seed: u64) -> Self {
        Self { hides_answers, asked: Vec::new(), seed }
    }

    /// A random number: splitmix64, by Sebastiano Vigna (<https://prng.di.unimi.it/splitmix64.c>).
    pub fn next_number(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
