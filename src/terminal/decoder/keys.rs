//! Decodes keys of one character, and those of application mode (SS3).

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The result of decoding a character.
pub(super) enum Character {
    Complete(KeyEvent),
    /// An incomplete character.
    Partial,
    Invalid,
}

/// Decodes the key of a UTF-8 character.
pub(super) fn character(bytes: &[u8]) -> Character {
    if let [ascii] = bytes
        && ascii.is_ascii()
    {
        return Character::Complete(byte(*ascii));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            text.chars().next().map_or(Character::Invalid, |c| Character::Complete(typed(c)))
        }
        Err(error) if error.error_len().is_none() && error.valid_up_to() == 0 => Character::Partial,
        Err(_) => Character::Invalid,
    }
}

/// The key of an ASCII byte, named as crossterm names it.
pub(super) fn byte(byte: u8) -> KeyEvent {
    let control = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        0 => control(b' '),
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x1b => KeyCode::Esc.into(),
        0x7f => KeyCode::Backspace.into(),
        0x01..=0x1a => control(byte - 1 + b'a'),
        0x1c..=0x1f => control(byte - 0x1c + b'4'),
        _ => typed(char::from(byte)),
    }
}

fn typed(c: char) -> KeyEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), shift)
}

/// The key of `ESC O` and this byte.
pub(super) fn ss3(last: u8) -> Option<KeyCode> {
    match last {
        b'P'..=b'S' => Some(KeyCode::F(1 + last - b'P')),
        b'M' => Some(KeyCode::Enter),
        _ => cursor(last),
    }
}

/// The keys that end in the same letter in both modes.
pub(super) fn cursor(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}
