//! Draws the question list: only visible rows are read.

use super::cells::{self, Looks};
use super::context::Context;
use super::pane::{Title, draw_frame};
use super::screen_reader::MARK;
use super::status;
use crate::app::{App, Focus, ListRow, Loading};
use crate::collection::{EntryRef, Recall, only_code};
use crate::markup;
use crate::search::{Field, Hit, Hits};
use crate::text::{columns, cut, fitting};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many characters of an answer are searched for a passage.
const PASSAGE_WITHIN: usize = 6000;
/// A label at the right is left out if the question would get fewer columns than this.
const MIN_QUESTION: usize = 24;
/// The maximum width of a label beside a question that needs the whole row.
const MAX_SHORT_LABEL: usize = 16;
/// The beginning of an answer is left out if it would get fewer columns than this.
const MIN_BEGINNING: usize = 12;

/// The passages of visible answers, for one query.
#[derive(Debug, Default)]
pub(super) struct PassageLines {
    generation: u64,
    by_entry: FxHashMap<u32, (String, Vec<Range<usize>>)>,
}

impl PassageLines {
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
pub(super) fn draw(context: &Context, passages: &mut PassageLines, frame: &mut Frame) {
    let Context { app, layout, .. } = context;
    let focused = app.focus() == Focus::List;
    let name = if app.list().facts().lacks_answers { "Entries" } else { "Questions" };
    let title = Title { name, remark: remark(app), focused };
    draw_frame(context, &layout.list, &title, frame);
    let inner = context.rect(layout.list.inner);
    if inner.is_empty() {
        return;
    }
    if app.list().hits().total == 0 {
        return draw_empty(context, inner, frame);
    }
    let rows = usize::from(inner.height);
    let room = usize::from(inner.width);
    let listed: Vec<ListRow> = app.list().visible_rows(rows).collect();
    let alike = shared_parts(&listed, room);
    let mut used = 0;
    for (ListRow { rank, hit, entry, height, divided }, alike) in listed.into_iter().zip(alike) {
        let selected = rank == app.list().selected();
        let row = ListedRow { context, hit, entry, selected, alike, room };
        let mut lines = vec![row.question()];
        let divider = usize::from(divided && height > 1);
        if height > 1 + divider {
            lines.push(row.passage(passages));
        }
        if divider > 0 {
            let at = if app.goes_upwards() { lines.len() } else { 0 };
            lines.insert(at, draw_divider(context, inner.width));
        }
        let first = if app.goes_upwards() { rows - used - height } else { used };
        used += height;
        if selected && app.is_plain() {
            let above = if app.goes_upwards() { 0 } else { divider };
            frame.set_cursor_position((inner.x, inner.y + (first + above) as u16));
        }
        let divider_at = (divider > 0).then_some(if app.goes_upwards() { height - 1 } else { 0 });
        for (n, (line, area)) in lines.into_iter().zip(inner.rows().skip(first)).enumerate() {
            if selected && divider_at != Some(n) {
                frame.buffer_mut().set_style(area, context.theme.selected);
            }
            frame.render_widget(line, area);
        }
    }
}

/// The number of marked entries; for screen readers also the number of hits, which the title line
/// shows otherwise.
fn remark(app: &App) -> String {
    let mut parts = Vec::new();
    if app.is_plain() {
        parts.push(status::count(app));
    }
    if app.marked_count() > 0 {
        parts.push(format!("{} marked", app.marked_count()));
    }
    parts.join(", ")
}

/// The line between matches and close entries.
fn draw_divider(context: &Context, width: u16) -> Line<'static> {
    let matches = context.app.list().hits().matches;
    let text = if matches == 0 { "no exact match; close:" } else { "close: some words missing" };
    if context.app.is_plain() {
        return Line::styled(format!(" {text}"), context.theme.dim);
    }
    let left = format!(" ── {text} ");
    let rest = usize::from(width).saturating_sub(left.chars().count() + 1);
    Line::styled(left + &"─".repeat(rest), context.theme.dim)
}

/// Draws why the list is empty, and what to do about it.
fn draw_empty(context: &Context, area: Rect, frame: &mut Frame) {
    let Context { app, theme, .. } = context;
    let loading = app.loading() != Loading::Done;
    let live = app.list().hits().index.live();
    let text = if app.is_querying() {
        "Searching ..."
    } else if live.is_some() && app.prompt().is_empty() {
        "Type a question: the engine is queried at each pause."
    } else if app.list().hits().index.is_empty() && live.is_none() {
        if loading {
            "Loading the questions ..."
        } else {
            "There is no question in this collection."
        }
    } else if app.prompt().text().contains(':') {
        "No question matches this filter; remove part of it (Ctrl-W) or all of it (Esc)."
    } else {
        "No question matches. Try fewer letters or another word; Esc clears the query."
    };
    let lines = markup::wrap_text(text, area.width.saturating_sub(2));
    for (row, text) in area.rows().zip(lines) {
        frame.render_widget(Line::styled(format!(" {text}"), theme.dim), row);
    }
}

/// The beginning of a question that the rows of a list of this width are compared by.
fn beginning(question: &str, room: usize) -> &str {
    let line = cells::first_line(question);
    &line[fitting(line, 0, room / 2).0]
}

/// How much of its question another visible row shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SharedPart {
    /// Little.
    No,
    /// The beginning: if the question is cut, its end distinguishes them.
    Beginning,
    /// All of it: the beginning of the answer distinguishes them.
    Whole,
}

