//! Repairs grapheme clusters of several characters, which take different numbers of cells in
//! different terminals.
//!
//! Some terminals show each character of a flag or a Devanagari conjunct in its own cell. The text
//! after such a cluster is then misplaced, and a part of the cluster remains when other text
//! replaces it. So the cells that it may cover are rewritten whenever it is written or replaced.

use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::text::Span;

/// The most cells that a cluster is assumed to cover.
const MAX_CELLS: usize = 12;

/// A cell to write, at its column and row.
pub(super) type Change<'a> = (u16, u16, &'a Cell);

/// The cells as they were last written.
#[derive(Debug, Default)]
pub(super) struct ShownCells {
    width: u16,
    /// Row by row. The cells covered by a wide symbol are blank, as ratatui leaves them.
    cells: Vec<Cell>,
}

impl ShownCells {
    /// Clears all cells: the terminal was cleared, or its size changed.
    pub(super) fn clear(&mut self, width: u16, height: u16) {
        self.width = width;
        self.cells.clear();
        self.cells.resize(usize::from(width) * usize::from(height), Cell::EMPTY);
    }

    /// The changes, row by row from left to right, with the cells that must be rewritten.
    pub(super) fn with_repairs<'a>(&'a self, changes: &[Change<'a>]) -> Vec<Change<'a>> {
        let rows = changes.chunk_by(|(_, row, _), (_, other, _)| row == other);
        rows.flat_map(|row| self.repaired_row(row)).collect()
    }

    fn repaired_row<'a>(&'a self, changes: &[Change<'a>]) -> Vec<Change<'a>> {
        let Some(&(first, row, _)) = changes.first() else { return Vec::new() };
        let mut changes = changes.iter().peekable();
        let mut repaired = Vec::with_capacity(changes.len());
        // Cells up to this column must be rewritten.
        let mut end = 0;
        let mut column = first;
        loop {
            let old = self.cell(column, row);
            // Cells hidden by a wide symbol are not written.
            while changes.next_if(|(x, ..)| *x < column).is_some() {}
            let new = changes.next_if(|(x, ..)| *x == column).map(|(.., cell)| *cell);
            let again = || old.filter(|_| usize::from(column) < end);
            if let Some(cell) = new.or_else(again) {
                repaired.push((column, row, cell));
                end = end.max(usize::from(column) + reach(cell));
                let next = column + width(cell).max(1) as u16;
                for covered in column..next {
                    let old = self.cell(covered, row).map_or(0, reach);
                    end = end.max(usize::from(covered) + old);
                }
                column = next;
            } else {
                column += 1;
            }
            // Nothing needs repair between here and the next change.
            if usize::from(column) >= end {
                match changes.peek() {
                    Some((x, ..)) => column = column.max(*x),
                    None => return repaired,
                }
            }
            if column >= self.width && changes.peek().is_none() {
                return repaired;
            }
        }
    }

    /// Records the written cells.
    pub(super) fn remember(&mut self, written: Vec<(u16, u16, Cell)>) {
        for (column, row, cell) in written {
            let at = usize::from(row) * usize::from(self.width) + usize::from(column);
            let room = usize::from(self.width.saturating_sub(column));
            let covered = width(&cell).max(1).min(room);
            let mut content = Some(cell);
            for old in self.cells.iter_mut().skip(at).take(covered) {
                *old = content.take().unwrap_or(Cell::EMPTY);
            }
        }
    }

    fn cell(&self, column: u16, row: u16) -> Option<&Cell> {
        let at = usize::from(row) * usize::from(self.width) + usize::from(column);
        self.cells.get(at).filter(|_| column < self.width)
    }
}

/// Whether terminals differ in the number of cells that a symbol takes.
pub(super) fn is_cluster(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    forced_width(cell).is_none() && !symbol.is_ascii() && symbol.chars().nth(1).is_some()
}

/// The number of cells of a part of a picture, regardless of its symbol.
fn forced_width(cell: &Cell) -> Option<usize> {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(width) => Some(usize::from(width.get())),
        CellDiffOption::None | CellDiffOption::Skip | CellDiffOption::AlwaysUpdate => None,
    }
}

/// The most cells that a cluster may cover; 0 for other symbols.
fn reach(cell: &Cell) -> usize {
    if !is_cluster(cell) {
        return 0;
    }
    let symbol = cell.symbol();
    symbol.chars().map(|c| Span::raw(c.to_string()).width().max(1)).sum::<usize>().min(MAX_CELLS)
}

/// The expected number of cells of a symbol.
pub(super) fn width(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    match forced_width(cell) {
        Some(width) => width,
        None if symbol.is_ascii() => symbol.len(),
        None => Span::raw(symbol).width(),
    }
}
