//! Events of the terminal.

use std::sync::Arc;

/// An event of the terminal.
#[derive(Debug)]
pub enum TerminalEvent {
    /// A key, the mouse, or pasted text.
    Input(crossterm::event::Event),
    /// Its size changed.
    Resized,
    /// Another program wrote on it: clear it and draw everything.
    NeedsRepaint,
    /// The connection to it ended.
    HungUp,
    /// It reported its background colour, or that it changed.
    Background {
        /// Whether dark text is readable on it.
        light: bool,
    },
    /// It replied which graphics it supports.
    Graphics(Graphics),
    /// A thread other than the drawing one panicked: the message.
    Panicked(String),
}

/// The kinds of pictures that the terminal said it draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Graphics {
    /// Those of Kitty.
    pub kitty: bool,
    /// Sixels.
    pub sixel: bool,
}

/// Receives events; called from several threads, and must not block.
pub type Listener = Arc<dyn Fn(TerminalEvent) + Send + Sync>;
