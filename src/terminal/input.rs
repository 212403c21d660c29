//! Keys, mouse and paste from the terminal, and the watch for its end.
//!
//! crossterm would turn for ever on a terminal that hung up, and could not be kept from reading
//! while an editor runs. So this thread waits for the terminal itself, and lets crossterm read only
//! when there is something.

use super::background::{self, Catcher};
use super::{Listener, TerminalEvent, region, state};
use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long crossterm may wait for more. Zero would make it look at nothing at all, and of what is
/// less than a millisecond it makes no waiting but a busy loop, while a core is needed for the
/// search. What it did not see in this time wakes this thread again.
const SHORT: Duration = Duration::from_micros(50);

/// How long after the question an answer is waited for before others get the terminal: it must not
/// be typed into a shell. Whoever is far away answers later, and to a program that runs longer.
const ANSWERED: Duration = Duration::from_millis(250);

/// How long the terminal may take to tell where its cursor is.
const TOLD: Duration = Duration::from_millis(300);

/// Asks where the cursor is; gives column and row from 0, and what was typed meanwhile. Only before
/// anybody else reads from the terminal, which is in raw mode.
pub(super) fn ask_cursor(mut screen: &File) -> Option<((u16, u16), Vec<u8>)> {
    let mut terminal = open().ok()?;
    screen.write_all(b"\x1b[6n").ok()?;
    let deadline = Instant::now() + TOLD;
    let mut bytes = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now()).as_millis() as i64;
        let mut waiting = [PollFd::new(&terminal, PollFlags::IN)];
        let patience = rustix::event::Timespec { tv_sec: 0, tv_nsec: left * 1_000_000 };
        if poll(&mut waiting, Some(&patience)).ok()? == 0 {
            return None;
        }
        let mut chunk = [0; 1024];
        let read = terminal.read(&mut chunk).ok().filter(|&read| read > 0)?;
        bytes.extend(&chunk[..read]);
        if let Some(told) = region::read_cursor(&bytes) {
            return Some(told);
        }
    }
}

/// The terminal that keys come from.
fn open() -> io::Result<File> {
    if io::stdin().is_terminal() {
        return Ok(File::from(rustix::io::dup(rustix::stdio::stdin())?));
    }
    state::open_terminal()
}

/// The handle of the reading thread.
#[derive(Debug)]
pub(super) struct Input {
    control: UnixStream,
    /// Whether the terminal was asked for its background, and has not answered.
    asked: Arc<AtomicBool>,
    began: Instant,
}

impl Input {
    /// Reads from the terminal on a thread of its own. With `ask`, the terminal is asked for its
    /// background.
    pub(super) fn watch(listener: &Listener, ask: bool) -> io::Result<Self> {
        let terminal = open()?;
        let (control, orders) = UnixStream::pair()?;
        control.set_read_timeout(Some(Duration::from_millis(200)))?;
        let listener = Arc::clone(listener);
        let asked = Arc::new(AtomicBool::new(ask));
        let began = Instant::now();
        if ask {
            state::write(background::QUESTION)?;
        }
        let mut keys = Keys { catcher: Catcher::new(ask), asked: Arc::clone(&asked), listener };
        let read = move || {
            let _ = read(&terminal, &orders, &mut keys);
            let listener = keys.listener;
            listener(TerminalEvent::HungUp);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { control, asked, began })
    }

    /// Waits a moment for an answer that is under way, so that nobody else gets it.
    pub(super) fn settle(&self) {
        while self.asked.load(Ordering::SeqCst) && self.began.elapsed() < ANSWERED {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Leaves the terminal's input to others.
    pub(super) fn pause(&mut self) {
        self.settle();
        // Without an answer the thread is in the middle of a key: it will pause after it.
        let _ = self.control.write_all(b"p");
        let _ = self.control.read(&mut [0]);
    }

    /// Reads again.
    pub(super) fn resume(&mut self) {
        let _ = self.control.write_all(b"r");
    }
}

/// Ends when the terminal or the program does.
fn read(terminal: &File, mut orders: &UnixStream, keys: &mut Keys) -> io::Result<()> {
    loop {
        let mut waiting =
            [PollFd::new(terminal, PollFlags::IN), PollFd::new(&orders, PollFlags::IN)];
        match poll(&mut waiting, None) {
            Err(rustix::io::Errno::INTR) => continue,
            ready => ready?,
        };
        let (typed, order) = (waiting[0].revents(), waiting[1].revents());
        if !order.is_empty() {
            let mut byte = [0];
            orders.read_exact(&mut byte)?;
            orders.write_all(&byte)?;
            orders.read_exact(&mut byte)?;
        } else if typed.contains(PollFlags::NVAL) {
            // Some systems cannot wait for a terminal that was opened by its general name.
            keys.tell(event::read()?);
        } else if typed.intersects(PollFlags::HUP | PollFlags::ERR) {
            return Ok(());
        } else {
            while event::poll(SHORT)? {
                keys.tell(event::read()?);
            }
            keys.pause();
        }
    }
}

/// What comes from the terminal, on its way to the listener.
struct Keys {
    catcher: Catcher,
    asked: Arc<AtomicBool>,
    listener: Listener,
}

impl Keys {
    fn tell(&mut self, event: Event) {
        // Of a new size the signal told already.
        if matches!(event, Event::Resize(..)) {
            return;
        }
        let listener = &self.listener;
        if let Some(light) = self.catcher.take(event, |event| listener(TerminalEvent::Input(event)))
        {
            listener(TerminalEvent::Background { light });
        }
        self.asked.store(self.catcher.waits(), Ordering::SeqCst);
    }

    fn pause(&mut self) {
        let listener = &self.listener;
        self.catcher.pause(|event| listener(TerminalEvent::Input(event)));
    }
}
