//! The loop: every event of the outside becomes a message to the state, the state's commands are
//! carried out, and a frame is drawn when nothing more is waiting.
//!
//! One channel feeds the loop. It blocks there and nowhere else: searching, loading, jobs and other
//! programs such as a browser have threads of their own, and an idle program does nothing at all.

mod effects;
mod helper;
mod input_queue;
mod loading;
mod pacing;
mod session;
mod watching;

#[cfg(test)]
mod tests;

pub use effects::source_file;
pub use input_queue::{InputQueue, mouse_input};

use crate::app::{AppOptions, Message, Outcome};
use crate::keymap::Keymap;
use crate::load::{self, Source, Summary};
use crate::search::{IndexEvent, SentenceOptions};
use crate::store::{History, Store};
use crate::terminal::{self, Height, Listener, Screen, Terminal, TerminalConfig, TerminalEvent};
use crate::view::ViewOptions;
use session::Session;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// What to run.
#[derive(Debug, Default)]
pub struct Options {
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
    /// What may end it before there is a screen.
    pub shortcut: Shortcut,
    /// How sentence vectors are made and kept.
    pub sentences: SentenceOptions,
    /// Load sources again when they change.
    pub watch: bool,
    /// Where changes of bookmarks and the like are kept.
    pub store: Option<Store>,
    /// Where queries are kept instead.
    pub history: Option<History>,
    /// Something to tell at the start that went wrong before.
    pub warning: Option<String>,
}

/// When there is nothing to choose.
#[derive(Debug, Default, Clone, Copy)]
pub struct Shortcut {
    /// One hit is picked at once.
    pub only_one: bool,
    /// No hit ends it at once.
    pub none: bool,
}

/// Why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no screen to draw on.
    #[error("{0}")]
    Screen(String),
    /// Nothing could be loaded.
    #[error("{0}")]
    Load(String),
    /// The terminal failed.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] io::Error),
}

/// What the loop waits for.
enum Event {
    /// From the terminal.
    Terminal(TerminalEvent),
    /// From the search thread, a job or another program.
    Message(Message),
    /// Of loading.
    Index(IndexEvent),
    /// A load ended: what was loaded, or why not (made safe to show).
    Loaded(Result<Summary, String>),
    /// The search thread panicked and is gone.
    SearchFailed,
    /// A source changed.
    SourceChanged,
}

/// Browses until a person ends it.
pub fn run(options: Options) -> Result<Outcome, Error> {
    let screen = Screen::find(options.app.pick);
    let (mouse, height) = (options.mouse, options.height);
    let (background, escape_delay) = (options.view.adapts, options.escape_delay);
    let config = TerminalConfig { mouse, background, height, escape_delay };
    let watch = options.watch;
    let shortcut = options.shortcut;
    let (events, inbox) = channel();
    let listener: Listener = {
        let events = events.clone();
        Arc::new(move |event| drop(events.send(Event::Terminal(event))))
    };
    terminal::watch_panics(Arc::clone(&listener));
    let before = watching::Before::of(&options.sources);
    let mut session = Session::start(options, events.clone())?;
    if let Some(outcome) = session.open(&inbox, shortcut)? {
        return Ok(outcome);
    }
    // Only now: what is wrong with a source is worth more than a missing screen.
    let screen = screen.map_err(Error::Screen)?;
    let mut terminal = Terminal::enter(screen, config, &listener)?;
    session.draw(&mut terminal)?;
    if watch {
        watching::spawn(before, events);
    }
    loop {
        let drawn = Instant::now();
        let Ok(first) = inbox.recv() else { return Ok(Outcome::Done) };
        let mut urgent = session.is_urgent(&first).then(Instant::now);
        session.handle(first, Some(&mut terminal))?;
        while !session.has_ended()
            && let Some(patience) = session.patience(urgent, drawn)
            && let Ok(next) = inbox.recv_timeout(patience)
        {
            urgent = urgent.or_else(|| session.is_urgent(&next).then(Instant::now));
            session.handle(next, Some(&mut terminal))?;
        }
        if let Some(outcome) = session.take_outcome() {
            return Ok(outcome);
        }
        session.draw(&mut terminal)?;
    }
}
