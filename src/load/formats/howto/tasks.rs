//! Sheets of `# task` with command lines below: navi, cheat, and plain ones.

use super::answer::with_command;
use crate::collection::{Entry, Place};
use crate::load::keys::{separated, texts};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::repeats::Repeats;
use crate::load::value::Value;
use crate::load::yaml_tree;
use std::sync::Arc;

/// The front matter of a sheet.
#[derive(Debug, Default)]
pub(super) struct TaskFrontMatter {
    /// The language of the commands.
    syntax: String,
    tags: Vec<String>,
    /// It has keys of sheets only, and no title.
    pub(super) is_of_sheet: bool,
}

impl TaskFrontMatter {
    /// The front matter, and the text below it.
    pub(super) fn split(text: &str) -> (Option<Self>, &str) {
        let inner = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
        let Some((matter, body)) = inner.and_then(|inner| inner.split_once("\n---")) else {
            return (None, text);
        };
        let Some((_, body)) = body.split_once('\n').filter(|(rest, _)| rest.trim().is_empty())
        else {
            return (None, text);
        };
        let node = yaml_tree::parse(matter).ok().and_then(|all| all.into_iter().next());
        let field = |key: &str| -> Vec<String> {
            let value = node.as_ref().and_then(|node| node.get(key));
            let texts = value.map(texts).unwrap_or_default();
            texts.iter().flat_map(|text| separated(text)).map(str::to_owned).collect()
        };
        let has = |key: &str| node.as_ref().and_then(|node: &Value<'_>| node.get(key)).is_some();
        let is_of_sheet = has("syntax") || has("tags") && !has("title");
        let syntax = field("syntax").into_iter().next().unwrap_or_default();
        (Some(Self { syntax, tags: field("tags"), is_of_sheet }), body)
    }
}

/// A task being read.
struct Task<'a> {
    question: String,
    /// Its first line is a complete sentence.
    is_whole: bool,
    line: u32,
    /// The other lines of its comment.
    about: Vec<&'a str>,
    commands: Vec<&'a str>,
}

/// Reads a sheet. In a navi sheet, lines of `;`, `$`, `@` and `%` are not commands, and the last
/// line of a comment is the task.
pub(super) fn read(source: &SourceText<'_>, text: &str, is_navi: bool) -> ParsedDocument {
    let (front, body) = TaskFrontMatter::split(text);
    let front = front.unwrap_or_default();
    let language = if front.syntax.is_empty() { "sh" } else { front.syntax.as_str() };
    let first_line = text[..text.len() - body.len()].matches('\n').count() as u32 + 1;
    let mut found = ParsedDocument::default();
    let repeats = Repeats::of(text.len());
    let mut tags = front.tags.clone();
    let mut task: Option<Task<'_>> = None;
    let mut finish = |task: Option<Task<'_>>, tags: &[String]| {
        let entry = |task: Task<'_>| task.entry(source, language, &repeats.tags(tags));
        found.entries.extend(task.and_then(entry));
    };
    let mut fence: Option<&str> = None;
    let mut heredoc: Option<String> = None;
    for (line, number) in body.lines().zip(first_line..) {
        let line = line.trim_end();
        let bare = line.trim_start();
        let sign = if bare.starts_with('~') { '~' } else { '`' };
        let marks = &bare[..bare.len() - bare.trim_start_matches(sign).len()];
        let inside = heredoc.is_some() || fence.is_some();
        if heredoc.is_none() && (fence == Some(bare) || fence.is_none() && marks.len() > 2) {
            fence = if fence.is_some() { None } else { Some(marks) };
            continue;
        }
        if !inside && let Some(comment) = line.strip_prefix('#').filter(|_| !line.starts_with("#!"))
        {
            let comment = comment.trim_matches(['#', ' ']);
            match &mut task {
                // The comment continues, unless a blank line separates them.
                Some(open) if open.commands.is_empty() && !is_navi => open.add_comment(comment),
                _ => {
                    finish(task.take(), &tags);
                    task = Some(Task::new(comment, number));
                }
            }
            continue;
        }
        // Suggestions for a placeholder may have their own fence.
        if is_navi && fence.is_some() && heredoc.is_none() && suggests(line) {
            continue;
        }
        if !inside && is_navi && line.starts_with(['%', ';', '$', '@']) {
            if let Some(list) = line.strip_prefix('%') {
                finish(task.take(), &tags);
                let list = list.split(',').map(|tag| tag.trim().to_owned());
                tags = list.filter(|tag| !tag.is_empty()).collect();
            }
            continue;
        }
        let command =
            if inside || is_navi { line } else { line.strip_prefix("$ ").unwrap_or(line) };
        if let Some(open) = &mut task {
            open.commands.push(command);
        }
        heredoc = match heredoc {
            Some(end) if bare == end => None,
            None => heredoc_end(line),
            still => still,
        };
    }
    finish(task.take(), &tags);
    found
}

/// `$ name: command`.
fn suggests(line: &str) -> bool {
    let name = line.strip_prefix("$ ").and_then(|rest| rest.split_once(": "));
    name.is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
}

/// The line that ends a heredoc opened by `<<END` in a command.
fn heredoc_end(line: &str) -> Option<String> {
    let (_, after) = line.split_once("<<")?;
    let name = after.trim_start_matches(['-', ' ']).trim_start_matches(['\'', '"', '\\']);
    let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!after.starts_with('<') && name.starts_with(|c: char| c.is_alphabetic())).then_some(name)
}

impl<'a> Task<'a> {
    /// The task that a comment begins.
    fn new(comment: &str, line: u32) -> Self {
        let question = comment.trim_end_matches(':').to_owned();
        let is_whole = comment.ends_with([':', '.', '?', '!']);
        Self { question, is_whole, line, about: Vec::new(), commands: Vec::new() }
    }

    /// Adds another line of its comment.
    fn add_comment(&mut self, comment: &'a str) {
        if self.about.is_empty() && self.continues(comment) {
            self.question.push(' ');
            self.question.push_str(comment.trim_end_matches(':'));
        } else {
            self.about.push(comment);
        }
    }

    /// Whether another line of the comment continues the first sentence.
    fn continues(&self, comment: &str) -> bool {
        !self.is_whole && (self.question.ends_with(',') || comment.starts_with('('))
    }

    fn entry(self, source: &SourceText<'_>, language: &str, tags: &[String]) -> Option<Entry> {
        let commands = self.commands.join("\n");
        let commands = commands.trim_matches('\n');
        if commands.trim().is_empty() || self.question.is_empty() {
            return None;
        }
        let about: Vec<&str> = self.about.into_iter().filter(|line| !line.is_empty()).collect();
        Some(Entry {
            question: self.question,
            answer: with_command(&about.join("\\\n"), language, commands),
            tags: tags.to_vec(),
            place: Place { source: Arc::clone(source.name), line: self.line },
            ..Entry::default()
        })
    }
}
