//! The history of read entries, with back and forward as in a browser.

/// The entries that were read, and the position among them.
#[derive(Debug, Clone, Default)]
pub struct NavigationHistory {
    read: Vec<u32>,
    /// How many entries lead up to the position, the current one included.
    at: usize,
}

/// The most entries that are remembered.
const MAX_ENTRIES: usize = 1000;

impl NavigationHistory {
    /// Adds an entry; forgets those ahead of the position.
    pub fn visit(&mut self, entry: u32) {
        if self.at > 0 && self.read[self.at - 1] == entry {
            return;
        }
        self.read.truncate(self.at);
        if self.read.len() == MAX_ENTRIES {
            self.read.remove(0);
        }
        self.read.push(entry);
        self.at = self.read.len();
    }

    /// Goes back one entry.
    pub fn back(&mut self) -> Option<u32> {
        let at = self.at.checked_sub(2)?;
        self.at = at + 1;
        Some(self.read[at])
    }

    /// Whether there is an entry to go back to.
    pub fn has_earlier(&self) -> bool {
        self.at > 1
    }

    /// Goes forward one entry.
    pub fn forward(&mut self) -> Option<u32> {
        let entry = *self.read.get(self.at)?;
        self.at += 1;
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_and_forward_as_a_browser_does() {
        let mut navigation = NavigationHistory::default();
        assert_eq!((navigation.back(), navigation.forward()), (None, None));
        for entry in [1, 2, 2, 3] {
            navigation.visit(entry);
        }
        assert_eq!(
            (navigation.back(), navigation.back(), navigation.back()),
            (Some(2), Some(1), None)
        );
        assert_eq!(navigation.forward(), Some(2));
        navigation.visit(9);
        assert_eq!(
            (navigation.forward(), navigation.back(), navigation.back()),
            (None, Some(2), Some(1))
        );
    }
}
