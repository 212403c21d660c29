//! Pages of eg: a line of description, and an indented command below it.

use super::answer::with_command;
use crate::collection::{Entry, Place};
use crate::load::loader::{ParsedDocument, SourceText};
use std::sync::Arc;

/// Whether lines are such a page: a heading, and mostly descriptions with commands.
pub(super) fn is_page(lines: &[&str]) -> bool {
    let starts = lines.iter().find(|line| !line.is_empty()).is_some_and(|l| l.starts_with("# "));
    if !starts {
        return false;
    }
    let paragraphs: Vec<&[&str]> =
        lines.split(|line| line.is_empty()).filter(|part| !part.is_empty()).collect();
    let is_code =
        |part: &[&str]| part.iter().all(|line| is_indented(line) && !line.contains("```"));
    let is_title = |part: &[&str]| part.len() == 1 && part[0].starts_with(char::is_alphabetic);
    let pairs = paragraphs.windows(2).filter(|two| is_title(two[0]) && is_code(two[1])).count();
    let others = paragraphs.iter().filter(|part| !part[0].starts_with('#')).count();
    pairs > 1 && pairs * 2 * 10 >= others * 7
}

/// Whether a line is code by its indent.
fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

pub(super) fn read(source: &SourceText<'_>, text: &str) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let mut section = String::new();
    let mut title: Option<(&str, u32)> = None;
    let mut code: Vec<&str> = Vec::new();
    for (line, number) in text.lines().chain(std::iter::once("#")).zip(1..) {
        let line = line.trim_end();
        if line.is_empty() || is_indented(line) && title.is_some() {
            code.push(line.strip_prefix('\t').or(line.get(4..)).unwrap_or_default());
            continue;
        }
        if let Some((question, number)) = title.take() {
            let command = code.join("\n");
            let command = command.trim_matches('\n');
            if !command.trim().is_empty() {
                let tags = [&found.title, &section].into_iter().filter(|tag| !tag.is_empty());
                found.entries.push(Entry {
                    question: question.trim_end_matches(':').to_owned(),
                    answer: with_command("", "sh", command),
                    tags: tags.cloned().collect(),
                    place: Place { source: Arc::clone(source.name), line: number },
                    ..Entry::default()
                });
            }
        }
        code.clear();
        if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_matches(['#', ' ']).to_owned();
            if found.title.is_empty() {
                found.title = heading;
            } else {
                section = heading;
            }
        } else {
            title = Some((line.trim(), number));
        }
    }
    found
}
