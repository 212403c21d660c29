//! The laid-out answer: one entry at one width, as lines. Scrolling, finding, copying code and
//! opening links use it, and the answer pane draws it.

use super::learning::choices;
use crate::collection::{EntryRef, only_code};
use crate::markup::{
    self, ImageCatalogue, ImageRows, LayoutOptions, Occurrences, Rendered, Spot, Syntax,
};
use std::sync::Arc;

/// Lines longer than this are hard to read.
pub(super) const MAX_COLUMNS: u16 = 100;
/// An answer of more bytes is laid out on another thread; 256 KiB take about 15 ms.
const LARGE_ANSWER: usize = 256 * 1024;
/// How many bytes of a large answer are laid out immediately, to be read until the rest is ready.
const PREVIEW: usize = 64 * 1024;

/// How documents are laid out, at any width.
#[derive(Debug, Clone, Default)]
pub struct DocumentStyle {
    /// For screen readers: no line-drawing characters.
    pub plain: bool,
    /// Highlights the syntax of code.
    pub syntax: Syntax,
    /// The images that can be drawn as pictures.
    pub images: Option<Arc<dyn ImageCatalogue>>,
}

/// An entry laid out at a width.
#[derive(Debug, Clone, Default)]
pub struct AnswerDocument {
    entry: u32,
    width: u16,
    /// The question, wrapped.
    head: Vec<String>,
    body: Rendered,
    /// Other wordings, tags and the address; wrapped.
    foot: Vec<String>,
    /// The text of each link, and its address.
    links: Vec<(String, String)>,
    partial: bool,
    /// The answer is hidden.
    hidden: bool,
}

