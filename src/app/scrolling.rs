//! Scrolling of lists whose rows have different heights.

/// A list to be scrolled.
pub(super) struct ScrolledList {
    /// The first row in sight before.
    pub(super) top: usize,
    pub(super) selected: usize,
    pub(super) last: usize,
    /// How many lines of the list are in sight.
    pub(super) lines: usize,
}

impl ScrolledList {
    /// The first row in sight, so that the selected row is in sight and no line stays empty that
    /// could show another row; otherwise the list stays where it is. `height` is that of a row, in
    /// lines; `height_at_end` that of the last row in sight.
    pub(super) fn scrolled_top(
        &self,
        height: impl Fn(usize) -> usize,
        height_at_end: impl Fn(usize) -> usize,
    ) -> usize {
        // The first row, but not before `min`, of the rows in sight that end with `end`.
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
