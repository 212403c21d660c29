//! The question list: only the rows in sight are ever looked at.

use super::ViewState;
use super::cells::{self, Looks};
use super::pane::{Title, frame_pane};
use super::theme::Theme;
use crate::app::{App, Focus, Loading};
use crate::collection::EntryRef;
use crate::markup;
use crate::search::{Field, Hit, Hits};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So much of an answer is looked through for a snippet.
const SNIPPET_FROM: usize = 6000;
/// A label at the right is left out where the question would have less room than this.
const LEAST_QUESTION: usize = 24;

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub(super) struct ListState {
    /// The rank of the first row.
    top: usize,
    /// The rank that every line of the list shows, and where the lines begin.
    pub lines: Vec<Option<usize>>,
    pub inner: Rect,
    snippets: Snippets,
}

/// Snippets of the answers in sight, for one query.
#[derive(Debug, Default)]
struct Snippets {
    generation: u64,
    by_entry: FxHashMap<u32, (String, Vec<Range<usize>>)>,
}

impl Snippets {
    fn get(&mut self, hits: &Hits, hit: Hit, entry: &EntryRef) -> &(String, Vec<Range<usize>>) {
        if self.generation != hits.generation || self.by_entry.len() > 1000 {
            self.generation = hits.generation;
            self.by_entry.clear();
        }
        self.by_entry.entry(hit.entry).or_insert_with(|| {
            let text = markup::plain(entry.answer(), SNIPPET_FROM);
            let found = hits.highlighter.ranges(&text);
            (text, found)
        })
    }
}

/// Draws the list.
pub(super) fn draw(app: &App, state: &mut ViewState, frame: &mut Frame) {
    let areas = state.areas;
    let theme = state.options.theme.clone();
    let hits = app.list().hits();
    let title =
        Title { name: "Questions", remark: position(app), focused: app.focus() == Focus::List };
    let inner = frame_pane(frame, areas.list, areas.edges, &theme, &title);
    let plain = state.options.plain;
    let list = &mut state.list;
    list.inner = inner;
    list.lines.clear();
    if inner.is_empty() {
        return;
    }
    if hits.total == 0 {
        draw_nothing(app, &theme, inner, frame);
        return;
    }
    let rows = usize::from(inner.height);
    list.top = first_row(hits, list.top, app.list().selected(), rows);
    list.lines.resize(rows, None);
    let mut used = 0;
    for rank in list.top.. {
        let Some((hit, entry)) = at(hits, rank).filter(|_| used < rows) else { break };
        let selected = rank == app.list().selected();
        let row =
            Row { app, theme: &theme, hit, entry, selected, plain, room: usize::from(inner.width) };
        let mut lines = vec![row.question()];
        if height(hit, rows) > 1 {
            lines.push(row.snippet(&mut list.snippets));
        }
        lines.truncate(rows - used);
        let first = if app.goes_upwards() { rows - used - lines.len() } else { used };
        used += lines.len();
        if selected && plain {
            frame.set_cursor_position((inner.x, inner.y + first as u16));
        }
        for (n, line) in (first..).zip(lines) {
            let y = inner.y + n as u16;
            frame.render_widget(line, Rect { y, height: 1, ..inner });
            list.lines[n] = Some(rank);
        }
    }
}

fn at(hits: &Hits, rank: usize) -> Option<(Hit, EntryRef<'_>)> {
    let hit = hits.get(rank)?;
    Some((hit, hits.index.entry(hit.entry)?))
}

/// How many lines a hit takes: one that matches in its answer shows where.
fn height(hit: Hit, rows: usize) -> usize {
    if hit.field == Field::Answer && rows > 3 { 2 } else { 1 }
}

/// The rank of the first row: the selected one is in sight, no line stays empty that could show
/// another hit, and the rest stays where it was if that is possible.
fn first_row(hits: &Hits, top: usize, selected: usize, rows: usize) -> usize {
    let fill = |last: usize, least: usize| {
        let mut first = last;
        let mut used = hits.get(last).map_or(1, |hit| height(hit, rows));
        while first > least {
            used += hits.get(first - 1).map_or(1, |hit| height(hit, rows));
            if used > rows {
                break;
            }
            first -= 1;
        }
        first
    };
    let from_the_end = fill(hits.ready().saturating_sub(1), 0);
    let top = top.min(from_the_end);
    if selected <= top { selected } else { fill(selected, top) }
}

