//! Pop-up lists over the panes.

use super::cells::{self, Looks};
use super::context::Context;
use super::pane::{Title, draw_frame};
use super::screen_reader::MARK;
use crate::app::{Popup, PopupKind, PopupLine, PopupRow};
use crate::markup;
use crate::text::{columns, cut, cut_start};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

/// Draws the open pop-up.
pub(super) fn draw(context: &Context, frame: &mut Frame) {
    let Some((popup, layout)) = context.app.popup_layout() else { return };
    let area = context.rect(layout.pane.area);
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, context.theme.text);
    let remark = if popup.input().is_empty() {
        // A number needs its unit when it is read out.
        let unit = match popup.total() {
            _ if !context.app.is_plain() => "",
            1 => " row",
            _ => " rows",
        };
        format!("{}{unit}", popup.total())
    } else {
        format!("{} of {}", popup.len(), popup.total())
    };
    let title = Title { name: name(popup.kind), remark, focused: true };
    draw_frame(context, &layout.pane, &title, frame);
    draw_filter(context, popup, context.rect(layout.filter), frame);
    draw_rows(context, popup, context.rect(layout.rows), frame);
    draw_detail(context, popup, context.rect(layout.detail), frame);
}

/// Draws the input line of the filter.
fn draw_filter(context: &Context, popup: &Popup, area: Rect, frame: &mut Frame) {
    if area.is_empty() {
        return;
    }
    let theme = context.theme;
    let room = usize::from(area.width).saturating_sub(4);
    let typed = cut_start(popup.input().text(), room);
    let cursor = columns(&cut_start(popup.input().before_cursor(), room)) as u16;
    let text = if typed.is_empty() {
        Span::styled(filter_hint(popup), theme.dim)
    } else {
        Span::raw(typed)
    };
    frame.render_widget(Line::from(vec![Span::styled(" > ", theme.prompt), text]), area);
    frame.set_cursor_position((area.x + (cursor + 3).min(area.width - 1), area.y));
}

fn filter_hint(popup: &Popup) -> &'static str {
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
        PopupKind::Recent => "Recently read",
        PopupKind::Problems => "Problems",
        PopupKind::Links => "Open a link",
        PopupKind::Code => "Copy a code block",
    }
}

/// Whether the end of a row matters as much as its beginning: for addresses and messages about
/// files.
fn has_important_end(kind: PopupKind) -> bool {
    match kind {
        PopupKind::Links | PopupKind::Problems => true,
        PopupKind::Help
        | PopupKind::Filter
        | PopupKind::Related
        | PopupKind::Recent
        | PopupKind::Code => false,
    }
}

fn draw_rows(context: &Context, popup: &Popup, area: Rect, frame: &mut Frame) {
    let theme = context.theme;
    if popup.is_empty() {
        frame.render_widget(Line::styled(" no match", theme.dim), area);
        return;
    }
    for (line, row) in popup.visible_lines(usize::from(area.height)).zip(area.rows()) {
        match line {
            PopupLine::Heading(group) => {
                frame.render_widget(Line::styled(format!(" {group}"), theme.title), row);
            }
            PopupLine::Row(n, item) => {
                let selected = n == popup.selected();
                let width = usize::from(area.width);
                if selected {
                    frame.buffer_mut().set_style(row, context.theme.selected);
                }
                frame.render_widget(draw_row(context, popup, item, selected, width), row);
                if selected && context.app.is_plain() {
                    frame.set_cursor_position((row.x, row.y));
                }
            }
        }
    }
}

/// Draws the full text of the selected row, if its row cuts it off.
fn draw_detail(context: &Context, popup: &Popup, area: Rect, frame: &mut Frame) {
    let Some(row) = popup.get(popup.selected()).filter(|_| !area.is_empty()) else { return };
    let text = cells::first_line(&row.text);
    if columns(text) <= text_columns(popup, usize::from(area.width)) {
        return;
    }
    let mut lines = markup::wrap_text(text, area.width.saturating_sub(2));
    let rows = usize::from(area.height).saturating_sub(1).max(1);
    if lines.len() > rows {
        lines.truncate(rows);
        lines[rows - 1].push('…');
    }
    for (line, row) in lines.into_iter().zip(area.rows().skip(1)) {
        frame.render_widget(Line::styled(format!(" {line}"), context.theme.dim), row);
    }
}

/// The width of the labels, limited by the width of the pop-up.
fn label_columns(popup: &Popup, width: usize) -> usize {
    popup.label_columns().min(width * 2 / 5)
}

/// The width that mark and label leave for the text of a row.
fn text_columns(popup: &Popup, width: usize) -> usize {
    let label = label_columns(popup, width);
    width.saturating_sub(1 + if label > 0 { label + 2 } else { 0 })
}

fn draw_row(
    context: &Context,
    popup: &Popup,
    row: &PopupRow,
    selected: bool,
    width: usize,
) -> Line<'static> {
    let theme = context.theme;
    let sign = if context.app.is_plain() { MARK } else { "▌" };
    let mark = if selected { Span::styled(sign, theme.marker) } else { Span::raw(" ") };
    let base = if selected { theme.selected } else { theme.text };
    let mut spans = vec![mark];
    let room = text_columns(popup, width);
    let label_width = label_columns(popup, width);
    if label_width > 0 {
        let label = cut(&row.label, label_width);
        let pad = " ".repeat(label_width - columns(&label) + 2);
        // On a reversed row, a coloured key would become a second bar.
        let style =
            if selected { base.add_modifier(Modifier::BOLD) } else { base.patch(theme.key) };
        spans.push(Span::styled(format!("{label}{pad}"), style));
    }
    let text = cells::first_line(&row.text);
    let keep_end = has_important_end(popup.kind);
    let looks = Looks { base, matched: Style::new() };
    spans.extend(cells::fit_middle(text, &[], keep_end, room, looks));
    Line::from(spans)
}
