//! Scrolling of lists whose rows have different heights.

/// A list to scroll.
pub(super) struct ScrolledList {
    /// The first visible row so far.
    pub(super) top: usize,
    pub(super) selected: usize,
    pub(super) last: usize,
    /// The number of visible lines.
    pub(super) lines: usize,
}

impl ScrolledList {
    /// Returns the first visible row such that the selected row is visible and no line stays empty
    /// that could show another row; keeps the scroll position otherwise. `height` returns the lines
    /// of a row; `height_at_end` those of a row that is the last visible one.
    pub(super) fn scrolled_top(
        &self,
        height: impl Fn(usize) -> usize,
        height_at_end: impl Fn(usize) -> usize,
    ) -> usize {
        // Returns the first of the visible rows that end with `end`, at least `min`.
        let first_above = |end: usize, min: usize| {
            let mut first = end;
            let mut used = height_at_end(end);
            while first > min {
                used += height(first - 1);
                if used > self.lines {
                    break;
                }
                first -= 1;
            }
            first
        };
        let top = self.top.min(first_above(self.last, 0));
        if self.selected <= top { self.selected } else { first_above(self.selected, top) }
    }
}
