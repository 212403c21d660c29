//! Scans the lines of a page and marks possible questions.

use super::definitions::{Definitions, is_definition};
use super::line::{
    bare_of_containers, fence_of, indent_of, is_contents, is_import, is_only_tags, is_rule,
    list_item,
};
use super::titles::{count, lowercase_tags};
use crate::load::front_back::{self, Side};
use crate::load::outline::Outline;
use crate::markup::source::clean;
use std::ops::Range;

/// A page with classified lines.
pub(crate) struct MarkdownPage<'a> {
    pub(crate) lines: &'a [&'a str],
    /// The page's text begins at this line, from 0.
    pub(crate) first: usize,
    pub(crate) outline: Outline,
    /// Addresses and footnotes that answers refer to by name.
    pub(crate) definitions: Definitions<'a>,
    pub(super) kinds: Vec<LineKind>,
    /// The lines with fences that nothing closes.
    pub(crate) unclosed_fences: Vec<usize>,
}

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Blank,
    Text,
    /// Inside a fence, or a fence itself.
    Code,
    /// Not shown: comments, imports, link definitions.
    Hidden,
}

impl<'a> MarkdownPage<'a> {
    pub(crate) fn new(lines: &'a [&'a str], first: usize) -> Self {
        let mut page = Self {
            lines,
            first,
            outline: Outline::default(),
            definitions: Definitions::default(),
            kinds: Vec::with_capacity(lines.len()),
            unclosed_fences: Vec::new(),
        };
        page.classify_lines();
        page.weigh();
        page.find_candidates();
        page
    }

    pub(crate) fn kind(&self, line: usize) -> LineKind {
        self.kinds.get(line).copied().unwrap_or(LineKind::Blank)
    }

    /// Whether the lines contain definitions and nothing visible.
    pub(crate) fn only_defines(&self, lines: Range<usize>) -> bool {
        let mut lines = lines;
        lines.any(|n| self.kind(n) == LineKind::Hidden && is_definition(self.lines[n]))
    }

    /// The first heading, if it has the highest level.
    pub(crate) fn title(&self) -> String {
        let mut headings = self.outline.candidates.iter().filter(|c| c.features.heading.is_some());
        let first = headings.next().filter(|c| c.features.heading == Some(1));
        first.map(|c| c.title.clone()).unwrap_or_default()
    }

    fn classify_lines(&mut self) {
        let mut fence: Option<(char, usize)> = None;
        // Fences that are known to be unclosed: this sign, and this length or longer.
        let mut unclosed: Vec<(char, usize)> = Vec::new();
        let mut comment = false;
        for (n, line) in self.lines.iter().enumerate() {
            let bare = bare_of_containers(line);
            let kind = if n < self.first {
                LineKind::Hidden
            } else if let Some((sign, length)) = fence {
                let ends = bare.starts_with(sign)
                    && bare.trim_end().chars().all(|c| c == sign)
                    && bare.trim_end().len() >= length;
                if ends {
                    fence = None;
                }
                LineKind::Code
            } else if comment {
                comment = !line.contains("-->");
                LineKind::Hidden
            } else if let Some(opened) = fence_of(bare) {
                let known =
                    unclosed.iter().any(|&(sign, least)| sign == opened.0 && opened.1 >= least);
                let below = self.lines[n + 1..].iter().copied();
                if known || !closes(line, below, opened, &mut unclosed) {
                    self.unclosed_fences.push(n);
                    LineKind::Hidden
                } else {
                    fence = Some(opened);
                    LineKind::Code
                }
            } else if bare.trim().is_empty() {
                self.definitions.pause();
                LineKind::Blank
            } else if bare.starts_with("<!--") {
                comment = !line.contains("-->");
                LineKind::Hidden
            } else if self.definitions.takes(line) || is_import(line) {
                LineKind::Hidden
            } else {
                LineKind::Text
            };
            self.kinds.push(kind);
        }
    }

    fn weigh(&mut self) {
        for (n, line) in self.lines.iter().enumerate() {
            let kind = self.kinds[n];
            let visible = line.chars().filter(|c| !c.is_whitespace()).count() as u32;
            let only_tags = kind == LineKind::Text && is_only_tags(line);
            let is_contents = kind == LineKind::Text && is_contents(line);
            let hidden =
                matches!(kind, LineKind::Blank | LineKind::Hidden) || only_tags || is_rule(line);
            self.outline.mass.push(if hidden || is_contents { 0 } else { visible });
            self.outline.contents.push(if is_contents { visible } else { 0 });
        }
    }

    fn find_candidates(&mut self) {
        let mut n = self.first;
        let mut depth: u8 = 0;
        while n < self.lines.len() {
            if self.kinds[n] != LineKind::Text {
                n += 1;
                continue;
            }
            let lower = lowercase_tags(self.lines[n]);
            depth = depth.saturating_add(count(&lower, "<details"));
            let found = self.candidate(n, &lower);
            let end = found.as_ref().map_or(n + 1, |candidate| candidate.units.end.max(n + 1));
            if let Some(mut candidate) = found {
                let own = u8::from(candidate.features.summary);
                candidate.features.nested = depth > own;
                candidate.line = n as u32 + 1;
                self.outline.candidates.push(candidate);
            }
            for line in &self.lines[n..end] {
                depth = depth.saturating_sub(count(&lowercase_tags(line), "</details"));
            }
            n = end;
        }
        for candidate in &mut self.outline.candidates {
            if candidate.features.heading.is_some() {
                let below = candidate.units.end..self.lines.len();
                let first = below.into_iter().find(|&n| self.kinds[n] != LineKind::Blank);
                candidate.features.has_paragraph = first.is_some_and(|n| {
                    let line = self.lines[n];
                    self.kinds[n] == LineKind::Text
                        && list_item(line).is_none()
                        && !line.trim_start().starts_with(['#', '>', '|', '<', '!', '['])
                });
            }
        }
        self.join_fronts();
        self.drop_card_sides();
        // The lines of a title are not part of an answer.
        for candidate in &self.outline.candidates {
            if candidate.features.heading.is_some() {
                self.outline.mass[candidate.units.clone()].fill(0);
            }
        }
    }

    /// `## Question`, a paragraph, `## Answer`: the paragraph is the title.
    fn join_fronts(&mut self) {
        let headings: Vec<usize> = (0..self.outline.candidates.len())
            .filter(|&n| self.outline.candidates[n].features.heading.is_some())
            .collect();
        let side = |n: usize| front_back::side(&self.outline.candidates[n].title);
        let is_card =
            |two: &&[usize]| side(two[0]) == Some(Side::Front) && side(two[1]) == Some(Side::Back);
        let cards: Vec<(usize, usize)> =
            headings.windows(2).filter(is_card).map(|two| (two[0], two[1])).collect();
        if cards.len() < 2 {
            return;
        }
        for (front, back) in cards {
            let end = self.outline.candidates[back].units.end;
            let between =
                self.outline.candidates[front].units.end..self.outline.candidates[back].units.start;
            let text: Vec<&str> = self.lines[between].iter().map(|line| line.trim()).collect();
            let text = text.join("\n");
            let asked = clean(text.trim());
            if text.trim().contains("\n\n") || asked.is_empty() {
                continue;
            }
            let candidate = &mut self.outline.candidates[front];
            candidate.units.end = end;
            candidate.title = asked;
            candidate.features.marked = true;
        }
        // Candidates inside another title are dropped.
        let mut end = 0;
        self.outline.candidates.retain(|candidate| {
            let is_inside = candidate.units.start < end;
            end = end.max(candidate.units.end);
            !is_inside
        });
    }

    /// Headings of the front and back of a card are not questions.
    fn drop_card_sides(&mut self) {
        let headings = self.outline.candidates.iter();
        let headings = headings.filter_map(|c| Some((c.features.heading?, c.title.as_str())));
        let mut parting = front_back::parting(headings).into_iter();
        self.outline.candidates.retain(|candidate| {
            candidate.features.heading.is_none() || !parting.next().unwrap_or(false)
        });
    }
}

