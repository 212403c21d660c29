//! The terminal: its modes, which are always restored, its input and its output.
//!
//! [`Terminal::enter`] sets the modes; dropping restores them, and so do a signal, a panic of the
//! drawing thread, and Ctrl-Z. Nothing is written before [`Screen::find`] has found a terminal.

#[cfg(unix)]
mod background;
#[cfg(unix)]
mod cursor;
#[cfg(unix)]
mod decoder;
mod device;
mod event;
mod frame_buffer;
#[cfg(unix)]
mod graphics;
#[cfg(unix)]
mod input;
mod painter;
mod region;
#[cfg(unix)]
mod signals;
mod state;

pub use event::{Graphics, Listener, TerminalEvent};

use frame_buffer::FrameBuffer;
use painter::Painter;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::{TerminalOptions, Viewport};
use std::fs::File;
use std::io::{self, IsTerminal};
#[cfg(not(unix))]
use std::sync::Arc;
use std::time::Duration;

/// The terminal to draw on, not yet written to.
#[derive(Debug)]
pub struct Screen(File);

impl Screen {
    /// Finds the terminal. If results go to standard output (`results`) and that is not a terminal,
    /// the screen is drawn on the controlling terminal.
    ///
    /// The error is one line that names what is missing.
    pub fn find(results: bool) -> Result<Self, String> {
        const HINT: &str = "use --filter QUERY to print hits";
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(format!("TERM=dumb: this terminal has no screen to draw on; {HINT}"));
        }
        let screen = if io::stdout().is_terminal() {
            device::duplicate_stdout().map_err(|error| error.to_string())?
        } else if results {
            device::open_terminal()
                .map_err(|_| format!("there is no terminal to draw on; {HINT}"))?
        } else {
            return Err(format!("standard output is not a terminal; {HINT}"));
        };
        if !io::stdin().is_terminal() && device::open_terminal().is_err() {
            return Err(format!("there is no terminal to read keys from; {HINT}"));
        }
        Ok(Self(screen))
    }
}

pub use region::Height;

/// How the terminal is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct TerminalConfig {
    /// Whether to report the mouse.
    pub mouse: bool,
    /// Whether to query its background colour and changes of it: [`TerminalEvent::Background`].
    pub background: bool,
    /// Whether to query its support for pictures: [`TerminalEvent::Graphics`].
    pub graphics: bool,
    /// The part of the screen to use; `None` for the whole screen.
    pub height: Option<Height>,
    /// How long a lone escape byte waits for the rest of a key's sequence.
    pub escape_delay: Duration,
}

#[cfg(unix)]
fn queries(config: TerminalConfig) -> graphics::TerminalQueries {
    let term = std::env::var("TERM").unwrap_or_default();
    let in_tmux = std::env::var_os("TMUX").is_some();
    graphics::TerminalQueries {
        background: config.background && background::is_supported(&term),
        graphics: config.graphics && !in_tmux && graphics::is_supported(&term),
    }
}

/// A terminal in raw mode that shows the program's screen; dropping it restores the terminal.
pub struct Terminal {
    frames: ratatui::Terminal<Painter>,
    drawn: FrameBuffer,
    /// The columns and rows when `frames` was created.
    size: (u16, u16),
    #[cfg(unix)]
    input: input::TerminalInput,
}

impl Terminal {
    /// Sets up the terminal, and passes its events to `listener`.
    pub fn enter(screen: Screen, config: TerminalConfig, listener: &Listener) -> io::Result<Self> {
        #[cfg(unix)]
        signals::watch(listener)?;
        #[cfg(unix)]
        let queries = queries(config);
        #[cfg(unix)]
        let scheme = queries.background;
        #[cfg(not(unix))]
        let scheme = false;
        let typed = match state::take(screen.0, (config.mouse, scheme), config.height) {
            Ok(typed) => typed,
            Err(error) => {
                state::restore();
                return Err(error);
            }
        };
        #[cfg(unix)]
        let entered = input::TerminalInput::watch(listener, typed, queries, config.escape_delay);
        #[cfg(not(unix))]
        let (entered, _) = (read_keys(Arc::clone(listener)), typed);
        let drawn = FrameBuffer::default();
        let size = crossterm::terminal::size().unwrap_or_default();
        match (entered, frames(&drawn)) {
            #[cfg(unix)]
            (Ok(input), Ok(frames)) => Ok(Self { frames, drawn, size, input }),
            #[cfg(not(unix))]
            (Ok(()), Ok(frames)) => Ok(Self { frames, drawn, size }),
            (Err(error), _) | (_, Err(error)) => {
                state::restore();
                Err(error)
            }
        }
    }

