//! Lays out tables that fit the page: minimal columns, wrapped cells; a table with more columns
//! than fit becomes a list of its rows.

use super::flow::Flow;
use super::line::{Line, SpanStyle};
use super::page::Page;
use super::role::Role;
use super::wrap::{Room, wrap};
use crate::text::columns;
use pulldown_cmark::Alignment;

/// The minimum width of a readable column.
const NARROWEST: usize = 4;
/// The width of the border between two columns: ` │ `.
const BORDER: usize = 3;

/// The cells of a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The number of heading rows.
    heads: usize,
    rows: Vec<Vec<Flow>>,
}

impl Table {
    pub fn new(alignments: Vec<Alignment>) -> Self {
        Table { alignments, ..Table::default() }
    }

    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn head_ends(&mut self) {
        self.heads = self.rows.len();
    }

    pub fn cell(&mut self) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Flow::default());
        }
    }

    /// The cell that is being filled.
    pub fn current(&mut self) -> Option<&mut Flow> {
        self.rows.last_mut()?.last_mut()
    }

    /// Adds the table to the page.
    pub fn lay_out(mut self, page: &mut Page, drawing: bool) {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if count == 0 {
            return;
        }
        for row in &mut self.rows {
            row.resize(count, Flow::default());
        }
        for row in &mut self.rows[..self.heads] {
            *row = std::mem::take(row).into_iter().map(|cell| cell.with(Role::TableHead)).collect();
        }
        let empty_head = self.heads == 1 && self.rows[0].iter().all(Flow::is_blank);
        if empty_head {
            self.rows.remove(0);
            self.heads = 0;
        }
        page.space();
        // For a screen reader each cell is written with its heading.
        match self.widths(count, page.room()).filter(|_| drawing) {
            Some(widths) => self.grid(&widths, page),
            None => self.records(page),
        }
        page.want_gap(true);
    }

    /// The columns' widths, if they fit.
    fn widths(&self, count: usize, room: usize) -> Option<Vec<usize>> {
        let room = room.checked_sub((count - 1) * BORDER)?;
        let mut natural = vec![1; count];
        let mut word = vec![1; count];
        for (n, cell) in self.rows.iter().flat_map(|row| row.iter().enumerate()) {
            for line in cell.text().split('\n') {
                natural[n] = natural[n].max(columns(line));
                let longest = line.split(' ').map(columns).max().unwrap_or(0);
                word[n] = word[n].max(longest);
            }
        }
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        // Long words are broken only if the page has no space for short ones.
        let least: Vec<usize> =
            word.iter().map(|&w| w.min((room / count).max(NARROWEST))).collect();
        let capped = |cap: usize| -> Vec<usize> {
            natural.iter().zip(&least).map(|(&n, &l)| n.min(cap.max(l))).collect()
        };
        let fits = |cap: usize| capped(cap).iter().sum::<usize>() <= room;
        if !fits(1) {
            return None;
        }
        // The widest columns shrink first.
        let (mut cap, mut too_much) = (1, room + 1);
        while too_much - cap > 1 {
            let middle = usize::midpoint(cap, too_much);
            if fits(middle) { cap = middle } else { too_much = middle }
        }
        let mut widths = capped(cap);
        let mut left = room - widths.iter().sum::<usize>();
        for (width, &natural) in widths.iter_mut().zip(&natural) {
            if left > 0 && *width < natural {
                *width += 1;
                left -= 1;
            }
        }
        Some(widths)
    }

    fn grid(&self, widths: &[usize], page: &mut Page) {
        let lines = |row: &Vec<Flow>| -> Vec<_> {
            row.iter().zip(widths).map(|(c, &w)| wrap(c.text(), Room::same(w))).collect()
        };
        let wrapped: Vec<Vec<_>> = self.rows.iter().map(lines).collect();
        // A row of several lines would run into its neighbours.
        let is_tall = |n: usize| wrapped[n].iter().any(|cell| cell.len() > 1);
        for (n, (row, cells)) in self.rows.iter().zip(&wrapped).enumerate() {
            if n > 0 && (n == self.heads || (n > self.heads && (is_tall(n - 1) || is_tall(n)))) {
                rule(widths, page);
            }
            let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let mut cursors = vec![0; row.len()];
            for at in 0..height {
                let mut line = page.begin();
                for (column, cell) in row.iter().enumerate() {
                    if column > 0 {
                        line.push(" │ ", Role::TableBorder.into());
                    }
                    let range = cells[column].get(at).map_or(0..0, |(range, _)| range.clone());
                    let free = widths[column].saturating_sub(columns(&cell.text()[range.clone()]));
                    let left = self.left(column, free);
                    line.pad(left, SpanStyle::default());
                    cell.copy(range, &mut cursors[column], &mut line);
                    line.pad(free - left, SpanStyle::default());
                }
                page.end(line);
            }
        }
    }

    fn left(&self, column: usize, free: usize) -> usize {
        match self.alignments.get(column) {
            Some(Alignment::Right) => free,
            Some(Alignment::Center) => free / 2,
            _ => 0,
        }
    }

    /// Each row as lines of `heading: cell`.
    fn records(&self, page: &mut Page) {
        let head = self.rows[..self.heads].last();
        for (n, row) in self.rows[self.heads..].iter().enumerate() {
            if n > 0 {
                page.blank();
            }
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
                let mut flow = Flow::default();
                if let Some(head) = head.map(|head| &head[column]).filter(|h| !h.is_blank()) {
                    flow.append(head);
                    flow.push(": ", Role::TableHead.into());
                }
                flow.append(cell);
                page.flow(&flow);
            }
        }
        if self.rows.len() == self.heads {
            for cell in head.into_iter().flatten() {
                page.flow(cell);
            }
        }
    }
}

fn rule(widths: &[usize], page: &mut Page) {
    let mut line: Line = page.begin();
    for (n, &width) in widths.iter().enumerate() {
        if n > 0 {
            line.push("─┼─", Role::TableBorder.into());
        }
        line.push(&"─".repeat(width), Role::TableBorder.into());
    }
    page.end(line);
}
