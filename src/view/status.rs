//! Draws the lines around the panes: title line, prompt and status line.

use super::context::Context;
use super::hints;
use crate::app::{Action, App, Find, Focus, Loading, Mode};
use crate::collection::TextFormat;
use crate::markup;
use crate::search::MatchMode;
use crate::text::{columns, cut, cut_start};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

/// The name of a source is cut if it would take more than this and a third of the line.
const MIN_PLACE: usize = 24;

/// Draws all these lines.
pub(super) fn draw(context: &Context, frame: &mut Frame) {
    draw_head(context, frame);
    draw_prompt(context, frame);
    draw_status(context, frame);
}

fn draw_head(context: &Context, frame: &mut Frame) {
    let Context { app, theme, .. } = context;
    let summary = app.summary();
    let mut left = vec![Span::styled(" qa  ", theme.title), Span::raw(named(&summary.title))];
    if let Some(note) = &summary.note {
        left.push(Span::styled(
            format!("  {}", markup::plain(note, TextFormat::Markdown, 300)),
            theme.dim,
        ));
    }
    both_ends(frame, context.rect(context.layout.head), left, head_count(app), theme.dim);
}

/// The counts of matches and close entries.
pub(super) fn count(app: &App) -> String {
    let hits = app.list().hits();
    let live = hits.index.live();
    if let Some(total) = live.and_then(|live| live.total).filter(|&all| all > hits.total as u64) {
        return format!("{} of about {}", grouped(hits.total), grouped(total as usize));
    }
    if hits.mode == MatchMode::Everything && live.is_some() {
        // Only the engine knows the total number of entries.
        return if hits.total == 0 { String::new() } else { grouped(hits.total) };
    }
    if hits.mode == MatchMode::Everything {
        return format!("{} of {}", grouped(hits.total), grouped(hits.index.len()));
    }
    let separator = if app.is_plain() { ", " } else { " · " };
    match (hits.matches, hits.close()) {
        (matches, 0) => format!("{} match", grouped(matches)),
        (0, close) => format!("no exact match{separator}{} close", grouped(close)),
        (matches, close) => {
            format!("{} match{separator}{} close", grouped(matches), grouped(close))
        }
    }
}

/// The count at the right end of a line. For screen readers the list shows it: a title line that
/// changes with every key would be read out every time.
fn head_count(app: &App) -> String {
    if app.is_plain() {
        return String::new();
    }
    let querying = if app.is_querying() { "… " } else { "" };
    // Until encoding ends, sentences are matched by their words.
    let encoding = app.encoded().map_or(String::new(), |done| format!("encoding {done}%  "));
    // No count before there are entries.
    let is_empty = app.list().hits().index.is_empty() && app.loading() != Loading::Done;
    let count = if is_empty { String::new() } else { count(app) };
    format!("{querying}{encoding}{count} ")
}

/// `1234567` as `1,234,567`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Draws `left`, cut off before it touches `right`.
fn both_ends(frame: &mut Frame, area: Rect, left: Vec<Span>, right: String, style: Style) {
    let width = usize::from(area.width);
    let taken = columns(&right);
    let right_fits = width > taken + 8;
    let mut room = if right_fits { width - taken - 1 } else { width };
    let mut spans = Vec::new();
    for span in left {
        let text = cut(&span.content, room);
        room -= columns(&text);
        spans.push(Span::styled(text, span.style));
    }
    frame.render_widget(Line::from(spans), area);
    if right_fits {
        frame.render_widget(Line::from(Span::styled(right, style)).right_aligned(), area);
    }
}

fn draw_prompt(context: &Context, frame: &mut Frame) {
    let Context { app, theme, layout, .. } = context;
    let area = context.rect(layout.prompt);
    if area.is_empty() {
        return;
    }
    let mark = if area.width > 6 { " > " } else { "" };
    // Without a title line the count is shown here.
    let right = if layout.head.is_empty() { head_count(app) } else { String::new() };
    let typed = app.prompt().text();
    let room = usize::from(area.width).saturating_sub(mark.len());
    let before = cut_start(app.prompt().before_cursor(), room.saturating_sub(1));
    let at = columns(&before);
    let after = &typed[app.prompt().before_cursor().len()..];
    let after = cut(after, room.saturating_sub(at));
    let mut left = vec![Span::styled(mark, theme.prompt)];
    if typed.is_empty() && app.focus() == Focus::List {
        let lacks_answers = app.list().facts().lacks_answers;
        let what = if lacks_answers { "an entry" } else { "a question" };
        left.push(Span::styled(format!("type a few letters of {what}"), theme.dim));
    } else {
        left.push(Span::styled(format!("{before}{after}"), theme.text));
    }
    both_ends(frame, area, left, right, theme.dim);
    if app.mode() == Mode::Typing && !app.is_plain() {
        let x = (mark.len() + at).min(usize::from(area.width) - 1) as u16;
        frame.set_cursor_position((area.x + x, area.y));
    }
}

