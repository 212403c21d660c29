//! The best of many entries.

/// Keeps the `k` best of many entries without sorting them all.
pub(super) struct TopK {
    k: usize,
    kept: Vec<(f32, u32)>,
    threshold: f32,
}

impl TopK {
    pub fn new(k: usize) -> Self {
        Self { k: k.max(1), kept: Vec::new(), threshold: 0.0 }
    }

    /// The score that an entry must exceed to be among the best.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    pub fn offer(&mut self, score: f32, n: u32) {
        if score > self.threshold {
            self.kept.push((score, n));
            if self.kept.len() >= self.k.saturating_mul(2) {
                self.cut();
            }
        }
    }

    /// Keeps the first of equal entries.
    fn cut(&mut self) {
        if self.kept.len() > self.k {
            let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            self.kept.select_nth_unstable_by(self.k - 1, order);
            self.kept.truncate(self.k);
            self.threshold = self.kept[self.k - 1].0;
        }
    }

    pub fn take(&mut self) -> Vec<(f32, u32)> {
        self.cut();
        std::mem::take(&mut self.kept)
    }
}
