//! How-to sheets: tldr pages, navi cheat sheets, and plain sheets of `# comment` and commands.
//! The question is a task, its answer the command as a code block.

use crate::collection::{Entry, Place};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use std::sync::Arc;

pub(crate) struct HowTo;

/// What kind of sheet a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `# command`, `> description`, then `- task:` with a command in backticks below it.
    Tldr,
    /// `% tags`, `# task`, then command lines.
    Navi,
    /// `# task`, then command lines.
    Plain,
}

impl Loader for HowTo {
    fn name(&self) -> &'static str {
        "sheet"
    }

    fn about(&self) -> &'static str {
        "how-to sheets: tldr pages, navi cheats, # comments with commands below them"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[".cheat"]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
        match kind(peek.text) {
            Some(Kind::Tldr | Kind::Navi) => 95,
            Some(Kind::Plain) => 60,
            None => 0,
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let text = doc.text.trim_start_matches('\u{feff}');
        match kind(text) {
            Some(Kind::Tldr) => tldr(doc, text),
            _ => tasks(doc, text),
        }
    }
}

fn kind(text: &str) -> Option<Kind> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).take(4000).collect();
    let filled = || lines.iter().copied().filter(|line| !line.is_empty());
    let is_task = |pair: &(&str, &str)| pair.0.starts_with("- ") && command_of(pair.1).is_some();
    let tasks = filled().zip(filled().skip(1)).filter(is_task).count();
    if filled().next()?.starts_with("# ")
        && tasks > 0
        && tasks * 3 > filled().count().saturating_sub(8)
    {
        return Some(Kind::Tldr);
    }
    let first = filled().find(|line| !line.starts_with(';'))?;
    if first.starts_with('%') && filled().any(|line| line.starts_with('#')) {
        return Some(Kind::Navi);
    }
    let mut blocks = lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    let (mut all, mut good) = (0, 0);
    for block in blocks.by_ref() {
        let commands = block.iter().skip_while(|line| line.starts_with('#')).count();
        let is_task =
            block[0].starts_with('#') && !block[0].starts_with("##") && !block[0].starts_with("#!");
        all += 1;
        good += usize::from(
            is_task && (1..=6).contains(&commands) && block[1..].iter().all(|l| is_command(l)),
        );
    }
    (good >= 3 && good * 10 >= all * 7).then_some(Kind::Plain)
}

/// Prose below a heading is no command.
fn is_command(line: &str) -> bool {
    let ends_sentence = line.ends_with(['.', '?', '!']) && line.split_whitespace().count() > 5;
    line.starts_with('#') || !ends_sentence && !line.starts_with(['>', '|', '-', '*'])
}

/// The command in a line of backticks.
fn command_of(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix('`')?.strip_suffix('`')?;
    (!inner.is_empty() && !inner.starts_with('`')).then_some(inner)
}

fn tldr(doc: &SourceText<'_>, text: &str) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let mut about: Vec<&str> = Vec::new();
    let mut url = None;
    let mut task: Option<(&str, u32)> = None;
    let tags_of = |title: &str| {
        std::iter::once(title.to_owned())
            .chain(platform(doc.name).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(title) = line.strip_prefix("# ") {
            title.trim().clone_into(&mut found.title);
        } else if let Some(said) = line.strip_prefix('>') {
            let address = said.find('<').and_then(|at| said[at + 1..].split_once('>'));
            match address {
                Some((address, _)) if address.contains("://") => url = Some(address.to_owned()),
                _ => about.push(said.trim()),
            }
        } else if let Some(title) = line.strip_prefix("- ") {
            task = Some((title.trim().trim_end_matches([':', '：']), n as u32 + 1));
        } else if let (Some((title, number)), Some(command)) = (task, command_of(line)) {
            found.entries.push(Entry {
                question: without_mnemonics(title),
                answer: with_command(&about.join(" "), &[command]),
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

/// `E[x]tract` shows which letter the option has; the word is "Extract".
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

/// The folder of a tldr page says what it runs on.
fn platform(name: &str) -> Option<&str> {
    const PLATFORMS: &[&str] = &[
        "common", "linux", "osx", "macos", "windows", "android", "freebsd", "netbsd", "openbsd",
        "sunos", "dos",
    ];
    name.rsplit(['/', '\\']).skip(1).find(|folder| PLATFORMS.contains(folder))
}

/// navi and plain sheets.
fn tasks(doc: &SourceText<'_>, text: &str) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let mut tags: Vec<String> = Vec::new();
    let mut task: Option<(String, u32)> = None;
    let mut commands: Vec<&str> = Vec::new();
    for (n, line) in text.lines().chain(std::iter::once("#")).enumerate() {
        let line = line.trim_end();
        if let Some(title) = line.strip_prefix('#') {
            if let Some((question, number)) = task.take().filter(|_| !commands.is_empty()) {
                found.entries.push(Entry {
                    question,
                    answer: with_command("", &commands),
                    tags: tags.clone(),
                    place: Place { source: Arc::clone(doc.name), line: number },
                    ..Entry::default()
                });
            }
            commands.clear();
            task = Some((
                title.trim_matches(['#', ' ']).trim_end_matches(':').to_owned(),
                n as u32 + 1,
            ));
        } else if let Some(list) = line.strip_prefix('%') {
            tags = list
                .split(',')
                .map(|tag| tag.trim().to_owned())
                .filter(|tag| !tag.is_empty())
                .collect();
        } else if !line.trim().is_empty() && !line.starts_with([';', '$', '@']) {
            commands.push(line);
        }
    }
    found
}

/// What it is about, then the commands as a code block.
fn with_command(about: &str, commands: &[&str]) -> String {
    let commands = commands.join("\n");
    let fence = if commands.contains("```") { "~~~" } else { "```" };
    let gap = if about.is_empty() { "" } else { "\n\n" };
    format!("{about}{gap}{fence}sh\n{commands}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::options::Options;

    fn read(name: &str, text: &str) -> Vec<Entry> {
        let (name, options) = (name.into(), Options::default());
        HowTo.read(&SourceText { name: &name, text, options: &options }).entries
    }

    #[test]
    fn a_tldr_page() {
        let page = "# pack\n\n> Pack things.\n> More information: <https://example.org/pack>.\n\n\
            - Pack a [f]older:\n\n`pack {{folder}}`\n\n- Unpack:\n\n`pack -u {{file}}`\n";
        let entries = read("pages/linux/pack.md", page);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].question, "Pack a folder");
        assert_eq!(entries[0].answer, "Pack things.\n\n```sh\npack {{folder}}\n```");
        assert_eq!(entries[0].tags, ["pack", "linux"]);
        assert_eq!(entries[1].place.line, 10);
    }

    #[test]
    fn a_navi_sheet() {
        let sheet = "% box, lid\n\n; a note\n#Open the box\nopen --all \\\n  <box>\n\n# Close\nclose <box>\n\n$ box: ls boxes\n";
        let entries = read("box.cheat", sheet);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].question, "Open the box");
        assert_eq!(entries[0].answer, "```sh\nopen --all \\\n  <box>\n```");
        assert_eq!(entries[1].tags, ["box", "lid"]);
    }

    #[test]
    fn comments_and_commands() {
        let sheet = "# list files\nls -l\n\n# count them\nls | wc -l\n\n# leave\nexit\n";
        assert_eq!(kind(sheet), Some(Kind::Plain));
        assert_eq!(read("x", sheet).len(), 3);
        assert_eq!(kind("# Title\n\nSome words.\n\n# Other\n\nMore of them.\n"), None);
    }
}
