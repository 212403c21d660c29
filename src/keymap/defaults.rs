//! The default key bindings, and the presets that change some of them.

use crate::app::{Action, Edit, Mode};

/// The default bindings: the mode, the keys (the first one is shown in hints), and the action.
pub(super) const DEFAULT: &[(Mode, &str, Action)] = &[
    (Mode::Typing, "down ctrl-n ctrl-j", Action::Next),
    (Mode::Typing, "up ctrl-p ctrl-k", Action::Previous),
    (Mode::Typing, "pgdn", Action::PageDown),
    (Mode::Typing, "pgup", Action::PageUp),
    (Mode::Typing, "alt-<", Action::First),
    (Mode::Typing, "alt->", Action::Last),
    (Mode::Typing, "enter", Action::Read),
    (Mode::Typing, "tab", Action::Switch),
    (Mode::Typing, "shift-down", Action::ScrollDown),
    (Mode::Typing, "shift-up", Action::ScrollUp),
    (Mode::Typing, "ctrl-v", Action::ScrollPageDown),
    (Mode::Typing, "alt-v", Action::ScrollPageUp),
    (Mode::Typing, "ctrl-y", Action::Copy),
    (Mode::Typing, "ctrl-o", Action::EditSource),
    (Mode::Typing, "ctrl-t", Action::Filter),
    (Mode::Typing, "ctrl-r", Action::Recent),
    (Mode::Typing, "alt-'", Action::OnlyBookmarked),
    (Mode::Typing, "alt-a", Action::HideAnswers),
    (Mode::Typing, "alt-x", Action::Random),
    (Mode::Typing, "ctrl-up", Action::QueryEarlier),
    (Mode::Typing, "ctrl-down", Action::QueryLater),
    (Mode::Typing, "left ctrl-b", Action::Edit(Edit::CursorLeft)),
    (Mode::Typing, "right ctrl-f", Action::Edit(Edit::CursorRight)),
    (Mode::Typing, "alt-b ctrl-left", Action::Edit(Edit::WordLeft)),
    (Mode::Typing, "alt-f ctrl-right", Action::Edit(Edit::WordRight)),
    (Mode::Typing, "home ctrl-a", Action::Edit(Edit::LineStart)),
    (Mode::Typing, "end ctrl-e", Action::Edit(Edit::LineEnd)),
    (Mode::Typing, "backspace ctrl-h", Action::Edit(Edit::DeleteLeft)),
    (Mode::Typing, "delete ctrl-d", Action::Edit(Edit::DeleteRight)),
    (Mode::Typing, "ctrl-w alt-backspace", Action::Edit(Edit::DeleteWordLeft)),
    (Mode::Typing, "alt-d", Action::Edit(Edit::DeleteWordRight)),
    (Mode::Typing, "ctrl-u", Action::Edit(Edit::DeleteToStart)),
    (Mode::Typing, "alt-left", Action::HistoryBack),
    (Mode::Typing, "alt-right", Action::HistoryForward),
    (Mode::Typing, "esc", Action::Back),
    (Mode::Reading, "j down", Action::ScrollDown),
    (Mode::Reading, "k up", Action::ScrollUp),
    (Mode::Reading, "d ctrl-d", Action::ScrollHalfDown),
    (Mode::Reading, "u ctrl-u", Action::ScrollHalfUp),
    (Mode::Reading, "space pgdn ctrl-v ctrl-f", Action::ScrollPageDown),
    (Mode::Reading, "b pgup alt-v ctrl-b", Action::ScrollPageUp),
    (Mode::Reading, "g home", Action::ScrollTop),
    (Mode::Reading, "G end", Action::ScrollEnd),
    (Mode::Reading, "enter", Action::Read),
    (Mode::Reading, "/", Action::Find),
    (Mode::Reading, "n", Action::FindNext),
    (Mode::Reading, "N", Action::FindPrevious),
    (Mode::Reading, "]", Action::Next),
    (Mode::Reading, "[", Action::Previous),
    (Mode::Reading, "r", Action::Related),
    (Mode::Reading, "R ctrl-r", Action::Recent),
    (Mode::Reading, "alt-left", Action::HistoryBack),
    (Mode::Reading, "alt-right", Action::HistoryForward),
    (Mode::Reading, "y ctrl-y", Action::Copy),
    (Mode::Reading, "Y", Action::CopyBoth),
    (Mode::Reading, "c", Action::CopyCode),
    (Mode::Reading, "o", Action::OpenLink),
    (Mode::Reading, "ctrl-o e", Action::EditSource),
    (Mode::Reading, "m", Action::Bookmark),
    (Mode::Reading, "'", Action::OnlyBookmarked),
    (Mode::Reading, "v alt-a", Action::HideAnswers),
    (Mode::Reading, "x alt-x", Action::Random),
    (Mode::Reading, "+ =", Action::Known),
    (Mode::Reading, "-", Action::Again),
    (Mode::Reading, "t ctrl-t", Action::Filter),
    (Mode::Reading, "z", Action::Zoom),
    (Mode::Reading, "<", Action::SplitLeft),
    (Mode::Reading, ">", Action::SplitRight),
    (Mode::Reading, "h left tab", Action::List),
    (Mode::Reading, "esc", Action::Back),
    (Mode::Reading, "?", Action::Help),
    (Mode::Reading, "q", Action::Quit),
    (Mode::Finding, "enter", Action::Read),
    (Mode::Finding, "down ctrl-n", Action::FindNext),
    (Mode::Finding, "up ctrl-p", Action::FindPrevious),
    (Mode::Finding, "esc", Action::Back),
    (Mode::Choosing, "enter", Action::Read),
    (Mode::Choosing, "down ctrl-n ctrl-j tab", Action::Next),
    (Mode::Choosing, "up ctrl-p ctrl-k shift-tab", Action::Previous),
    (Mode::Choosing, "pgdn ctrl-v", Action::PageDown),
    (Mode::Choosing, "pgup alt-v", Action::PageUp),
    (Mode::Choosing, "alt-< home", Action::First),
    (Mode::Choosing, "alt-> end", Action::Last),
    (Mode::Choosing, "esc", Action::Back),
];

