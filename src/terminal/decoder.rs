//! Decodes terminal input: bytes, which may be split anywhere, to events.
//!
//! A terminal sends Esc as one byte, and most other keys as sequences that start with that byte. A
//! sequence may arrive in pieces, so the decoder waits ([`Decoder::timeout`]) before it takes an
//! incomplete one as it is. crossterm's own decoder takes an escape at the end of a read for Esc,
//! and does not report replies of the terminal to its caller.

mod csi;
mod decoded;
mod keys;

use super::background::{Osc11Parser, ReplyState};
use super::event::Graphics;
use super::graphics::{TerminalQueries, is_supporting};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
pub(super) use decoded::Decoded;
use std::time::Duration;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const PASTE_END: &[u8] = b"\x1b[201~";
/// The most bytes of one paste; the rest is dropped.
const MAX_PASTE_LENGTH: usize = 4 << 20;
/// The most bytes of a key's sequence or a reply.
const MAX_SEQUENCE_LENGTH: usize = 64;
/// The most bytes of a reply to the graphics query, which may contain an error message.
const MAX_REPLY_LENGTH: usize = 512;
/// How long an unambiguous sequence waits for its rest.
const STALLED: Duration = Duration::from_secs(1);
/// The minimum bytes of a burst, such as of a key that is held down: the rest of its last sequence
/// may arrive later than the escape delay.
const BURST: usize = 64;
/// How long an escape waits while a reply of the terminal is expected.
const REPLY: Duration = Duration::from_millis(250);

/// Decodes the input of one terminal.
#[derive(Debug)]
pub(super) struct Decoder {
    /// How long a lone escape waits for the rest of a sequence.
    escape_delay: Duration,
    /// An incomplete sequence or character.
    pending: Vec<u8>,
    /// Whether it arrived in a burst.
    in_burst: bool,
    /// The text of an unfinished paste.
    paste: Option<Vec<u8>>,
    /// Whether no input came for so long that the end of the paste may be lost.
    paste_stalled: bool,
    /// The parser of the reply to the background query, while one is expected.
    background: Option<Osc11Parser>,
    /// The replies to the graphics query so far, while more may come.
    graphics: Option<Graphics>,
}

impl Decoder {
    /// A decoder that expects replies to `queries`.
    pub(super) fn new(escape_delay: Duration, queries: TerminalQueries) -> Self {
        let background = queries.background.then(Osc11Parser::default);
        let graphics = queries.graphics.then(Graphics::default);
        Self {
            escape_delay,
            pending: Vec::new(),
            in_burst: false,
            paste: None,
            paste_stalled: false,
            background,
            graphics,
        }
    }

