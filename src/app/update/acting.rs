//! Runs actions.

use super::super::layout::LIST_SHARE;
use super::super::{Action, App, Command, Focus, Job, Loading, Needs, Outcome, Popup};
use super::Commands;
use crate::collection::Recall;

/// How far one key moves the border, in thousandths.
const SPLIT_STEP: i32 = 50;

impl App {
    /// Whether an action has to wait for hits or a pop-up requested by earlier keys, so that fast
    /// typing has the same effect as slow typing.
    pub fn has_to_wait(&self, action: Action) -> bool {
        match action.needs() {
            Needs::Nothing => false,
            Needs::Prompt => self.jobs.popup.is_some(),
            Needs::Hits | Needs::Answer => self.is_waiting() || self.awaits_first_entries(),
        }
    }

    /// Whether no entries have arrived yet.
    fn awaits_first_entries(&self) -> bool {
        if self.options.live {
            return self.querying && self.list.hits().total == 0;
        }
        let expected = self.loading != Loading::Done || self.loaded > 0;
        expected && self.list.hits().index.is_empty()
    }

    /// Whether typed text has to wait for a pop-up that it will filter.
    pub fn text_has_to_wait(&self) -> bool {
        self.jobs.popup.is_some()
    }

    pub(super) fn act(&mut self, action: Action) -> Commands {
        if let Some(commands) = self.act_in_popup(action) {
            return commands;
        }
        if self.reveal_if_needed(action) {
            return Vec::new();
        }
        match action {
            Action::Next => return self.step(self.down(1)),
            Action::Previous => return self.step(self.down(-1)),
            Action::PageDown => return self.step(self.down(self.page())),
            Action::PageUp => return self.step(self.down(-self.page())),
            Action::First => return self.select(0),
            Action::Last => return self.select(usize::MAX),
            Action::Mark => return self.mark(1),
            Action::MarkBack => return self.mark(-1),
            Action::Read if self.focus == Focus::Find => self.end_find_input(),
            Action::Read => return self.read_or_pick(),
            Action::Switch if self.focus == Focus::List => return self.read(),
            Action::Switch | Action::List => {
                self.focus = Focus::List;
                self.split.zoomed = false;
            }
            Action::Back => return self.back(),
            Action::ScrollDown => self.scroll(1),
            Action::ScrollUp => self.scroll(-1),
            Action::ScrollHalfDown => self.scroll(self.half_page()),
            Action::ScrollHalfUp => self.scroll(-self.half_page()),
            Action::ScrollPageDown => self.scroll(self.answer_page()),
            Action::ScrollPageUp => self.scroll(-self.answer_page()),
            Action::ScrollTop => self.answer.scroll_to_top(),
            Action::ScrollEnd => self.answer.scroll_to_end(),
            Action::Find => self.start_finding(),
            Action::FindNext => self.find_step(true),
            Action::FindPrevious => self.find_step(false),
            Action::Zoom => self.split.zoomed = !self.split.zoomed,
            Action::SplitLeft => self.move_border(-SPLIT_STEP),
            Action::SplitRight => self.move_border(SPLIT_STEP),
            Action::QueryEarlier => return self.recall_query(true),
            Action::QueryLater => return self.recall_query(false),
            Action::Help => self.popup = Some(Popup::help(&self.options.help, self.mode())),
            Action::Problems => {
                let index = self.list.hits().index.clone();
                return self.start_popup(Job::Problems {
                    index,
                    mistakes: self.options.mistakes.clone(),
                    diagnostics: self.diagnostics.clone(),
                    unused: self.unused.clone(),
                });
            }
            Action::Filter => {
                return self.start_popup(Job::Filter(Box::new(self.list.hits().clone())));
            }
            Action::Recent => return self.open_recent(),
            Action::Bookmark => return self.bookmark(),
            Action::OnlyBookmarked => return self.only_bookmarked(),
            Action::HideAnswers => self.toggle_answers(),
            Action::Random => return self.random_question(),
            Action::Known => return self.mark_recall(Recall::Known),
            Action::Again => return self.mark_recall(Recall::Again),
            Action::Theme => return vec![Command::NextTheme],
            Action::Redraw => return vec![Command::Redraw],
            Action::Suspend => return vec![Command::Suspend],
            Action::Quit => return vec![Command::Quit(Outcome::Done)],
            Action::Interrupt => return vec![Command::Quit(Outcome::Interrupted)],
            Action::HistoryBack => self.go_back_in_history(),
            Action::HistoryForward => self.go_forward_in_history(),
            Action::Related => return self.open_related(),
            Action::Copy => return self.copy_answer(),
            Action::CopyBoth => return self.copy_both(),
            Action::CopyCode => return self.copy_code(),
            Action::OpenLink => return self.open_links(),
            Action::EditSource => return self.edit_source(),
            Action::Edit(edit) => return self.edit_line(edit),
        }
        Vec::new()
    }

    /// Goes one step back: cancels a pop-up that is being made, or leaves the search in the answer,
    /// the answer, a pinned entry, the query, the program.
    fn back(&mut self) -> Commands {
        if self.jobs.popup.take().is_some() {
            return Vec::new();
        }
        match self.focus {
            Focus::Find => {
                self.answer.stop_finding();
                self.focus = Focus::Answer;
            }
            Focus::Answer if self.answer.stop_finding() => {}
            Focus::Answer if self.split.zoomed => self.split.zoomed = false,
            Focus::Answer => self.focus = Focus::List,
            Focus::List if self.pinned_entry.take().is_some() => self.show_selected(),
            Focus::List if self.back_leaves() => return vec![Command::Quit(Outcome::Done)],
            Focus::List => return self.set_query(""),
        }
        Vec::new()
    }

    fn move_border(&mut self, by: i32) {
        let split = i32::from(self.split.split.unwrap_or(LIST_SHARE)) + by;
        self.split.split = Some(split.clamp(100, 900) as u16);
    }
}
