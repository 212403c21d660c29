//! Reads keys, mouse and pastes from the terminal, and detects its end.
//!
//! A thread waits for the terminal and decodes its input. It can be paused while another program,
//! such as an editor, uses the terminal.

use super::decoder::{self, Decoder};
use super::device::{open_for_keys, timespec};
use super::event::{Listener, TerminalEvent};
use super::graphics::TerminalQueries;
use super::state;
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long after the queries the program waits for replies before it leaves the terminal:
/// otherwise a reply would be typed into the shell.
const REPLY_DEADLINE: Duration = Duration::from_millis(250);

/// How long after the queries an escape may be the start of a reply.
const REPLY_DUE: Duration = Duration::from_secs(1);

/// The handle of the reading thread.
#[derive(Debug)]
pub(super) struct TerminalInput {
    control: UnixStream,
    /// The number of the last pause; its acknowledgement repeats it.
    pause: u8,
    /// Whether a reply to a query may still come.
    expects_reply: Arc<AtomicBool>,
    began: Instant,
}

impl TerminalInput {
    /// Starts reading from the terminal on a separate thread, after the input `typed` before, and
    /// sends it the `queries`. An escape waits for `escape_delay` for the rest of a sequence.
    pub(super) fn watch(
        listener: &Listener,
        typed: Vec<u8>,
        queries: TerminalQueries,
        escape_delay: Duration,
    ) -> io::Result<Self> {
        let terminal = open_for_keys()?;
        let (control, orders) = UnixStream::pair()?;
        control.set_read_timeout(Some(Duration::from_millis(200)))?;
        let expects_reply = Arc::new(AtomicBool::new(queries.any()));
        let began = Instant::now();
        if queries.any() {
            state::write(&queries.bytes())?;
        }
        let mut reader = Reader {
            terminal,
            orders,
            decoder: Decoder::new(escape_delay, queries),
            expects_reply: Arc::clone(&expects_reply),
            began,
            listener: Arc::clone(listener),
        };
        let read = move || {
            reader.decode(Some(&typed));
            // After any error, no more input will come from the terminal.
            let _ = reader.run();
            (reader.listener)(TerminalEvent::HungUp);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { control, pause: 0, expects_reply, began })
    }

    /// Waits briefly for a pending reply, so that no other program reads it.
    pub(super) fn await_reply(&self) {
        while self.expects_reply.load(Ordering::SeqCst) && self.began.elapsed() < REPLY_DEADLINE {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Stops reading, so that another program can.
    pub(super) fn pause(&mut self) {
        self.await_reply();
        self.pause = self.pause.wrapping_add(1);
        order_pause(&mut self.control, self.pause);
    }

    /// Resumes reading.
    pub(super) fn resume(&mut self) {
        let _ = self.control.write_all(b"r");
    }
}

/// Requests a pause and waits for the acknowledgement. Without one the thread is in the middle of a
/// key: it will pause after it, and that acknowledgement arrives at the next pause, before that
/// one's.
fn order_pause(control: &mut UnixStream, number: u8) {
    let _ = control.write_all(&[number]);
    let mut answer = [0];
    while control.read_exact(&mut answer).is_ok() && answer[0] != number {}
}

/// The state of the reading thread.
struct Reader {
    terminal: File,
    orders: UnixStream,
    decoder: Decoder,
    expects_reply: Arc<AtomicBool>,
    began: Instant,
    listener: Listener,
}

impl Reader {
    /// Runs until the terminal or the program ends.
    fn run(&mut self) -> io::Result<()> {
        loop {
            let timeout = self.decoder.timeout(self.began.elapsed() < REPLY_DUE).map(timespec);
            let mut waiting = [
                PollFd::new(&self.terminal, PollFlags::IN),
                PollFd::new(&self.orders, PollFlags::IN),
            ];
            let ready = match poll(&mut waiting, timeout.as_ref()) {
                Err(rustix::io::Errno::INTR) => continue,
                ready => ready?,
            };
            let (typed, order) = (waiting[0].revents(), waiting[1].revents());
            if ready == 0 {
                self.decode(None);
            } else if !order.is_empty() {
                self.pause()?;
            } else if typed.intersects(PollFlags::HUP | PollFlags::ERR) {
                return Ok(());
            } else {
                // Some systems cannot poll a terminal that was opened as `/dev/tty` (NVAL). A
                // blocking read works as well, but then an escape waits for the next key.
                let mut chunk = [0; 4096];
                match self.terminal.read(&mut chunk)? {
                    0 => return Ok(()),
                    read => self.decode(Some(&chunk[..read])),
                }
            }
        }
    }

    /// Waits until reading is resumed.
    fn pause(&mut self) -> io::Result<()> {
        let mut byte = [0];
        self.orders.read_exact(&mut byte)?;
        self.orders.write_all(&byte)?;
        self.orders.read_exact(&mut byte)
    }

    /// Decodes bytes, or pending input if there are none, and passes on the events.
    fn decode(&mut self, bytes: Option<&[u8]>) {
        let listener = &self.listener;
        let mut emit = |input| match input {
            decoder::Decoded::Event(event) => listener(TerminalEvent::Input(event)),
            decoder::Decoded::Background { light } => listener(TerminalEvent::Background { light }),
            decoder::Decoded::Graphics(graphics) => listener(TerminalEvent::Graphics(graphics)),
            decoder::Decoded::Attributes { .. } => {}
        };
        match bytes {
            Some(bytes) => self.decoder.feed(bytes, &mut emit),
            None => self.decoder.flush(&mut emit),
        }
        self.expects_reply.store(self.decoder.expects_reply(), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_acknowledgement_is_not_taken_for_the_next_one() {
        let (mut control, mut orders) = UnixStream::pair().unwrap();
        orders.write_all(&[6, 7]).unwrap();
        order_pause(&mut control, 7);
        control.set_nonblocking(true).unwrap();
        assert!(control.read(&mut [0]).is_err(), "nothing is left");
    }
}