    /// Draws a frame, and sends it in one write.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        // ratatui does not resize a fixed area itself.
        if state::has_part() && crossterm::terminal::size()? != self.size {
            self.forget()?;
        }
        self.frames.draw(render)?;
        state::write(&self.drawn.0.take())
    }

    /// Clears the screen, so that the next frame is drawn in full.
    pub fn forget(&mut self) -> io::Result<()> {
        self.size = crossterm::terminal::size()?;
        self.frames = frames(&self.drawn)?;
        let clear = state::clear()?;
        // Dropping the old backend may have written to the buffer.
        self.drawn.0.borrow_mut().clear();
        self.drawn.0.borrow_mut().extend_from_slice(&clear);
        Ok(())
    }

    /// Copies `text` to the clipboard of the terminal (OSC 52), which also works over a remote
    /// connection. Returns false, and sends nothing, if it is longer than terminals accept.
    pub fn copy(&mut self, text: &str) -> io::Result<bool> {
        let encoded = base64(text.as_bytes());
        if encoded.len() > MAX_CLIPBOARD_BYTES {
            return Ok(false);
        }
        state::write(format!("\x1b]52;c;{encoded}\x07").as_bytes())?;
        Ok(true)
    }

    /// Restores the terminal while `run` uses it, for example for an editor.
    pub fn suspend_for<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        #[cfg(unix)]
        self.input.pause();
        state::set_lent(true);
        state::restore();
        let result = run();
        state::set_lent(false);
        let taken = state::reenter();
        #[cfg(unix)]
        self.input.resume();
        taken?;
        self.forget()?;
        Ok(result)
    }

    /// Stops the process group, as Ctrl-Z does. Returns false if no shell could continue it.
    pub fn suspend() -> bool {
        #[cfg(unix)]
        return signals::stop_group();
        #[cfg(not(unix))]
        false
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        #[cfg(unix)]
        self.input.await_reply();
        state::restore();
    }
}

/// Restores the terminal before a panic of the calling thread is printed; a panic of another
/// thread must not touch the screen and becomes [`TerminalEvent::Panicked`].
pub fn watch_panics(listener: Listener) {
    let drawing = std::thread::current().id();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == drawing || !state::is_taken() {
            state::restore();
            tell(panic);
        } else {
            listener(TerminalEvent::Panicked(panic.to_string()));
        }
    }));
}

/// The limit in bytes of base64: xterm, hterm and others ignore an OSC 52 sequence above 100,000
/// bytes.
const MAX_CLIPBOARD_BYTES: usize = 99_990;

fn frames(buffer: &FrameBuffer) -> io::Result<ratatui::Terminal<Painter>> {
    let (width, rows) = crossterm::terminal::size()?;
    let backend = Painter::new(buffer, Size { width, height: rows });
    let Some((top, height)) = state::part()? else { return ratatui::Terminal::new(backend) };
    let viewport = Viewport::Fixed(Rect { x: 0, y: top, width, height });
    ratatui::Terminal::with_options(backend, TerminalOptions { viewport })
}

/// Decodes the complete input of a terminal, in the `pieces` in which it arrived. With
/// `expects_replies`, it may contain replies to the queries of the terminal.
#[cfg(unix)]
pub fn decode<'p>(
    pieces: impl IntoIterator<Item = &'p [u8]>,
    expects_replies: bool,
) -> Vec<crossterm::event::Event> {
    let queries =
        graphics::TerminalQueries { background: expects_replies, graphics: expects_replies };
    let mut decoder = decoder::Decoder::new(Duration::ZERO, queries);
    let mut events = Vec::new();
    let mut emit = |input| match input {
        decoder::Decoded::Event(event) => events.push(event),
        decoder::Decoded::Background { .. }
        | decoder::Decoded::Attributes { .. }
        | decoder::Decoded::Graphics(_) => {}
    };
    for piece in pieces {
        decoder.feed(piece, &mut emit);
    }
    decoder.flush(&mut emit);
    events
}

#[cfg(not(unix))]
fn read_keys(listener: Listener) -> io::Result<()> {
    let read = move || {
        while let Ok(event) = crossterm::event::read() {
            listener(match event {
                crossterm::event::Event::Resize(..) => TerminalEvent::Resized,
                event => TerminalEvent::Input(event),
            });
        }
        listener(TerminalEvent::HungUp);
    };
    std::thread::Builder::new().name("keys".into()).spawn(read)?;
    Ok(())
}

/// Base64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(if digit <= chunk.len() { DIGITS[value as usize] as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_as_in_the_rfc() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
