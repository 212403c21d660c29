//! Sums over the terms of a query, for many entries in one pass.

/// How many entries are summed up together: their sums fit in the L1 cache.
pub(super) const BLOCK: usize = 2048;

/// How many entries are counted together in eight bits.
pub(super) const COUNTED: usize = 128;

/// How many neighbouring entries one bound can rule out.
pub(super) const RUN: usize = 64;

/// The sums over the terms of a query for one entry.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct PartialScore {
    /// The sum of match scores in the question times shares of the query's weight.
    pub head: u16,
    /// The sum of match scores in the answer times shares of the query's weight.
    pub body: u16,
    /// The sum of the shares of the terms that match.
    pub covered: u8,
    /// The number of required terms that match.
    pub present: u8,
}

/// The sums of a block of entries, one column per sum.
pub(super) struct Accumulator {
    head: Vec<u16>,
    /// Empty if no term matches in an answer.
    body: Vec<u16>,
    covered: Vec<u8>,
    present: Vec<u8>,
}

impl Accumulator {
    /// An empty block; with `bodies`, it also sums matches in answers.
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

    pub fn get(&self, i: usize) -> PartialScore {
        PartialScore {
            head: self.head[i],
            body: self.body.get(i).copied().unwrap_or(0),
            covered: self.covered[i],
            present: self.present[i],
        }
    }

    // One plain loop per column, which the compiler vectorises.
    pub fn add(&mut self, head: &[u8], share: u8, required: u8) {
        for (sum, &score) in self.head.iter_mut().zip(head) {
            *sum += u16::from(score) * u16::from(share);
        }
        for (sum, &score) in self.covered.iter_mut().zip(head) {
            *sum += if score > 0 { share } else { 0 };
        }
        for (sum, &score) in self.present.iter_mut().zip(head) {
            *sum += if score > 0 { required } else { 0 };
        }
    }

    pub fn add_both(&mut self, head: &[u8], body: &[u8], share: u8, required: u8) {
        for (sum, &score) in self.head.iter_mut().zip(head) {
            *sum += u16::from(score) * u16::from(share);
        }
        for (sum, &score) in self.body.iter_mut().zip(body) {
            *sum += u16::from(score) * u16::from(share);
        }
        for (sum, (&head, &body)) in self.covered.iter_mut().zip(head.iter().zip(body)) {
            *sum += if head | body > 0 { share } else { 0 };
        }
        for (sum, (&head, &body)) in self.present.iter_mut().zip(head.iter().zip(body)) {
            *sum += if head | body > 0 { required } else { 0 };
        }
    }

    /// The covered share of the query of each of the first `length` entries.
    pub fn covered(&self, length: usize) -> &[u8] {
        &self.covered[..length]
    }

    /// The number of the first `length` entries that have `required` required terms; all if none is
    /// required.
    pub fn complete(&self, length: usize, required: u8) -> usize {
        // Branch-free, since branches are mispredicted too often, and in eight bits as long as the
        // sum fits.
        let complete = |present: &[u8]| {
            usize::from(present.iter().map(|&present| u8::from(present >= required)).sum::<u8>())
        };
        self.present[..length].chunks(COUNTED).map(complete).sum()
    }

    /// Clears the sums of entries that lack a required term.
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

    /// The sums in questions and answers by runs. In a partial block they are 0 behind the last
    /// entry.
    pub fn runs(&self) -> (&[[u16; RUN]], &[[u16; RUN]]) {
        (self.head.as_chunks().0, self.body.as_chunks().0)
    }
}

/// The highest of a run of sums.
pub(super) fn highest(sums: &[u16; RUN]) -> u16 {
    sums.iter().fold(0, |highest, &sum| sum.max(highest))
}
