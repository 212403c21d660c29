//! Pop-ups: opens them, handles keys in them, and carries out the chosen row.

use super::super::{
    Action, AnswerDocument, App, Command, Effect, Focus, Job, Popup, PopupKind, PopupRow,
};
use super::{Commands, entry::with_filter};
use std::sync::Arc;

/// The most lines of a code block in a row.
const MAX_CODE_LINES: usize = 20;

/// The first lines of a code block as one line: the very first line is often the same in several
/// blocks.
fn in_one_line(code: &str) -> String {
    let lines = code.lines().take(MAX_CODE_LINES).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ↵ ")
}

impl App {
    pub(super) fn open_links(&mut self) -> Commands {
        let links = self.document().into_iter().flat_map(AnswerDocument::links);
        let row = |(n, (name, address)): (usize, (&str, &str))| PopupRow {
            label: (n + 1).to_string(),
            text: if name.is_empty() || address.ends_with(name) {
                address.to_owned()
            } else {
                format!("{name}: {address}")
            },
            group: "",
            effect: Effect::Open(address.to_owned()),
        };
        let rows = links.enumerate().map(row).collect();
        self.choose_one(PopupKind::Links, rows, "the answer has no link")
    }

    pub(super) fn copy_code(&mut self) -> Commands {
        let row = |(n, code): (usize, &str)| PopupRow {
            label: (n + 1).to_string(),
            text: in_one_line(code),
            group: "",
            effect: Effect::CopyCode(code.to_owned()),
        };
        let document = self.document();
        let blocks = document.into_iter().flat_map(AnswerDocument::code_blocks);
        let rows = blocks.enumerate().map(row).collect();
        self.choose_one(PopupKind::Code, rows, "the answer has no code block")
    }

    /// Opens a pop-up; a single row is carried out immediately.
    fn choose_one(&mut self, kind: PopupKind, mut rows: Vec<PopupRow>, none: &str) -> Commands {
        if rows.len() > 1 {
            self.popup = Some(Popup::new(kind, rows));
            return Vec::new();
        }
        if let Some(row) = rows.pop() {
            return self.carry_out(row.effect);
        }
        self.set_notice(none);
        Vec::new()
    }

    pub(super) fn open_related(&mut self) -> Commands {
        let index = self.list.hits().index.clone();
        if let (Some(number), Some(entry)) = (self.shown(), self.entry())
            && index.is_live(number)
        {
            let (source, question) = (Arc::clone(entry.source()), entry.question().to_owned());
            let number = self.await_live_popup();
            return vec![Command::QueryRelated { number, source, question }];
        }
        match self.shown() {
            Some(entry) => self.start_popup(Job::Related { index, entry }),
            None => self.no_entry(),
        }
    }

    pub(super) fn open_recent(&mut self) -> Commands {
        let mut keys = Vec::clone(&self.recent);
        // The shown entry is not listed.
        let reading = self.entry().filter(|_| self.focus != Focus::List);
        if let Some(reading) = reading.map(|entry| entry.key().to_string()) {
            keys.retain(|key| *key != reading);
        }
        self.start_popup(Job::Recent { index: self.list.hits().index.clone(), keys })
    }

    /// Runs an action in the open pop-up; `None` without a pop-up, and for actions that it does not
    /// change.
    pub(super) fn act_in_popup(&mut self, action: Action) -> Option<Commands> {
        let (_, layout) = self.popup_layout()?;
        let page = usize::from(layout.rows.height).saturating_sub(1).max(1) as isize;
        let popup = self.popup.as_mut()?;
        match action {
            Action::Interrupt | Action::Redraw | Action::Suspend | Action::Theme => return None,
            // The key that opened a pop-up closes it; in another pop-up it opens its own.
            Action::Help if popup.kind != PopupKind::Help => return None,
            Action::Problems if popup.kind != PopupKind::Problems => return None,
            Action::Back | Action::Help | Action::Problems | Action::Quit => self.popup = None,
            Action::Read => return Some(self.choose(self.popup.as_ref()?.selected())),
            Action::Next => return Some(self.step(1)),
            Action::Previous => return Some(self.step(-1)),
            Action::PageDown => return Some(self.step(page)),
            Action::PageUp => return Some(self.step(-page)),
            Action::First => popup.select(0),
            Action::Last => popup.select(usize::MAX),
            Action::Edit(edit) => {
                popup.edit(edit);
            }
            Action::Mark
            | Action::MarkBack
            | Action::List
            | Action::Switch
            | Action::ScrollDown
            | Action::ScrollUp
            | Action::ScrollHalfDown
            | Action::ScrollHalfUp
            | Action::ScrollPageDown
            | Action::ScrollPageUp
            | Action::ScrollTop
            | Action::ScrollEnd
            | Action::Find
            | Action::FindNext
            | Action::FindPrevious
            | Action::Related
            | Action::Recent
            | Action::HistoryBack
            | Action::HistoryForward
            | Action::Copy
            | Action::CopyBoth
            | Action::CopyCode
            | Action::OpenLink
            | Action::EditSource
            | Action::Bookmark
            | Action::OnlyBookmarked
            | Action::HideAnswers
            | Action::Random
            | Action::Known
            | Action::Again
            | Action::Filter
            | Action::Zoom
            | Action::SplitLeft
            | Action::SplitRight
            | Action::QueryEarlier
            | Action::QueryLater => {}
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
                self.record_opened()
            }
            Effect::Edit(path, line) => vec![Command::Edit { path, line }],
            Effect::Open(address) => self.follow_link(&address),
            Effect::CopyCode(text) => self.copy(text, "the code"),
        }
    }
}
