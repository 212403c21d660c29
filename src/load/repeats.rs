//! Bounds what a source writes once and uses in many places: link definitions, footnotes,
//! attributes, the names of sections. Without a bound, a small file would fill the memory.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// Bytes that may be repeated for each byte of the source. Usual sources repeat less than themselves.
const MAX_RATIO: usize = 8;

/// Counts the bytes that are repeated.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// Bytes that may still be repeated.
    left: Cell<usize>,
    /// The names of what was used.
    used: RefCell<HashSet<String>>,
}

impl Repeats {
    /// For a source of `bytes` bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        Self { left: Cell::new(MAX_RATIO * bytes), used: RefCell::default() }
    }

    /// Raises the bound for `bytes` more bytes of the source.
    pub(crate) fn add(&self, bytes: usize) {
        self.left.set(self.left.get() + MAX_RATIO * bytes);
    }

    /// Whether `bytes` bytes of this name may be used here: always once, so that no text is lost,
    /// and then as long as some are left.
    pub(crate) fn allow(&self, name: &str, bytes: usize) -> bool {
        if !self.used.borrow().contains(name) {
            self.used.borrow_mut().insert(name.to_owned());
            return true;
        }
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(self.left.get()));
        left.is_some()
    }

    /// The tags that an entry may have of those that several entries share.
    pub(crate) fn tags(&self, shared: &[String]) -> Vec<String> {
        shared.iter().filter(|tag| self.allow(tag, tag.len())).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Repeats;

    #[test]
    fn everything_is_used_once_and_then_in_proportion_to_the_source() {
        let repeats = Repeats::of(100);
        let long = "y".repeat(300);
        let tags = [long, "tea".to_owned()];
        let lengths = || repeats.tags(&tags).iter().map(String::len).collect::<Vec<_>>();
        let times: Vec<_> = (0..5).map(|_| lengths()).collect();
        assert_eq!(times, [vec![300, 3], vec![300, 3], vec![300, 3], vec![3], vec![3]]);
        repeats.add(100);
        assert_eq!(lengths(), [300, 3]);
    }
}
