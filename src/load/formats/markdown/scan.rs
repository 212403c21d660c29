//! Scans the lines of a page and marks possible questions.

use super::definitions::{Definitions, is_definition};
use super::line::{
    bare_of_containers, fence_of, indent_of, is_contents, is_import, is_only_tags, is_rule,
    list_item,
};
use super::titles::{
    TITLE_TAGS, bold, count, link_with_note, lowercase_tags, marked, only_link, titled,
    without_marks,
};
use crate::load::front_back::{self, Side};
use crate::load::lead::split_lead;
use crate::load::outline::{Features, Outline, TitleCandidate};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::markup::source::{clean, without_tags};
use std::ops::Range;

/// The feature class of a block quote that is a question.
const QUOTE: u32 = 1;
/// A longer question in a paragraph is not a title.
const MAX_TITLE_LINES: usize = 4;

/// A page with classified lines.
pub(crate) struct MarkdownPage<'a> {
    pub(crate) lines: &'a [&'a str],
    /// The page's text begins at this line, from 0.
    pub(crate) first: usize,
    pub(crate) outline: Outline,
    /// Addresses and footnotes that answers refer to by name.
    pub(crate) definitions: Definitions<'a>,
    kinds: Vec<LineKind>,
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
                if known || !self.closes(n, opened, &mut unclosed) {
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

    /// Whether the fence that opens on line `n` is closed before the text continues: an unclosed
    /// one would hide questions.
    fn closes(
        &self,
        n: usize,
        (sign, length): (char, usize),
        unclosed: &mut Vec<(char, usize)>,
    ) -> bool {
        let indented = indent_of(self.lines[n]) > 1;
        for line in &self.lines[n + 1..] {
            let bare = bare_of_containers(line).trim_end();
            if bare.len() >= length && bare.chars().all(|c| c == sign) {
                return true;
            }
            let is_heading =
                bare.starts_with("##") && bare.trim_start_matches('#').starts_with(' ');
            if indented && is_heading && indent_of(line) == 0 {
                return false;
            }
        }
        unclosed.push((sign, length));
        false
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

    fn candidate(&self, n: usize, lower: &str) -> Option<TitleCandidate> {
        self.html_title(n, lower)
            .or_else(|| self.heading(n))
            .or_else(|| self.underlined(n))
            .or_else(|| self.item(n))
            .or_else(|| self.starts_paragraph(n).then(|| self.paragraph(n)).flatten())
    }

    /// `<h3>…</h3>`, `<summary>…</summary>` or `<dt>…</dt>`, over several lines.
    fn html_title(&self, n: usize, lower: &str) -> Option<TitleCandidate> {
        if lower.is_empty() {
            return None;
        }
        let (at, level, end_tag) = TITLE_TAGS.iter().find_map(|&(tag, level, end)| {
            let at = lower.find(tag)?;
            let opens = matches!(lower.as_bytes().get(at + tag.len()), Some(b' ' | b'>') | None);
            let is_first = opens && without_tags(&self.lines[n][..at]).trim().is_empty();
            is_first.then_some((at, level, end))
        })?;
        let start = at + self.lines[n][at..].find('>').map_or(0, |end| end + 1);
        let mut markup = String::new();
        for (end, line) in self.lines.iter().enumerate().skip(n).take(12) {
            let from = if end == n { start } else { 0 };
            let part = line.get(from..).unwrap_or_default();
            if let Some(stop) = part.to_ascii_lowercase().find(end_tag) {
                markup.push_str(&part[..stop]);
                let rest = part[stop + end_tag.len()..].trim();
                let rest = rest.strip_suffix("</details>").unwrap_or(rest).trim_end();
                let rest = if is_only_tags(rest) { "" } else { rest };
                // A Markdown heading inside a summary.
                let markup = markup.trim().trim_start_matches('#');
                let features = Features {
                    heading: (level > 0).then_some(level),
                    summary: end_tag == "</summary>",
                    term: end_tag == "</dt>",
                    ..Features::default()
                };
                return Some(titled(n..end + 1, markup, rest.to_owned(), features));
            }
            markup.push_str(part);
            markup.push(' ');
        }
        None
    }

    /// `### Title`, also as `12. ### Title`.
    fn heading(&self, n: usize) -> Option<TitleCandidate> {
        let line = self.lines[n];
        let (indent, item, text) = match list_item(line) {
            Some(item) => (item.indent, true, item.text),
            None => (indent_of(line), false, line.trim_start()),
        };
        if indent > 3 && !item {
            return None;
        }
        let title = text.trim_start_matches('#');
        let level = text.len() - title.len();
        let spaced = title.starts_with([' ', '\t']);
        let joined = level > 1 && title.starts_with(|c: char| c.is_alphabetic());
        if !(1..=6).contains(&level) || !(spaced || joined) {
            return None;
        }
        let features = Features { heading: Some(level as u8), item, indent, ..Features::default() };
        Some(titled(n..n + 1, without_marks(title), String::new(), features))
    }

    /// A title with `===` or `---` below it.
    fn underlined(&self, n: usize) -> Option<TitleCandidate> {
        let below = self.lines.get(n + 1)?.trim();
        let is_line = |sign: char| below.len() >= 2 && below.chars().all(|c| c == sign);
        let level = if is_line('=') {
            1
        } else if is_line('-') {
            2
        } else {
            return None;
        };
        let line = self.lines[n];
        let plain = indent_of(line) < 4 && list_item(line).is_none() && !line.contains('|');
        if !plain || !self.starts_paragraph(n) || line.trim_start().starts_with('>') {
            return None;
        }
        let features = Features { heading: Some(level), ..Features::default() };
        Some(titled(n..n + 2, line, String::new(), features))
    }

    fn item(&self, n: usize) -> Option<TitleCandidate> {
        let item = list_item(self.lines[n])?;
        if is_contents(self.lines[n]) {
            return None;
        }
        let mut candidate = match link_with_note(item.text) {
            Some((label, rest)) => titled(n..n + 1, label, rest, Features::default()),
            None => self.titled_text(n, item.text)?,
        };
        if candidate.rest.is_empty()
            && let Some(address) = only_link(item.text)
        {
            candidate.rest = format!("<{address}>");
            candidate.features.is_link = true;
        }
        candidate.features.indent = if item.indent < 2 { 0 } else { item.indent };
        candidate.features.number = u8::from(item.numbered);
        candidate.features.item = !item.numbered;
        candidate.features.asks = false;
        candidate.features.line = false;
        Some(candidate)
    }

    fn starts_paragraph(&self, n: usize) -> bool {
        n == self.first
            || self.kinds[n - 1] != LineKind::Text
            || is_only_tags(self.lines[n - 1])
            || is_rule(self.lines[n - 1])
            || self.lines[n - 1].trim_start().starts_with('#')
            || split_lead(&self.lines[n].replace("**", "")).0.marked
    }

    fn paragraph(&self, n: usize) -> Option<TitleCandidate> {
        let line = self.lines[n].trim_start();
        if let Some(quoted) = line.strip_prefix('>') {
            let more = self.lines[n + 1..].iter().map(|l| l.trim_start());
            let length = 1 + more.take_while(|l| l.starts_with('>')).count();
            if length > MAX_TITLE_LINES {
                return None;
            }
            let rest = self.lines[n + 1..n + length].iter();
            let rest = rest.map(|l| l.trim_start().trim_start_matches('>'));
            let markup: Vec<&str> = std::iter::once(quoted).chain(rest).map(str::trim).collect();
            if let Some(mut title) = marked(n, &markup) {
                let below = markup[title.units.len()..].join("\n");
                let rest = [title.rest.as_str(), below.trim()].join("\n");
                rest.trim().clone_into(&mut title.rest);
                title.units.end = n + length;
                return Some(title);
            }
            let features = Features { class: Some(QUOTE), ..Features::default() };
            return Some(titled(n..n + length, &markup.join(" "), String::new(), features));
        }
        if line.starts_with('|') || indent_of(self.lines[n]) > 3 {
            return None;
        }
        self.titled_text(n, line)
    }

    /// A title at the beginning of a paragraph or item, whose first line contains `first`.
    fn titled_text(&self, n: usize, first: &str) -> Option<TitleCandidate> {
        let paragraph = self.paragraph_lines(n, first);
        if let Some(title) = marked(n, &paragraph) {
            return Some(title);
        }
        if let Some(title) = bold(n, &paragraph) {
            return Some(title);
        }
        let asked = paragraph.iter().position(|line| ends_as_question(line));
        let length = match asked {
            Some(at) if at < MAX_TITLE_LINES => at + 1,
            _ => paragraph.len(),
        };
        if length > MAX_TITLE_LINES {
            return None;
        }
        let text = paragraph[..length].join(" ");
        let short = text.chars().count() <= 120;
        let asks = ends_as_question(&text)
            || short && question_likeness(&text) > 0.0 && !text.ends_with(['.', ':', ',', ';']);
        let features = Features { asks: asks && !text.contains("]("), ..Features::default() };
        Some(titled(n..n + length, &text, String::new(), features))
    }

    /// The lines of a paragraph, without the list mark of the first.
    fn paragraph_lines<'s>(&self, n: usize, first: &'s str) -> Vec<&'s str>
    where
        'a: 's,
    {
        let continues = |line: &str| {
            list_item(line).is_none()
                && !line.trim_start().starts_with(['#', '|', '>', '<'])
                && !is_rule(line)
        };
        // Lazily: collecting all lines below each line would take quadratic time.
        let below = self.kinds[n + 1..].iter().zip(&self.lines[n + 1..]);
        let more = below.take_while(|&(&kind, &line)| kind == LineKind::Text && continues(line));
        std::iter::once(first.trim_end())
            .chain(more.map(|(_, line)| line.trim()))
            .take(20)
            .collect()
    }
}
