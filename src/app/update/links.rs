//! Follows links of the answer: to a heading, to another entry, to a file beside the source, or
//! into the browser.

use super::super::{App, Command, Focus};
use super::Commands;
use std::path::Path;

impl App {
    pub(super) fn follow_link(&mut self, address: &str) -> Commands {
        if let Some(section) = address.strip_prefix('#') {
            return self.go_to_section(section);
        }
        let Some(file) = self.file_of(address) else {
            return vec![Command::OpenUrl(address.to_owned())];
        };
        let line = 0;
        vec![Command::Edit { path: file.into(), line }]
    }

    /// The path of the file that a relative address points to; `None` for web and mail addresses.
    fn file_of(&self, address: &str) -> Option<String> {
        let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+')
        });
        if has_scheme || address.starts_with("//") {
            return None;
        }
        let source = self.entry()?.source().to_string();
        let path = address.split(['#', '?']).next()?.trim_start_matches("./");
        let folder = Path::new(&source).parent()?;
        Some(folder.join(path).to_string_lossy().into_owned())
    }

    /// Goes to a heading of the answer, or else to the question with that name in the same source.
    fn go_to_section(&mut self, section: &str) -> Commands {
        let is_wanted = |text: &str| slug(text).eq(slug(section));
        let document = self.document();
        let line = document.and_then(|document| document.heading(is_wanted));
        if let Some(line) = line {
            self.answer.scroll_to_line(line);
            self.focus = Focus::Answer;
            return Vec::new();
        }
        let index = self.list.hits().index.clone();
        let source = self.entry().map(|entry| entry.source().clone());
        let is_it = |&n: &u32| {
            index.entry(n).is_some_and(|entry| {
                Some(entry.source()) == source.as_ref() && is_wanted(entry.question())
            })
        };
        if let Some(entry) = (0..index.len() as u32).find(is_it) {
            self.show(entry);
            return self.record_opened();
        }
        self.set_notice(format!("no section is named `{section}`"));
        Vec::new()
    }
}

/// The fragment that links to a heading, as on GitHub. An iterator, since most of a million
/// questions differ from the searched fragment in the first letter.
fn slug(text: &str) -> impl Iterator<Item = char> {
    text.trim().chars().flat_map(|c| {
        let dash = c.is_whitespace() || c == '-' || c == '_';
        let letters = c.is_alphanumeric().then(|| c.to_lowercase());
        dash.then_some('-').into_iter().chain(letters.into_iter().flatten())
    })
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn headings_are_named_as_on_github() {
        assert!(slug("What's new in 2.0?").eq("whats-new-in-20".chars()));
        assert!(slug("whats-new-in-20").eq(slug("What's new in 2.0?")));
        assert!(slug(" Über uns").eq("über-uns".chars()));
    }
}
