//! Pages of tldr.

use super::answer::with_command;
use crate::collection::{Entry, Place};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::repeats::Repeats;
use std::sync::Arc;

/// The command in a line of backticks as it can be run: escaped braces become braces.
pub(super) fn command(line: &str) -> Option<String> {
    let line = line.trim();
    let marks = line.len() - line.trim_start_matches('`').len();
    if !(1..=3).contains(&marks) {
        return None;
    }
    let inner = line[marks..].strip_suffix(&line[..marks])?;
    let is_span = !inner.trim().is_empty() && (marks > 1 || !inner.contains('`'));
    is_span.then(|| {
        let inner = if marks > 1 { inner.trim() } else { inner };
        inner.replace("\\{", "{").replace("\\}", "}")
    })
}

/// Whether a line opens a fence around a command.
pub(super) fn opens_fence(line: &str) -> bool {
    line.trim().strip_prefix("```").is_some_and(|language| !language.contains('`'))
}

pub(super) fn read(doc: &SourceText<'_>, text: &str) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let mut about: Vec<&str> = Vec::new();
    let mut url = None;
    let mut task: Option<(&str, u32)> = None;
    let repeats = Repeats::of(text.len());
    let tags_of = |title: &str| {
        let tags = std::iter::once(title).chain(platform(doc.name));
        let tags = tags.filter(|tag| repeats.allow(tag, tag.len()));
        tags.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut fenced: Option<Vec<&str>> = None;
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        let mut command = command(line);
        match &mut fenced {
            Some(lines) if line == "```" => {
                command = Some(lines.join("\n"));
                fenced = None;
            }
            Some(lines) => {
                lines.push(line);
                continue;
            }
            None if task.is_some() && opens_fence(line) => {
                fenced = Some(Vec::new());
                continue;
            }
            None => {}
        }
        if let Some(title) = line.strip_prefix("# ") {
            title.trim().clone_into(&mut found.title);
        } else if let Some(description) = line.strip_prefix('>') {
            let address =
                description.find('<').and_then(|at| description[at + 1..].split_once('>'));
            match address {
                Some((address, _)) if address.contains("://") => url = Some(address.to_owned()),
                _ => about.push(description.trim()),
            }
        } else if let Some(title) = line.strip_prefix("- ") {
            task = Some((title.trim().trim_end_matches([':', '：']), n as u32 + 1));
        } else if let (Some((title, number)), Some(command)) = (task, command) {
            found.entries.push(Entry {
                // Code marks are removed; `<https://…>` is unchanged.
                question: without_mnemonics(title).replace('`', ""),
                answer: with_command(&about.join(" "), "sh", &command),
                tags: tags_of(&found.title),
                url: url.clone(),
                place: Place { source: Arc::clone(doc.name), line: number },
                ..Entry::default()
            });
            task = None;
        }
    }
    found
}

/// `E[x]tract` marks the letter of the option; the word is "Extract".
fn without_mnemonics(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let inner = after.split_once(']').filter(|(inner, next)| {
            let in_a_word =
                before.ends_with(char::is_alphabetic) || next.starts_with(char::is_alphabetic);
            in_a_word && inner.len() <= 3 && inner.chars().all(char::is_alphabetic)
        });
        if let Some((letters, next)) = inner {
            out.push_str(letters);
            rest = next;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The platform, named by the folder of a tldr page.
fn platform(name: &str) -> Option<&str> {
    const PLATFORMS: &[&str] = &[
        "common", "linux", "osx", "macos", "windows", "android", "freebsd", "netbsd", "openbsd",
        "sunos", "dos",
    ];
    name.rsplit(['/', '\\']).skip(1).find(|folder| PLATFORMS.contains(folder))
}
