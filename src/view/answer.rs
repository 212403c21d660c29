//! Draws the answer pane: the visible lines of the document with their matches.

use super::cells::{self, Looks};
use super::context::Context;
#[cfg(feature = "images")]
use super::images;
use super::pane::{Title, draw_frame, text_area};
use super::screen_reader::MARK;
use super::styles::{Overlay, draw_line};
use super::{overview, welcome};
use crate::app::{Action, AnswerDocument, App, DocumentLine, Edges, Find, Focus, Mode};
use crate::collection::Recall;
use crate::markup::{self, Role};
use crate::text::columns;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

/// Draws the pane.
pub(super) fn draw(context: &Context, frame: &mut Frame) {
    let Context { app, layout, .. } = context;
    let pane = layout.answer;
    let focused = matches!(app.focus(), Focus::Answer | Focus::Find);
    let title = |name, remark| Title { name, remark, focused };
    if app.entry().is_none() {
        draw_frame(context, &pane, &title("Answer", String::new()), frame);
        return draw_introduction(context, frame);
    }
    if let Some(overview) = app.overview() {
        draw_frame(context, &pane, &title("Overview", String::new()), frame);
        return overview::draw(context, overview, frame);
    }
    if app.shows_welcome() {
        draw_frame(context, &pane, &title("Welcome", String::new()), frame);
        return welcome::draw(context, frame);
    }
    let rows = usize::from(pane.inner.height);
    let document = if pane.inner.is_empty() { None } else { app.document() };
    let Some(document) = document else {
        return draw_frame(context, &pane, &title(name(app), String::new()), frame);
    };
    let top = app.answer_top();
    let position = position(top, rows, document.line_count());
    draw_frame(context, &pane, &title(name(app), position), frame);
    let lines = AnswerLines { context, document, find: app.answer().find() };
    let reads = app.is_plain() && matches!(app.mode(), Mode::Reading | Mode::Finding);
    let reading_line = reads.then(|| app.answer().reading_line(rows));
    for (n, row) in (top..document.line_count()).zip(text_area(context).rows()) {
        let line = lines.line(n);
        if let Some((from, ground)) = lines.code_ground(n) {
            let from = from.min(row.width);
            let width = document.width().min(row.width).saturating_sub(from);
            let area = Rect { x: row.x + from, width, ..row };
            frame.buffer_mut().set_style(area, ground);
        }
        frame.render_widget(line, row);
        if reading_line == Some(n) {
            // Like the selected row of a list.
            let x = context.rect(pane.inner).x;
            frame.buffer_mut().set_string(x, row.y, MARK, context.theme.marker);
            if app.mode() == Mode::Reading {
                frame.set_cursor_position((x, row.y));
            }
        }
    }
    #[cfg(feature = "images")]
    images::draw(context, document, top, frame);
    draw_scrollbar(context, document.line_count(), top, frame);
}

/// Draws a short introduction in place of an answer.
fn draw_introduction(context: &Context, frame: &mut Frame) {
    let area = context.rect(context.layout.answer.inner);
    let lines = ["The answer appears here.", ""].iter().chain(overview::INTRODUCTION);
    let lines = lines.flat_map(|text| markup::wrap_text(text, area.width.saturating_sub(2)));
    for (row, text) in area.rows().zip(lines) {
        frame.render_widget(Line::styled(format!(" {text}"), context.theme.dim), row);
    }
}

fn name(app: &App) -> &'static str {
    let Some(entry) = app.entry() else { return "Answer" };
    match (app.is_bookmarked(&entry), app.recall(&entry)) {
        (false, None) if app.list().facts().lacks_answers => "Entry",
        (false, None) => "Answer",
        (true, None) => "Answer *",
        (false, Some(Recall::Known)) => "Answer · known",
        (true, Some(Recall::Known)) => "Answer * known",
        (false, Some(Recall::Again)) => "Answer · again",
        (true, Some(Recall::Again)) => "Answer * again",
    }
}

