//! The event loop: turns each event into a message to the state, carries out the state's commands,
//! and draws a frame when no event is waiting.
//!
//! One channel feeds the loop, which blocks nowhere else: searching, loading, jobs and other
//! programs such as a browser run on other threads. An idle program uses no CPU.

mod effects;
mod event;
mod helper;
mod input_queue;
mod live;
mod loading;
mod options;
mod pacing;
mod session;
mod watching;

#[cfg(test)]
mod tests;

pub use effects::source_file;
pub use event::Error;
pub use input_queue::{InputQueue, mouse_input};
pub use options::{RuntimeOptions, Shortcut};

use crate::app::Outcome;
use crate::terminal::{self, Listener, Screen, Terminal, TerminalConfig};
use event::Event;
use session::Session;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

/// Runs the program until the user ends it.
pub fn run(options: RuntimeOptions) -> Result<Outcome, Error> {
    let screen = Screen::find(options.app.pick);
    let (mouse, height) = (options.mouse, options.height);
    let (background, escape_delay) = (options.view.adapts, options.escape_delay);
    let graphics = cfg!(feature = "images") && !options.app.plain;
    let config = TerminalConfig { mouse, background, graphics, height, escape_delay };
    let watch = options.watch;
    let shortcut = options.shortcut;
    let (events, inbox) = channel();
    let listener: Listener = {
        let events = events.clone();
        Arc::new(move |event| drop(events.send(Event::Terminal(event))))
    };
    terminal::watch_panics(Arc::clone(&listener));
    let stamps = watching::FileStamps::of(&options.sources);
    let mut session = Session::start(options, events.clone())?;
    if let Some(outcome) = session.open(&inbox, shortcut)? {
        return Ok(outcome);
    }
    // Checked after loading: an error of a source matters more than a missing screen.
    let screen = screen.map_err(Error::Screen)?;
    let mut terminal = Terminal::enter(screen, config, &listener)?;
    session.draw(&mut terminal)?;
    if watch {
        watching::spawn(stamps, events);
    }
    loop {
        let drawn = Instant::now();
        let Ok(first) = inbox.recv() else { return Ok(Outcome::Done) };
        let mut urgent = session.is_urgent(&first).then(Instant::now);
        session.handle(first, Some(&mut terminal))?;
        while !session.has_ended()
            && let Some(frame_timeout) = session.frame_timeout(urgent, drawn)
            && let Ok(next) = inbox.recv_timeout(frame_timeout)
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
