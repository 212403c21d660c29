//! Encodes changed cells in as few bytes as possible.
//!
//! A key changes most rows of the list, each in many short runs, and a shorter frame is displayed
//! sooner: a pseudo terminal passes on 4 KB at a time, a remote connection a packet. So attributes
//! are written as differences in one sequence, the sixteen colours by their short parameters, moves
//! to the right as relative ones, and runs of blanks by their length. Everything else is
//! crossterm's.

mod cell_writer;
mod clusters;
mod sgr;

#[cfg(test)]
mod tests;

use super::frame_buffer::FrameBuffer;
use cell_writer::CellWriter;
use clusters::{Change, ShownCells};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io;

/// A ratatui backend that encodes frames into a [`FrameBuffer`].
pub(super) struct Painter {
    crossterm: CrosstermBackend<FrameBuffer>,
    frame: FrameBuffer,
    shown: ShownCells,
}

impl Painter {
    /// A backend for a cleared screen of this size.
    pub(super) fn new(frame: &FrameBuffer, size: Size) -> Self {
        let crossterm = CrosstermBackend::new(frame.clone());
        let mut shown = ShownCells::default();
        shown.clear(size.width, size.height);
        Self { crossterm, frame: frame.clone(), shown }
    }
}

impl Backend for Painter {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changes: Vec<Change> = content.collect();
        let changes = self.shown.with_repairs(&changes);
        let mut writer = CellWriter::new(&mut self.frame);
        for &(x, y, cell) in &changes {
            writer.cell(x, y, cell)?;
        }
        writer.finish()?;
        let written: Vec<(u16, u16, Cell)> =
            changes.into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
        self.shown.remember(written);
        Ok(())
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.crossterm.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.crossterm.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.crossterm.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.crossterm.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.crossterm.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let size = self.size()?;
        self.shown.clear(size.width, size.height);
        self.crossterm.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.crossterm.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.crossterm.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