fn draw_status(context: &Context, frame: &mut Frame) {
    let Context { app, theme, .. } = context;
    let area = context.rect(context.layout.status);
    if area.is_empty() {
        return;
    }
    // A message has priority over a finished search, but not over one being typed.
    let shows_find =
        app.popup().is_none() && (app.notice().is_none() || app.mode() == Mode::Finding);
    if let Some(find) = app.answer().find().filter(|_| shows_find) {
        return draw_find(context, find, area, frame);
    }
    let mut left = Vec::new();
    if let Some(notice) = app.notice() {
        let style = if notice.failed { theme.failed } else { theme.notice };
        left.push(Span::styled(format!(" {}", notice.text), style));
    } else {
        let hits = app.list().hits();
        let unknown = hits.unknown_filters.first().filter(|_| app.mode() == Mode::Typing);
        left.extend(unknown.map(|unknown| Span::styled(format!(" {unknown}  "), theme.text)));
        left.extend(hints::of_mode(context));
    }
    let place = place(context, (usize::from(area.width) / 3).max(MIN_PLACE));
    let room = usize::from(area.width).saturating_sub(columns(&place) + 1);
    if draw_long_failure(context, (area, room), frame) {
        return;
    }
    both_ends(frame, area, hints::drop_cut(left, room), place, theme.dim);
}

/// Draws a long error message over the whole line and lines of the panes, until the next key.
/// Returns whether there is one.
fn draw_long_failure(context: &Context, (area, room): (Rect, usize), frame: &mut Frame) -> bool {
    let Some(notice) = context.app.notice().filter(|notice| notice.failed) else { return false };
    if columns(&notice.text) < room {
        return false;
    }
    let lines = markup::wrap_text(&notice.text, area.width.saturating_sub(2).max(1));
    // Covers at most half of the screen.
    let rows = (lines.len() as u16).min(context.frame.height.div_ceil(2));
    let top = area.bottom().saturating_sub(rows).max(context.frame.y);
    let area = Rect { y: top, height: area.bottom() - top, ..area };
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, context.theme.text);
    for (line, row) in lines.into_iter().zip(area.rows()) {
        frame.render_widget(Line::styled(format!(" {line}"), context.theme.failed), row);
    }
    true
}

/// Draws the text to find in the answer and the number of its occurrences.
fn draw_find(context: &Context, find: &Find, area: Rect, frame: &mut Frame) {
    let Context { app, theme, .. } = context;
    let right = match (find.occurrences().count(), find.input.is_empty()) {
        (_, true) => String::new(),
        (0, false) => "not found ".to_owned(),
        (found, false) => format!("{} of {} ", find.current() + 1, grouped(found)),
    };
    if app.mode() == Mode::Finding {
        let room = usize::from(area.width).saturating_sub(right.len() + 4);
        let before = cut_start(find.input.before_cursor(), room);
        let at = columns(&before) as u16 + 2;
        let after = &find.input.text()[find.input.before_cursor().len()..];
        let left = vec![Span::styled(" /", theme.prompt), Span::raw(format!("{before}{after}"))];
        both_ends(frame, area, left, right, theme.notice);
        frame.set_cursor_position((area.x + at.min(area.width - 1), area.y));
        return;
    }
    let mut left = vec![Span::styled(format!(" /{}  ", find.input.text()), theme.prompt)];
    left.extend(hints::hints(hints::FOUND, context));
    both_ends(frame, area, left, right, theme.notice);
}

/// The display name of a source.
fn named(source: &str) -> &str {
    if source == "-" { "standard input" } else { source }
}

/// The right part of the status line, at most `room` columns: loading, problems, and the source of
/// the entry.
fn place(context: &Context, room: usize) -> String {
    let Context { app, keymap, .. } = context;
    let mut parts = Vec::new();
    if let Loading::Bytes(done, total) = app.loading() {
        parts.push(match (u128::from(done) * 100).checked_div(u128::from(total)) {
            Some(percent) => {
                format!("loading {} {}%", gauge(percent.min(100) as usize), percent.min(100))
            }
            None => "loading ...".to_owned(),
        });
    }
    let problems = match app.problems() {
        0 => String::new(),
        1 => "1 problem".to_owned(),
        n => format!("{} problems", grouped(n)),
    };
    if !problems.is_empty() {
        let key = keymap.label(app.mode(), Action::Problems).filter(|_| app.popup().is_none());
        parts.push(key.map_or(problems.clone(), |key| format!("{key} {problems}")));
    }
    // It would be read out with every row.
    let choosing = app.is_plain() && app.mode() == Mode::Typing;
    if let Some(entry) = app.entry().filter(|_| !choosing) {
        let source = named(entry.source().rsplit(['/', '\\']).next().unwrap_or_default());
        let line = entry.line();
        let place = if line > 0 { format!("{source}:{line}") } else { source.to_owned() };
        parts.push(cut_start(&place, room));
    }
    format!("{} ", parts.join("  "))
}

fn gauge(percent: usize) -> String {
    let full = percent / 10;
    format!("[{}{}]", "#".repeat(full), ".".repeat(10 - full))
}
