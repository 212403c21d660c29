//! Keys, mouse and paste from the terminal, and the watch for its end.
//!
//! crossterm would turn for ever on a terminal that hung up, and could not be kept from reading
//! while an editor runs. So this thread waits for the terminal itself, and lets crossterm read only
//! when there is something.

use super::{Listener, News, state};
use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long crossterm may wait for more. Zero would make it look at nothing at all.
const SHORT: Duration = Duration::from_millis(1);

/// The handle of the reading thread.
#[derive(Debug)]
pub(super) struct Input {
    control: UnixStream,
}

impl Input {
    /// Reads from the terminal on a thread of its own.
    pub(super) fn watch(listener: &Listener) -> io::Result<Self> {
        let terminal = if io::stdin().is_terminal() {
            File::from(rustix::io::dup(rustix::stdio::stdin())?)
        } else {
            state::open_terminal()?
        };
        let (control, orders) = UnixStream::pair()?;
        control.set_read_timeout(Some(Duration::from_millis(200)))?;
        let listener = Arc::clone(listener);
        let read = move || {
            let _ = read(&terminal, &orders, &listener);
            listener(News::HungUp);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { control })
    }

    /// Leaves the terminal's input to others.
    pub(super) fn pause(&mut self) {
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
fn read(terminal: &File, mut orders: &UnixStream, listener: &Listener) -> io::Result<()> {
    loop {
        let mut waiting =
            [PollFd::new(terminal, PollFlags::IN), PollFd::new(&orders, PollFlags::IN)];
        match poll(&mut waiting, None) {
            Err(rustix::io::Errno::INTR) => continue,
            ready => ready?,
        };
        let (keys, order) = (waiting[0].revents(), waiting[1].revents());
        if !order.is_empty() {
            let mut byte = [0];
            orders.read_exact(&mut byte)?;
            orders.write_all(&byte)?;
            orders.read_exact(&mut byte)?;
        } else if keys.contains(PollFlags::NVAL) {
            // Some systems cannot wait for a terminal that was opened by its general name.
            tell(event::read()?, listener);
        } else if keys.intersects(PollFlags::HUP | PollFlags::ERR) {
            return Ok(());
        } else {
            while event::poll(SHORT)? {
                tell(event::read()?, listener);
            }
        }
    }
}

fn tell(event: Event, listener: &Listener) {
    match event {
        // The signal told of it already.
        Event::Resize(..) => {}
        event => listener(News::Input(event)),
    }
}
