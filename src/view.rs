//! Drawing the state; it never changes it.

pub mod markdown;

use crate::app::{Aim, App, Focus, Measures, Message};
use crate::keymap::Keymap;
use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Wrap};

/// How it is drawn.
#[derive(Debug, Clone, Default)]
pub struct ViewOptions {
    /// No box characters, the cursor on the selected row: for screen readers.
    pub plain: bool,
    /// No colours, only bold, underline and the like.
    pub colourless: bool,
}

/// What drawing remembers between frames: areas and wrapped text. All of it can be thrown away.
#[derive(Debug, Default)]
pub struct ViewState {
    /// The keys, for the hints.
    pub keymap: Keymap,
    /// How it is drawn.
    pub options: ViewOptions,
    measures: Measures,
}

impl ViewState {
    /// A fresh one.
    pub fn new(keymap: Keymap, options: ViewOptions) -> Self {
        Self { keymap, options, measures: Measures::default() }
    }

    /// What the last draw measured: the runtime sends it as [`Message::Measured`] after each draw.
    pub fn measures(&self) -> Measures {
        self.measures.clone()
    }

    /// What a mouse event means on the screen that was drawn last.
    pub fn mouse(&self, _app: &App, _event: MouseEvent) -> Option<Message> {
        None
    }
}

/// Draws one frame.
pub fn draw(app: &App, state: &mut ViewState, frame: &mut Frame) {
    let [head, prompt, body, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    let [list, answer] = Layout::horizontal([Constraint::Fill(1); 2]).areas(body);
    let hits = app.list().hits();
    let count = format!("{} of {}", hits.total, hits.index.len());
    frame.render_widget(Line::raw(format!(" qa  {}", app.summary().title)), head);
    frame.render_widget(Line::raw(count).right_aligned(), head);
    frame.render_widget(Line::raw(format!(" > {}", app.prompt().text())), prompt);
    if app.focus() == Focus::List && prompt.width > 0 && prompt.height > 0 {
        let at = Line::raw(app.prompt().before_cursor()).width() as u16;
        frame.set_cursor_position((prompt.x + (3 + at).min(prompt.width - 1), prompt.y));
    }
    let block = Block::bordered().title(" Questions ");
    let inner = block.inner(list);
    frame.render_widget(block, list);
    let rows = usize::from(inner.height);
    let top = app.list().selected().saturating_sub(rows.saturating_sub(1));
    let lines: Vec<Line> = (top..top + rows)
        .map_while(|rank| {
            let entry = hits.index.entry(hits.get(rank)?.entry)?;
            let mark = if rank == app.list().selected() { "▌" } else { " " };
            Some(Line::raw(format!("{mark}{}", entry.question())))
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), inner);
    let block = Block::bordered().title(" Answer ");
    let inner = block.inner(answer);
    frame.render_widget(block, answer);
    let text = app.entry().map_or("", |entry| entry.answer());
    let answer_top = if let Aim::Top(top) = app.answer().aim { top } else { 0 };
    let paragraph = Paragraph::new(text).wrap(Wrap { trim: false }).scroll((answer_top as u16, 0));
    frame.render_widget(paragraph, inner);
    let keys = app.notice().map_or("Enter read  F1 keys", |notice| notice.text.as_str());
    frame.render_widget(Line::raw(format!(" {keys}")), foot);
    state.measures = Measures {
        list_rows: rows,
        answer_rows: usize::from(inner.height),
        answer_lines: text.lines().count(),
        answer_top,
        ..Measures::default()
    };
}
