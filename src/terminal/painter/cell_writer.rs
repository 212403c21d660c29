//! Encodes changed cells: moves of the cursor, runs of blanks, and text.

use super::clusters::{is_cluster, width};
use super::sgr::{SgrParameters, SgrState};
use ratatui::buffer::Cell;
use std::io::{self, Write};

/// At least this many blank cells are erased (ECH) instead of written.
const ERASED: u16 = 10;

/// Encodes the changed cells of one frame.
pub(super) struct CellWriter<W> {
    out: W,
    sgr: SgrState,
    /// The column and row of the terminal's cursor, if known.
    cursor: Option<(u16, u16)>,
    /// Whether the cursor's column is certain: terminals differ in the width of characters beyond
    /// ASCII.
    certain: bool,
    /// Pending plain blanks at the cursor.
    blanks: u16,
    /// Buffers for the two encodings of a new state: as a difference, and from the reset state.
    difference: SgrParameters,
    from_reset: SgrParameters,
}

impl<W: Write> CellWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            sgr: SgrState::PLAIN,
            cursor: None,
            certain: false,
            blanks: 0,
            difference: SgrParameters::default(),
            from_reset: SgrParameters::default(),
        }
    }

    pub(super) fn cell(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        let is_blank = cell.symbol() == " " && SgrState::of(cell) == SgrState::PLAIN;
        let continues = |(at, row)| row == y && at + self.blanks == x;
        if is_blank && self.blanks > 0 && self.cursor.is_some_and(continues) {
            self.blanks += 1;
            return Ok(());
        }
        self.write_blanks()?;
        self.go(x, y)?;
        if is_blank {
            self.blanks = 1;
            return Ok(());
        }
        self.set_sgr(SgrState::of(cell))?;
        if is_cluster(cell) && width(cell) > 1 {
            // Erases the cells first, in case the terminal shows it narrower.
            write!(self.out, "\x1b[{}X", width(cell))?;
        }
        self.print(cell.symbol())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write_blanks()?;
        self.set_sgr(SgrState::PLAIN)
    }

    fn write_blanks(&mut self) -> io::Result<()> {
        let count = std::mem::take(&mut self.blanks);
        if count > 0 {
            self.set_sgr(SgrState::PLAIN)?;
        }
        if count >= ERASED {
            // ECH does not move the cursor.
            return write!(self.out, "\x1b[{count}X");
        }
        (0..count).try_for_each(|_| self.print(" "))
    }

    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        if self.cursor == Some((x, y)) {
            return Ok(());
        }
        let steps = self.cursor.filter(|&(_, row)| row == y).and_then(|(at, _)| x.checked_sub(at));
        self.cursor = Some((x, y));
        match steps.filter(|_| self.certain) {
            Some(1) => return write!(self.out, "\x1b[C"),
            Some(steps) => return write!(self.out, "\x1b[{steps}C"),
            None => self.certain = true,
        }
        write!(self.out, "\x1b[{};{}H", y + 1, x + 1)
    }

    fn print(&mut self, symbol: &str) -> io::Result<()> {
        self.certain &= symbol.len() == 1 && symbol.is_ascii();
        // After a picture the cursor may be anywhere.
        self.cursor = self.cursor.filter(|_| !symbol.contains('\x1b')).map(|(x, y)| (x + 1, y));
        self.out.write_all(symbol.as_bytes())
    }

    /// Sets the SGR state, as a difference or after a reset, whichever is shorter.
    fn set_sgr(&mut self, sgr: SgrState) -> io::Result<()> {
        if sgr == self.sgr {
            return Ok(());
        }
        self.difference.encode(self.sgr, sgr);
        self.from_reset.encode(SgrState::PLAIN, sgr);
        self.sgr = sgr;
        let (difference, from_reset) = (self.difference.as_str(), self.from_reset.as_str());
        let reset = if from_reset.is_empty() { "" } else { "0;" };
        if reset.len() + from_reset.len() < difference.len() {
            write!(self.out, "\x1b[{reset}{from_reset}m")
        } else {
            write!(self.out, "\x1b[{difference}m")
        }
    }
}
