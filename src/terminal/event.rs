//! Events of the terminal.

use std::sync::Arc;

/// An event of the terminal.
#[derive(Debug)]
pub enum TerminalEvent {
    /// A key, the mouse, or pasted text.
    Input(crossterm::event::Event),
    /// The size of the terminal changed.
    Resized,
    /// Another program wrote to the terminal: clear it and redraw everything.
    NeedsRepaint,
    /// The connection to the terminal ended.
    HungUp,
    /// The terminal reported its background colour, or a change of it.
    Background {
        /// Whether the background is light.
        light: bool,
    },
    /// The terminal reported the graphics that it supports.
    Graphics(Graphics),
    /// A thread other than the drawing one panicked, with this message.
    Panicked(String),
}

/// The graphics protocols that the terminal supports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Graphics {
    /// The Kitty graphics protocol.
    pub kitty: bool,
    /// Sixel graphics.
    pub sixel: bool,
}

/// Receives events; called from several threads, and must not block.
pub type Listener = Arc<dyn Fn(TerminalEvent) + Send + Sync>;
