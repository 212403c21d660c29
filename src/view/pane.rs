//! The frame of a pane and its title.

use super::context::Context;
use crate::app::{Edges, Pane};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders};

/// The title of a pane.
pub(super) struct Title<'a> {
    /// The name of the pane.
    pub name: &'a str,
    /// A remark at the right, such as a position.
    pub remark: String,
    /// Whether the pane has the focus, which the colour of its frame shows.
    pub focused: bool,
}

/// Draws the frame of a pane.
pub(super) fn draw_frame(context: &Context, pane: &Pane, title: &Title, frame: &mut Frame) {
    let theme = context.theme;
    let area = context.rect(pane.area);
    let style = if title.focused { theme.focus } else { theme.border };
    let borders = match pane.edges {
        Edges::Boxed => Borders::ALL,
        Edges::Line => Borders::TOP,
        Edges::Words => return draw_words(context, area, title, frame),
        Edges::None => return,
    };
    let name_style = if title.focused { theme.title } else { theme.dim };
    let mut block = Block::new()
        .borders(borders)
        .border_type(BorderType::Rounded)
        .border_style(style)
        .title(Span::styled(format!(" {} ", title.name), name_style));
    // In a narrow pane, where both would touch, the name matters more.
    if !title.remark.is_empty()
        && usize::from(area.width) > title.name.len() + title.remark.len() + 8
    {
        let remark = Span::styled(format!(" {} ", title.remark), theme.dim);
        block = block.title(Line::from(remark).right_aligned());
    }
    frame.render_widget(block, area);
}

/// For screen readers: the title is a line of words.
fn draw_words(context: &Context, area: Rect, title: &Title, frame: &mut Frame) {
    let text = format!("{}  {}", title.name, title.remark);
    let line = Line::styled(text, context.theme.title);
    frame.render_widget(line, Rect { height: area.height.min(1), ..area });
}

/// The area of the text in the answer pane: one column stays free on both sides.
pub(super) fn text_area(context: &Context) -> Rect {
    let inner = context.rect(context.layout.answer.inner);
    let margin = u16::from(inner.width > 2);
    Rect { x: inner.x + margin, width: inner.width - margin, ..inner }
}
