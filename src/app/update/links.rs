//! Following a link of the answer: to a heading, to another entry, to a file beside the source, or
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

    /// The name of the file that a relative address leads to; `None` for web and mail addresses.
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

    /// Goes to a heading of the answer, or else to the question of the same source with that name.
    fn go_to_section(&mut self, section: &str) -> Commands {
        let wanted = slug(section);
        let document = self.document();
        let line = document.and_then(|document| document.heading(|text| slug(text) == wanted));
        if let Some(line) = line {
            self.answer.scroll_to_line(line);
            self.focus = Focus::Answer;
            return Vec::new();
        }
        let index = self.list.hits().index.clone();
        let source = self.entry().map(|entry| entry.source().clone());
        let is_it = |&n: &u32| {
            index.entry(n).is_some_and(|entry| {
                Some(entry.source()) == source.as_ref() && slug(entry.question()) == wanted
            })
        };
        if let Some(entry) = (0..index.len() as u32).find(is_it) {
            self.show(entry);
            return self.note_chosen();
        }
        self.tell(format!("no section is named `{section}`"), false);
        Vec::new()
    }
}

/// The name of a heading in links, as GitHub makes it, whatever its signs.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.trim().chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if c.is_whitespace() || c == '-' || c == '_' {
            slug.push('-');
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn headings_are_named_as_on_github() {
        assert_eq!(slug("What's new in 2.0?"), "whats-new-in-20");
        assert_eq!(slug("whats-new-in-20"), slug("What's new in 2.0?"));
        assert_eq!(slug(" Über uns"), "über-uns");
    }
}
