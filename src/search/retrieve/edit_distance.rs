//! The number of typos between a term and a word.

/// A term, prepared for comparison with many words: the positions of each of its letters, as bits.
#[derive(Clone)]
pub(super) struct TypoPattern {
    ascii: Box<[u64; 128]>,
    other: Vec<(char, u64)>,
    /// The length in characters.
    length: usize,
    /// The first two letters of a longer term, if they are ASCII.
    first: Option<[u8; 2]>,
}

/// The longest term, in characters, that is matched with typos.
const MAX_TERM: usize = u64::BITS as usize;

impl TypoPattern {
    pub fn new(term: &str) -> Self {
        let first = term.as_bytes().first_chunk::<2>().copied();
        let first = first.filter(|first| term.len() > 2 && first.is_ascii());
        let mut pattern = Self { ascii: Box::new([0; 128]), other: Vec::new(), length: 0, first };
        for c in term.chars() {
            if pattern.length < MAX_TERM {
                *pattern.positions(c) |= 1 << pattern.length;
            }
            pattern.length += 1;
        }
        pattern
    }

    fn positions(&mut self, c: char) -> &mut u64 {
        if let Some(positions) = self.ascii.get_mut(c as usize) {
            return positions;
        }
        let at = self.other.iter().position(|(other, _)| *other == c).unwrap_or_else(|| {
            self.other.push((c, 0));
            self.other.len() - 1
        });
        &mut self.other[at].1
    }

    fn positions_of(&self, c: char) -> u64 {
        let other = || self.other.iter().find(|(other, _)| *other == c).map_or(0, |(_, p)| *p);
        self.ascii.get(c as usize).copied().unwrap_or_else(other)
    }

    /// Returns false if no word with this beginning is one typo from the term: a typo keeps one of
    /// the first two letters among the first two.
    fn begins_alike(&self, word: &str) -> bool {
        let (Some([a, b]), [c, d, ..]) = (self.first, word.as_bytes()) else { return true };
        let has = |letter: u8| letter == a || letter == b;
        !c.is_ascii() || !d.is_ascii() || has(*c) || has(*d)
    }

    /// The number of typos between the term and a word, and between the term and the word's nearest
    /// prefix; both are exact only up to `max`. A typo is a letter changed, left out, added or
    /// swapped with its neighbour (optimal string alignment).
    ///
    /// The differences within a column of the distance table are kept as bits of two numbers
    /// (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
    /// 2003).
    pub fn distance(&self, word: &str, max: usize) -> (usize, usize) {
        if self.length == 0 || self.length > MAX_TERM {
            return (usize::MAX, usize::MAX);
        }
        if max == 1 && !self.begins_alike(word) {
            return (usize::MAX, usize::MAX);
        }
        let last = 1_u64 << (self.length - 1);
        // Bits of the letters of the term at which the distance grows, and falls.
        let (mut grows, mut falls) = (u64::MAX, 0);
        let (mut diagonal, mut before) = (0, 0);
        let (mut distance, mut nearest) = (self.length, self.length);
        // Letters further on cannot match.
        for c in word.chars().take(self.length + max + 1) {
            let here = self.positions_of(c);
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & grows).wrapping_add(grows) ^ grows) | here | falls | swapped;
            // The same for the letters of the word.
            let more = falls | !(diagonal | grows);
            let less = diagonal & grows;
            distance = distance + usize::from(more & last != 0) - usize::from(less & last != 0);
            nearest = nearest.min(distance);
            let (more, less) = (more << 1 | 1, less << 1);
            grows = less | !(diagonal | more);
            falls = more & diagonal;
            before = here;
        }
        (distance, nearest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table.
    fn by_table(term: &[char], word: &[char]) -> (usize, usize) {
        let mut table = vec![vec![0; word.len() + 1]; term.len() + 1];
        for i in 0..=term.len() {
            for j in 0..=word.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(term[i - 1] != word[j - 1]);
                    let cost = table[i - 1][j - 1] + same;
                    cost.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1)
                };
                if i > 1 && j > 1 && term[i - 1] == word[j - 2] && term[i - 2] == word[j - 1] {
                    table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
                }
            }
        }
        let row = &table[term.len()];
        (row[word.len()], row.iter().copied().min().unwrap_or(0))
    }

    #[test]
    fn typos_are_counted_with_swaps() {
        let distance = |term: &str, word| TypoPattern::new(term).distance(word, 2);
        assert_eq!(distance("crwaler", "crawler"), (1, 1));
        assert_eq!(distance("crwal", "crawler"), (3, 1));
        assert_eq!(distance("größe", "grösse"), (2, 2));
    }

    proptest! {
        #[test]
        fn bits_and_table_agree(term in "[a-cé]{1,9}|[ab]{64,66}", word in "[a-cé]{0,12}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let (whole, beginning) = by_table(&letters(&term), &letters(&word));
            for max in [1, 2] {
                let (found, nearest) = TypoPattern::new(&term).distance(&word, max);
                let cut = |n: usize| n.min(max + 1);
                prop_assert_eq!((cut(found), cut(nearest)), (cut(whole), cut(beginning)));
            }
        }
    }
}