fn position(top: usize, rows: usize, lines: usize) -> String {
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

fn draw_scrollbar(context: &Context, lines: usize, top: usize, frame: &mut Frame) {
    let pane = context.layout.answer;
    let rows = usize::from(pane.inner.height);
    if lines <= rows || pane.edges != Edges::Boxed {
        return;
    }
    let inner = context.rect(pane.inner);
    let bar = Rect { x: inner.right(), width: 1, ..inner }.intersection(context.frame);
    let mut position =
        ScrollbarState::new(lines - rows + 1).position(top).viewport_content_length(rows);
    let widget = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(Some("│"))
        .thumb_symbol("█")
        .style(context.theme.border);
    frame.render_stateful_widget(widget, bar, &mut position);
}

/// Draws any line of a document.
struct AnswerLines<'a> {
    context: &'a Context<'a>,
    document: &'a AnswerDocument,
    find: Option<&'a Find>,
}

impl<'a> AnswerLines<'a> {
    fn line(&self, n: usize) -> Line<'a> {
        let theme = self.context.theme;
        match self.document.line(n) {
            DocumentLine::Head(text) => self.words(text, theme.title),
            DocumentLine::Foot(text) => self.words(text, theme.dim),
            DocumentLine::Blank => Line::default(),
            DocumentLine::NoAnswer if self.context.app.list().facts().lacks_answers => {
                Line::default()
            }
            DocumentLine::NoAnswer => Line::styled("This question has no answer yet.", theme.dim),
            DocumentLine::Hidden => Line::styled(self.hidden_text(), theme.dim),
            DocumentLine::Body(number, line) => self.body((n, number), line),
        }
    }

    /// For a line of a code block: its first column and its background, if the theme has one.
    fn code_ground(&self, n: usize) -> Option<(u16, Style)> {
        let style = self.context.theme.markdown.get(Role::CodeBlock);
        let ground = Style::new().bg(style.bg?);
        let DocumentLine::Body(_, line) = self.document.line(n) else { return None };
        let before = line.spans().take_while(|(_, roles)| !roles.has(Role::CodeBar));
        let from = before.map(|(text, _)| columns(text)).sum::<usize>();
        (from < line.width()).then_some((from as u16, ground))
    }

    /// The text in place of a hidden answer.
    fn hidden_text(&self) -> String {
        let Context { app, keymap, .. } = self.context;
        let action = match app.mode() {
            Mode::Reading | Mode::Finding => Action::ScrollPageDown,
            Mode::Typing | Mode::Choosing => Action::ScrollDown,
        };
        match keymap.label(app.mode(), action) {
            Some(key) => format!("The answer is hidden: {key} reveals it."),
            None => "The answer is hidden.".to_owned(),
        }
    }

    fn words(&self, text: &str, style: Style) -> Line<'a> {
        let looks = Looks { base: style, matched: self.context.theme.matched };
        let found = self.context.app.list().hits().highlighter.ranges(text);
        Line::from(cells::fit(text, &found, usize::from(self.document.width()), looks))
    }

    /// A line of the answer, with its numbers in the document and in the answer.
    fn body(&self, (n, number): (usize, usize), line: &'a markup::Line) -> Line<'a> {
        let theme = self.context.theme;
        let matches = self.context.app.list().hits().highlighter.ranges(line.text()).into_iter();
        let gone_to = self.context.app.answer().match_place().filter(|place| place.line == n);
        let mut over: Vec<Overlay> = matches
            .enumerate()
            .map(|(nth, range)| {
                let current = gone_to.is_some_and(|place| place.nth == nth);
                Overlay { range, style: if current { theme.current } else { theme.matched } }
            })
            .collect();
        if let Some(find) = self.find {
            let spots = self.document.found_on(find.occurrences(), number).into_iter();
            over.extend(spots.map(|spot| {
                let current = spot.part_of == find.current();
                let style = if current { theme.current } else { theme.found };
                Overlay { range: spot.range, style }
            }));
        }
        draw_line(line, &theme.markdown, &over)
    }
}