/// A line of a document.
#[derive(Debug, Clone, Copy)]
pub enum DocumentLine<'a> {
    /// A line of the question.
    Head(&'a str),
    /// A blank line between two parts, or below the last line.
    Blank,
    /// A line of the answer, with its number in the answer.
    Body(usize, &'a markup::Line),
    /// Replaces an empty answer.
    NoAnswer,
    /// Replaces a hidden answer.
    Hidden,
    /// A line below the answer: other wordings, tags, address.
    Foot(&'a str),
}

/// A match of the query in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchPlace {
    /// The document's line.
    pub line: usize,
    /// The number of the match on that line, from 0.
    pub nth: usize,
}

impl AnswerDocument {
    /// The columns of a document in a pane of `pane_columns`: one is left free on each side.
    pub fn width_in(pane_columns: u16) -> u16 {
        pane_columns.saturating_sub(2).clamp(1, MAX_COLUMNS)
    }

    /// Lays out the entry with this number; only the beginning of a large answer.
    pub fn preview(number: u32, entry: &EntryRef, width: u16, style: &DocumentStyle) -> Self {
        let answer = entry.answer();
        if !Self::is_large(entry) {
            return Self::new(number, entry, width, style);
        }
        let mut end = PREVIEW;
        while !answer.is_char_boundary(end) {
            end -= 1;
        }
        let beginning = &answer[..end];
        let beginning = &beginning[..beginning.rfind('\n').unwrap_or(end)];
        let mut document = Self::lay_out(number, entry, beginning, width, style);
        document.partial = true;
        document
    }

    /// Lays out the question of the entry with this number, without its answer; the choices of a
    /// quiz belong to the question.
    pub fn question(number: u32, entry: &EntryRef, width: u16, style: &DocumentStyle) -> Self {
        let choices = choices(entry.answer()).unwrap_or_default();
        let shown = Self::lay_out(number, entry, &choices, width, style);
        // Partial: the answer follows when it is revealed.
        Self { partial: true, hidden: true, foot: Vec::new(), links: Vec::new(), ..shown }
    }

    /// Whether laying out an entry takes too long for the UI thread.
    pub fn is_large(entry: &EntryRef) -> bool {
        entry.answer().len() > LARGE_ANSWER
    }

    /// Lays out all of the entry with this number.
    pub fn new(number: u32, entry: &EntryRef, width: u16, style: &DocumentStyle) -> Self {
        Self::lay_out(number, entry, entry.answer(), width, style)
    }

    fn lay_out(
        number: u32,
        entry: &EntryRef,
        answer: &str,
        width: u16,
        style: &DocumentStyle,
    ) -> Self {
        let source: &str = entry.source();
        let images = style.images.as_deref().map(|catalogue| (catalogue, source));
        let options =
            LayoutOptions { width, line_drawing: !style.plain, syntax: &style.syntax, images };
        let body = match how_to(entry.question(), answer) {
            Some(command_first) => markup::render_with(&command_first, entry.format(), options),
            None => markup::render_with(answer, entry.format(), options),
        };
        let mut links: Vec<(String, String)> =
            body.links.iter().map(|link| (link.text.clone(), link.url.clone())).collect();
        // The answer may link to the entry's address itself.
        let more = entry.url().filter(|url| !links.iter().any(|(_, link)| link == url));
        links.extend(more.map(|url| (String::new(), url.to_owned())));
        let foot = foot(entry, more.map(|url| (links.len(), url)));
        let head = if entry.question().is_empty() {
            Vec::new()
        } else {
            markup::wrap_text(entry.question(), width)
        };
        let foot = foot
            .iter()
            .flat_map(|text| std::iter::once(String::new()).chain(markup::wrap_text(text, width)));
        let foot = foot.collect();
        Self { entry: number, width, head, foot, body, links, partial: false, hidden: false }
    }

    /// Whether it is the layout of this entry at this width.
    pub fn is_of(&self, entry: u32, width: u16) -> bool {
        self.entry == entry && self.width == width
    }

    /// The width in columns.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The number of the entry.
    pub fn entry(&self) -> u32 {
        self.entry
    }

    /// Changes the number of the entry.
    pub(super) fn renumber(&mut self, entry: u32) {
        self.entry = entry;
    }

    /// Whether the end of a large answer is still missing.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// The text and address of each link; the first is shown as `[1]`.
    pub fn links(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.links.iter().map(|(name, address)| (name.as_str(), address.as_str()))
    }

    /// The texts of the code blocks, in order.
    pub fn code_blocks(&self) -> impl Iterator<Item = &str> {
        self.body.code_blocks.iter().map(|block| block.code.as_str())
    }

    /// The rows of each picture, with the line of the document where it starts.
    pub fn images(&self) -> impl Iterator<Item = (usize, &ImageRows)> {
        self.body.images.iter().map(|image| (image.line + self.body_start(), image))
    }

    /// The number of lines.
    pub fn line_count(&self) -> usize {
        self.foot_start() + self.foot.len()
    }

    /// The number of the answer's first line, which follows a blank one.
    fn body_start(&self) -> usize {
        self.head.len() + 1
    }

    fn foot_start(&self) -> usize {
        let below_choices = if self.hidden && !self.body.is_empty() { 2 } else { 0 };
        self.body_start() + self.body.len().max(1) + below_choices
    }

    /// The line with this number, from 0.
    pub fn line(&self, n: usize) -> DocumentLine<'_> {
        if let Some(text) = self.head.get(n) {
            return DocumentLine::Head(text);
        }
        if n >= self.foot_start() {
            let foot = self.foot.get(n - self.foot_start());
            return foot.map_or(DocumentLine::Blank, |text| DocumentLine::Foot(text));
        }
        let Some(in_body) = n.checked_sub(self.body_start()) else { return DocumentLine::Blank };
        match self.body.lines.get(in_body) {
            Some(line) => DocumentLine::Body(in_body, line),
            None if self.hidden && in_body == self.body.len() && in_body > 0 => DocumentLine::Blank,
            None if self.hidden => DocumentLine::Hidden,
            None => DocumentLine::NoAnswer,
        }
    }

    /// Whether a line has no text.
    pub fn is_blank(&self, n: usize) -> bool {
        match self.line(n) {
            DocumentLine::Blank => true,
            DocumentLine::Head(text) | DocumentLine::Foot(text) => text.trim().is_empty(),
            DocumentLine::Body(_, line) => line.text().trim().is_empty(),
            DocumentLine::NoAnswer | DocumentLine::Hidden => false,
        }
    }

    /// The first of the answer's first `limit` lines for which `matches` holds.
    pub fn first_line(&self, limit: usize, matches: impl Fn(&str) -> bool) -> Option<usize> {
        let found = self.body.lines.iter().take(limit).position(|line| matches(line.text()));
        found.map(|line| line + self.body_start())
    }

    /// The matches in the answer's first `limit` lines; `count` returns the number of matches of a
    /// line.
    pub fn places(&self, limit: usize, count: impl Fn(&str) -> usize) -> Vec<MatchPlace> {
        let lines = self.body.lines.iter().take(limit).enumerate();
        let places = lines.flat_map(|(n, line)| {
            let line_number = n + self.body_start();
            (0..count(line.text())).map(move |nth| MatchPlace { line: line_number, nth })
        });
        places.collect()
    }

    /// The line of the first heading for which `matches` holds.
    pub fn heading(&self, matches: impl Fn(&str) -> bool) -> Option<usize> {
        let heading = self.body.headings.iter().find(|heading| matches(&heading.text))?;
        Some(heading.line + self.body_start())
    }

    /// Finds a text in the answer, ignoring case and accents.
    pub fn find(&self, needle: &str) -> Occurrences {
        self.body.find(needle)
    }

    /// The line on which occurrence number `find` begins.
    pub fn line_of(&self, occurrences: &Occurrences, find: usize) -> Option<usize> {
        self.body.line_of(occurrences, find).map(|line| line + self.body_start())
    }

    /// The first occurrence on line `n` or below.
    pub fn first_from(&self, occurrences: &Occurrences, n: usize) -> Option<usize> {
        self.body.first_from(occurrences, n.saturating_sub(self.body_start()))
    }

    /// The parts of occurrences on the answer's line `n`, counted as [`DocumentLine::Body`] does.
    pub fn found_on(&self, occurrences: &Occurrences, n: usize) -> Vec<Spot> {
        self.body.found_on(occurrences, n)
    }

    /// The address of the link at a column of a line.
    pub fn link_at(&self, line: usize, column: usize) -> Option<&str> {
        let line = line.checked_sub(self.body_start())?;
        self.body.link_at(line, column).map(|link| link.url.as_str())
    }

    /// The number of visible bytes of each line, without what depends on the width.
    fn visible_bytes(&self) -> impl Iterator<Item = usize> {
        let count = |text: &str| text.bytes().filter(|byte| *byte != b' ').count();
        let body = (0..self.foot_start() - self.body_start()).map(move |n| count(self.body.own(n)));
        let head = self.head.iter().map(move |text| count(text));
        let foot = self.foot.iter().map(move |text| count(text));
        head.chain(std::iter::once(0)).chain(body).chain(foot)
    }

    /// The offset of a line in the text, in visible bytes: the same at every width.
    pub(super) fn offset_of(&self, line: usize) -> usize {
        self.visible_bytes().take(line).sum()
    }

    /// The line at an offset.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let mut above = 0;
        let passed = self.visible_bytes().take_while(|visible| {
            above += visible;
            above <= offset
        });
        passed.count()
    }
}

