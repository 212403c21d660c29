//! Counts entries by the share of the query that they cover.

use super::accumulator::COUNTED;

/// Counts entries by the share of the query that they cover, in 255ths.
///
/// Only entries that cover at least a ratio of the best entry's share are hits, and the best share
/// is known only at the end. Since no entry covers more than the whole query, an entry that covers
/// that ratio of the whole query is a certain hit. The few others are counted by share.
#[derive(Debug, Clone)]
pub(super) struct CoverageHistogram {
    /// The share from which an entry is a certain hit; at least 1.
    certain: u8,
    hits: usize,
    /// The numbers of other entries by share.
    others: [usize; 256],
    /// The best share of any entry.
    best: u8,
    /// The number of entries that have every required term.
    complete: usize,
}

impl CoverageHistogram {
    /// Counts hits that cover at least `ratio` of the best share; `whole` is the share of the whole
    /// query.
    pub fn new(whole: u8, ratio: f32) -> Self {
        let certain = ((f32::from(whole) * ratio) as u8).max(1);
        Self { certain, hits: 0, others: [0; 256], best: 0, complete: 0 }
    }

    /// Counts one entry.
    pub fn add(&mut self, covered: u8, complete: bool) {
        self.best = self.best.max(covered);
        self.complete += usize::from(complete);
        if covered >= self.certain {
            self.hits += 1;
        } else {
            self.others[covered as usize] += 1;
        }
    }

    /// Counts many entries by their shares, where 0 means no match; `complete` of them have every
    /// required term.
    pub fn add_all(&mut self, covered: &[u8], complete: usize) {
        self.complete += complete;
        // Without branches inside a run, so that the compiler vectorises the loop.
        for run in covered.chunks(COUNTED) {
            let (mut hits, mut others, mut best) = (0_u8, 0_u8, 0);
            for &covered in run {
                hits += u8::from(covered >= self.certain);
                others += u8::from(covered.wrapping_sub(1) < self.certain - 1);
                best = covered.max(best);
            }
            self.hits += usize::from(hits);
            self.best = self.best.max(best);
            if others > 0 {
                run.iter()
                    .filter(|&&covered| covered < self.certain)
                    .for_each(|&covered| self.others[covered as usize] += 1);
            }
        }
    }

    /// Adds the counts of other entries for the same query.
    pub fn merge(&mut self, other: &Self) {
        self.hits += other.hits;
        self.best = self.best.max(other.best);
        self.complete += other.complete;
        self.others.iter_mut().zip(other.others).for_each(|(sum, count)| *sum += count);
    }

    /// The minimum share of a hit, and the number of hits, for a `ratio` of at most the one given
    /// to [`CoverageHistogram::new`].
    pub fn hits(&self, ratio: f32) -> (u8, usize) {
        let least = (f32::from(self.best) * ratio) as u8;
        let others = self.others[usize::from(least.max(1))..].iter().sum::<usize>();
        (least, self.hits + others)
    }

    /// The number of entries that have every required term.
    pub fn complete(&self) -> usize {
        self.complete
    }
}

#[cfg(test)]
mod tests {
    use super::CoverageHistogram;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_what_covers_a_share_of_the_best(
            covered in proptest::collection::vec(0..=200_u8, 0..300),
            cut in 0.0..1.0_f64,
            share in 0.0..1.0_f32,
        ) {
            let most = covered.iter().copied().max().unwrap_or(0);
            let close = (f32::from(most) * share) as u8;
            let expected = covered.iter().filter(|&&c| c > 0 && c >= close).count();
            let (first, second) = covered.split_at((covered.len() as f64 * cut) as usize);
            let (mut one, mut other) = (CoverageHistogram::new(200, share), CoverageHistogram::new(200, share));
            one.add_all(first, 0);
            for &covered in second.iter().filter(|&&covered| covered > 0) {
                other.add(covered, false);
            }
            one.merge(&other);
            prop_assert_eq!(one.hits(share), (close, expected));
        }
    }
}
