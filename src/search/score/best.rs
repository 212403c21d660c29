//! The best of many entries, and how many there are.

/// Keeps the best of many entries, without ordering them all.
pub(super) struct Best {
    most: usize,
    kept: Vec<(f32, u32)>,
    threshold: f32,
}

impl Best {
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), kept: Vec::new(), threshold: 0.0 }
    }

    /// Only what scores more can be among the best.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    pub fn offer(&mut self, score: f32, n: u32) {
        if score > self.threshold {
            self.kept.push((score, n));
            if self.kept.len() >= self.most.saturating_mul(2) {
                self.cut();
            }
        }
    }

    /// Of equals, the first ones stay.
    fn cut(&mut self) {
        if self.kept.len() > self.most {
            let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            self.kept.select_nth_unstable_by(self.most - 1, order);
            self.kept.truncate(self.most);
            self.threshold = self.kept[self.most - 1].0;
        }
    }

    pub fn take(&mut self) -> Vec<(f32, u32)> {
        self.cut();
        std::mem::take(&mut self.kept)
    }
}
