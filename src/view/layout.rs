//! Where everything stands.

use crate::app::{App, Focus};
use ratatui::layout::{Constraint, Layout, Rect};

/// From so many columns on, list and answer stand side by side.
const BESIDE_FROM: u16 = 90;
/// With fewer rows than this, or fewer columns, the answer stands alone.
const STACKED_FROM: (u16, u16) = (20, 8);
/// With fewer rows for both panes than this, a frame would cost too much: a line has to do.
const BOXES_FROM: u16 = 16;
/// More columns than this no question needs.
const WIDEST_LIST: u16 = 100;

/// The areas of one frame; an area that there is no room for is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The program's name, the collection, the count.
    pub head: Rect,
    /// The prompt.
    pub prompt: Rect,
    /// The list with its frame.
    pub list: Rect,
    /// The answer with its frame.
    pub answer: Rect,
    /// The status line.
    pub status: Rect,
    /// What list and answer share.
    pub body: Rect,
    /// How the panes stand.
    pub sides: Sides,
    /// How they are framed.
    pub edges: Edges,
}

/// How the panes stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sides {
    /// The list left of the answer.
    Beside,
    /// The list above the answer.
    Stacked,
    /// No list.
    #[default]
    AnswerOnly,
}

/// How a pane is framed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edges {
    /// All around.
    Boxed,
    /// A line above.
    Line,
    /// A title in words, without line-drawing characters.
    Words,
    /// Not at all.
    #[default]
    None,
}

/// Divides a frame's area.
pub fn arrange(area: Rect, app: &App, plain: bool) -> Areas {
    let head = u16::from(area.height >= 12);
    let status = u16::from(area.height >= 5);
    let prompt = u16::from(app.focus() == Focus::List || area.height >= 3);
    let below = app.prompt_below();
    let (above, beneath) = if below { (0, prompt) } else { (prompt, 0) };
    let [head, above, body, beneath, status] = Layout::vertical([
        Constraint::Length(head),
        Constraint::Length(above),
        Constraint::Fill(1),
        Constraint::Length(beneath),
        Constraint::Length(status),
    ])
    .areas(area);
    let prompt = if below { beneath } else { above };
    let (sides, edges) = choose(body, app.split().zoomed, plain);
    let split = app.split().split;
    let share = |of: u16, default: u16, least: u16| -> u16 {
        let wanted = u32::from(of) * u32::from(split.unwrap_or(default)) / 1000;
        (wanted as u16).clamp(least.min(of), of.saturating_sub(least).max(least.min(of)))
    };
    let (list, answer) = match sides {
        Sides::AnswerOnly => (Rect::default(), body),
        Sides::Beside => {
            let mut width = share(body.width, 450, 20);
            if split.is_none() {
                width = width.min(WIDEST_LIST);
            }
            let list = Rect { width, ..body };
            (list, Rect { x: body.x + width, width: body.width - width, ..body })
        }
        Sides::Stacked => {
            let height = share(body.height, 400, 3);
            let rest = body.height - height;
            // The list stands by the prompt.
            let (list_y, answer_y) =
                if below { (body.y + rest, body.y) } else { (body.y, body.y + height) };
            let answer = Rect { y: answer_y, height: rest, ..body };
            (Rect { y: list_y, height, ..body }, answer)
        }
    };
    Areas { head, prompt, list, answer, status, body, sides, edges }
}

fn choose(body: Rect, zoomed: bool, plain: bool) -> (Sides, Edges) {
    let tiny = body.width < STACKED_FROM.0 || body.height < STACKED_FROM.1;
    let sides = if tiny || zoomed {
        Sides::AnswerOnly
    } else if body.width >= BESIDE_FROM && !plain {
        Sides::Beside
    } else {
        Sides::Stacked
    };
    let edges = match sides {
        _ if body.height < 4 || body.width < 6 => Edges::None,
        _ if plain => Edges::Words,
        Sides::Stacked if body.height < BOXES_FROM => Edges::Line,
        Sides::AnswerOnly if tiny => Edges::Line,
        _ => Edges::Boxed,
    };
    (sides, edges)
}
