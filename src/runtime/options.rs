//! The options of the event loop.

use crate::app::AppOptions;
use crate::collection::Entry;
use crate::keymap::Keymap;
use crate::live::Timing;
use crate::load::{self, Source};
use crate::search::SentenceOptions;
use crate::store::{History, Store};
use crate::terminal::Height;
use crate::view::ViewOptions;
use std::time::Duration;

/// The options of the event loop.
#[derive(Debug, Default)]
pub struct RuntimeOptions {
    /// What to open.
    pub sources: Vec<Source>,
    /// How to read it.
    pub reading: load::Options,
    /// The state at the start.
    pub app: AppOptions,
    /// The keys.
    pub keymap: Keymap,
    /// How it is drawn.
    pub view: ViewOptions,
    /// Take mouse events from the terminal.
    pub mouse: bool,
    /// A part of the screen below the cursor instead of all of it.
    pub height: Option<Height>,
    /// How long a lone escape byte waits for the rest of a key's sequence.
    pub escape_delay: Duration,
    /// When it ends before there is a screen.
    pub shortcut: Shortcut,
    /// How sentence vectors are made and kept.
    pub sentences: SentenceOptions,
    /// How live sources are asked.
    pub timing: Timing,
    /// Entries of live sources that were read or bookmarked before.
    pub kept: Vec<Entry>,
    /// Load sources again when they change.
    pub watch: bool,
    /// Where changes of bookmarks and the like are kept.
    pub store: Option<Store>,
    /// A file that keeps queries instead of the store.
    pub history: Option<History>,
}

/// When to end without asking.
#[derive(Debug, Default, Clone, Copy)]
pub struct Shortcut {
    /// One hit is picked at once.
    pub only_one: bool,
    /// Without a hit it ends at once.
    pub none: bool,
}
