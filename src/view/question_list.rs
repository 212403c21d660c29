//! The question list: only the rows in sight are ever looked at.

use super::Context;
use super::cells::{self, Looks};
use super::pane::{Title, draw_frame};
use crate::app::{App, Focus, ListRow, Loading};
use crate::collection::EntryRef;
use crate::markup;
use crate::search::{Field, Hit, Hits};
use crate::text::columns;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many characters of an answer are looked through for a passage.
const PASSAGE_WITHIN: usize = 6000;
/// A label at the right is left out where the question would have less room than this.
const LEAST_QUESTION: usize = 24;

/// Passages of the answers in sight, for one query.
#[derive(Debug, Default)]
pub(super) struct Passages {
    generation: u64,
    by_entry: FxHashMap<u32, (String, Vec<Range<usize>>)>,
}

impl Passages {
    fn get(&mut self, hits: &Hits, hit: Hit, entry: &EntryRef) -> &(String, Vec<Range<usize>>) {
        if self.generation != hits.generation || self.by_entry.len() > 1000 {
            self.generation = hits.generation;
            self.by_entry.clear();
        }
        self.by_entry.entry(hit.entry).or_insert_with(|| {
            let text = markup::plain(entry.answer(), entry.format(), PASSAGE_WITHIN);
            let found = hits.highlighter.ranges(&text);
            (text, found)
        })
    }
}

/// Draws the list.
pub(super) fn draw(context: &Context, passages: &mut Passages, frame: &mut Frame) {
    let Context { app, layout, .. } = context;
    let focused = app.focus() == Focus::List;
    let title = Title { name: "Questions", remark: position(app), focused };
    draw_frame(context, &layout.list, &title, frame);
    let inner = context.rect(layout.list.inner);
    if inner.is_empty() {
        return;
    }
    if app.list().hits().total == 0 {
        return draw_nothing(context, inner, frame);
    }
    let rows = usize::from(inner.height);
    let mut used = 0;
    for ListRow { rank, hit, entry, height } in app.list().in_sight(rows) {
        let selected = rank == app.list().selected();
        let row = Row { context, hit, entry, selected, room: usize::from(inner.width) };
        let mut lines = vec![row.question()];
        if height > 1 {
            lines.push(row.passage(passages));
        }
        let first = if app.goes_upwards() { rows - used - height } else { used };
        used += height;
        if selected && app.is_plain() {
            frame.set_cursor_position((inner.x, inner.y + first as u16));
        }
        for (line, area) in lines.into_iter().zip(inner.rows().skip(first)) {
            frame.render_widget(line, area);
        }
    }
}

fn position(app: &App) -> String {
    let total = app.list().hits().total;
    let position =
        if total == 0 { String::new() } else { format!("{}/{total}", app.list().selected() + 1) };
    if app.marked() == 0 { position } else { format!("{} marked  {position}", app.marked()) }
}

/// In an empty list: why it is empty, and what can be done.
fn draw_nothing(context: &Context, area: Rect, frame: &mut Frame) {
    let Context { app, theme, .. } = context;
    let loading = app.loading() != Loading::Done;
    let text = if app.list().hits().index.is_empty() {
        if loading {
            "Loading the questions ..."
        } else {
            "There is no question in this collection."
        }
    } else if app.prompt().text().contains(':') {
        "No question matches this filter; remove part of it (Ctrl-W) or all of it (Esc)."
    } else {
        "No question matches. Try fewer letters or another word; Esc clears what was typed."
    };
    let lines = markup::wrap_text(text, area.width.saturating_sub(2));
    for (row, text) in area.rows().zip(lines) {
        frame.render_widget(Line::styled(format!(" {text}"), theme.dim), row);
    }
}

struct Row<'a> {
    context: &'a Context<'a>,
    hit: Hit,
    entry: EntryRef<'a>,
    selected: bool,
    /// Its columns.
    room: usize,
}

impl Row<'_> {
    fn looks(&self, dim: bool) -> Looks {
        let base = if self.selected {
            self.context.theme.selected
        } else if dim {
            self.context.theme.dim
        } else {
            self.context.theme.text
        };
        Looks { base, matched: self.context.theme.matched }
    }

    fn question(&self) -> Line<'static> {
        let mut spans = self.markers();
        let mut room = self.room.saturating_sub(spans.len());
        let mut label = self.label();
        if !label.is_empty() {
            label.insert_str(0, "  ");
            if room < LEAST_QUESTION + columns(&label) {
                label.clear();
            }
        }
        room -= columns(&label);
        let text = cells::first_line(self.entry.question());
        let found = self.context.app.list().hits().highlighter.ranges(text);
        let question = cells::fit(text, &found, room, self.looks(false));
        let used: usize = question.iter().map(|span| columns(&span.content)).sum();
        spans.extend(question);
        if !label.is_empty() {
            spans.push(Span::raw(" ".repeat(room.saturating_sub(used))));
            spans.push(Span::styled(label, self.context.theme.dim));
        }
        Line::from(spans)
    }

    fn marker(&self) -> Span<'static> {
        let mark = if self.context.app.is_plain() { ">" } else { "▌" };
        if self.selected { Span::styled(mark, self.context.theme.marker) } else { Span::raw(" ") }
    }

    /// Whether it is selected; where several can be picked, whether it is marked.
    fn markers(&self) -> Vec<Span<'static>> {
        let mut spans = vec![self.marker()];
        if self.context.app.marks() {
            let mark = if self.context.app.is_marked(&self.entry) { "+" } else { " " };
            spans.push(Span::styled(mark, self.context.theme.marker));
        }
        spans
    }

    /// Where it matched, or a remark, beside the question.
    fn label(&self) -> String {
        let mut label = match self.hit.field {
            Field::Answer => "in answer",
            Field::Meaning => "by meaning",
            Field::Tag => "in tags",
            Field::Alias => "other wording",
            _ if self.entry.answer().is_empty() => "no answer",
            Field::Question => "",
        }
        .to_owned();
        if self.context.app.is_bookmarked(&self.entry) {
            label.push_str(if label.is_empty() { "*" } else { " *" });
        }
        label
    }

    fn passage(&self, passages: &mut Passages) -> Line<'static> {
        let (text, found) = passages.get(self.context.app.list().hits(), self.hit, &self.entry);
        let mut spans = vec![self.marker(), Span::raw("  ")];
        spans.extend(cells::fit(text, found, self.room.saturating_sub(3), self.looks(true)));
        Line::from(spans)
    }
}
