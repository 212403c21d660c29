//! Handles mouse input, by the same areas as drawing.

use super::super::layout::Arrangement;
use super::super::{Action, App, Focus, MouseInput, PopupLine};
use super::Commands;

/// How many lines of the answer one wheel event scrolls.
const WHEEL_LINES: isize = 3;

impl App {
    pub(super) fn use_mouse(&mut self, input: MouseInput) -> Commands {
        match input {
            MouseInput::Press(x, y) => self.press(x, y),
            MouseInput::Drag(x, y) => self.drag(x, y),
            MouseInput::Release => {
                self.dragging = false;
                Vec::new()
            }
            MouseInput::WheelDown(x, y) => self.turn_wheel(x, y, 1),
            MouseInput::WheelUp(x, y) => self.turn_wheel(x, y, -1),
        }
    }

    fn turn_wheel(&mut self, x: u16, y: u16, down: isize) -> Commands {
        let layout = self.layout();
        if self.popup.is_some() || layout.list.area.contains(x, y) {
            self.begin_input();
            return self.step(self.ranks(down));
        }
        if layout.answer.area.contains(x, y) {
            self.begin_input();
            self.scroll(down * WHEEL_LINES);
        }
        Vec::new()
    }

    fn press(&mut self, x: u16, y: u16) -> Commands {
        if self.popup.is_some() {
            return self.press_in_popup(x, y);
        }
        let layout = self.layout();
        if self.is_on_border(x, y) {
            self.dragging = true;
            return Vec::new();
        }
        if layout.list.area.contains(x, y) {
            let Some(rank) = self.rank_at(x, y) else { return Vec::new() };
            self.begin_input();
            self.focus = Focus::List;
            return self.select(rank);
        }
        if layout.answer.area.contains(x, y) {
            self.begin_input();
            return match self.link_at(x, y) {
                Some(address) => self.follow_link(&address),
                None => self.read(),
            };
        }
        if layout.prompt.contains(x, y) {
            self.begin_input();
            return self.act(Action::List);
        }
        if layout.status.contains(x, y) && self.problems() > 0 {
            self.begin_input();
            return self.act(Action::Problems);
        }
        Vec::new()
    }

    fn press_in_popup(&mut self, x: u16, y: u16) -> Commands {
        let Some((popup, layout)) = self.popup_layout() else { return Vec::new() };
        if !layout.pane.area.contains(x, y) {
            self.begin_input();
            self.popup = None;
            return Vec::new();
        }
        let line = layout.rows.row_of(y);
        let mut lines = popup.visible_lines(usize::from(layout.rows.height));
        let row = match line.and_then(|line| lines.nth(line)) {
            Some(PopupLine::Row(row, _)) => row,
            Some(PopupLine::Heading(_)) | None => return Vec::new(),
        };
        drop(lines);
        self.begin_input();
        self.choose(row)
    }

    /// The rank of the hit in the list at a cell.
    fn rank_at(&self, x: u16, y: u16) -> Option<usize> {
        let inner = self.layout().list.inner;
        let line = inner.row_of(y).filter(|_| inner.contains(x, y))?;
        let rows = usize::from(inner.height);
        let line = if self.options.upwards { rows - 1 - line } else { line };
        let mut used = 0;
        let row = self.list.visible_rows(rows).find(|row| {
            used += row.height;
            line < used
        });
        row.map(|row| row.rank)
    }

    /// The address of the link at a cell.
    fn link_at(&self, x: u16, y: u16) -> Option<String> {
        let inner = self.layout().answer.inner;
        let line = self.answer_top() + inner.row_of(y)?;
        let column = x.checked_sub(inner.x + u16::from(inner.width > 2))?;
        self.document()?.link_at(line, usize::from(column)).map(str::to_owned)
    }

    fn is_on_border(&self, x: u16, y: u16) -> bool {
        let layout = self.layout();
        let (list, answer) = (layout.list.area, layout.answer.area);
        match layout.arrangement {
            Arrangement::SideBySide => x + 1 == answer.x || x == answer.x,
            Arrangement::Stacked => y == answer.y.max(list.y),
            Arrangement::AnswerOnly | Arrangement::ListOnly => false,
        }
    }

    fn drag(&mut self, x: u16, y: u16) -> Commands {
        if !self.dragging {
            return Vec::new();
        }
        let layout = self.layout();
        let body = layout.body;
        let (at, of) = match layout.arrangement {
            Arrangement::SideBySide => (x.saturating_sub(body.x), body.width),
            Arrangement::Stacked if layout.list.area.y > layout.answer.area.y => {
                (body.bottom().saturating_sub(y), body.height)
            }
            Arrangement::Stacked => (y.saturating_sub(body.y), body.height),
            Arrangement::AnswerOnly | Arrangement::ListOnly => return Vec::new(),
        };
        self.begin_input();
        // Rounded up, so that the border stays under the pointer.
        let share = (u32::from(at) * 1000).div_ceil(u32::from(of.max(1)));
        self.split.split = Some(share.min(1000) as u16);
        Vec::new()
    }
}