    /// Decodes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], emit: &mut impl FnMut(Decoded)) {
        self.in_burst = bytes.len() >= BURST;
        self.each(bytes, emit);
    }

    fn each(&mut self, bytes: &[u8], emit: &mut impl FnMut(Decoded)) {
        for &byte in bytes {
            self.byte(byte, emit);
        }
    }

    /// How long to wait for more input before [`Decoder::flush`]; `None` if nothing is pending.
    /// With `reply_due`, an escape may also start a reply of the terminal.
    pub(super) fn timeout(&self, reply_due: bool) -> Option<Duration> {
        let reply_due = reply_due && self.expects_reply();
        match &self.pending[..] {
            _ if self.paste.is_some() => (!self.paste_stalled).then_some(STALLED),
            [] => None,
            [ESC] | [ESC, b'[' | b'O' | ESC] if !self.in_burst => {
                Some(self.escape_delay.max(if reply_due { REPLY } else { Duration::ZERO }))
            }
            _ => Some(STALLED),
        }
    }

    /// Whether a reply to a query may still come.
    pub(super) fn expects_reply(&self) -> bool {
        self.background.is_some() || self.graphics.is_some()
    }

    /// Decodes pending input as complete, since no more came in time. Drops the rest of a sequence
    /// that is not a key.
    pub(super) fn flush(&mut self, emit: &mut impl FnMut(Decoded)) {
        self.paste_stalled = self.paste.is_some();
        let pending = std::mem::take(&mut self.pending);
        if let Some(parser) = &mut self.background {
            parser.reset();
        }
        match pending[..] {
            [ESC] => emit(key(KeyModifiers::NONE, KeyCode::Esc)),
            [ESC, ESC] => (0..2).for_each(|_| emit(key(KeyModifiers::NONE, KeyCode::Esc))),
            [ESC, byte @ (b'[' | b'O' | b']' | b'_')] => emit(alt(keys::byte(byte))),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8, emit: &mut impl FnMut(Decoded)) {
        if self.paste.is_some() {
            self.pasted(byte, emit);
            return;
        }
        self.pending.push(byte);
        match &self.pending[..] {
            [ESC] | [ESC, ESC | b'[' | b'O'] => {}
            [ESC, b']', ..] if self.background.is_some() => self.osc(byte, emit),
            [ESC, b'_', ..] if self.graphics.is_some() => self.apc(byte, emit),
            [ESC, ESC, b'[', ..] => self.csi(2, emit),
            [ESC, ESC, ..] => self.split(1, emit),
            [ESC, b'[', ..] => self.csi(1, emit),
            [ESC, b'O', last] => match keys::ss3(*last) {
                Some(code) => self.finish(key(KeyModifiers::NONE, code), emit),
                None => self.split(2, emit),
            },
            [ESC, rest @ ..] => match keys::character(rest) {
                keys::Character::Complete(event) => self.finish(alt(event), emit),
                keys::Character::Partial => {}
                keys::Character::Invalid => self.broken_character(byte, rest.len(), emit),
            },
            plain => match keys::character(plain) {
                keys::Character::Complete(event) => {
                    self.finish(Decoded::Event(Event::Key(event)), emit);
                }
                keys::Character::Partial => {}
                keys::Character::Invalid => self.broken_character(byte, plain.len(), emit),
            },
        }
    }

    /// Handles a byte of a paste. A paste whose end was lost would swallow all later keys: after a
    /// pause, Ctrl-C ends it.
    fn pasted(&mut self, byte: u8, emit: &mut impl FnMut(Decoded)) {
        let Some(paste) = &mut self.paste else { return };
        if std::mem::take(&mut self.paste_stalled) && byte == CTRL_C {
            self.paste = None;
            self.byte(byte, emit);
            return;
        }
        paste.push(byte);
        if paste.ends_with(PASTE_END) {
            paste.truncate(paste.len() - PASTE_END.len());
            let text = String::from_utf8_lossy(paste).into_owned();
            self.paste = None;
            emit(Decoded::Event(Event::Paste(text)));
        } else if paste.len() > 2 * MAX_PASTE_LENGTH {
            // Keeps the first part, and what may be the start of the end marker.
            paste.drain(MAX_PASTE_LENGTH..paste.len() - PASTE_END.len());
        }
    }

    /// Handles an invalid last byte of a character of `length` bytes; it may start the next
    /// character.
    fn broken_character(&mut self, last: u8, length: usize, emit: &mut impl FnMut(Decoded)) {
        self.pending.clear();
        if length > 1 {
            self.byte(last, emit);
        }
    }

    fn finish(&mut self, input: Decoded, emit: &mut impl FnMut(Decoded)) {
        self.pending.clear();
        emit(input);
    }

    /// Decodes the first `at` bytes as separate keys, and the rest again.
    fn split(&mut self, at: usize, emit: &mut impl FnMut(Decoded)) {
        let rest = self.pending.split_off(at);
        self.flush(emit);
        self.each(&rest, emit);
    }

    /// Splits before the last byte, or before an escape right before it.
    fn split_before_last(&mut self, emit: &mut impl FnMut(Decoded)) {
        let length = self.pending.len();
        let escapes = usize::from(length > 3 && self.pending[length - 2] == ESC);
        self.split(length - 1 - escapes, emit);
    }

    /// Decodes a control sequence whose bracket is at `start`; with two escapes it has the Alt
    /// modifier.
    fn csi(&mut self, start: usize, emit: &mut impl FnMut(Decoded)) {
        let body = &self.pending[start + 1..];
        if body.is_empty() {
            return;
        }
        match csi::next(body) {
            csi::CsiState::More if self.pending.len() < MAX_SEQUENCE_LENGTH => {}
            csi::CsiState::More | csi::CsiState::Done(None) => self.pending.clear(),
            csi::CsiState::Broken => self.split_before_last(emit),
            csi::CsiState::PasteStart => {
                self.pending.clear();
                self.paste = Some(Vec::new());
            }
            csi::CsiState::Done(Some(Decoded::Attributes { sixel })) => {
                // Replies come in the order of the queries: there is none for the background.
                self.background = None;
                if let Some(graphics) = self.graphics.take() {
                    emit(Decoded::Graphics(Graphics { sixel, ..graphics }));
                }
                self.finish(Decoded::Attributes { sixel }, emit);
            }
            csi::CsiState::Done(Some(Decoded::Event(Event::Key(event)))) if start == 2 => {
                self.finish(alt(event), emit);
            }
            csi::CsiState::Done(Some(input)) => self.finish(input, emit),
        }
    }

    /// Handles a byte of the reply to the graphics query.
    fn apc(&mut self, byte: u8, emit: &mut impl FnMut(Decoded)) {
        let reply = &self.pending[2..];
        let is_control = byte.is_ascii_control() && byte != ESC;
        if reply.first().is_some_and(|first| *first != b'G') || is_control {
            // It was Alt-_, or a truncated reply.
            self.split_before_last(emit);
        } else if let Some(reply) = reply.strip_suffix(b"\x1b\\") {
            if let Some(graphics) = &mut self.graphics {
                graphics.kitty = is_supporting(reply);
            }
            self.pending.clear();
        } else if matches!(reply, [.., ESC, _]) {
            self.split_before_last(emit);
        } else if reply.len() > MAX_REPLY_LENGTH {
            self.pending.clear();
        }
    }

    /// Handles a byte of the reply to the background query.
    fn osc(&mut self, byte: u8, emit: &mut impl FnMut(Decoded)) {
        let Some(parser) = &mut self.background else { return };
        if self.pending.len() == 2 {
            return;
        }
        match parser.byte(byte) {
            ReplyState::More => {}
            ReplyState::Done(light) => {
                self.background = None;
                self.pending.clear();
                if let Some(light) = light {
                    emit(Decoded::Background { light });
                }
            }
            // It was Alt-], or a truncated reply.
            ReplyState::Broken => self.split_before_last(emit),
        }
    }
}

fn key(modifiers: KeyModifiers, code: KeyCode) -> Decoded {
    Decoded::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn alt(mut event: KeyEvent) -> Decoded {
    event.modifiers |= KeyModifiers::ALT;
    Decoded::Event(Event::Key(event))
}

#[cfg(test)]
mod tests;