/// Editing keys of the input lines of pop-ups and of the search in the answer, which are not listed
/// in the help.
pub(super) const EDITING: &[(&str, Action)] = &[
    ("left ctrl-b", Action::Edit(Edit::CursorLeft)),
    ("right ctrl-f", Action::Edit(Edit::CursorRight)),
    ("alt-b ctrl-left", Action::Edit(Edit::WordLeft)),
    ("alt-f ctrl-right", Action::Edit(Edit::WordRight)),
    ("ctrl-a", Action::Edit(Edit::LineStart)),
    ("ctrl-e", Action::Edit(Edit::LineEnd)),
    ("backspace ctrl-h", Action::Edit(Edit::DeleteLeft)),
    ("delete ctrl-d", Action::Edit(Edit::DeleteRight)),
    ("ctrl-w alt-backspace", Action::Edit(Edit::DeleteWordLeft)),
    ("alt-d", Action::Edit(Edit::DeleteWordRight)),
    ("ctrl-u", Action::Edit(Edit::DeleteToStart)),
];

/// More editing keys for input lines without a list.
pub(super) const EDITING_ALONE: &[(&str, Action)] = &[
    ("home", Action::Edit(Edit::LineStart)),
    ("end", Action::Edit(Edit::LineEnd)),
    ("ctrl-k", Action::Edit(Edit::DeleteToEnd)),
    // Enter, if it was typed before the terminal was in raw mode.
    ("ctrl-j", Action::Read),
];

/// Keys of every mode.
pub(super) const EVERYWHERE: &[(&str, Action)] = &[
    ("f1", Action::Help),
    ("f2", Action::Problems),
    ("f3", Action::Theme),
    ("ctrl-l", Action::Redraw),
    ("ctrl-z", Action::Suspend),
    ("ctrl-c", Action::Interrupt),
];

/// A preset: its name, and its bindings, which override the default ones.
pub(super) type Preset = (&'static str, &'static [(Mode, &'static str, Action)]);

/// The presets.
pub(super) const PRESETS: &[Preset] = &[("default", &[]), ("vim", VIM), ("emacs", EMACS)];

const VIM: &[(Mode, &str, Action)] = &[
    (Mode::Reading, "i a", Action::List),
    (Mode::Reading, "J", Action::Next),
    (Mode::Reading, "K", Action::Previous),
    (Mode::Reading, "H ctrl-o", Action::HistoryBack),
    (Mode::Reading, "L", Action::HistoryForward),
    (Mode::Reading, "ctrl-e", Action::ScrollDown),
    (Mode::Reading, "ctrl-y", Action::ScrollUp),
];

const EMACS: &[(Mode, &str, Action)] = &[
    (Mode::Typing, "ctrl-k", Action::Edit(Edit::DeleteToEnd)),
    (Mode::Typing, "ctrl-g", Action::Back),
    (Mode::Typing, "alt-w", Action::Copy),
    (Mode::Reading, "ctrl-n", Action::ScrollDown),
    (Mode::Reading, "ctrl-p", Action::ScrollUp),
    (Mode::Reading, "ctrl-s", Action::Find),
    (Mode::Reading, "ctrl-g", Action::Back),
    (Mode::Reading, "alt-w", Action::Copy),
    (Mode::Finding, "ctrl-s", Action::FindNext),
    (Mode::Finding, "ctrl-r", Action::FindPrevious),
    (Mode::Finding, "ctrl-g", Action::Back),
    (Mode::Choosing, "ctrl-g", Action::Back),
];
