//! The sums and scores of many entries at once, a column each.

/// Entries that are scored together, their sums in the nearest cache.
pub(super) const BLOCK: usize = 4096;

/// Sums over the terms for one entry: of grades in the question and in the answer times shares of
/// the weight, of shares, and the number of terms of weight.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sums {
    pub head: u16,
    pub body: u16,
    pub covered: u8,
    pub present: u8,
}

/// The same for many entries.
pub(super) struct Block {
    head: Vec<u16>,
    body: Vec<u16>,
    covered: Vec<u8>,
    present: Vec<u8>,
    scores: Vec<f32>,
}

impl Block {
    pub fn new() -> Self {
        Self {
            head: vec![0; BLOCK],
            body: vec![0; BLOCK],
            covered: vec![0; BLOCK],
            present: vec![0; BLOCK],
            scores: vec![0.0; BLOCK],
        }
    }

    pub fn clear(&mut self, length: usize) {
        self.head[..length].fill(0);
        self.body[..length].fill(0);
        self.covered[..length].fill(0);
        self.present[..length].fill(0);
    }

    pub fn get(&self, i: usize) -> Sums {
        Sums {
            head: self.head[i],
            body: self.body[i],
            covered: self.covered[i],
            present: self.present[i],
        }
    }

    // One plain loop a column: the compiler makes vector instructions of each.
    pub fn add(&mut self, head: &[u8], share: u8, weighty: u8) {
        for (sum, &grade) in self.head.iter_mut().zip(head) {
            *sum += u16::from(grade) * u16::from(share);
        }
        for (sum, &grade) in self.covered.iter_mut().zip(head) {
            *sum += if grade > 0 { share } else { 0 };
        }
        for (sum, &grade) in self.present.iter_mut().zip(head) {
            *sum += if grade > 0 { weighty } else { 0 };
        }
    }

    pub fn add_both(&mut self, head: &[u8], body: &[u8], share: u8, weighty: u8) {
        for (sum, &grade) in self.head.iter_mut().zip(head) {
            *sum += u16::from(grade) * u16::from(share);
        }
        for (sum, &grade) in self.body.iter_mut().zip(body) {
            *sum += u16::from(grade) * u16::from(share);
        }
        for (sum, (&head, &body)) in self.covered.iter_mut().zip(head.iter().zip(body)) {
            *sum += if head | body > 0 { share } else { 0 };
        }
        for (sum, (&head, &body)) in self.present.iter_mut().zip(head.iter().zip(body)) {
            *sum += if head | body > 0 { weighty } else { 0 };
        }
    }

    /// The share of the query's weight that each of the first `length` entries covers.
    pub fn covered(&self, length: usize) -> &[u8] {
        &self.covered[..length]
    }

    /// How many of the first `length` entries have `required` terms of weight.
    pub fn complete(&self, length: usize, required: u8) -> usize {
        // Without a branch, for one that is guessed wrong costs more than all the rest.
        let has_all = |(&covered, &present): (&u8, &u8)| {
            u32::from(u8::from(covered > 0) & u8::from(present >= required))
        };
        self.covered[..length].iter().zip(&self.present).map(has_all).sum::<u32>() as usize
    }

    /// The scores of the first `length` entries; 0 for what is no hit.
    pub fn scores(&self, length: usize) -> &[f32] {
        &self.scores[..length]
    }

    /// Entries that lack a term are no hits.
    pub fn drop_incomplete(&mut self, length: usize, required: u8) {
        for (covered, &present) in self.covered[..length].iter_mut().zip(&self.present) {
            *covered = if present >= required { *covered } else { 0 };
        }
    }

    /// Scores the entries whose questions, and answers if any matter, have the lengths given; each
    /// length is looked up in the table beside it, and the covered share in `coverage`.
    pub fn score(
        &mut self,
        questions: (&[u8], &[f32; 256]),
        answers: Option<(&[u8], &[f32; 256])>,
        coverage: &[f32; 256],
    ) {
        let (lengths, factors) = questions;
        for (score, (&head, &length)) in self.scores.iter_mut().zip(self.head.iter().zip(lengths)) {
            *score = f32::from(head) * factors[length as usize];
        }
        if let Some((lengths, factors)) = answers {
            let bodies = self.body.iter().zip(lengths);
            for (score, (&body, &length)) in self.scores.iter_mut().zip(bodies) {
                *score += f32::from(body) * factors[length as usize];
            }
        }
        for (score, &covered) in self.scores[..lengths.len()].iter_mut().zip(&self.covered) {
            *score *= coverage[covered as usize];
        }
    }
}
