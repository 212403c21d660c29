//! The output of the decoder.

use super::super::event::Graphics;
use crossterm::event::Event;

/// A decoded input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Decoded {
    /// A key, the mouse or pasted text.
    Event(Event),
    /// The reply to the question for the background colour, or a report that it changed.
    Background {
        /// Whether it is light.
        light: bool,
    },
    /// The reply to the question for the device's attributes (DA1), which every terminal answers.
    Attributes {
        /// Sixel graphics are among them.
        sixel: bool,
    },
    /// The replies to the query for graphics, which end with the attributes.
    Graphics(Graphics),
}
