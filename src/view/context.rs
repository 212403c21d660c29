//! The state, theme and areas for drawing every part of a frame.

use super::theme::Theme;
use crate::app::{App, Area, Layout};
use crate::keymap::Keymap;
use ratatui::layout::Rect;

/// The state, theme and areas of a frame.
pub(super) struct Context<'a> {
    pub(super) app: &'a App,
    pub(super) keymap: &'a Keymap,
    pub(super) theme: &'a Theme,
    #[cfg(feature = "images")]
    pub(super) images: Option<&'a crate::images::ImageStore>,
    pub(super) layout: Layout,
    /// The area to draw in.
    pub(super) frame: Rect,
}

impl Context<'_> {
    /// Converts an area for ratatui.
    pub(super) fn rect(&self, area: Area) -> Rect {
        let Area { x, y, width, height } = area;
        Rect { x, y, width, height }.intersection(self.frame)
    }
}
