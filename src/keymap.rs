//! Which key does what: one table, which also feeds the hints and the help.

use crate::app::{Action, HelpRow, Message, Mode};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::HashMap;

/// The default bindings: where they work, the keys, and what they do.
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
    (Mode::Typing, "esc", Action::Back),
    (Mode::Typing, "f1", Action::Help),
    (Mode::Reading, "j down", Action::ScrollDown),
    (Mode::Reading, "k up", Action::ScrollUp),
    (Mode::Reading, "d ctrl-d", Action::ScrollHalfDown),
    (Mode::Reading, "u ctrl-u", Action::ScrollHalfUp),
    (Mode::Reading, "space pgdn", Action::ScrollPageDown),
    (Mode::Reading, "b pgup", Action::ScrollPageUp),
    (Mode::Reading, "g home", Action::ScrollTop),
    (Mode::Reading, "G end", Action::ScrollEnd),
    (Mode::Reading, "]", Action::Next),
    (Mode::Reading, "[", Action::Previous),
    (Mode::Reading, "h left tab", Action::List),
    (Mode::Reading, "esc", Action::Back),
    (Mode::Reading, "? f1", Action::Help),
    (Mode::Reading, "q", Action::Quit),
    (Mode::Choosing, "esc", Action::Back),
];

/// Keys that work everywhere.
const EVERYWHERE: &[(&str, Action)] =
    &[("ctrl-l", Action::Redraw), ("ctrl-z", Action::Suspend), ("ctrl-c", Action::Interrupt)];

type Key = (KeyModifiers, KeyCode);

/// What every key means in every mode.
#[derive(Debug, Clone)]
pub struct Keymap {
    bound: HashMap<(Mode, Key), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bound = HashMap::new();
        for mode in [Mode::Typing, Mode::Reading, Mode::Finding, Mode::Choosing] {
            for (keys, action) in EVERYWHERE {
                bound.extend(keys.split(' ').filter_map(key).map(|key| ((mode, key), *action)));
            }
        }
        for (mode, keys, action) in DEFAULT {
            bound.extend(keys.split(' ').filter_map(key).map(|key| ((*mode, key), *action)));
        }
        Self { bound }
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

    /// The rows of the help.
    pub fn help(&self) -> Vec<HelpRow> {
        let rows = DEFAULT.iter().map(|(mode, keys, action)| HelpRow {
            mode: *mode,
            keys: (*keys).to_owned(),
            action: *action,
        });
        rows.collect()
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
        _ => match rest.strip_prefix('f').map(str::parse) {
            Some(Ok(n)) => KeyCode::F(n),
            _ => {
                let mut chars = rest.chars();
                let only = chars.next().filter(|_| chars.next().is_none())?;
                KeyCode::Char(only)
            }
        },
    };
    Some((modifiers, code))
}
