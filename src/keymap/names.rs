//! Keys as people write them, and as the screen shows them.

use crossterm::event::{KeyCode, KeyModifiers};

/// A key without what terminals report in different ways.
pub type Key = (KeyModifiers, KeyCode);

/// A character carries its own shift.
pub(super) fn normal(modifiers: KeyModifiers, code: KeyCode) -> Key {
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
pub fn key(name: &str) -> Option<Key> {
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
pub(super) fn pretty(name: &str) -> String {
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
