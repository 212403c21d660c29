//! The answer pane's state: where it is scrolled to, what is sought in it, and what was read.

use super::Measures;
use super::line::Line;

/// Where the answer should be scrolled to. The next draw, which knows the lines, carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// This line is the first.
    Top(usize),
    /// The last line is in sight.
    End,
    /// The place found with this number is in sight.
    Found(usize),
    /// The first match of the query is in sight.
    Match,
}

/// What is sought in the answer with `/`.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What was typed.
    pub line: Line,
    /// The number of the place found that is current.
    pub current: usize,
}

/// The answer pane.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where to scroll to.
    pub aim: Aim,
    /// What is sought, while something is.
    pub find: Option<Find>,
    /// What the last draw knew.
    pub measures: Measures,
}

impl Default for Answer {
    fn default() -> Self {
        Self { aim: Aim::Match, find: None, measures: Measures::default() }
    }
}

impl Answer {
    /// Shows another entry from where it matches.
    pub fn show_afresh(&mut self) {
        self.aim = Aim::Match;
    }

    /// Scrolls by lines.
    pub fn scroll(&mut self, lines: isize) {
        let from = match self.aim {
            Aim::Top(top) => top,
            Aim::End => self.last_top(),
            Aim::Found(_) | Aim::Match => self.measures.answer_top,
        };
        self.aim = Aim::Top(from.saturating_add_signed(lines).min(self.last_top()));
    }

    /// Scrolls by a fraction of what is in sight: `halves` of a page.
    pub fn scroll_half_pages(&mut self, halves: isize) {
        // A full page keeps one line of the last in sight.
        let page = self.measures.answer_rows.saturating_sub(1).max(1) as isize;
        self.scroll(if halves.abs() == 1 { halves * (page / 2).max(1) } else { halves / 2 * page });
    }

    fn last_top(&self) -> usize {
        self.measures.answer_lines.saturating_sub(self.measures.answer_rows)
    }

    /// Takes what a draw measured.
    pub fn measured(&mut self, measures: Measures) {
        self.aim = Aim::Top(measures.answer_top);
        self.measures = measures;
    }

    /// Goes to the next place found, or the previous; around the ends.
    pub fn find_step(&mut self, forward: bool) {
        let count = self.measures.found.len();
        let Some(find) = self.find.as_mut().filter(|_| count > 0) else { return };
        let step = if forward { 1 } else { count - 1 };
        find.current = (find.current + step) % count;
        self.aim = Aim::Found(find.current);
    }
}
