//! The output of the decoder.

use super::super::event::Graphics;
use crossterm::event::Event;

/// A decoded input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Decoded {
    /// A key, the mouse or pasted text.
    Event(Event),
    /// The reply to the background query, or a report that it changed.
    Background {
        /// Whether the background is light.
        light: bool,
    },
    /// The reply to the query for the device attributes (DA1), which every terminal sends.
    Attributes {
        /// Whether they include Sixel graphics.
        sixel: bool,
    },
    /// The replies to the graphics query, which end with the attributes.
    Graphics(Graphics),
}
