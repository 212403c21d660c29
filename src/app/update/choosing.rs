//! Pop-ups: what they list, and what choosing a row does.

use super::super::{Action, App, Command, Effect, Facets, Focus, Popup, PopupKind, Row};
use super::{Commands, with_filter};
use crate::load::Diagnostic;
use std::sync::Arc;

/// The file's name and the line: folders would leave no room for what is wrong.
fn place_of(problem: &Diagnostic) -> String {
    let file = problem.source.rsplit(['/', '\\']).next().unwrap_or_default();
    if problem.line > 0 { format!("{file}:{}", problem.line) } else { file.to_owned() }
}

impl App {
    pub(super) fn open_links(&mut self) -> Commands {
        let links = Arc::clone(&self.answer.measures().links);
        let row = |(n, address): (usize, &String)| Row {
            label: (n + 1).to_string(),
            text: address.clone(),
            group: "",
            effect: Effect::Open(address.clone()),
        };
        self.choose_one(PopupKind::Links, links.iter().enumerate().map(row).collect(), "no link")
    }

    pub(super) fn copy_code(&mut self) -> Commands {
        let code = Arc::clone(&self.answer.measures().code);
        let row = |(n, code): (usize, &String)| Row {
            label: (n + 1).to_string(),
            text: code.lines().next().unwrap_or("").to_owned(),
            group: "",
            effect: Effect::CopyCode(code.clone()),
        };
        self.choose_one(
            PopupKind::Code,
            code.iter().enumerate().map(row).collect(),
            "no code block",
        )
    }

    /// Opens a pop-up, unless there is no choice.
    fn choose_one(&mut self, kind: PopupKind, mut rows: Vec<Row>, none: &str) -> Commands {
        match rows.len() {
            0 => self.tell(format!("the answer has {none}"), false),
            1 => return rows.pop().map(|row| self.carry_out(row.effect)).unwrap_or_default(),
            _ => self.popup = Some(Popup::new(kind, rows)),
        }
        Vec::new()
    }

    pub(super) fn open_filter(&mut self, facets: &Facets) {
        let rows = facets.rows();
        if rows.is_empty() {
            self.tell("no entry has a tag", false);
        } else {
            self.popup = Some(Popup::new(PopupKind::Filter, rows));
        }
    }

    pub(super) fn open_related(&mut self, entry: u32, related: &[u32]) {
        // The reader may have moved on before the answer came.
        if self.shown() != Some(entry) {
            return;
        }
        let rows = self.questions(related);
        if rows.is_empty() {
            self.tell("no related question", false);
        } else {
            self.popup = Some(Popup::new(PopupKind::Related, rows));
        }
    }

    pub(super) fn recall_read(&mut self) -> Commands {
        let mut keys = self.recent.clone();
        // What is being read needs no way to it.
        let reading = self.entry().filter(|_| self.focus != Focus::List);
        if let Some(reading) = reading.map(|entry| entry.key().to_string()) {
            keys.retain(|key| *key != reading);
        }
        vec![Command::Recall(self.list.hits().index.clone(), keys)]
    }

    pub(super) fn open_recent(&mut self, entries: &[u32]) {
        let rows = self.questions(entries);
        if rows.is_empty() {
            self.tell("nothing was read before", false);
        } else {
            self.popup = Some(Popup::new(PopupKind::Recent, rows));
        }
    }

    fn questions(&self, entries: &[u32]) -> Vec<Row> {
        let index = &self.list.hits().index;
        let row = |&n: &u32| {
            let question = index.entry(n)?.question().lines().next().unwrap_or("").to_owned();
            Some(Row { label: String::new(), text: question, group: "", effect: Effect::Show(n) })
        };
        entries.iter().filter_map(row).collect()
    }

    /// What could not be read, then what was read and is odd.
    pub(super) fn open_problems(&mut self, odd: &[Diagnostic]) {
        let row = |problem: &Diagnostic| Row {
            label: place_of(problem),
            text: problem.message.clone(),
            group: "",
            effect: Effect::Edit(Arc::clone(&problem.source), problem.line),
        };
        let rows: Vec<Row> = self.problems.iter().chain(odd).map(row).collect();
        if rows.is_empty() {
            self.tell("nothing is wrong or odd in the sources", false);
        } else {
            self.popup = Some(Popup::new(PopupKind::Problems, rows));
        }
    }

    /// Keys that mean something else while a pop-up is open.
    pub(super) fn act_in_popup(&mut self, action: Action) -> Option<Commands> {
        let page = self.answer.measures().popup_rows.saturating_sub(1).max(1) as isize;
        let popup = self.popup.as_mut()?;
        match action {
            Action::Interrupt | Action::Redraw | Action::Suspend | Action::Theme => return None,
            Action::Back | Action::Help | Action::Quit => self.popup = None,
            Action::Read => return Some(self.choose(self.popup.as_ref()?.selected())),
            Action::Next => return Some(self.step(1)),
            Action::Previous => return Some(self.step(-1)),
            Action::PageDown => return Some(self.step(page)),
            Action::PageUp => return Some(self.step(-page)),
            Action::First => popup.select(0),
            Action::Last => popup.select(usize::MAX),
            _ => {
                popup.edit(action);
            }
        }
        Some(Vec::new())
    }

    pub(super) fn choose(&mut self, row: usize) -> Commands {
        let chosen = self.popup.as_ref().and_then(|popup| popup.get(row));
        chosen.map(|row| row.effect.clone()).map(|e| self.carry_out(e)).unwrap_or_default()
    }

    pub(super) fn carry_out(&mut self, effect: Effect) -> Commands {
        if effect == Effect::Nothing {
            return Vec::new();
        }
        self.popup = None;
        match effect {
            Effect::Nothing => Vec::new(),
            Effect::Act(action) => self.act(action),
            Effect::Insert(term) => {
                self.focus = Focus::List;
                let query = with_filter(self.prompt.text(), &term);
                self.set_query(&query)
            }
            Effect::Show(entry) => {
                self.show(entry);
                self.note_read().into_iter().collect()
            }
            Effect::Edit(path, line) => vec![Command::Edit { path, line }],
            Effect::Open(address) => vec![Command::OpenUrl(address)],
            Effect::CopyCode(text) => vec![Command::Copy { text, what: "the code".into() }],
        }
    }
}
