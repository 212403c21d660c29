//! The welcome text, in place of an answer.

use super::context::Context;
use super::pane::text_area;
use super::styles::draw_line;
use crate::app::{Action, Mode};
use crate::markup;
use ratatui::Frame;

/// Draws the text into the answer pane.
pub(super) fn draw(context: &Context, frame: &mut Frame) {
    // Markdown, so that keys and commands stand out.
    let key = |mode, action| {
        let label = context.keymap.label(mode, action).unwrap_or_default().replace('<', "&lt;");
        format!("<kbd>{label}</kbd>")
    };
    let typing = |action| key(Mode::Typing, action);
    let lines = [
        "Type a few letters of a question: **cry ses**, **hug**, **love**. Any order will do, \
         typos too."
            .to_owned(),
        format!(
            "{} and {} choose a question; its answer appears here.",
            typing(Action::Next),
            typing(Action::Previous)
        ),
        format!(
            "{} reads the answer, {} comes back, {} copies it.",
            typing(Action::Read),
            typing(Action::Back),
            typing(Action::Copy)
        ),
        format!(
            "While reading, {} finds a word and {} lists related questions.",
            key(Mode::Reading, Action::Find),
            key(Mode::Reading, Action::Related)
        ),
        String::new(),
        "Open your own: `qa notes.md`, `qa a-folder`, `cat FAQ.md | qa`; `qa discover` lists what \
         is here."
            .to_owned(),
        format!("{} shows all keys and the query syntax.", typing(Action::Help)),
    ];
    let area = text_area(context);
    let width = context.layout.answer.inner.width.saturating_sub(2);
    let lines: Vec<markup::Line> = lines
        .iter()
        .flat_map(|line| {
            let rendered = markup::render(line, width).lines;
            if rendered.is_empty() { vec![markup::Line::default()] } else { rendered }
        })
        .collect();
    for (row, line) in area.rows().zip(&lines) {
        frame.render_widget(draw_line(line, &context.theme.markdown, &[]), row);
    }
}