/// The answer of a how-to with its command first and its description last; `None` for other
/// entries.
fn how_to(question: &str, answer: &str) -> Option<String> {
    let code = only_code(answer)?;
    let before = answer[..answer.find("```")?].trim_end();
    let is_task = !question.trim_end().ends_with(['?', '？']);
    // A text that ends with a colon introduces the code and stays before it.
    let describes = !before.is_empty() && !before.contains("\n\n") && !before.ends_with(':');
    let is_command = code.lines().count() == 1;
    if !(is_task && describes && is_command) {
        return None;
    }
    let fenced = answer[before.len()..].trim();
    Some(format!("{fenced}\n\n{before}"))
}

/// The paragraphs below an answer; `more` is the address if the answer does not link to it, with
/// its number.
fn foot(entry: &EntryRef, more: Option<(usize, &str)>) -> Vec<String> {
    let aliases: Vec<_> = entry.aliases().collect();
    let tags: Vec<&str> = entry.tags().collect();
    let mut foot = Vec::new();
    if !aliases.is_empty() {
        foot.push(format!("Also asked: {}", aliases.join("  ·  ")));
    }
    if !tags.is_empty() {
        foot.push(format!("Tags: {}", tags.join(", ")));
    }
    foot.extend(more.map(|(number, url)| format!("See also: [{number}] {url}")));
    foot
}
