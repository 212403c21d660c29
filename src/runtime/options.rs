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
    /// The sources to open.
    pub sources: Vec<Source>,
    /// How to read the sources.
    pub reading: load::Options,
    /// The initial state.
    pub app: AppOptions,
    /// The key bindings.
    pub keymap: Keymap,
    /// How to draw.
    pub view: ViewOptions,
    /// Whether to handle mouse events.
    pub mouse: bool,
    /// The height of the part of the screen below the cursor to use; `None` for the whole screen.
    pub height: Option<Height>,
    /// How long a lone escape byte waits for the rest of a key's sequence.
    pub escape_delay: Duration,
    /// When to end before drawing a screen.
    pub shortcut: Shortcut,
    /// The options of sentence vectors.
    pub sentences: SentenceOptions,
    /// The delays of queries to live sources.
    pub timing: Timing,
    /// Entries of live sources that were read or bookmarked in earlier sessions.
    pub kept: Vec<Entry>,
    /// Whether to reload sources when they change.
    pub watch: bool,
    /// Where to save bookmarks and other state.
    pub store: Option<Store>,
    /// A file for queries, used instead of the store.
    pub history: Option<History>,
}

/// When to end without drawing a screen.
#[derive(Debug, Default, Clone, Copy)]
pub struct Shortcut {
    /// Pick a single hit immediately.
    pub only_one: bool,
    /// End immediately if there is no hit.
    pub none: bool,
}
