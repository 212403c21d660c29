//! How many entries match, and how much of the query they cover.

use super::block::COUNTED;

/// Counts entries by the share of the query that they cover, in 255ths.
///
/// Only those that cover at least a share of what the best one covers are hits, and what that is
/// shows at the end. No entry covers more than the whole query: whatever covers the share of that
/// is a hit for certain, and of the few others each share has a count of its own.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// A hit for certain, from here on; at least 1.
    certain: u8,
    hits: usize,
    /// By share, below `certain`.
    others: [usize; 256],
    /// The most that any entry covers.
    most: u8,
    /// How many entries have every term of weight.
    complete: usize,
}

impl Tally {
    /// To count hits that cover at least `share` of the best, where the whole query is `whole`.
    pub fn new(whole: u8, share: f32) -> Self {
        let certain = ((f32::from(whole) * share) as u8).max(1);
        Self { certain, hits: 0, others: [0; 256], most: 0, complete: 0 }
    }

    /// Counts one entry.
    pub fn add(&mut self, covered: u8, complete: bool) {
        self.most = self.most.max(covered);
        self.complete += usize::from(complete);
        if covered >= self.certain {
            self.hits += 1;
        } else {
            self.others[covered as usize] += 1;
        }
    }

    /// Counts many entries, those with 0 are none; `complete` of them are so.
    pub fn add_all(&mut self, covered: &[u8], complete: usize) {
        self.complete += complete;
        // Without branches inside a run, the compiler looks at many at once.
        for run in covered.chunks(COUNTED) {
            let (mut hits, mut others, mut most) = (0_u8, 0_u8, 0);
            for &covered in run {
                hits += u8::from(covered >= self.certain);
                others += u8::from(covered.wrapping_sub(1) < self.certain - 1);
                most = covered.max(most);
            }
            self.hits += usize::from(hits);
            self.most = self.most.max(most);
            if others > 0 {
                run.iter()
                    .filter(|&&covered| covered < self.certain)
                    .for_each(|&covered| self.others[covered as usize] += 1);
            }
        }
    }

    /// Takes in what was counted elsewhere, for the same query.
    pub fn join(&mut self, other: &Self) {
        self.hits += other.hits;
        self.most = self.most.max(other.most);
        self.complete += other.complete;
        self.others.iter_mut().zip(other.others).for_each(|(sum, count)| *sum += count);
    }

    /// What covers at least `share` of what the best entry covers: how much that is, and how many
    /// entries it is; `share` must not be more than it was in [`Tally::new`].
    pub fn hits(&self, share: f32) -> (u8, usize) {
        let close = (f32::from(self.most) * share) as u8;
        let others = self.others[usize::from(close.max(1))..].iter().sum::<usize>();
        (close, self.hits + others)
    }

    /// How many entries have every term of weight.
    pub fn complete(&self) -> usize {
        self.complete
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
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
            let (mut one, mut other) = (Tally::new(200, share), Tally::new(200, share));
            one.add_all(first, 0);
            for &covered in second.iter().filter(|&&covered| covered > 0) {
                other.add(covered, false);
            }
            one.join(&other);
            prop_assert_eq!(one.hits(share), (close, expected));
        }
    }
}
