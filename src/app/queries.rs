//! The query history, recalled as in a shell.

/// The queries whose hits were read or picked, and the position among them.
#[derive(Debug, Clone, Default)]
pub struct Queries {
    past: Vec<String>,
    /// How many steps back; 0 is the query being typed.
    back: usize,
    /// The text of the prompt before the first step back.
    draft: String,
}

impl Queries {
    /// A history of `past` queries, newest last.
    pub fn new(past: Vec<String>) -> Self {
        Self { past, ..Self::default() }
    }

    /// Adds a query; returns false if it equals the last one.
    pub fn remember(&mut self, query: &str) -> bool {
        self.back = 0;
        let query = query.trim();
        if query.is_empty() || self.past.last().is_some_and(|last| last == query) {
            return false;
        }
        self.past.retain(|old| old != query);
        self.past.push(query.to_owned());
        true
    }

    /// Returns to the newest position, after the query was edited.
    pub fn reset_position(&mut self) {
        self.back = 0;
    }

    /// The previous query; `current` is the text of the prompt.
    pub fn earlier(&mut self, current: &str) -> Option<&str> {
        if self.back == 0 {
            current.clone_into(&mut self.draft);
        }
        let mut back = self.back + 1;
        // Recalling the current text would look like a dead key.
        while self.past.len() >= back && self.past[self.past.len() - back] == current {
            back += 1;
        }
        let at = self.past.len().checked_sub(back)?;
        self.back = back;
        self.past.get(at).map(String::as_str)
    }

    /// The next query, and finally the text typed before the first step back.
    pub fn later(&mut self) -> Option<&str> {
        self.back = self.back.checked_sub(1)?;
        if self.back == 0 {
            return Some(&self.draft);
        }
        self.past.get(self.past.len() - self.back).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_through_the_past_and_comes_back_to_the_draft() {
        let mut queries = Queries::new(vec!["one".into()]);
        assert!(queries.remember(" two "));
        assert!(!queries.remember("two"));
        assert_eq!(queries.earlier("dra"), Some("two"));
        assert_eq!(queries.earlier("two"), Some("one"));
        assert_eq!(queries.earlier("one"), None);
        assert_eq!(queries.later(), Some("two"));
        assert_eq!(queries.later(), Some("dra"));
        assert_eq!(queries.later(), None);
    }
}
