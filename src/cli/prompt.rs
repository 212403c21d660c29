//! Asks questions on the terminal, one line each, without a screen: the values of placeholders, and
//! confirmations.

use crate::app::{Action, Edit, Message, Mode, TextInput};
use crate::keymap::Keymap;
use crate::terminal::{Height, Listener, Screen, Terminal, TerminalConfig, TerminalEvent};
use crate::text::{columns, cut, cut_start, sanitise_line};
use crossterm::event::{Event, KeyEvent};
use ratatui::Frame;
use ratatui::text::Line;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The minimum columns for the input; a longer question is cut.
const MIN_INPUT_COLUMNS: usize = 16;
/// How long the thread that reads keys may take to end.
const READER_END: Duration = Duration::from_millis(200);

/// A prompt on the controlling terminal.
pub(super) struct Prompt {
    terminal: File,
    keymap: Keymap,
    escape_delay: Duration,
    /// Input typed ahead of the next question.
    ahead: VecDeque<Event>,
}

impl Prompt {
    /// Opens a prompt, with the keys of the mode `finding`.
    pub(super) fn open(keymap: Keymap, escape_delay: Duration) -> io::Result<Self> {
        let name = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
        let terminal = File::options().read(true).write(true).open(name)?;
        Ok(Self { terminal, keymap, escape_delay, ahead: VecDeque::new() })
    }

    /// Writes one line.
    pub(super) fn write_line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.terminal, "\r{}", sanitise_line(Cow::Borrowed(text)))
    }

    /// Asks for a line; the keys for up and down insert the `offered` text. `None` if the user
    /// cancels: Esc, Ctrl-C, or Ctrl-D in an empty line.
    pub(super) fn ask(&mut self, question: &str, offered: &str) -> io::Result<Option<String>> {
        let question = sanitise_line(Cow::Borrowed(question)).into_owned();
        let screen = Screen::find(true).map_err(io::Error::other)?;
        let (sender, events) = channel();
        let listener: Listener = Arc::new(move |event| drop(sender.send(event)));
        let height = Some(Height::Exactly(1));
        let escape_delay = self.escape_delay;
        let config = TerminalConfig { height, escape_delay, ..TerminalConfig::default() };
        let mut terminal = Terminal::enter(screen, config, &listener)?;
        let mut line = TextInput::default();
        let step = loop {
            terminal.draw(|frame| draw(frame, &question, &line))?;
            let step = match self.next_event(&events, &mut terminal)? {
                Some(event) => self.use_event(event, offered, &mut line),
                None => Step::Leave,
            };
            if step != Step::Edit {
                break step;
            }
        };
        drop(terminal);
        self.keep_ahead(&events);
        if step == Step::Leave {
            return Ok(None);
        }
        self.write_line(&format!("{question} {}", line.text()))?;
        Ok(Some(line.text().to_owned()))
    }

    /// The next key or paste; `None` if the terminal has gone.
    fn next_event(
        &mut self,
        events: &Receiver<TerminalEvent>,
        terminal: &mut Terminal,
    ) -> io::Result<Option<Event>> {
        if let Some(event) = self.ahead.pop_front() {
            return Ok(Some(event));
        }
        loop {
            match events.recv() {
                Ok(TerminalEvent::Input(event)) => return Ok(Some(event)),
                Ok(TerminalEvent::HungUp) | Err(_) => return Ok(None),
                Ok(TerminalEvent::Resized | TerminalEvent::NeedsRepaint) => {
                    terminal.forget()?;
                    return Ok(Some(Event::FocusGained));
                }
                Ok(
                    TerminalEvent::Background { .. }
                    | TerminalEvent::Graphics(_)
                    | TerminalEvent::Panicked(_),
                ) => {}
            }
        }
    }

    fn use_event(&self, event: Event, offered: &str, line: &mut TextInput) -> Step {
        match event {
            Event::Key(key) => return self.use_key(key, offered, line),
            Event::Paste(text) => line.insert(text.trim_end_matches(['\r', '\n'])),
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Resize(..) => {}
        }
        Step::Edit
    }

    fn use_key(&self, key: KeyEvent, offered: &str, line: &mut TextInput) -> Step {
        let action = match self.keymap.message(Mode::Finding, key) {
            Some(Message::Do(action)) => action,
            message => {
                if let Some(Message::Type(c)) = message {
                    line.insert(c.encode_utf8(&mut [0; 4]));
                }
                return Step::Edit;
            }
        };
        if let Action::Edit(edit) = action {
            if edit == Edit::DeleteRight && line.is_empty() {
                return Step::Leave;
            }
            line.edit(edit);
        } else if matches!(action, Action::FindNext | Action::FindPrevious) {
            *line = TextInput::new(offered);
        } else if matches!(action, Action::Back | Action::Interrupt) {
            return Step::Leave;
        } else if action == Action::Read {
            return Step::Done;
        }
        Step::Edit
    }

    /// Keeps input typed after the end of a line for the next question.
    fn keep_ahead(&mut self, events: &Receiver<TerminalEvent>) {
        // The thread reports its end; until then it may send keys.
        while let Ok(event) = events.recv_timeout(READER_END) {
            match event {
                TerminalEvent::Input(event) => self.ahead.push_back(event),
                TerminalEvent::HungUp => break,
                TerminalEvent::Resized
                | TerminalEvent::NeedsRepaint
                | TerminalEvent::Background { .. }
                | TerminalEvent::Graphics(_)
                | TerminalEvent::Panicked(_) => {}
            }
        }
    }

    /// Calls `run` with a terminal in raw mode, which passes on every key, even Ctrl-C.
    #[cfg(unix)]
    pub(super) fn with_keys<T>(
        &mut self,
        run: impl FnOnce(&File) -> io::Result<T>,
    ) -> io::Result<T> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let found = tcgetattr(&self.terminal)?;
        let mut wanted = found.clone();
        wanted.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(&self.terminal, OptionalActions::Now, &wanted)?;
        let result = run(&self.terminal);
        tcsetattr(&self.terminal, OptionalActions::Now, &found)?;
        result
    }

    #[cfg(not(unix))]
    pub(super) fn with_keys<T>(
        &mut self,
        run: impl FnOnce(&File) -> io::Result<T>,
    ) -> io::Result<T> {
        run(&self.terminal)
    }
}

/// The effect of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Edit,
    Done,
    Leave,
}

/// Draws the question and the input, which scrolls sideways if it is too long.
fn draw(frame: &mut Frame, question: &str, line: &TextInput) {
    let area = frame.area();
    let width = usize::from(area.width);
    let question =
        format!("{} ", cut(question, width.saturating_sub(MIN_INPUT_COLUMNS + 1).max(1)));
    let room = width.saturating_sub(columns(&question));
    let before = cut_start(line.before_cursor(), room.saturating_sub(1));
    let after = &line.text()[line.before_cursor().len()..];
    let at = columns(&question) + columns(&before);
    let after = cut(after, width.saturating_sub(at));
    frame.render_widget(Line::raw(format!("{question}{before}{after}")), area);
    frame.set_cursor_position((area.x + at.min(width.saturating_sub(1)) as u16, area.y));
}
