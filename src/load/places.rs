//! Lines and columns of offsets in a text.

use memchr::{memchr_iter, memrchr};

/// Computes line and column for increasing offsets: each part of the text is counted once.
pub(crate) struct Places<'t> {
    text: &'t str,
    counted: usize,
    line: u32,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, counted: 0, line: 1 }
    }

    /// Line and column of an offset in bytes, both from 1; the column counts characters.
    pub(crate) fn of(&mut self, at: usize) -> (u32, u32) {
        let at = self.text.floor_char_boundary(at);
        if at < self.counted {
            *self = Self::new(self.text);
        }
        let text = self.text.as_bytes();
        self.line += memchr_iter(b'\n', &text[self.counted..at]).count() as u32;
        self.counted = at;
        let start = memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
        (self.line, self.text[start..at].chars().count() as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn lines_and_columns() {
        let mut places = Places::new("a\néb\n");
        assert_eq!(
            [0, 2, 4, 6, 99, 1].map(|at| places.of(at)),
            [(1, 1), (2, 1), (2, 2), (3, 1), (3, 1), (1, 2)]
        );
    }
}