/// How much of its question each row shares with others, in a list of `room` columns.
fn shared_parts(rows: &[ListRow], room: usize) -> Vec<SharedPart> {
    let mut by_beginning: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (n, row) in rows.iter().enumerate() {
        by_beginning.entry(beginning(row.entry.question(), room)).or_default().push(n);
    }
    let mut alike = vec![SharedPart::No; rows.len()];
    for group in by_beginning.values().filter(|group| group.len() > 1) {
        let question = |n: usize| rows[n].entry.question();
        let mut sorted = group.clone();
        sorted.sort_unstable_by_key(|&n| question(n));
        for same in sorted.chunk_by(|&a, &b| question(a) == question(b)) {
            for &n in same {
                alike[n] = if same.len() > 1 { SharedPart::Whole } else { SharedPart::Beginning };
            }
        }
    }
    alike
}

struct ListedRow<'a> {
    context: &'a Context<'a>,
    hit: Hit,
    entry: EntryRef<'a>,
    selected: bool,
    alike: SharedPart,
    /// The width of the row.
    room: usize,
}

impl ListedRow<'_> {
    /// The base style of the row.
    fn base(&self) -> Style {
        if self.selected { self.context.theme.selected } else { self.context.theme.text }
    }

    fn dim(&self) -> Style {
        self.base().patch(self.context.theme.dim)
    }

    fn question(&self) -> Line<'static> {
        let mut spans = self.markers();
        let text = cells::first_line(self.entry.question());
        let room = self.room.saturating_sub(spans.len());
        let label = self.label(room, columns(text));
        let room = room - columns(&label);
        let found = self.context.app.list().hits().highlighter.ranges(text);
        let looks = Looks { base: self.base(), matched: self.context.theme.matched };
        let keep_end = self.alike == SharedPart::Beginning;
        let question = cells::fit_middle(text, &found, keep_end, room, looks);
        let mut used: usize = question.iter().map(|span| columns(&span.content)).sum();
        spans.extend(question);
        if self.beginning_helps() && room > used + MIN_BEGINNING {
            let format = self.entry.format();
            let beginning = markup::plain(self.entry.answer(), format, room - used - 2);
            let beginning = format!("  {}", cut(&beginning, room - used - 2));
            used += columns(&beginning);
            spans.push(Span::styled(beginning, self.dim()));
        }
        if !label.is_empty() {
            spans.push(Span::styled(" ".repeat(room.saturating_sub(used)), self.base()));
            spans.push(Span::styled(label, self.dim()));
        }
        Line::from(spans)
    }

    /// Whether the beginning of the answer helps to choose: other rows have the same question, or
    /// the command is not visible elsewhere.
    fn beginning_helps(&self) -> bool {
        let unseen = self.context.layout.answer.inner.height == 0;
        let is_command = || unseen && only_code(self.entry.answer()).is_some();
        !self.context.app.hides_answers() && (self.alike == SharedPart::Whole || is_command())
    }

    fn marker(&self) -> Span<'static> {
        let mark = if self.context.app.is_plain() { MARK } else { "▌" };
        if self.selected { Span::styled(mark, self.context.theme.marker) } else { Span::raw(" ") }
    }

    /// Whether the row is selected and, with `--multi`, whether it is marked.
    fn markers(&self) -> Vec<Span<'static>> {
        let mut spans = vec![self.marker()];
        if self.context.app.allows_marking() {
            let mark = if self.context.app.is_marked(&self.entry) { "+" } else { " " };
            spans.push(Span::styled(mark, self.context.theme.marker));
        }
        spans
    }

    /// The label at the right: where it matched, if not in the question, and its tag, which is the
    /// command of a how-to. The question has priority: beside a long one the label is short.
    fn label(&self, room: usize, question: usize) -> String {
        let where_matched = match self.hit.field {
            Field::Answer => "in answer",
            Field::Meaning => "by meaning",
            Field::Engine => "from the engine",
            Field::Alias => "other wording",
            Field::Question | Field::Tag if self.is_unanswered() => "no answer",
            Field::Question | Field::Tag => "",
        };
        let bookmark = if self.context.app.is_bookmarked(&self.entry) { "*" } else { "" };
        let recall = match self.context.app.recall(&self.entry) {
            Some(Recall::Known) => "known",
            Some(Recall::Again) => "again",
            None => "",
        };
        let joined = |parts: &[&str]| {
            let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
            if parts.is_empty() { String::new() } else { format!("  {} ", parts.join(" · ")) }
        };
        let full = joined(&[where_matched, self.tag(), recall, bookmark]);
        if question + columns(&full) <= room {
            return full;
        }
        let place = if where_matched.is_empty() { self.tag() } else { where_matched };
        let short = joined(&[&cut(place, MAX_SHORT_LABEL), recall, bookmark]);
        if room < MIN_QUESTION + columns(&short) { String::new() } else { short }
    }

    /// The first tag that matches, or else the first tag.
    fn tag(&self) -> &str {
        let highlighter = &self.context.app.list().hits().highlighter;
        let matching = (self.hit.field == Field::Tag)
            .then(|| self.entry.tags().find(|tag| !highlighter.ranges(tag).is_empty()));
        matching.flatten().or_else(|| self.entry.tags().next()).unwrap_or_default()
    }

    /// Whether it lacks an answer while others have one.
    fn is_unanswered(&self) -> bool {
        self.entry.answer().is_empty() && !self.context.app.list().facts().lacks_answers
    }

    fn passage(&self, passages: &mut PassageLines) -> Line<'static> {
        let (text, found) = passages.get(self.context.app.list().hits(), self.hit, &self.entry);
        let mut spans = vec![self.marker(), Span::styled("  ", self.base())];
        let looks = Looks { base: self.dim(), matched: self.context.theme.matched };
        spans.extend(cells::fit(text, found, self.room.saturating_sub(3), looks));
        Line::from(spans)
    }
}
