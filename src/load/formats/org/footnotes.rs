//! Footnotes of Org, which are appended to the sections that refer to them.

use super::heading::heading;
use super::inline::to_markdown;
use crate::load::document::{Block, Content};
use crate::load::repeats::Repeats;
use std::collections::HashMap;

/// The texts of the footnotes of a page, by name.
pub(super) struct Footnotes<'a> {
    texts: HashMap<&'a str, Vec<&'a str>>,
    repeats: Repeats,
}

impl<'a> Footnotes<'a> {
    /// Removes definitions (`[fn:1] text` up to an empty line) from the lines, and the heading of a
    /// section that contained only definitions.
    pub(super) fn take(lines: &mut [&'a str]) -> Self {
        let bytes = lines.iter().map(|line| line.len()).sum();
        let mut texts: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut open: Option<&str> = None;
        for line in lines.iter_mut() {
            if let Some((name, text)) = definition(line) {
                texts.entry(name).or_default().push(text.trim());
                open = Some(name);
            } else if let Some(name) = open
                && !line.trim().is_empty()
                && heading(line).is_none()
            {
                texts.entry(name).or_default().push(line.trim());
            } else {
                open = None;
                continue;
            }
            *line = "";
        }
        // Backwards: a heading is empty when only blank lines follow it.
        let mut is_empty = true;
        for line in lines.iter_mut().rev().filter(|_| !texts.is_empty()) {
            if let Some((_, title)) = heading(line) {
                if is_empty && title.to_lowercase().starts_with("footnote") {
                    *line = "";
                }
                is_empty = true;
            } else if !line.trim().is_empty() {
                is_empty = false;
            }
        }
        let repeats = Repeats::of(bytes);
        Self { texts, repeats }
    }

    /// The blocks, with the footnotes that a section refers to appended to it.
    pub(super) fn added_to(&self, blocks: Vec<Block>, lines: &[&str]) -> Vec<Block> {
        if self.texts.is_empty() {
            return blocks;
        }
        let is_heading = |block: &Block| matches!(block.content, Content::Heading { .. });
        let mut starts: Vec<u32> =
            blocks.iter().filter(|block| is_heading(block)).map(|block| block.line).collect();
        starts.push(lines.len() as u32 + 1);
        let mut out = Vec::with_capacity(blocks.len());
        let mut sections = starts.into_iter();
        let mut from = 0;
        let mut notes_before = |line: u32, out: &mut Vec<Block>| {
            let section = &lines[from..(line as usize).saturating_sub(1).min(lines.len())];
            from = (line as usize).saturating_sub(1);
            let notes = self.used_in(section);
            if !notes.is_empty() {
                out.push(Block::new(line.saturating_sub(1), Content::Raw(notes)));
            }
        };
        for block in blocks {
            if is_heading(&block) {
                notes_before(sections.next().unwrap_or(block.line), &mut out);
            }
            out.push(block);
        }
        if let Some(end) = sections.next() {
            notes_before(end, &mut out);
        }
        out
    }

    /// The definitions of the footnotes that lines refer to.
    fn used_in(&self, lines: &[&str]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for line in lines {
            for after in line.split("[fn:").skip(1) {
                let name = after.split(']').next().unwrap_or_default();
                if self.texts.contains_key(name) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let is_allowed = |name: &&str| {
            let bytes = self.texts[name].iter().map(|line| line.len()).sum();
            self.repeats.allow(name, bytes)
        };
        let define =
            |name: &str| format!("[^{name}]: {}", to_markdown(&self.texts[name].join(" ")));
        names.into_iter().filter(is_allowed).map(define).collect::<Vec<_>>().join("\n")
    }
}

/// The name and the text of `[fn:1] text` at the left margin.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.strip_prefix("[fn:")?.split_once(']')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (is_name && text.starts_with(' ')).then_some((name, text))
}
