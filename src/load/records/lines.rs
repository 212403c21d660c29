//! Line numbers of keys that borrow from the source text.

use std::cell::OnceCell;

/// A text whose lines are counted on first use.
pub(super) struct RecordLines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: OnceCell<Vec<usize>>,
}

impl<'a> RecordLines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    /// The line of a key, from 1; 0 if it does not borrow from the text.
    pub(super) fn of(&self, key: &str) -> u32 {
        let offset = (key.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if offset >= self.text.len() {
            return 0;
        }
        let starts = self.starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
        });
        starts.partition_point(|&start| start <= offset) as u32
    }

    /// The line of the first key that has one.
    pub(super) fn of_first<'k>(&self, mut keys: impl Iterator<Item = &'k str>) -> u32 {
        keys.find_map(|key| Some(self.of(key)).filter(|&line| line > 0)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::RecordLines;

    #[test]
    fn keys_know_their_lines_in_any_order() {
        let text = "one\ntwo\n\nthree";
        let lines = RecordLines::new(text);
        assert_eq!([&text[9..], &text[..3], &text[4..7]].map(|key| lines.of(key)), [4, 1, 2]);
        assert_eq!(lines.of("elsewhere"), 0);
    }
}
