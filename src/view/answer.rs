//! The answer pane: rendered once for an entry and a width, then only the lines in sight drawn.

use super::ViewState;
use super::cells;
use super::overview;
use super::pane::{Title, frame_pane};
use super::theme::Theme;
use crate::app::{Aim, App, Focus, Measures};
use crate::collection::{Entry, EntryRef};
use crate::markup::{self, Finds, Overlay, Rendered};
use crate::search::Highlighter;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};
use std::sync::Arc;

/// Lines longer than this are hard to read.
const WIDEST: u16 = 100;
/// The first match is looked for in so many lines.
const MATCH_WITHIN: usize = 2000;

/// What the pane remembers between frames.
#[derive(Debug, Default)]
pub(super) struct AnswerState {
    page: Page,
    found: Finds,
    found_text: String,
    top: usize,
    /// What of the text was first in sight when the width last changed, and the line it came to.
    anchor: (usize, usize),
    pub inner: Rect,
}

/// One entry at one width.
#[derive(Debug, Default)]
struct Page {
    entry: Entry,
    width: u16,
    /// The question, wrapped.
    head: Vec<String>,
    body: Rendered,
    /// Other wordings, tags, where it is from; wrapped.
    foot: Vec<String>,
    links: Arc<[String]>,
    code: Arc<[String]>,
}

impl Page {
    fn new(entry: &EntryRef, width: u16, state: &ViewState) -> Self {
        let markdown = &state.options.theme.markdown;
        let body = markup::render_coloured(entry.answer(), width, markdown, &state.options.syntax);
        let mut links: Vec<String> = body.links.iter().map(|link| link.url.clone()).collect();
        let mut foot = Vec::new();
        let mut add = |text: &str| {
            foot.push(String::new());
            foot.extend(wrapped(text, width));
        };
        let tags: Vec<&str> = entry.tags().collect();
        let aliases: Vec<&str> = entry.aliases().collect();
        if !aliases.is_empty() {
            let aliases: Vec<_> = aliases.into_iter().map(markup::unmarked).collect();
            add(&format!("Also asked: {}", aliases.join("  ·  ")));
        }
        if !tags.is_empty() {
            add(&format!("Tags: {}", tags.join(", ")));
        }
        // One that the answer has stands among its links.
        if let Some(url) = entry.url().filter(|url| !links.iter().any(|link| link == url)) {
            links.push(url.to_owned());
            add(&format!("Read on: [{}] {url}", links.len()));
        }
        let code = body.code_blocks.iter().map(|block| block.code.clone()).collect();
        let question = entry.question();
        let head = if question.is_empty() {
            Vec::new()
        } else {
            let bare: Vec<_> = question.lines().map(markup::unmarked).collect();
            wrapped(&bare.join("\n"), width)
        };
        Self { entry: entry.to_entry(), width, head, body, foot, links: links.into(), code }
    }

    fn shows(&self, entry: &EntryRef, width: u16) -> bool {
        self.width == width
            && self.entry.question == entry.question()
            && self.entry.answer == entry.answer()
            && self.entry.id == entry.id()
            && self.entry.url.as_deref() == entry.url()
            && self.entry.tags.iter().eq(entry.tags())
            && self.entry.aliases.iter().eq(entry.aliases())
    }

    /// The number of the body's first line: a blank one is above it.
    fn body_from(&self) -> usize {
        self.head.len() + 1
    }

    fn foot_from(&self) -> usize {
        self.body_from() + self.body.len().max(1)
    }

    fn len(&self) -> usize {
        self.foot_from() + self.foot.len()
    }

    /// How much is written on each line, without what depends on the width.
    fn written(&self) -> impl Iterator<Item = usize> {
        let count = |text: &str| text.bytes().filter(|byte| *byte != b' ').count();
        let body = (0..self.foot_from() - self.body_from()).map(move |n| count(self.body.own(n)));
        let gap = std::iter::once(0);
        let head = self.head.iter().map(move |text| count(text));
        head.chain(gap).chain(body).chain(self.foot.iter().map(move |text| count(text)))
    }

    /// How much is written above a line.
    fn place_of(&self, line: usize) -> usize {
        self.written().take(line).sum()
    }

    /// The line on which as much is written above.
    fn line_at(&self, place: usize) -> usize {
        let mut above = 0;
        let passed = self.written().take_while(|written| {
            above += written;
            above <= place
        });
        passed.count()
    }
}