/// Whether a fence is closed in the lines below it before the text continues: an unclosed one would
/// hide questions.
fn closes<'l>(
    fence: &str,
    below: impl Iterator<Item = &'l str>,
    (sign, length): (char, usize),
    unclosed: &mut Vec<(char, usize)>,
) -> bool {
    let indented = indent_of(fence) > 1;
    for line in below {
        let bare = bare_of_containers(line).trim_end();
        if bare.len() >= length && bare.chars().all(|c| c == sign) {
            return true;
        }
        let is_heading = bare.starts_with("##") && bare.trim_start_matches('#').starts_with(' ');
        if indented && is_heading && indent_of(line) == 0 {
            return false;
        }
    }
    unclosed.push((sign, length));
    false
}

/// The lines, from 0, with fences that nothing closes, as [`MarkdownPage`] finds them; for texts
/// that are too long for a page.
pub(crate) fn unclosed_fences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut unclosed: Vec<(char, usize)> = Vec::new();
    let mut comment = false;
    let mut lines = text.lines();
    let mut n = 0;
    while let Some(line) = lines.next() {
        let bare = bare_of_containers(line);
        if let Some((sign, length)) = fence {
            let mark = bare.trim_end();
            if mark.len() >= length && mark.chars().all(|c| c == sign) {
                fence = None;
            }
        } else if comment {
            comment = !line.contains("-->");
        } else if let Some(opened) = fence_of(bare) {
            let known = unclosed.iter().any(|&(sign, least)| sign == opened.0 && opened.1 >= least);
            if known || !closes(line, lines.clone(), opened, &mut unclosed) {
                found.push((n, line));
            } else {
                fence = Some(opened);
            }
        } else if bare.starts_with("<!--") {
            comment = !line.contains("-->");
        }
        n += 1;
    }
    found
}
