//! Key hints in the status line: for the keys that can do something now.

use super::context::Context;
use crate::app::{Action, App, Mode, Popup, PopupKind};
use crate::text::columns;
use ratatui::text::Span;

/// A key hint.
pub(super) struct Hint {
    action: Action,
    text: &'static str,
    /// Whether the action would have an effect.
    is_possible: fn(&App) -> bool,
}

const fn hint(action: Action, text: &'static str, is_possible: fn(&App) -> bool) -> Hint {
    Hint { action, text, is_possible }
}

/// While typing.
const TYPING: &[Hint] = &[
    hint(Action::Read, "read", has_rows),
    hint(Action::Mark, "mark", always),
    hint(Action::Help, "keys", always),
    hint(Action::Random, "random", can_draw_random),
    hint(Action::Copy, "copy", has_entry),
    hint(Action::Back, "clear", always),
    hint(Action::Filter, "tags", |app| app.list().facts().has_facets),
    hint(Action::Next, "next", has_other_rows),
    hint(Action::Recent, "recent", App::has_recent),
];
/// While reading.
const READING: &[Hint] = &[
    hint(Action::Read, "pick", |app| has_rows(app) && app.picks()),
    hint(Action::List, "back", always),
    hint(Action::ScrollPageDown, "show", App::is_hidden),
    hint(Action::Random, "random", can_draw_random),
    hint(Action::Known, "known", can_grade),
    hint(Action::Again, "again", can_grade),
    hint(Action::HistoryBack, "previous read", App::has_read_before),
    hint(Action::ScrollDown, "scroll", is_longer_than_pane),
    hint(Action::Next, "next", has_other_rows),
    hint(Action::Find, "find", always),
    hint(Action::Related, "related", |app| has_entry(app) && app.list().hits().index.len() > 1),
    hint(Action::Copy, "copy", has_entry),
    hint(Action::CopyCode, "copy code", |app| {
        app.document().is_some_and(|document| document.code_blocks().next().is_some())
    }),
    hint(Action::OpenLink, "link", |app| {
        app.document().is_some_and(|document| document.links().len() > 0)
    }),
    hint(Action::Bookmark, "bookmark", has_entry),
    hint(Action::Help, "keys", always),
    hint(Action::Quit, "quit", always),
];
/// While finding.
const FINDING: &[Hint] =
    &[hint(Action::Read, "done", has_rows), hint(Action::Back, "cancel", always)];
/// While matches in the answer are shown.
pub(super) const FOUND: &[Hint] =
    &[hint(Action::FindNext, "next", always), hint(Action::FindPrevious, "previous", always)];

/// In a pop-up.
fn choosing(kind: PopupKind) -> [Hint; 4] {
    let choose = match kind {
        PopupKind::Help => "run",
        PopupKind::Filter => "filter",
        PopupKind::Related | PopupKind::Recent => "read",
        PopupKind::Problems => "edit",
        PopupKind::Links => "open",
        PopupKind::Code => "copy",
    };
    [
        hint(Action::Read, choose, has_rows),
        hint(Action::Back, "close", always),
        hint(Action::Next, "next row", has_other_rows),
        hint(Action::Previous, "previous", has_other_rows),
    ]
}

fn always(_: &App) -> bool {
    true
}

/// The number of rows of the open pop-up, or else of the list.
fn rows(app: &App) -> usize {
    app.popup().map_or(app.list().hits().total, Popup::len)
}

fn has_rows(app: &App) -> bool {
    rows(app) > 0
}

fn has_other_rows(app: &App) -> bool {
    rows(app) > 1
}

fn has_entry(app: &App) -> bool {
    app.entry().is_some()
}

fn can_draw_random(app: &App) -> bool {
    app.hides_answers() && app.list().hits().total > 1
}

fn can_grade(app: &App) -> bool {
    app.hides_answers() && has_entry(app)
}

fn is_longer_than_pane(app: &App) -> bool {
    let rows = usize::from(app.layout().answer.inner.height);
    app.document().is_some_and(|document| document.line_count() > rows)
}

/// The hints of the mode.
pub(super) fn of_mode(context: &Context) -> Vec<Span<'static>> {
    match (context.app.popup(), context.app.mode()) {
        (Some(popup), _) => hints(&choosing(popup.kind), context),
        (None, Mode::Reading) => hints(READING, context),
        (None, Mode::Finding) => hints(FINDING, context),
        (None, Mode::Typing | Mode::Choosing) => hints(TYPING, context),
    }
}

/// Drops the hints that would be cut off, but not a message at the start.
pub(super) fn drop_cut(mut spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
    let width = |spans: &[Span]| spans.iter().map(|span| columns(&span.content)).sum::<usize>();
    while spans.len() > 2 && width(&spans) > room {
        spans.pop();
    }
    if spans
        .last()
        .is_some_and(|last| last.content.starts_with(' ') && !last.content.ends_with(' '))
        && spans.len() > 1
    {
        spans.pop();
    }
    spans
}

/// The hints of the actions that would have an effect.
pub(super) fn hints(hints: &[Hint], context: &Context) -> Vec<Span<'static>> {
    let Context { app, theme, keymap, .. } = context;
    let mut spans = Vec::new();
    for Hint { action, text, .. } in hints.iter().filter(|hint| (hint.is_possible)(app)) {
        let text = match (action, app.mode()) {
            (Action::Back, Mode::Typing) if app.back_leaves() => "quit",
            (Action::Read, Mode::Typing) if app.marked_count() > 0 => "pick the marked",
            (Action::Read, Mode::Typing) if app.picks() => "pick",
            (_, Mode::Typing | Mode::Reading | Mode::Finding | Mode::Choosing) => text,
        };
        if let Some(key) = keymap.label(app.mode(), *action) {
            spans.push(Span::styled(format!(" {key}"), theme.key));
            spans.push(Span::styled(format!(" {text} "), theme.dim));
        }
    }
    spans
}
