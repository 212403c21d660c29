//! Definitions that a page refers to from elsewhere: link addresses and footnotes. They are
//! appended to the answers that use them.

use crate::load::repeats::Repeats;
use std::collections::{BTreeSet, HashMap};

/// Everything that a page defines, by name.
#[derive(Debug, Default)]
pub(crate) struct Definitions<'a> {
    /// The index of each definition by its name in lower case; footnotes include their `^`.
    numbers: HashMap<String, usize>,
    /// Their lines.
    lines: Vec<Vec<&'a str>>,
    repeats: Repeats,
    /// The last line belonged to a footnote, which continues on indented lines.
    is_open: bool,
}

impl<'a> Definitions<'a> {
    /// Whether a line is part of a definition, which is then stored.
    pub(super) fn takes(&mut self, line: &'a str) -> bool {
        self.repeats.add(line.len());
        if let Some(name) = name_of(line) {
            self.is_open = name.starts_with('^');
            self.numbers.entry(name).or_insert(self.lines.len());
            self.lines.push(vec![line.trim()]);
            return true;
        }
        let continues = self.is_open && (line.starts_with("    ") || line.starts_with('\t'));
        if continues && let Some(last) = self.lines.last_mut() {
            last.push(line.trim_end());
            return true;
        }
        self.is_open = false;
        false
    }

    /// An empty line: a footnote may continue after it.
    pub(super) fn pause(&mut self) {
        if self.is_open
            && let Some(last) = self.lines.last_mut()
        {
            last.push("");
        }
    }

    /// An answer with the definitions that it or its title uses.
    pub(super) fn added_to(&self, mut text: String, title: &str) -> String {
        if self.lines.is_empty() || !text.contains(']') && !title.contains("[^") {
            return text;
        }
        let mut used = BTreeSet::new();
        self.collect(&text, &mut used);
        if title.contains("[^") {
            self.collect(title, &mut used);
        }
        used.retain(|&n| self.may_repeat(n));
        // Footnotes may refer to others.
        let mut further = BTreeSet::new();
        for line in used.iter().flat_map(|&n| &self.lines[n]) {
            self.collect(line, &mut further);
        }
        further.retain(|&n| !used.contains(&n) && self.may_repeat(n));
        used.append(&mut further);
        if !used.is_empty() {
            let part = |n: usize| self.lines[n].join("\n").trim_end().to_owned();
            let parts: Vec<String> = used.into_iter().map(part).collect();
            text.push_str("\n\n");
            text.push_str(&parts.join("\n"));
        }
        text
    }

    fn may_repeat(&self, n: usize) -> bool {
        let lines = &self.lines[n];
        self.repeats.allow(lines[0], lines.iter().map(|line| line.len()).sum())
    }

    fn collect(&self, text: &str, used: &mut BTreeSet<usize>) {
        for (at, _) in text.match_indices('[') {
            let inner = &text[at + 1..];
            let Some(end) = inner.find([']', '[', '\n']) else { continue };
            if inner[end..].starts_with(']')
                && let Some(&n) = self.numbers.get(&inner[..end].to_lowercase())
            {
                used.insert(n);
            }
        }
    }
}

pub(crate) fn is_definition(line: &str) -> bool {
    name_of(line).is_some()
}

/// The name that a line such as `[name]: address` or `[^name]: text` defines.
fn name_of(line: &str) -> Option<String> {
    let blanks = line.len() - line.trim_start().len();
    let (name, text) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let is_named = !text.trim().is_empty() && !name.is_empty() && !name.contains([']', '[']);
    (blanks < 4 && is_named).then(|| name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_go_where_they_are_used() {
        let mut definitions = Definitions::default();
        for line in ["[^1]: One.", "    More.", "[home]: https://a.example", "[^2]: Two."] {
            assert!(definitions.takes(line), "{line}");
        }
        assert!(!definitions.takes("Text"));
        let added = definitions.added_to("See[^1] and [this][HOME].".into(), "");
        assert_eq!(
            added,
            "See[^1] and [this][HOME].\n\n[^1]: One.\n    More.\n[home]: https://a.example"
        );
        assert_eq!(definitions.added_to("[x] here".into(), ""), "[x] here");
    }
}
