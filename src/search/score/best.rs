//! The best of many entries, and how many there are.

/// Keeps the best of many entries, without ordering them all.
pub(super) struct Best {
    most: usize,
    /// How many entries cover each share of the query.
    pub counts: [usize; 256],
    /// How many have every term.
    pub complete: usize,
    kept: Vec<(f32, u32)>,
    threshold: f32,
}

impl Best {
    pub fn new(most: usize) -> Self {
        let kept = Vec::new();
        Self { most: most.max(1), counts: [0; 256], complete: 0, kept, threshold: 0.0 }
    }

    pub fn offer(&mut self, score: f32, n: u32, covered: u8) {
        self.counts[covered as usize] += 1;
        self.keep(score, n);
    }

    /// Counts hits by the share that they cover, and how many of them are complete.
    pub fn count(&mut self, covered: &[u8], complete: usize) {
        self.complete += complete;
        // Neighbours are mostly alike, and adding to what was just added to has to wait: so each
        // of four neighbours has counts of its own.
        let mut counts = [[0_u32; 256]; 4];
        let mut quads = covered.chunks_exact(4);
        for quad in &mut quads {
            for (counts, &covered) in counts.iter_mut().zip(quad) {
                counts[covered as usize] += 1;
            }
        }
        quads.remainder().iter().for_each(|&covered| counts[0][covered as usize] += 1);
        for share in 1..256 {
            self.counts[share] += counts.iter().map(|counts| counts[share] as usize).sum::<usize>();
        }
    }

    /// Offers entries from number `start` on, each by its score; those with 0 are no hits.
    pub fn offer_all(&mut self, start: u32, scores: &[f32]) {
        const RUN: usize = 16;
        for (numbers, scores) in (start..).step_by(RUN).zip(scores.chunks(RUN)) {
            let better = |&score: &f32| u32::from(score > self.threshold);
            if scores.iter().map(better).sum::<u32>() == 0 {
                continue;
            }
            for (n, &score) in (numbers..).zip(scores) {
                self.keep(score, n);
            }
        }
    }

    fn keep(&mut self, score: f32, n: u32) {
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
