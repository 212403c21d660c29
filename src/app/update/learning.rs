//! Reading for learning: answers hidden until asked for, a random question, and what is known.

use super::super::{Action, App, Command, Focus, Needs, StateChange};
use super::Commands;
use crate::collection::Recall;

impl App {
    /// Hides answers, or shows them again.
    pub(super) fn toggle_answers(&mut self) {
        self.learning.hides_answers = !self.learning.hides_answers;
        self.answer.conceal();
        self.list.set_passages(self.passages());
        let hides = self.learning.hides_answers;
        self.set_notice(if hides { "answers are hidden" } else { "answers are shown" });
    }

    /// Shows the hidden answer if the action needs it; tells whether it did.
    pub(super) fn reveals(&mut self, action: Action) -> bool {
        let asks = action.needs() == Needs::Answer
            || (action == Action::Read && self.focus == Focus::Answer);
        if !asks || !self.is_hidden() || self.entry().is_none() {
            return false;
        }
        self.answer.reveal();
        true
    }

    /// Reads a question of the list at random: each once before any comes again.
    pub(super) fn random_question(&mut self) -> Commands {
        let entries: Vec<u32> = {
            let hits = self.list.hits();
            (0..hits.ready()).filter_map(|rank| hits.get(rank)).map(|hit| hit.entry).collect()
        };
        let shown = self.shown();
        let left = |asked: &[u32]| -> Vec<usize> {
            let is_left = |n: &usize| Some(entries[*n]) != shown && !asked.contains(&entries[*n]);
            (0..entries.len()).filter(is_left).collect()
        };
        let mut ranks = left(&self.learning.asked);
        if ranks.is_empty() {
            self.learning.asked.clear();
            ranks = left(&[]);
        }
        let number = self.learning.next_number();
        let Some(&rank) = ranks.get((number % ranks.len().max(1) as u64) as usize) else {
            self.set_notice("there is no other question in the list");
            return Vec::new();
        };
        self.learning.asked.push(entries[rank]);
        self.focus = Focus::Answer;
        self.select(rank)
    }

    /// Marks the entry on show as known or to be asked again; the same mark twice takes it away.
    pub(super) fn mark_recall(&mut self, recall: Recall) -> Commands {
        let Some(entry) = self.entry() else { return self.no_entry() };
        let (key, before) = (entry.key().to_string(), self.marks.recall(&entry));
        let recall = Some(recall).filter(|_| before != Some(recall));
        let marks = std::sync::Arc::make_mut(&mut self.marks);
        marks.set_recall(&key, recall);
        let text = match recall {
            Some(Recall::Known) => "marked as known: is:new shows the others",
            Some(Recall::Again) => "marked to be asked again: is:again shows all of these",
            None => "mark removed",
        };
        self.set_notice(text);
        let mut commands = vec![Command::Save(StateChange::Recall(key, recall))];
        commands.extend(self.ask_for_marks());
        commands
    }
}
