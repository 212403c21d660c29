//! Output for screen readers, which read out all output: only changed lines are written, each
//! completely.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;

/// The mark of the selected row, in the first column.
pub(super) const MARK: &str = ">";

/// The lines of the last frame.
#[derive(Debug, Default)]
pub(super) struct WrittenLines {
    area: Rect,
    lines: Vec<String>,
    /// The query of the last frame.
    query: String,
}

impl WrittenLines {
    /// Clears them: the next frame is written completely.
    pub fn forget(&mut self) {
        self.lines.clear();
    }

    /// Selects the cells of a frame to write. The selected row is written again for each new
    /// `query`, even if it stays the same.
    pub fn choose(&mut self, buffer: &mut Buffer, query: String) {
        let area = buffer.area;
        if self.area != area {
            self.lines.clear();
            self.area = area;
        }
        let lines: Vec<String> = area.rows().map(|row| text(buffer, row)).collect();
        let selects = lines.iter().any(|line| line.starts_with(MARK));
        let is_new = self.query != query;
        for (n, row) in area.rows().enumerate() {
            let written = match (self.lines.get(n), &lines[n]) {
                (Some(_), new) if is_new && new.starts_with(MARK) => row.width,
                (Some(old), new) if old == new => 0,
                // A row that lost the selection is not read out again: only its mark is removed.
                (Some(old), new) if selects && is_unmarked(old, new) => 1,
                (Some(_) | None, _) => row.width,
            };
            for (x, place) in row.columns().enumerate() {
                let write = x < usize::from(written);
                let option =
                    if write { CellDiffOption::AlwaysUpdate } else { CellDiffOption::Skip };
                if let Some(cell) = buffer.cell_mut((place.x, place.y)) {
                    cell.set_diff_option(option);
                }
            }
        }
        self.lines = lines;
        self.query = query;
    }
}

fn text(buffer: &Buffer, row: Rect) -> String {
    let cells = row.columns().filter_map(|place| buffer.cell((place.x, place.y)));
    cells.map(Cell::symbol).collect()
}

fn is_unmarked(old: &str, new: &str) -> bool {
    let rest = old.strip_prefix(MARK);
    rest.is_some() && rest == new.strip_prefix(' ')
}