pub(super) fn wrapped(text: &str, width: u16) -> Vec<String> {
    let lines = cells::wrap(text, usize::from(width));
    lines.into_iter().map(|range| text[range].to_owned()).collect()
}

/// Draws the answer, and measures it.
pub(super) fn draw(app: &App, state: &mut ViewState, frame: &mut Frame) {
    let areas = state.areas;
    let theme = state.options.theme.clone();
    let focused = matches!(app.focus(), Focus::Answer | Focus::Find);
    let Some(entry) = app.entry() else {
        let title = Title { name: "Answer", remark: String::new(), focused };
        let inner = frame_pane(frame, areas.answer, areas.edges, &theme, &title);
        state.answer.inner = inner;
        teach(frame, inner, &theme);
        return;
    };
    if let Some(overview) = app.overview() {
        let title = Title { name: "Overview", remark: String::new(), focused };
        state.answer.inner = frame_pane(frame, areas.answer, areas.edges, &theme, &title);
        overview::draw(overview, app, state, frame);
        return;
    }
    let title = Title { name: name(app), remark: String::new(), focused };
    // The frame is drawn twice: what it says depends on what fits in it.
    let inner = frame_pane(frame, areas.answer, areas.edges, &theme, &title);
    state.answer.inner = inner;
    if inner.is_empty() {
        return;
    }
    let width = inner.width.saturating_sub(2).clamp(1, WIDEST);
    let mut moved = (0, 0);
    if !state.answer.page.shows(&entry, width) {
        let page = Page::new(&entry, width, state);
        moved = state.answer.replace(page);
    }
    let rows = usize::from(inner.height);
    let finding = app.answer().find().map_or("", |line| line.text());
    let answer = &mut state.answer;
    if answer.found_text != finding {
        finding.clone_into(&mut answer.found_text);
        answer.found = answer.page.body.find(finding);
    }
    let (top, current) = answer.aim(app, rows, moved);
    answer.top = top;
    let remark = remark(top, rows, answer.page.len());
    frame_pane(frame, areas.answer, areas.edges, &theme, &Title { remark, ..title });
    let lines =
        Lines { answer, theme: &theme, highlighter: &app.list().hits().highlighter, current };
    let text = Rect { x: inner.x + u16::from(inner.width > 2), ..inner };
    for (n, row) in (top..answer.page.len()).zip(text.rows()) {
        frame.render_widget(lines.line(n), row);
    }
    draw_bar(frame, state, top, rows);
    state.measures = Measures {
        answer_rows: rows,
        answer_lines: state.answer.page.len(),
        answer_top: top,
        found: state.answer.found.count(),
        found_current: current,
        links: Arc::clone(&state.answer.page.links),
        code: Arc::clone(&state.answer.page.code),
        ..Measures::default()
    };
}

/// What stands in the place of an answer.
fn teach(frame: &mut Frame, area: Rect, theme: &Theme) {
    let first = ["The answer to the selected question stands here.", ""];
    let lines = first.iter().chain(TEACHING);
    let lines = lines.flat_map(|text| wrapped(text, area.width.saturating_sub(2)));
    for (row, text) in area.rows().zip(lines) {
        frame.render_widget(Line::styled(format!(" {text}"), theme.dim), row);
    }
}

/// How to ask.
pub(super) const TEACHING: &[&str] = &[
    "Type words of a question in any order; beginnings of words and typos are fine.",
    "tag:x shows what has a tag, !word leaves out a word, \"two words\" looks for both together.",
    "F1 lists all keys, and what a query can say.",
];

fn name(app: &App) -> &'static str {
    match app.entry() {
        Some(entry) if app.is_bookmarked(&entry) => "Answer *",
        _ => "Answer",
    }
}

fn remark(top: usize, rows: usize, lines: usize) -> String {
    if lines <= rows {
        String::new()
    } else if top == 0 {
        format!("top of {lines} lines")
    } else if top + rows >= lines {
        "end".to_owned()
    } else {
        format!("{}%", (top + rows) * 100 / lines)
    }
}

fn draw_bar(frame: &mut Frame, state: &ViewState, top: usize, rows: usize) {
    let lines = state.answer.page.len();
    let boxed = state.areas.edges == super::layout::Edges::Boxed;
    if lines <= rows || !boxed || state.options.plain {
        return;
    }
    let inner = state.answer.inner;
    let bar = Rect { x: inner.right(), width: 1, ..inner };
    let mut position =
        ScrollbarState::new(lines - rows + 1).position(top).viewport_content_length(rows);
    let widget = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(Some("│"))
        .thumb_symbol("█")
        .style(state.options.theme.border);
    frame.render_stateful_widget(widget, bar, &mut position);
}

