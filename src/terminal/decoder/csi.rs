//! Control sequences (`ESC [ ...`): keys with modifiers, the mouse, replies.
//!
//! The numbers are those of xterm's ctlseqs and modifyOtherKeys, and of the Kitty keyboard
//! protocol, whose sequences end in `u`.

use super::super::graphics;
use super::decoded::Decoded;
use super::keys;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The state of a control sequence.
pub(super) enum CsiState {
    /// Incomplete.
    More,
    /// Invalid at the last byte.
    Broken,
    /// Pasted text follows.
    PasteStart,
    /// Complete; `None` if it is ignored.
    Done(Option<Decoded>),
}

/// Parses the bytes after `ESC [`; all but the last were parsed before.
pub(super) fn next(body: &[u8]) -> CsiState {
    match body {
        // The function keys of the Linux console.
        b"[" => CsiState::More,
        [b'[', last @ b'A'..=b'E'] => done(KeyModifiers::NONE, KeyCode::F(1 + last - b'A')),
        // The oldest mouse protocol, which is not enabled. Its bytes are not controls.
        [b'[', ..] | [b'M', .., 0..=0x1f] => CsiState::Broken,
        [b'M', rest @ ..] if rest.len() < 3 => CsiState::More,
        [b'M', ..] => CsiState::Done(None),
        [parameters @ .., last @ 0x40..=0x7e] => finished(parameters, *last),
        [.., 0x20..=0x3f] => CsiState::More,
        _ => CsiState::Broken,
    }
}

fn done(modifiers: KeyModifiers, code: KeyCode) -> CsiState {
    CsiState::Done(Some(Decoded::Event(Event::Key(KeyEvent::new(code, modifiers)))))
}

fn finished(parameters: &[u8], last: u8) -> CsiState {
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    if let Some(mouse) = text.strip_prefix('<') {
        return CsiState::Done(
            mouse_event(mouse, last).map(|event| Decoded::Event(Event::Mouse(event))),
        );
    }
    if let Some(reply) = text.strip_prefix('?') {
        return CsiState::Done(match (last, reply) {
            (b'c', "") => None,
            (b'c', _) => Some(Decoded::Attributes { sixel: graphics::has_sixel(reply) }),
            // Mode 2031: the colour scheme changed to dark or light.
            (b'n', "997;1") => Some(Decoded::Background { light: false }),
            (b'n', "997;2") => Some(Decoded::Background { light: true }),
            _ => None,
        });
    }
    let numbers: Vec<Parameter> = text.split(';').map(Parameter::parse).collect();
    let number = |n: usize| numbers.get(n).map_or(0, |parameter| parameter.value);
    let event = |code| {
        let state = numbers.get(1).copied().unwrap_or_default();
        CsiState::Done(Some(Decoded::Event(Event::Key(state.key_event(code)))))
    };
    match (last, number(0)) {
        (b'~', 200) => CsiState::PasteStart,
        (b'~', 27) => match named(number(2)) {
            Some(code) => event(code),
            None => CsiState::Done(None),
        },
        (b'~', n) => tilde(n).map_or(CsiState::Done(None), event),
        (b'u', n) => named(n).map_or(CsiState::Done(None), event),
        (b'Z', _) => done(KeyModifiers::SHIFT, KeyCode::BackTab),
        // Shift-F3 looks like a cursor report for the first row.
        (b'R', n) if n > 1 => CsiState::Done(None),
        (b'P'..=b'S', _) => event(KeyCode::F(1 + last - b'P')),
        _ => keys::cursor(last).map_or(CsiState::Done(None), event),
    }
}

/// A number with its sub-parameter, as in `5:3`.
#[derive(Debug, Clone, Copy, Default)]
struct Parameter {
    value: u32,
    sub: u32,
}

impl Parameter {
    fn parse(text: &str) -> Self {
        let mut parts = text.split(':').map(|digits| digits.parse().unwrap_or(0));
        Self { value: parts.next().unwrap_or(0), sub: parts.next().unwrap_or(0) }
    }

    /// A key with the modifiers and kind of this parameter: 1 plus a bit for each modifier.
    fn key_event(self, code: KeyCode) -> KeyEvent {
        let bits = self.value.saturating_sub(1);
        let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
        let set = all.into_iter().filter(|(bit, _)| bits & bit != 0);
        let modifiers = set.fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier);
        let kind = match self.sub {
            2 => KeyEventKind::Repeat,
            3 => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        };
        KeyEvent::new_with_kind(code, modifiers, kind)
    }
}

/// The key of a code point.
fn named(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    })
}

/// The key of `ESC [ number ~`.
fn tilde(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23..=26 => KeyCode::F(number as u8 - 12),
        28..=29 => KeyCode::F(number as u8 - 13),
        31..=34 => KeyCode::F(number as u8 - 14),
        _ => return None,
    })
}

/// Parses an SGR mouse event: button, column and row from 1, and `M` or `m` for a release.
fn mouse_event(parameters: &str, last: u8) -> Option<MouseEvent> {
    let mut numbers = parameters.split(';').map(|digits| digits.parse::<u16>().ok());
    let [button, column, row] = [numbers.next()??, numbers.next()??, numbers.next()??];
    let is_drag = button & 32 != 0;
    let pressed = |which| match (last, is_drag) {
        (b'm', _) => MouseEventKind::Up(which),
        (_, true) => MouseEventKind::Drag(which),
        (_, false) => MouseEventKind::Down(which),
    };
    let kind = match (button & 3, button & 0b1100_0000) {
        (0, 0) => pressed(MouseButton::Left),
        (1, 0) => pressed(MouseButton::Middle),
        (2, 0) => pressed(MouseButton::Right),
        (_, 0) if is_drag => MouseEventKind::Moved,
        (_, 0) => MouseEventKind::Up(MouseButton::Left),
        (0, 64) => MouseEventKind::ScrollUp,
        (1, 64) => MouseEventKind::ScrollDown,
        (2, 64) => MouseEventKind::ScrollLeft,
        (_, 64) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let all = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let held = all.into_iter().filter(|(bit, _)| button & bit != 0);
    let modifiers = held.fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier);
    Some(MouseEvent { kind, column: column.checked_sub(1)?, row: row.checked_sub(1)?, modifiers })
}
