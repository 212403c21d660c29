//! The frame of a pane.

use super::layout::Edges;
use super::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders};

/// What the frame of a pane says.
pub(super) struct Title<'a> {
    /// Its name.
    pub name: &'a str,
    /// At the right, such as a position.
    pub remark: String,
    /// Whether the keys go to it: a thick frame shows it.
    pub focused: bool,
}

/// Draws the frame; gives the room inside.
pub(super) fn frame_pane(
    frame: &mut Frame,
    area: Rect,
    edges: Edges,
    theme: &Theme,
    title: &Title,
) -> Rect {
    let (style, kind) = if title.focused {
        (theme.focus, BorderType::Thick)
    } else {
        (theme.border, BorderType::Plain)
    };
    let borders = match edges {
        Edges::Boxed => Borders::ALL,
        Edges::Line => Borders::TOP,
        Edges::Words => return words(frame, area, theme, title),
        Edges::None => return area,
    };
    let name_style = if title.focused { theme.title } else { theme.dim };
    let mut block = Block::new()
        .borders(borders)
        .border_type(kind)
        .border_style(style)
        .title(Span::styled(format!(" {} ", title.name), name_style));
    // Both would touch in a narrow pane: the name matters more.
    if !title.remark.is_empty()
        && usize::from(area.width) > title.name.len() + title.remark.len() + 8
    {
        let remark = Span::styled(format!(" {} ", title.remark), theme.dim);
        block = block.title(Line::from(remark).right_aligned());
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// For screen readers: the title is a line of words.
fn words(frame: &mut Frame, area: Rect, theme: &Theme, title: &Title) -> Rect {
    if area.height == 0 {
        return area;
    }
    let text = format!("{} {}", title.name, title.remark);
    frame.render_widget(Line::styled(text, theme.title), Rect { height: 1, ..area });
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}
