//! The answer pane's state: where it is scrolled to, and what is sought in it.

use super::{Measures, TextInput};

/// Where the answer should be scrolled to. The next draw, which knows the lines, carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// This line is the first.
    Top(usize),
    /// The last line is in sight.
    End,
    /// The place found with this number is in sight.
    Found(usize),
    /// The first place found in sight or below is.
    FoundBelow,
    /// The first match of the query is in sight.
    Match,
}

/// The answer pane.
#[derive(Debug, Clone)]
pub struct Answer {
    aim: Aim,
    find: Option<TextInput>,
    measures: Measures,
}

impl Default for Answer {
    fn default() -> Self {
        Self { aim: Aim::Match, find: None, measures: Measures::default() }
    }
}

impl Answer {
    /// Where to scroll to.
    pub fn aim(&self) -> Aim {
        self.aim
    }

    /// What is sought in the answer.
    pub fn find(&self) -> Option<&TextInput> {
        self.find.as_ref()
    }

    /// What the last draw knew.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Another entry is shown: from its top, or from where it matches the query.
    pub(super) fn show(&mut self, at_match: bool) {
        self.aim = if at_match { Aim::Match } else { Aim::Top(0) };
        self.measures.answer_top = 0;
    }

    pub(super) fn aim_at(&mut self, aim: Aim) {
        self.aim = aim;
    }

    /// Scrolls by lines.
    pub(super) fn scroll(&mut self, lines: isize) {
        let last = self.measures.answer_lines.saturating_sub(self.measures.answer_rows);
        let from = match self.aim {
            Aim::Top(top) => top,
            Aim::End => last,
            Aim::Found(_) | Aim::FoundBelow | Aim::Match => self.measures.answer_top,
        };
        self.aim = Aim::Top(from.saturating_add_signed(lines).min(last));
    }

    /// Scrolls by pages; one line of the page before stays in sight.
    pub(super) fn scroll_pages(&mut self, pages: isize) {
        let page = self.measures.answer_rows.saturating_sub(1).max(1);
        self.scroll(pages * page as isize);
    }

    /// Scrolls by half pages.
    pub(super) fn scroll_half_pages(&mut self, halves: isize) {
        let half = (self.measures.answer_rows / 2).max(1);
        self.scroll(halves * half as isize);
    }

    /// Takes what a draw measured.
    pub(super) fn measured(&mut self, measures: Measures) {
        if measures.answer_rows > 0 {
            self.aim = Aim::Top(measures.answer_top);
        }
        self.measures = measures;
    }

    /// Begins to find, with nothing typed yet.
    pub(super) fn start_finding(&mut self) {
        self.find = Some(TextInput::default());
    }

    /// Ends it; says whether anything was sought.
    pub(super) fn stop_finding(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Changes what is sought; says whether `change` did.
    pub(super) fn change_find(&mut self, change: impl FnOnce(&mut TextInput) -> bool) -> bool {
        let Some(line) = &mut self.find else { return false };
        let changed = change(line);
        if changed {
            self.aim = Aim::FoundBelow;
        }
        changed
    }

    /// Goes to the next place found or the previous one, around the ends.
    pub(super) fn find_step(&mut self, forward: bool) {
        let count = self.measures.found;
        if self.find.is_some() && count > 0 {
            let step = if forward { 1 } else { count - 1 };
            self.measures.found_current = (self.measures.found_current + step) % count;
            self.aim = Aim::Found(self.measures.found_current);
        }
    }
}