impl AnswerState {
    /// Takes another page. If it is of the same entry, at another width, this gives the line that
    /// was the first in sight, and the one that is at the same place of the text now.
    fn replace(&mut self, page: Page) -> (usize, usize) {
        self.found_text.clear();
        let old = std::mem::replace(&mut self.page, page);
        if old.entry != self.page.entry || self.top == 0 {
            self.anchor = (0, 0);
            return (0, 0);
        }
        // What was the first word in sight stays it, however often the width changes.
        let (place, line) = self.anchor;
        let place = if line == self.top { place } else { old.place_of(self.top) };
        let line = self.page.line_at(place);
        self.anchor = (place, line);
        (self.top, line)
    }

    /// The first line to draw, and the number of the place found that is current. A line `moved`
    /// from one number to another.
    fn aim(&self, app: &App, rows: usize, moved: (usize, usize)) -> (usize, usize) {
        let page = &self.page;
        let last = page.len().saturating_sub(rows);
        let line_of =
            |find| page.body.line_of(&self.found, find).map(|line| line + page.body_from());
        // A place that is in sight already is no reason to scroll.
        let show = |line: usize, from: usize| {
            let in_sight = (from..from + rows).contains(&line);
            if in_sight { from } else { line.saturating_sub(rows / 3) }
        };
        let before = app.answer().measures();
        let (top, current) = match app.answer().aim() {
            Aim::Top(top) => ((top + moved.1).saturating_sub(moved.0), before.found_current),
            Aim::End => (last, before.found_current),
            Aim::Found(find) => (line_of(find).map_or(self.top, |line| show(line, self.top)), find),
            Aim::FoundBelow => {
                let from = before.answer_top;
                let line = from.saturating_sub(page.body_from());
                let find = page.body.first_from(&self.found, line).unwrap_or(0);
                (line_of(find).map_or(from, |line| show(line, from)), find)
            }
            Aim::Match => {
                let matches = |&n: &usize| {
                    !app.list().hits().highlighter.ranges(page.body.text(n)).is_empty()
                };
                let first = (0..page.body.len().min(MATCH_WITHIN)).find(matches);
                (first.map_or(0, |line| show(line + page.body_from(), 0)), 0)
            }
        };
        (top.min(last), current)
    }

    /// The address of the link at a place of the screen.
    pub fn link_at(&self, x: u16, y: u16) -> Option<&str> {
        let line = self.top + usize::from(y.checked_sub(self.inner.y)?);
        let line = line.checked_sub(self.page.body_from())?;
        let column = x.checked_sub(self.inner.x + u16::from(self.inner.width > 2))?;
        self.page.body.link_at(line, usize::from(column)).map(|link| link.url.as_str())
    }
}

/// What is needed to draw any line of the page.
struct Lines<'a> {
    answer: &'a AnswerState,
    theme: &'a Theme,
    highlighter: &'a Highlighter,
    current: usize,
}

impl<'a> Lines<'a> {
    fn line(&self, n: usize) -> Line<'a> {
        let page = &self.answer.page;
        if let Some(text) = page.head.get(n) {
            return self.words(text, self.theme.title);
        }
        if n < page.body_from() {
            return Line::default();
        }
        if n >= page.foot_from() {
            let text = page.foot.get(n - page.foot_from()).map_or("", String::as_str);
            return self.words(text, self.theme.dim);
        }
        if page.body.is_empty() {
            return Line::styled("This question has no answer yet.", self.theme.dim);
        }
        self.body(n - page.body_from())
    }

    fn words(&self, text: &'a str, style: ratatui::style::Style) -> Line<'a> {
        let looks = cells::Looks { base: style, matched: self.theme.matched };
        let found = self.highlighter.ranges(text);
        let spans: Vec<Span<'static>> = cells::fit(text, &found, usize::from(WIDEST), looks);
        Line::from(spans)
    }

    fn body(&self, n: usize) -> Line<'a> {
        let body = &self.answer.page.body;
        let matches = self.highlighter.ranges(body.text(n)).into_iter();
        let mut over: Vec<Overlay> =
            matches.map(|range| Overlay { range, style: self.theme.matched }).collect();
        over.extend(body.found_on(&self.answer.found, n).into_iter().map(|spot| {
            let current = spot.part_of == self.current;
            let style = if current { self.theme.current } else { self.theme.found };
            Overlay { range: spot.range, style }
        }));
        body.line_over(n, &over)
    }
}
