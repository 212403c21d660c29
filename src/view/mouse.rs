//! What the mouse means on the screen that was drawn last.

use super::ViewState;
use super::layout::Sides;
use super::status;
use crate::app::{Action, App, Message};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// So many lines of the answer a turn of the wheel moves.
const WHEEL: isize = 3;

impl ViewState {
    /// What a mouse event means; `None` for nothing.
    pub fn mouse(&self, app: &App, event: MouseEvent) -> Option<Message> {
        let at = (event.column, event.row).into();
        match event.kind {
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = if event.kind == MouseEventKind::ScrollDown { 1 } else { -1 };
                if app.popup().is_some() || self.areas.list.contains(at) {
                    Some(Message::MoveSelection(down))
                } else if self.areas.answer.contains(at) {
                    Some(Message::ScrollAnswer(down * WHEEL))
                } else {
                    None
                }
            }
            MouseEventKind::Down(MouseButton::Left) => self.click(app, event),
            MouseEventKind::Drag(MouseButton::Left) if self.dragging.get() => self.drag(event),
            MouseEventKind::Up(_) => {
                self.dragging.set(false);
                None
            }
            _ => None,
        }
    }

    fn click(&self, app: &App, event: MouseEvent) -> Option<Message> {
        let (x, y) = (event.column, event.row);
        if app.popup().is_some() {
            if !self.popup.area.contains((x, y).into()) {
                return Some(Message::Do(Action::Back));
            }
            let line = usize::from(y.checked_sub(self.popup.inner.y)?);
            return self.popup.lines.get(line).copied().flatten().map(Message::Choose);
        }
        if self.on_border(x, y) {
            self.dragging.set(true);
            return None;
        }
        if self.areas.list.contains((x, y).into()) {
            let line = usize::from(y.checked_sub(self.list.inner.y)?);
            return self.list.lines.get(line).copied().flatten().map(Message::Select);
        }
        if self.areas.answer.contains((x, y).into()) {
            let link = self.answer.link_at(x, y).map(|url| Message::Link(url.to_owned()));
            return Some(link.unwrap_or(Message::FocusAnswer));
        }
        if self.areas.prompt.contains((x, y).into()) {
            return Some(Message::Do(Action::List));
        }
        let problems = status::is_at(&self.areas, x, y) && !app.problems().is_empty();
        problems.then_some(Message::Do(Action::Problems))
    }

    fn on_border(&self, x: u16, y: u16) -> bool {
        let answer = self.areas.answer;
        match self.areas.sides {
            Sides::Beside => {
                answer.contains((x + 1, y).into()) && x + 1 == answer.x || x == answer.x
            }
            Sides::Stacked => y == answer.y.max(self.areas.list.y),
            Sides::AnswerOnly => false,
        }
    }

    fn drag(&self, event: MouseEvent) -> Option<Message> {
        let body = self.areas.body;
        let (at, from, of) = match self.areas.sides {
            Sides::Beside => (event.column, body.x, body.width),
            Sides::Stacked if self.areas.list.y > self.areas.answer.y => {
                let row = (body.bottom() + body.y).saturating_sub(event.row);
                (row, body.y, body.height)
            }
            Sides::Stacked => (event.row, body.y, body.height),
            Sides::AnswerOnly => return None,
        };
        let share = u32::from(at.saturating_sub(from)) * 1000;
        // Rounded up: the border comes to lie under the pointer.
        Some(Message::Split(share.div_ceil(u32::from(of.max(1))) as u16))
    }
}
