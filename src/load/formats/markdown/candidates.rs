//! Possible questions of a page: headings, list items, marked and bold text.

use super::line::{indent_of, is_contents, is_only_tags, is_rule, list_item};
use super::scan::{LineKind, MarkdownPage};
use super::titles::{TITLE_TAGS, bold, link_with_note, marked, only_link, titled, without_marks};
use crate::load::lead::split_lead;
use crate::load::outline::{Features, TitleCandidate};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::markup::source::without_tags;

/// The feature class of a block quote that is a question.
const QUOTE: u32 = 1;
/// A longer question in a paragraph is not a title.
const MAX_TITLE_LINES: usize = 4;

impl<'a> MarkdownPage<'a> {
    /// The candidate that begins on line `n`; `lower` is the line in lower case if it has tags.
    pub(super) fn candidate(&self, n: usize, lower: &str) -> Option<TitleCandidate> {
        let html_title = self.html_title(n, lower);
        // A line of tags, such as an anchor above a heading, is no part of a title below it.
        if html_title.is_some() || !lower.is_empty() && is_only_tags(self.lines[n]) {
            return html_title;
        }
        self.heading(n)
            .or_else(|| self.underlined(n))
            .or_else(|| self.item(n))
            .or_else(|| self.term(n))
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

    /// A term with its definition below, `: text`, also after an empty line.
    fn term(&self, n: usize) -> Option<TitleCandidate> {
        let is_definition = |line: &&str| line.starts_with(": ") || line.starts_with(":\t");
        let mut below = self.lines[n + 1..].iter().take(2);
        let is_defined = match below.next() {
            Some(line) if line.trim().is_empty() => below.next().is_some_and(is_definition),
            Some(line) => is_definition(line),
            None => false,
        };
        let line = self.lines[n];
        let is_text = indent_of(line) == 0 && !line.starts_with([':', '>', '|', '<', '#']);
        if !is_defined || !is_text || line.trim().is_empty() || !self.starts_paragraph(n) {
            return None;
        }
        let whole_line = |title: &TitleCandidate| title.units.len() == 1 && title.rest.is_empty();
        let mut candidate = self
            .titled_text(n, line)
            .filter(whole_line)
            .unwrap_or_else(|| titled(n..n + 1, line, String::new(), Features::default()));
        candidate.features.term = true;
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
