//! Draws the visible pictures of the answer over their empty lines.

use super::context::Context;
use super::pane::text_area;
use crate::app::AnswerDocument;
use crate::markup::ImageRef;
use ratatui::Frame;
use ratatui_image::sliced::{SignedPosition, SlicedImage};

/// Draws the pictures of a document whose first visible line is `top`.
pub(super) fn draw(context: &Context, document: &AnswerDocument, top: usize, frame: &mut Frame) {
    let Some(store) = context.images else { return };
    let Some(entry) = context.app.entry() else { return };
    // A picture would cover a pop-up, or lose a part that is not redrawn.
    if context.app.popup().is_some() {
        return;
    }
    let area = text_area(context);
    for (line, rows) in document.images() {
        let image = ImageRef { source: entry.source(), address: &rows.address, columns: rows.room };
        let below = line as i64 - top as i64;
        let in_sight = below < i64::from(area.height) && below + i64::from(rows.size.rows) > 0;
        let Some(picture) = store.get(image).filter(|_| in_sight) else { continue };
        let Ok(y) = i16::try_from(below) else { continue };
        let x = rows.column.min(i16::MAX as u16) as i16;
        let widget = SlicedImage::new(picture.protocol(), SignedPosition::from((x, y)));
        frame.render_widget(widget, area);
    }
}
