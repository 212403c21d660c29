//! Which key does what: one table, which also feeds the hints and the help.

use crate::app::{Action, HelpRow, Message, Mode};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::HashMap;

/// The default bindings: where they work, the keys (the first one is shown in hints), and what
/// they do.
const DEFAULT: &[(Mode, &str, Action)] = &[
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
    (Mode::Typing, "ctrl-o", Action::Edit),
    (Mode::Typing, "ctrl-t", Action::Filter),
    (Mode::Typing, "ctrl-up", Action::QueryEarlier),
    (Mode::Typing, "ctrl-down", Action::QueryLater),
    (Mode::Typing, "left ctrl-b", Action::CursorLeft),
    (Mode::Typing, "right ctrl-f", Action::CursorRight),
    (Mode::Typing, "alt-b ctrl-left", Action::WordLeft),
    (Mode::Typing, "alt-f ctrl-right", Action::WordRight),
    (Mode::Typing, "home ctrl-a", Action::LineStart),
    (Mode::Typing, "end ctrl-e", Action::LineEnd),
    (Mode::Typing, "backspace ctrl-h", Action::DeleteLeft),
    (Mode::Typing, "delete ctrl-d", Action::DeleteRight),
    (Mode::Typing, "ctrl-w alt-backspace", Action::DeleteWordLeft),
    (Mode::Typing, "alt-d", Action::DeleteWordRight),
    (Mode::Typing, "ctrl-u", Action::DeleteToStart),
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
    (Mode::Reading, "/", Action::Find),
    (Mode::Reading, "n", Action::FindNext),
    (Mode::Reading, "N", Action::FindPrevious),
    (Mode::Reading, "]", Action::Next),
    (Mode::Reading, "[", Action::Previous),
    (Mode::Reading, "r", Action::Related),
    (Mode::Reading, "alt-left", Action::HistoryBack),
    (Mode::Reading, "alt-right", Action::HistoryForward),
    (Mode::Reading, "y ctrl-y", Action::Copy),
    (Mode::Reading, "Y", Action::CopyBoth),
    (Mode::Reading, "c", Action::CopyCode),
    (Mode::Reading, "o", Action::OpenLink),
    (Mode::Reading, "ctrl-o e", Action::Edit),
    (Mode::Reading, "m", Action::Bookmark),
    (Mode::Reading, "'", Action::OnlyBookmarked),
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

/// Editing keys of the lines that filter a pop-up and find in the answer: not worth a row of the
/// help each.
const EDITING: &[(&str, Action)] = &[
    ("left ctrl-b", Action::CursorLeft),
    ("right ctrl-f", Action::CursorRight),
    ("alt-b ctrl-left", Action::WordLeft),
    ("alt-f ctrl-right", Action::WordRight),
    ("ctrl-a", Action::LineStart),
    ("ctrl-e", Action::LineEnd),
    ("backspace ctrl-h", Action::DeleteLeft),
    ("delete ctrl-d", Action::DeleteRight),
    ("ctrl-w alt-backspace", Action::DeleteWordLeft),
    ("alt-d", Action::DeleteWordRight),
    ("ctrl-u", Action::DeleteToStart),
];

/// Keys that work everywhere.
const EVERYWHERE: &[(&str, Action)] = &[
    ("f1", Action::Help),
    ("f2", Action::Problems),
    ("f3", Action::Theme),
    ("ctrl-l", Action::Redraw),
    ("ctrl-z", Action::Suspend),
    ("ctrl-c", Action::Interrupt),
];

type Key = (KeyModifiers, KeyCode);

/// What every key means in every mode.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// What the help lists, in its order.
    rows: Vec<(Mode, Vec<String>, Action)>,
    bound: HashMap<(Mode, Key), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut keymap = Self { rows: Vec::new(), bound: HashMap::new() };
        for &(mode, keys, action) in DEFAULT {
            keymap.add(mode, keys, action, true);
        }
        for mode in Mode::ALL {
            for &(keys, action) in EVERYWHERE {
                keymap.add(mode, keys, action, mode == Mode::Typing);
            }
        }
        for mode in [Mode::Finding, Mode::Choosing] {
            for &(keys, action) in EDITING {
                keymap.add(mode, keys, action, false);
            }
        }
        keymap
    }
}

