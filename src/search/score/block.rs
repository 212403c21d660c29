//! The sums of many entries at once, a column each.

/// Entries that are scored together, their sums in the nearest cache.
pub(super) const BLOCK: usize = 2048;

/// Entries that are counted together in eight bits.
pub(super) const COUNTED: usize = 128;

/// Neighbours of which none is looked at if the best of them could not be among the best of all.
pub(super) const RUN: usize = 64;

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
    /// Empty if no term is in any answer.
    body: Vec<u16>,
    covered: Vec<u8>,
    present: Vec<u8>,
}

impl Block {
    /// Room for a block; with `bodies`, also for what answers have.
    pub fn new(bodies: bool) -> Self {
        Self {
            head: vec![0; BLOCK],
            body: vec![0; if bodies { BLOCK } else { 0 }],
            covered: vec![0; BLOCK],
            present: vec![0; BLOCK],
        }
    }

    pub fn clear(&mut self, length: usize) {
        self.head.fill(0);
        self.body.fill(0);
        self.covered[..length].fill(0);
        self.present[..length].fill(0);
    }

    pub fn get(&self, i: usize) -> Sums {
        Sums {
            head: self.head[i],
            body: self.body.get(i).copied().unwrap_or(0),
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
        // Without a branch, for one that is guessed wrong costs more than all the rest, and in
        // eight bits as long as a sum fits.
        let has_all = |(&covered, &present): (&u8, &u8)| {
            u8::from(covered > 0) & u8::from(present >= required)
        };
        let runs =
            self.covered[..length].chunks(COUNTED).zip(self.present[..length].chunks(COUNTED));
        let complete = |(covered, present): (&[u8], &[u8])| {
            usize::from(covered.iter().zip(present).map(has_all).sum::<u8>())
        };
        runs.map(complete).sum()
    }

    /// Entries that lack a term are no hits.
    pub fn drop_incomplete(&mut self, length: usize, required: u8) {
        let present = &self.present[..length];
        for (covered, &present) in self.covered.iter_mut().zip(present) {
            *covered = if present >= required { *covered } else { 0 };
        }
        for (head, &present) in self.head.iter_mut().zip(present) {
            *head = if present >= required { *head } else { 0 };
        }
        for (body, &present) in self.body.iter_mut().zip(present) {
            *body = if present >= required { *body } else { 0 };
        }
    }

    /// The sums of all entries in questions, and in answers if a term is in any. Behind the entries
    /// of a block that is not full they are 0.
    pub fn runs(&self) -> (&[[u16; RUN]], &[[u16; RUN]]) {
        (self.head.as_chunks().0, self.body.as_chunks().0)
    }
}

/// The highest of a run of sums.
pub(super) fn most(sums: &[u16; RUN]) -> u16 {
    sums.iter().fold(0, |most, &sum| sum.max(most))
}
