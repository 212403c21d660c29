//! The keys that the status line shows: those that can do something now.

use super::context::Context;
use crate::app::{Action, App, Mode, Popup, PopupKind};
use crate::text::columns;
use ratatui::text::Span;

/// The keys that the status line shows, while typing.
const TYPING: &[(Action, &str)] = &[
    (Action::Read, "read"),
    (Action::Mark, "mark"),
    (Action::Help, "keys"),
    (Action::Random, "random"),
    (Action::Copy, "copy"),
    (Action::Back, "clear"),
    (Action::Filter, "tags"),
    (Action::Next, "next"),
    (Action::Recent, "recent"),
];
/// While reading.
const READING: &[(Action, &str)] = &[
    (Action::Read, "pick"),
    (Action::List, "back"),
    (Action::ScrollPageDown, "show"),
    (Action::Random, "random"),
    (Action::Known, "known"),
    (Action::Again, "again"),
    (Action::HistoryBack, "previous read"),
    (Action::ScrollDown, "scroll"),
    (Action::Next, "next"),
    (Action::Find, "find"),
    (Action::Related, "related"),
    (Action::Copy, "copy"),
    (Action::CopyCode, "copy code"),
    (Action::OpenLink, "link"),
    (Action::Bookmark, "bookmark"),
    (Action::Help, "keys"),
    (Action::Quit, "quit"),
];
/// While finding.
const FINDING: &[(Action, &str)] = &[(Action::Read, "done"), (Action::Back, "cancel")];
/// In a pop-up.
fn choosing(kind: PopupKind) -> [(Action, &'static str); 4] {
    let choose = match kind {
        PopupKind::Help => "run",
        PopupKind::Filter => "filter",
        PopupKind::Related | PopupKind::Recent => "read",
        PopupKind::Problems => "edit",
        PopupKind::Links => "open",
        PopupKind::Code => "copy",
    };
    let (next, previous) = (Action::Next, Action::Previous);
    [(Action::Read, choose), (Action::Back, "close"), (next, "next row"), (previous, "previous")]
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

/// Drops the hints that would be cut off. A message comes first and stays.
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

/// The keys that can do something now.
pub(super) fn hints(keys: &[(Action, &str)], context: &Context) -> Vec<Span<'static>> {
    let Context { app, theme, keymap, .. } = context;
    let mut spans = Vec::new();
    for &(action, what) in keys.iter().filter(|(action, _)| is_possible(*action, app)) {
        let what = match (action, app.mode()) {
            (Action::Back, Mode::Typing) if app.back_leaves() => "quit",
            (Action::Read, Mode::Typing) if app.marked_count() > 0 => "pick the marked",
            (Action::Read, Mode::Typing) if app.picks() => "pick",
            (_, Mode::Typing | Mode::Reading | Mode::Finding | Mode::Choosing) => what,
        };
        if let Some(key) = keymap.label(app.mode(), action) {
            spans.push(Span::styled(format!(" {key}"), theme.key));
            spans.push(Span::styled(format!(" {what} "), theme.dim));
        }
    }
    spans
}

/// Whether an action of the hints would do anything.
fn is_possible(action: Action, app: &App) -> bool {
    let hits = app.list().hits().total;
    let rows = app.popup().map_or(hits, Popup::len);
    let document = || app.document().filter(|_| app.mode() == Mode::Reading);
    match action {
        Action::Read => rows > 0 && (app.mode() != Mode::Reading || app.picks()),
        Action::Next | Action::Previous => rows > 1,
        Action::Copy | Action::Bookmark => app.entry().is_some(),
        Action::Related => app.entry().is_some() && app.list().hits().index.len() > 1,
        Action::ScrollPageDown => app.is_hidden(),
        Action::Random => app.hides_answers() && hits > 1,
        Action::Known | Action::Again => app.hides_answers() && app.entry().is_some(),
        Action::Filter => app.list().facts().has_facets,
        Action::Recent => app.has_recent(),
        Action::OpenLink => document().is_some_and(|document| document.links().len() > 0),
        Action::CopyCode => {
            document().is_some_and(|document| document.code_blocks().next().is_some())
        }
        Action::ScrollDown => {
            let rows = usize::from(app.layout().answer.inner.height);
            document().is_some_and(|document| document.line_count() > rows)
        }
        Action::HistoryBack => app.has_read_before(),
        Action::PageDown
        | Action::PageUp
        | Action::First
        | Action::Last
        | Action::Mark
        | Action::MarkBack
        | Action::List
        | Action::Switch
        | Action::Back
        | Action::ScrollUp
        | Action::ScrollHalfDown
        | Action::ScrollHalfUp
        | Action::ScrollPageUp
        | Action::ScrollTop
        | Action::ScrollEnd
        | Action::Find
        | Action::FindNext
        | Action::FindPrevious
        | Action::HistoryForward
        | Action::CopyBoth
        | Action::EditSource
        | Action::OnlyBookmarked
        | Action::HideAnswers
        | Action::Problems
        | Action::Zoom
        | Action::SplitLeft
        | Action::SplitRight
        | Action::QueryEarlier
        | Action::QueryLater
        | Action::Theme
        | Action::Help
        | Action::Redraw
        | Action::Suspend
        | Action::Quit
        | Action::Interrupt
        | Action::Edit(_) => true,
    }
}