impl Keymap {
    /// What a key press means; `None` for a release, and for a key that means nothing here.
    pub fn message(&self, mode: Mode, event: KeyEvent) -> Option<Message> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let key = normal(event.modifiers, event.code);
        if let Some(&action) = self.bound.get(&(mode, key)) {
            return Some(Message::Do(action));
        }
        match key {
            (KeyModifiers::NONE, KeyCode::Char(c)) if mode != Mode::Reading => {
                Some(Message::Type(c))
            }
            _ => None,
        }
    }

    /// How people write the first key of an action.
    pub fn label(&self, mode: Mode, action: Action) -> Option<String> {
        let is_it = |row: &&(Mode, Vec<String>, Action)| (row.0, row.2) == (mode, action);
        let everywhere = |row: &&(Mode, Vec<String>, Action)| {
            row.2 == action && EVERYWHERE.iter().any(|(_, other)| *other == action)
        };
        let row = self.rows.iter().find(is_it).or_else(|| self.rows.iter().find(everywhere))?;
        row.1.first().map(|key| pretty(key))
    }

    /// The rows of the help.
    pub fn help(&self) -> Vec<HelpRow> {
        let row = |(mode, keys, action): &(Mode, Vec<String>, Action)| HelpRow {
            mode: *mode,
            keys: keys.iter().map(|key| pretty(key)).collect::<Vec<_>>().join(" "),
            action: *action,
        };
        self.rows.iter().filter(|row| !row.1.is_empty()).map(row).collect()
    }

    fn add(&mut self, mode: Mode, keys: &str, action: Action, in_help: bool) {
        let names: Vec<String> = keys.split(' ').map(str::to_owned).collect();
        self.bound
            .extend(names.iter().filter_map(|name| key(name)).map(|key| ((mode, key), action)));
        if in_help {
            self.rows.push((mode, names, action));
        }
    }
}

/// A character carries its own shift.
fn normal(modifiers: KeyModifiers, code: KeyCode) -> Key {
    let kept = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
    match code {
        KeyCode::Char(c) if kept.contains(KeyModifiers::CONTROL) => {
            (kept - KeyModifiers::SHIFT, KeyCode::Char(c.to_ascii_lowercase()))
        }
        KeyCode::Char(c) => (kept - KeyModifiers::SHIFT, KeyCode::Char(c)),
        KeyCode::BackTab => (kept | KeyModifiers::SHIFT, KeyCode::Tab),
        code => (kept, code),
    }
}

/// Reads a key as people write it, such as `ctrl-n`, `alt-<`, `f1`, `pgdn`, `?`.
fn key(name: &str) -> Option<Key> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    loop {
        let (modifier, tail) = match rest {
            _ if rest.starts_with("ctrl-") => (KeyModifiers::CONTROL, &rest[5..]),
            _ if rest.starts_with("alt-") => (KeyModifiers::ALT, &rest[4..]),
            _ if rest.starts_with("shift-") => (KeyModifiers::SHIFT, &rest[6..]),
            _ => break,
        };
        modifiers |= modifier;
        rest = tail;
    }
    let code = match rest {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        _ => {
            let number = rest.strip_prefix('f').and_then(|number| number.parse().ok());
            let mut chars = rest.chars();
            let only = chars.next().filter(|_| chars.next().is_none());
            number.map(KeyCode::F).or(only.map(KeyCode::Char))?
        }
    };
    Some((modifiers, code))
}

/// A key's name as the screen shows it: `ctrl-y` as `^Y`, `pgdn` as `PgDn`.
fn pretty(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("ctrl-") {
        let one = rest.chars().count() == 1;
        return if one {
            format!("^{}", rest.to_uppercase())
        } else {
            format!("Ctrl-{}", pretty(rest))
        };
    }
    for (prefix, shown) in [("alt-", "Alt-"), ("shift-", "Shift-")] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return format!("{shown}{}", pretty(rest));
        }
    }
    match name {
        "pgdn" => "PgDn".to_owned(),
        "pgup" => "PgUp".to_owned(),
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        _ if name.chars().count() > 1 => name[..1].to_uppercase() + &name[1..],
        _ => name.to_owned(),
    }
}
