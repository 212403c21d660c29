//! Queues keys and pasted text until the state can take them, and converts mouse events.
//!
//! A key that acts on hits or a pop-up waits until those requested by earlier keys have arrived:
//! fast typing has the same result as slow typing.

use crate::app::{Action, App, Message, MouseInput};
use crate::keymap::Keymap;
use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use std::collections::VecDeque;

/// The most inputs that wait; later ones are dropped.
const MAX_QUEUED: usize = 10_000;

/// The keymap and the waiting input.
#[derive(Debug, Default)]
pub struct InputQueue {
    keymap: Keymap,
    queued: VecDeque<QueuedInput>,
}

#[derive(Debug)]
enum QueuedInput {
    Key(KeyEvent),
    Paste(String),
}

impl InputQueue {
    /// An empty queue.
    pub fn new(keymap: Keymap) -> Self {
        Self { keymap, queued: VecDeque::new() }
    }

    /// The key bindings.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Returns the message of a pressed key, unless it has none or must wait.
    pub fn key(&mut self, app: &App, key: KeyEvent) -> Option<Message> {
        let message = self.keymap.message(app.mode(), key);
        let ends_waiting = match &message {
            Some(Message::Do(Action::Interrupt)) => true,
            // Loading may never end: Back discards what waits for the first entry.
            Some(Message::Do(Action::Back)) => !app.is_waiting(),
            Some(_) | None => false,
        };
        if ends_waiting {
            self.queued.clear();
            return message;
        }
        self.push(QueuedInput::Key(key));
        self.next(app)
    }

    /// Returns the message of pasted text, unless it must wait.
    pub fn paste(&mut self, app: &App, text: String) -> Option<Message> {
        self.push(QueuedInput::Paste(text));
        self.next(app)
    }

    fn push(&mut self, input: QueuedInput) {
        if self.queued.len() < MAX_QUEUED {
            self.queued.push_back(input);
        }
    }

    /// Returns the next message that need not wait. Call it again after handling each message.
    pub fn next(&mut self, app: &App) -> Option<Message> {
        loop {
            let message = match self.queued.front()? {
                QueuedInput::Key(key) => self.keymap.message(app.mode(), *key),
                QueuedInput::Paste(_) if app.text_has_to_wait() => return None,
                QueuedInput::Paste(text) => Some(Message::Paste(text.clone())),
            };
            let waits = match &message {
                Some(Message::Do(action)) => app.has_to_wait(*action),
                // An unbound key may be text for the pop-up.
                Some(Message::Type(_)) | None => app.text_has_to_wait(),
                Some(_) => false,
            };
            if waits {
                return None;
            }
            self.queued.pop_front();
            if message.is_some() {
                return message;
            }
        }
    }
}

/// Converts a mouse event; `None` for events without effect.
pub fn mouse_input(event: MouseEvent) -> Option<MouseInput> {
    let (x, y) = (event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(MouseInput::Press(x, y)),
        MouseEventKind::Drag(MouseButton::Left) => Some(MouseInput::Drag(x, y)),
        MouseEventKind::Up(_) => Some(MouseInput::Release),
        MouseEventKind::ScrollDown => Some(MouseInput::WheelDown(x, y)),
        MouseEventKind::ScrollUp => Some(MouseInput::WheelUp(x, y)),
        _ => None,
    }
}
