//! Moves through the list, reads, and goes back.

use super::super::{App, Command, Focus, Outcome, StateChange, TextInput, is_same, only_in_answer};
use super::Commands;
use std::sync::Arc;

impl App {
    // ---- the list ----

    pub(super) fn page(&self) -> isize {
        let rows = usize::from(self.layout().list.inner.height);
        self.list.visible_rows(rows).count().saturating_sub(1).max(1) as isize
    }

    /// Converts rows down the screen to ranks: worse hits are above in a bottom-up list.
    pub(super) fn ranks(&self, rows: isize) -> isize {
        if self.options.upwards && self.popup.is_none() { -rows } else { rows }
    }

    /// Converts rows down to ranks for a key: while reading, down means the next question.
    pub(super) fn down(&self, rows: isize) -> isize {
        if self.focus == Focus::List { self.ranks(rows) } else { rows }
    }

    pub(super) fn step(&mut self, rows: isize) -> Commands {
        if let Some(popup) = &mut self.popup {
            popup.select(popup.selected().saturating_add_signed(rows));
            return Vec::new();
        }
        // The next entry has already taken the place of one that left the list.
        let has_next = rows > 0 && self.marked_away.is_some_and(|n| self.pinned_entry == Some(n));
        let rows = rows - isize::from(has_next);
        self.select(self.list.selected().saturating_add_signed(rows))
    }

    pub(super) fn select(&mut self, rank: usize) -> Commands {
        let before = self.shown();
        self.pinned_entry = None;
        self.list.select(rank);
        if self.shown() != before {
            self.show_selected();
        }
        let mut commands = Vec::new();
        if self.focus == Focus::Answer {
            commands.extend(self.record_read());
        }
        if let Some(limit) = self.list.next_limit(rank).filter(|&limit| limit > self.limit) {
            self.limit = limit;
            commands.push(self.search_command());
        }
        commands
    }

    pub(super) fn show_selected(&mut self) {
        self.answer.show(self.list.hit().is_some_and(only_in_answer));
        if self.focus == Focus::Find {
            self.focus = Focus::Answer;
        }
    }

    // ---- reading ----

    pub(super) fn read_or_pick(&mut self) -> Commands {
        if !self.options.pick {
            if self.focus == Focus::Answer {
                self.scroll(1);
                return Vec::new();
            }
            return self.read();
        }
        let mut picked = std::mem::take(&mut self.marked);
        if picked.is_empty() {
            picked.extend(self.entry().map(|entry| entry.to_entry()));
        }
        if picked.is_empty() {
            return Vec::new();
        }
        let mut commands = self.remember_query();
        for entry in &picked {
            commands.extend(self.record_use_of(entry.key().to_string()));
        }
        commands.push(Command::Quit(Outcome::Picked {
            entries: picked,
            query: self.prompt.text().to_owned(),
        }));
        commands
    }

    /// Toggles the mark of the selected entry, and moves on by `rows`.
    pub(super) fn mark(&mut self, rows: isize) -> Commands {
        let Some(entry) = self.list.entry().filter(|_| self.options.multi) else {
            return Vec::new();
        };
        if let Some(n) = self.marked.iter().position(|marked| is_same(marked, &entry)) {
            self.marked.remove(n);
        } else {
            let entry = entry.to_entry();
            self.marked.push(entry);
        }
        self.step(rows)
    }

    pub(super) fn read(&mut self) -> Commands {
        if self.entry().is_none() {
            self.set_notice("no answer to read: change the query");
            return Vec::new();
        }
        self.focus = Focus::Answer;
        // From now on the selection stays on the read entry, whatever hits arrive.
        self.list.select(self.list.selected());
        let mut commands = self.remember_query();
        commands.extend(self.record_opened());
        commands
    }

    /// Records that the shown entry was read, or passed while reading.
    fn record_read(&mut self) -> Commands {
        let (Some(number), Some(key)) = (self.shown(), self.entry().map(|e| e.key().to_string()))
        else {
            return Vec::new();
        };
        self.history.visit(number);
        let recent = Arc::make_mut(&mut self.recent);
        recent.retain(|other| *other != key);
        recent.push(key.clone());
        let read = Command::Save(StateChange::Read(key));
        std::iter::once(read).chain(self.keep_live()).collect()
    }

