//! Questions on the terminal, one line each, where there is no screen: the values of placeholders,
//! and a yes.

use crate::text::sanitise_line;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

/// The terminal of this process, for lines.
pub(super) struct Prompt(File);

impl Prompt {
    /// Opens it.
    pub(super) fn open() -> io::Result<Self> {
        let name = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
        Ok(Self(File::options().read(true).write(true).open(name)?))
    }

    /// Writes one line.
    pub(super) fn tell(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.0, "\r{}", sanitise_line(Cow::Borrowed(text)))
    }

    /// Asks for a line. `None` at the end of the input.
    pub(super) fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        let question = format!("\r{} ", sanitise_line(Cow::Borrowed(question)));
        let mut line = String::new();
        // The mode comes first: a key that is typed at once must find it.
        let read = self.in_mode(TerminalMode::Lines, |mut terminal| {
            terminal.write_all(question.as_bytes())?;
            BufReader::new(terminal).read_line(&mut line)
        })?;
        Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Calls `run` with the terminal in a mode; a shell that runs this program for a key may have
    /// it in its own.
    #[cfg(unix)]
    pub(super) fn in_mode<T>(
        &mut self,
        mode: TerminalMode,
        run: impl FnOnce(&File) -> io::Result<T>,
    ) -> io::Result<T> {
        use rustix::termios::{InputModes, LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let found = tcgetattr(&self.0)?;
        let mut wanted = found.clone();
        let line_editing = LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        match mode {
            TerminalMode::Lines => {
                wanted.local_modes |= line_editing;
                wanted.input_modes |= InputModes::ICRNL;
            }
            TerminalMode::Keys => wanted.local_modes -= line_editing,
        }
        tcsetattr(&self.0, OptionalActions::Now, &wanted)?;
        let result = run(&self.0);
        tcsetattr(&self.0, OptionalActions::Now, &found)?;
        result
    }

    #[cfg(not(unix))]
    pub(super) fn in_mode<T>(
        &mut self,
        _: TerminalMode,
        run: impl FnOnce(&File) -> io::Result<T>,
    ) -> io::Result<T> {
        run(&self.0)
    }
}

/// What the terminal does with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminalMode {
    /// It collects and shows a line.
    Lines,
    /// It passes each one on, Ctrl-C too.
    Keys,
}