fn position(app: &App) -> String {
    let total = app.list().hits().total;
    let position =
        if total == 0 { String::new() } else { format!("{}/{total}", app.list().selected() + 1) };
    if app.marked() == 0 { position } else { format!("{} marked  {position}", app.marked()) }
}

/// What an empty list says: why, and what can be done.
fn draw_nothing(app: &App, theme: &Theme, area: Rect, frame: &mut Frame) {
    let loading = app.loading() != Loading::Done;
    let text = if app.list().hits().index.is_empty() {
        if loading {
            "Loading the questions ..."
        } else {
            "There is no question in this collection."
        }
    } else if app.prompt().text().contains(':') {
        "No question passes this filter. Take a part of it away (Ctrl-W), or all of it (Esc)."
    } else {
        "No question matches. Try fewer letters or another word; Esc clears what was typed."
    };
    let lines = cells::wrap(text, usize::from(area.width.saturating_sub(2)));
    for (row, range) in area.rows().zip(lines) {
        frame.render_widget(Line::styled(format!(" {}", &text[range]), theme.dim), row);
    }
}

struct Row<'a> {
    app: &'a App,
    theme: &'a Theme,
    hit: Hit,
    entry: EntryRef<'a>,
    selected: bool,
    plain: bool,
    room: usize,
}

impl Row<'_> {
    fn looks(&self, dim: bool) -> Looks {
        let base = if self.selected {
            self.theme.selected
        } else if dim {
            self.theme.dim
        } else {
            self.theme.text
        };
        Looks { base, matched: self.theme.matched }
    }

    fn question(&self) -> Line<'static> {
        let mut spans = self.markers();
        let mut room = self.room.saturating_sub(spans.len());
        let mut label = self.label();
        if !label.is_empty() {
            label.insert_str(0, "  ");
            if room < LEAST_QUESTION + cells::columns(&label) {
                label.clear();
            }
        }
        room -= cells::columns(&label);
        let text = cells::first_line(self.entry.question());
        let found = self.app.list().hits().highlighter.ranges(&text);
        let question = cells::fit(&text, &found, room, self.looks(false));
        let used: usize = question.iter().map(|span| cells::columns(&span.content)).sum();
        spans.extend(question);
        if !label.is_empty() {
            spans.push(Span::raw(" ".repeat(room.saturating_sub(used))));
            spans.push(Span::styled(label, self.theme.dim));
        }
        Line::from(spans)
    }

    fn marker(&self) -> Span<'static> {
        let mark = if self.plain { ">" } else { "▌" };
        if self.selected { Span::styled(mark, self.theme.marker) } else { Span::raw(" ") }
    }

    /// Whether it is selected; where several can be picked, whether it is marked.
    fn markers(&self) -> Vec<Span<'static>> {
        let mut spans = vec![self.marker()];
        if self.app.marks() {
            let mark = if self.app.is_marked(&self.entry) { "+" } else { " " };
            spans.push(Span::styled(mark, self.theme.marker));
        }
        spans
    }

    /// What is to be said about the row, beside its question.
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
        if self.app.is_bookmarked(&self.entry) {
            label.push_str(if label.is_empty() { "*" } else { " *" });
        }
        label
    }

    fn snippet(&self, snippets: &mut Snippets) -> Line<'static> {
        let (text, found) = snippets.get(self.app.list().hits(), self.hit, &self.entry);
        let mut spans = vec![self.marker(), Span::raw("  ")];
        spans.extend(cells::fit(text, found, self.room.saturating_sub(3), self.looks(true)));
        Line::from(spans)
    }
}

impl ListState {
    /// How many questions are in sight.
    pub fn rows(&self) -> usize {
        let mut ranks = self.lines.clone();
        ranks.dedup();
        ranks.iter().flatten().count()
    }
}