    /// Saves the shown entry if it is from a live source: the next start cannot load it.
    pub(super) fn keep_live(&self) -> Option<Command> {
        let entry = self.shown().filter(|&entry| self.list.hits().index.is_live(entry))?;
        let entry = self.list.hits().index.entry(entry)?.to_entry();
        Some(Command::Save(StateChange::Keep(Box::new(entry))))
    }

    /// Records that the user opened the shown entry.
    pub(super) fn record_opened(&mut self) -> Commands {
        let used = self.record_use();
        self.record_read().into_iter().chain(used).collect()
    }

    /// Records a use of the shown entry, for ranking.
    pub(super) fn record_use(&mut self) -> Option<Command> {
        let key = self.entry()?.key().to_string();
        self.record_use_of(key)
    }

    fn record_use_of(&mut self, key: String) -> Option<Command> {
        self.usage.record(&key).then(|| Command::Save(StateChange::Used(key)))
    }

    /// Shows an entry, also one that is not in the list.
    pub(super) fn show(&mut self, entry: u32) {
        let rank = self.list.ready_rank_of(entry);
        self.pinned_entry = Some(entry).filter(|_| rank.is_none());
        if let Some(rank) = rank {
            self.list.select(rank);
        }
        self.answer.show(false);
        self.focus = Focus::Answer;
    }

    pub(super) fn go_back_in_history(&mut self) {
        match self.history.back() {
            Some(entry) => self.show(entry),
            None => self.set_notice("no earlier question in the history"),
        }
    }

    pub(super) fn go_forward_in_history(&mut self) {
        match self.history.forward() {
            Some(entry) => self.show(entry),
            None => self.set_notice("no later question in the history"),
        }
    }

    pub(super) fn start_finding(&mut self) {
        if self.entry().is_some() {
            self.answer.start_finding();
            self.focus = Focus::Find;
        }
    }

    // ---- scrolling and finding ----

    fn answer_rows(&self) -> usize {
        usize::from(self.layout().answer.inner.height)
    }

    /// A page of the answer in lines: one line of the previous page stays visible.
    pub(super) fn answer_page(&self) -> isize {
        self.answer_rows().saturating_sub(1).max(1) as isize
    }

    pub(super) fn half_page(&self) -> isize {
        (self.answer_rows() / 2).max(1) as isize
    }

    pub(super) fn scroll(&mut self, lines: isize) {
        self.document();
        let rows = self.answer_rows();
        // If the page scrolled by a line, a screen reader would read it out from the top again.
        if self.options.plain && lines.abs() == 1 {
            return self.answer.move_reading_line(lines > 0, rows);
        }
        self.answer.scroll(lines, rows);
    }

    /// Goes to the next or previous occurrence of the text to find, or match of the query.
    pub(super) fn find_step(&mut self, forward: bool) {
        self.document();
        let rows = self.answer_rows();
        if self.answer.find().is_some() {
            return self.answer.find_step(forward, rows);
        }
        let Self { answer, list, .. } = self;
        let highlighter = &list.hits().highlighter;
        let step = answer.match_step(forward, rows, |line| highlighter.ranges(line).len());
        match step {
            Some((number, count)) => self.set_notice(format!("match {number} of {count}")),
            None => self.set_notice("no match of the query in this answer"),
        }
    }

    pub(super) fn change_find(&mut self, change: impl FnOnce(&mut TextInput) -> bool) {
        self.document();
        let rows = self.answer_rows();
        let changed = self.answer.change_find(rows, change);
        // With a screen reader, scrolling waits until the text is complete.
        if changed && !self.options.plain {
            self.answer.go_to_found(rows);
        }
    }

    /// Ends typing the text to find, and goes to the current occurrence.
    pub(super) fn end_find_input(&mut self) {
        self.focus = Focus::Answer;
        self.answer.go_to_found(self.answer_rows());
    }
}
