//! Keys, mouse and paste from the terminal, and the watch for its end.
//!
//! A thread waits for the terminal and decodes what it sends. It can be paused while another
//! program, such as an editor, has the terminal.

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

/// How long after the query the program waits for the reply before it leaves the terminal: else the
/// reply would be typed into a shell.
const REPLY_DEADLINE: Duration = Duration::from_millis(250);

/// How long after the query an escape may be the beginning of the reply.
const REPLY_DUE: Duration = Duration::from_secs(1);

/// The handle of the reading thread.
#[derive(Debug)]
pub(super) struct TerminalInput {
    control: UnixStream,
    /// The number of the last pause; its answer repeats it.
    pause: u8,
    /// Whether a reply to the question for the background may still come.
    expects_reply: Arc<AtomicBool>,
    began: Instant,
}

impl TerminalInput {
    /// Reads from the terminal on a thread of its own, after what was `typed` before, and asks it
    /// the `questions`. An escape waits for `escape_delay` for the rest of a sequence.
    pub(super) fn watch(
        listener: &Listener,
        typed: Vec<u8>,
        questions: TerminalQueries,
        escape_delay: Duration,
    ) -> io::Result<Self> {
        let terminal = open_for_keys()?;
        let (control, orders) = UnixStream::pair()?;
        control.set_read_timeout(Some(Duration::from_millis(200)))?;
        let expects_reply = Arc::new(AtomicBool::new(questions.any()));
        let began = Instant::now();
        if questions.any() {
            state::write(&questions.bytes())?;
        }
        let mut reader = Reader {
            terminal,
            orders,
            decoder: Decoder::new(escape_delay, questions),
            expects_reply: Arc::clone(&expects_reply),
            began,
            listener: Arc::clone(listener),
        };
        let read = move || {
            reader.decode(Some(&typed));
            // However it fails, nothing more will come from the terminal.
            let _ = reader.run();
            (reader.listener)(TerminalEvent::HungUp);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { control, pause: 0, expects_reply, began })
    }

    /// Waits a moment for a pending reply, so that no other program reads it.
    pub(super) fn await_reply(&self) {
        while self.expects_reply.load(Ordering::SeqCst) && self.began.elapsed() < REPLY_DEADLINE {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Leaves the terminal's input to another program.
    pub(super) fn pause(&mut self) {
        self.await_reply();
        self.pause = self.pause.wrapping_add(1);
        order_pause(&mut self.control, self.pause);
    }

    /// Reads again.
    pub(super) fn resume(&mut self) {
        let _ = self.control.write_all(b"r");
    }
}

/// Orders a pause and waits for the answer. Without one the thread is in the middle of a key: it will
/// pause after it, and that answer comes at the next pause, before that one's.
fn order_pause(control: &mut UnixStream, number: u8) {
    let _ = control.write_all(&[number]);
    let mut answer = [0];
    while control.read_exact(&mut answer).is_ok() && answer[0] != number {}
}

/// What the reading thread owns.
struct Reader {
    terminal: File,
    orders: UnixStream,
    decoder: Decoder,
    expects_reply: Arc<AtomicBool>,
    began: Instant,
    listener: Listener,
}

impl Reader {
    /// Ends when the terminal or the program does.
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
                // Some systems cannot wait for a terminal that was opened by its general name
                // (NVAL): reading waits, too, but an escape then waits for the next key.
                let mut chunk = [0; 4096];
                match self.terminal.read(&mut chunk)? {
                    0 => return Ok(()),
                    read => self.decode(Some(&chunk[..read])),
                }
            }
        }
    }

    /// Lets another program read until the order to go on.
    fn pause(&mut self) -> io::Result<()> {
        let mut byte = [0];
        self.orders.read_exact(&mut byte)?;
        self.orders.write_all(&byte)?;
        self.orders.read_exact(&mut byte)
    }

    /// Passes on what bytes are, or, without any, what is pending.
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
    fn an_answer_that_came_too_late_is_not_that_of_the_next_pause() {
        let (mut control, mut orders) = UnixStream::pair().unwrap();
        orders.write_all(&[6, 7]).unwrap();
        order_pause(&mut control, 7);
        control.set_nonblocking(true).unwrap();
        assert!(control.read(&mut [0]).is_err(), "nothing is left");
    }
}
