//! Pop-up lists over the panes.

use super::cells::{self, Looks};
use super::{ViewState, pane};
use crate::app::{App, Popup, PopupKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;
use std::borrow::Cow;

/// What a pop-up remembers between frames.
#[derive(Debug, Default)]
pub(super) struct PopupState {
    top: usize,
    pub area: Rect,
    pub inner: Rect,
    /// The row that every line shows, if it shows one.
    pub lines: Vec<Option<usize>>,
}

/// Draws the open pop-up.
pub(super) fn draw(app: &App, state: &mut ViewState, frame: &mut Frame) {
    let Some(popup) = app.popup() else {
        state.popup = PopupState::default();
        return;
    };
    let whole = frame.area();
    let area = place(whole, popup);
    let theme = state.options.theme.clone();
    frame.render_widget(Clear, area);
    let remark = format!("{} of {}", popup.len(), popup.total());
    let title = pane::Title { name: name(popup.kind), remark, focused: true };
    let edges = match (state.options.plain, area.height) {
        (_, 0..=4) => super::layout::Edges::None,
        (true, _) => super::layout::Edges::Words,
        _ => super::layout::Edges::Boxed,
    };
    let inner = pane::frame_pane(frame, area, edges, &theme, &title);
    state.popup.area = area;
    state.popup.lines.clear();
    if inner.is_empty() {
        return;
    }
    let filter = Rect { height: 1, ..inner };
    let typed = cells::cut_start(popup.filter.text(), usize::from(inner.width).saturating_sub(4));
    let x = cells::columns(&cells::cut_start(
        popup.filter.before_cursor(),
        usize::from(inner.width).saturating_sub(4),
    ));
    let text = if typed.is_empty() {
        Span::styled(invitation(popup), theme.dim)
    } else {
        Span::raw(typed)
    };
    frame.render_widget(Line::from(vec![Span::styled(" > ", theme.prompt), text]), filter);
    frame.set_cursor_position((inner.x + (x as u16 + 3).min(inner.width - 1), inner.y));
    let rows = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    state.popup.inner = rows;
    draw_rows(popup, state, frame, rows);
    state.measures.popup_rows = usize::from(rows.height);
}

fn invitation(popup: &Popup) -> &'static str {
    match popup.kind {
        PopupKind::Links | PopupKind::Code if popup.total() < 10 => {
            "press a number, or type to filter"
        }
        PopupKind::Links | PopupKind::Code => "type a number or a few letters",
        PopupKind::Help => "type what you want to do, or a key",
        PopupKind::Filter => "type a few letters of a tag or source",
        PopupKind::Related | PopupKind::Recent => "type a few letters of a question",
        PopupKind::Problems => "type a few letters of a message",
    }
}

fn name(kind: PopupKind) -> &'static str {
    match kind {
        PopupKind::Help => "Keys",
        PopupKind::Filter => "Filter by",
        PopupKind::Related => "Related questions",
        PopupKind::Recent => "Read lately",
        PopupKind::Problems => "Problems",
        PopupKind::Links => "Open a link",
        PopupKind::Code => "Copy a code block",
    }
}

/// In the middle, as large as its rows need and the screen has.
fn place(whole: Rect, popup: &Popup) -> Rect {
    let width = whole.width.min(84).max(whole.width.saturating_sub(8).min(64));
    let headings = if popup.kind == PopupKind::Help { 8 } else { 3 };
    let height =
        (popup.total() + headings + 3).min(usize::from(whole.height.saturating_sub(2).max(3)));
    let height = (height as u16).min(whole.height);
    Rect {
        x: whole.x + (whole.width - width) / 2,
        y: whole.y + (whole.height - height) / 2,
        width,
        height,
    }
}

fn draw_rows(popup: &Popup, state: &mut ViewState, frame: &mut Frame, area: Rect) {
    let theme = state.options.theme.clone();
    let rows = usize::from(area.height);
    if popup.is_empty() && rows > 0 {
        frame.render_widget(Line::styled(" nothing like this: Esc closes", theme.dim), area);
        return;
    }
    state.popup.top = first(popup, state.popup.top, rows);
    let labels =
        (0..popup.len()).filter_map(|n| popup.get(n)).map(|row| cells::columns(&row.label));
    let label_width = labels.max().unwrap_or(0).min(usize::from(area.width) / 2);
    let mut group = "";
    let mut n = state.popup.top;
    while state.popup.lines.len() < rows {
        let Some(row) = popup.get(n) else { break };
        let y = area.y + state.popup.lines.len() as u16;
        let line = Rect { y, height: 1, ..area };
        if row.group != group {
            group = row.group;
            frame.render_widget(Line::styled(format!(" {group}"), theme.title), line);
            state.popup.lines.push(None);
            continue;
        }
        let selected = n == popup.selected();
        let sign = if state.options.plain { ">" } else { "▌" };
        let mark = if selected { Span::styled(sign, theme.marker) } else { Span::raw(" ") };
        let base = if selected { theme.selected } else { theme.text };
        let mut spans = vec![mark];
        let mut room = usize::from(area.width).saturating_sub(1);
        if label_width > 0 {
            let label = cells::cut(&row.label, label_width);
            let pad = " ".repeat(label_width - cells::columns(&label) + 2);
            spans.push(Span::styled(format!("{label}{pad}"), theme.key));
            room = room.saturating_sub(label_width + 2);
        }
        let text = shown(popup.kind, &row.text);
        spans.extend(cells::fit(&text, &[], room, Looks { base, matched: Style::new() }));
        frame.render_widget(Line::from(spans), line);
        if selected && state.options.plain {
            frame.set_cursor_position((area.x, y));
        }
        state.popup.lines.push(Some(n));
        n += 1;
    }
}

/// Questions are Markdown, and are shown without its marks; nothing else is.
fn shown(kind: PopupKind, text: &str) -> Cow<'_, str> {
    match kind {
        PopupKind::Related | PopupKind::Recent => cells::first_line(text),
        _ => Cow::Borrowed(text.lines().next().unwrap_or_default()),
    }
}

/// The first row in sight: the selected one is too, and no line stays empty that could show
/// another. Headings take lines as well.
fn first(popup: &Popup, top: usize, rows: usize) -> usize {
    let fill = |last: usize, least: usize| {
        let mut first = last;
        let mut used = 2;
        while first > least {
            let (above, below) = (popup.get(first - 1), popup.get(first));
            used += 1 + usize::from(above.map(|row| row.group) != below.map(|row| row.group));
            if used > rows {
                break;
            }
            first -= 1;
        }
        first
    };
    let top = top.min(fill(popup.len().saturating_sub(1), 0));
    if popup.selected() <= top { popup.selected() } else { fill(popup.selected(), top) }
}
