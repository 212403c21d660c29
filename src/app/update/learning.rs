//! Learning: hidden answers, random questions, and marks of what is known.

use super::super::{Action, App, Command, Focus, Needs, StateChange};
use super::Commands;
use crate::collection::Recall;

impl App {
    /// Toggles hiding of answers.
    pub(super) fn toggle_answers(&mut self) {
        self.learning.hides_answers = !self.learning.hides_answers;
        self.answer.conceal();
        self.list.set_passages(self.passages());
        let hides = self.learning.hides_answers;
        self.set_notice(if hides { "answers are hidden" } else { "answers are shown" });
    }

    /// Reveals the hidden answer if the action needs it; returns whether it did.
    pub(super) fn reveal_if_needed(&mut self, action: Action) -> bool {
        let needs_answer = action.needs() == Needs::Answer
            || (action == Action::Read && self.focus == Focus::Answer);
        if !needs_answer || !self.is_hidden() || self.entry().is_none() {
            return false;
        }
        self.answer.reveal();
        true
    }

    /// Opens a random question of the list: each one once before any repeats.
    pub(super) fn random_question(&mut self) -> Commands {
        let entries: Vec<u32> = {
            let hits = self.list.hits();
            (0..hits.ready()).filter_map(|rank| hits.get(rank)).map(|hit| hit.entry).collect()
        };
        let shown = self.shown();
        let left = |drawn: &[u32]| -> Vec<usize> {
            let is_left = |n: &usize| Some(entries[*n]) != shown && !drawn.contains(&entries[*n]);
            (0..entries.len()).filter(is_left).collect()
        };
        let mut ranks = left(&self.learning.drawn);
        if ranks.is_empty() {
            self.learning.drawn.clear();
            ranks = left(&[]);
        }
        let number = self.learning.next_number();
        let Some(&rank) = ranks.get((number % ranks.len().max(1) as u64) as usize) else {
            self.set_notice("no other question in the list");
            return Vec::new();
        };
        self.learning.drawn.push(entries[rank]);
        self.focus = Focus::Answer;
        self.select(rank)
    }

    /// Marks the shown entry as known or to review again; the same mark again removes it.
    pub(super) fn mark_recall(&mut self, recall: Recall) -> Commands {
        let Some(entry) = self.entry() else { return self.no_entry() };
        let (key, before) = (entry.key().to_string(), self.marks.recall(&entry));
        let recall = Some(recall).filter(|_| before != Some(recall));
        let marks = std::sync::Arc::make_mut(&mut self.marks);
        marks.set_recall(&key, recall);
        let text = match recall {
            Some(Recall::Known) => "marked as known: is:new shows the others",
            Some(Recall::Again) => "marked to review again: is:again shows these",
            None => "mark removed",
        };
        self.set_notice(text);
        let mut commands = vec![Command::Save(StateChange::Recall(key, recall))];
        commands.extend(self.search_by_marks());
        commands
    }
}
