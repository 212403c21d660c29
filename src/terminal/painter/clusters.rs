//! Repairs clusters of several characters, which take different numbers of cells in different
//! terminals.
//!
//! Some terminals show each character of a flag or a Devanagari conjunct in a cell of its own. The
//! text after such a cluster is then not where it is expected, and a part of the cluster stays when
//! another text replaces it. So the cells that it may cover are written again whenever it is written
//! or replaced.

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
    /// Row by row. Behind a wide symbol cells are blank, as ratatui leaves them.
    cells: Vec<Cell>,
}

impl ShownCells {
    /// Forgets everything: the terminal was cleared, or has another size.
    pub(super) fn clear(&mut self, width: u16, height: u16) {
        self.width = width;
        self.cells.clear();
        self.cells.resize(usize::from(width) * usize::from(height), Cell::EMPTY);
    }

    /// The changes, row by row from left to right, with the cells that have to be written again.
    pub(super) fn with_repairs<'a>(&'a self, changes: &[Change<'a>]) -> Vec<Change<'a>> {
        let rows = changes.chunk_by(|(_, row, _), (_, other, _)| row == other);
        rows.flat_map(|row| self.repaired_row(row)).collect()
    }

    fn repaired_row<'a>(&'a self, changes: &[Change<'a>]) -> Vec<Change<'a>> {
        let Some(&(first, row, _)) = changes.first() else { return Vec::new() };
        let mut changes = changes.iter().peekable();
        let mut repaired = Vec::with_capacity(changes.len());
        // Up to this column cells have to be written again.
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
            // Nothing is left of this row between here and the next change.
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

    /// Remembers what was written.
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

/// Whether terminals differ in the cells that a symbol takes.
pub(super) fn is_cluster(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    forced_width(cell).is_none() && !symbol.is_ascii() && symbol.chars().nth(1).is_some()
}

/// The cells that a part of a picture takes, whatever its symbol.
fn forced_width(cell: &Cell) -> Option<usize> {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(width) => Some(usize::from(width.get())),
        CellDiffOption::None | CellDiffOption::Skip | CellDiffOption::AlwaysUpdate => None,
    }
}

/// How many cells a cluster may cover; 0 for other symbols.
fn reach(cell: &Cell) -> usize {
    if !is_cluster(cell) {
        return 0;
    }
    let symbol = cell.symbol();
    symbol.chars().map(|c| Span::raw(c.to_string()).width().max(1)).sum::<usize>().min(MAX_CELLS)
}

/// The cells that a symbol is expected to take.
pub(super) fn width(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    match forced_width(cell) {
        Some(width) => width,
        None if symbol.is_ascii() => symbol.len(),
        None => Span::raw(symbol).width(),
    }
}
