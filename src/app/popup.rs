//! The pop-up lists: help, filters, related or recent questions, problems, links, code blocks.
//! Typing filters their rows, and Enter carries out the selected one.
//!

use super::scrolling::ScrolledList;
use super::{Action, Edit, HelpRow, Mode, TextInput};
use crate::search::RowIndex;
use crate::text::columns;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The kinds of pop-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PopupKind {
    /// Help: all keys.
    Help,
    /// Tags and sources to filter by.
    Filter,
    /// Questions related to the shown one.
    Related,
    /// Recently read questions.
    Recent,
    /// Problems in the sources.
    Problems,
    /// The links of the answer.
    Links,
    /// The code blocks of the answer.
    Code,
}

/// The effect of choosing a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// None.
    Nothing,
    /// Runs an action.
    Act(Action),
    /// Inserts a filter into the query.
    Insert(String),
    /// Shows an entry.
    Show(u32),
    /// Opens a file in the editor.
    Edit(Arc<str>, u32),
    /// Opens an address.
    Open(String),
    /// Copies a code block.
    CopyCode(String),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopupRow {
    /// Left: the keys, a number, a count; may be empty.
    pub label: String,
    /// The text.
    pub text: String,
    /// The heading of its group, shown above the first row of each group.
    pub group: &'static str,
    /// The effect of choosing the row.
    pub effect: Effect,
}

impl PopupRow {
    /// The label and text that the filter searches: not the counts of tags.
    fn searched(&self, kind: PopupKind) -> (&str, &str) {
        (if kind == PopupKind::Filter { "" } else { &self.label }, &self.text)
    }
}

/// A visible line.
#[derive(Debug, Clone, Copy)]
pub enum PopupLine<'a> {
    /// The heading of a group.
    Heading(&'static str),
    /// A row, with its number among the matching rows.
    Row(usize, &'a PopupRow),
}

/// An open pop-up.
#[derive(Debug, Clone)]
pub struct Popup {
    /// The kind.
    pub kind: PopupKind,
    input: TextInput,
    rows: Vec<PopupRow>,
    /// The number of groups of rows.
    headings: usize,
    index: RowIndex,
    /// The numbers of the rows that match the filter, in display order.
    matching: Vec<u32>,
    /// The selected row, as an index into `matching`.
    selected: usize,
    /// The first visible row, as an index into `matching`.
    top: usize,
    label_columns: usize,
}

impl Popup {
    /// A pop-up with all its rows. Slow for hundreds of thousands of rows.
    pub fn new(kind: PopupKind, rows: Vec<PopupRow>) -> Self {
        let mut popup = Self {
            kind,
            input: TextInput::default(),
            index: RowIndex::new(rows.iter().map(|row| row.searched(kind))),
            matching: (0..rows.len() as u32).collect(),
            headings: rows.chunk_by(|a, b| a.group == b.group).count(),
            rows,
            selected: 0,
            top: 0,
            label_columns: 0,
        };
        popup.measure_labels();
        popup
    }

    /// The help: the keys of `mode` first.
    pub fn help(rows: &[HelpRow], mode: Mode) -> Self {
        let group = |mode| match mode {
            Mode::Typing => "While typing",
            Mode::Reading => "While reading",
            Mode::Finding => "While finding",
            Mode::Choosing => "In a list like this one",
        };
        let row = |row: &HelpRow| PopupRow {
            label: row.keys.clone(),
            text: row.help().to_owned(),
            group: group(row.mode),
            effect: match row.mode {
                // The pop-up is closed by then.
                Mode::Choosing => Effect::Nothing,
                Mode::Typing | Mode::Reading | Mode::Finding => Effect::Act(row.action),
            },
        };
        let here = rows.iter().filter(|row| row.mode == mode);
        let elsewhere = rows.iter().filter(|row| row.mode != mode);
        let operators = OPERATORS.iter().map(|&(label, text)| PopupRow {
            label: label.to_owned(),
            text: text.to_owned(),
            group: "Query syntax",
            effect: Effect::Nothing,
        });
        Self::new(PopupKind::Help, here.chain(elsewhere).map(row).chain(operators).collect())
    }

    /// The input line of the filter.
    pub fn input(&self) -> &TextInput {
        &self.input
    }

    /// The number of rows that match the filter.
    pub fn len(&self) -> usize {
        self.matching.len()
    }

    /// Whether no row matches the filter.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of rows, ignoring the filter.
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    /// The number of lines of all rows with their headings.
    pub fn lines(&self) -> usize {
        self.rows.len() + self.headings.max(1)
    }

    /// The number of lines below the rows for the full text of the selected one: rows of these
    /// kinds are often wider than the pop-up. The first line stays blank.
    pub fn detail_lines(&self) -> u16 {
        match self.kind {
            PopupKind::Links | PopupKind::Code | PopupKind::Problems => 4,
            PopupKind::Related | PopupKind::Recent => 3,
            PopupKind::Help | PopupKind::Filter => 0,
        }
    }

    /// The width in columns of the widest label among the matching rows.
    pub fn label_columns(&self) -> usize {
        self.label_columns
    }

    /// The matching row with this number.
    pub fn get(&self, n: usize) -> Option<&PopupRow> {
        self.rows.get(*self.matching.get(n)? as usize)
    }

    /// The number of the selected row among the matching rows.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a row, or the last one if `row` is too large.
    pub fn select(&mut self, row: usize) {
        self.selected = row.min(self.len().saturating_sub(1));
    }

    /// Whether its rows show entries by their numbers.
    pub(super) fn shows_entries(&self) -> bool {
        matches!(self.kind, PopupKind::Related | PopupKind::Recent)
    }

    /// Inserts typed text into the filter. If fewer than ten rows are numbered, a digit chooses its
    /// row immediately: then the effect of that row is returned.
    pub fn type_text(&mut self, text: &str) -> Option<Effect> {
        let numbered = matches!(self.kind, PopupKind::Links | PopupKind::Code);
        if numbered && self.rows.len() < 10 && self.input.is_empty() {
            let number = text.parse::<usize>().ok().filter(|&n| n > 0);
            if let Some(row) = number.and_then(|n| self.rows.get(n - 1)) {
                return Some(row.effect.clone());
            }
        }
        self.input.insert(text);
        self.apply_filter();
        None
    }

    /// Edits the filter.
    pub fn edit(&mut self, edit: Edit) {
        if self.input.edit(edit) {
            self.apply_filter();
        }
    }

    fn apply_filter(&mut self) {
        self.matching = self.index.matching(self.input.text());
        if !self.is_grouped() {
            // An action may have keys in several modes: keep only its best row.
            let mut shown = FxHashSet::default();
            self.matching.retain(|&n| shown.insert(&self.rows[n as usize].text));
        }
        self.selected = 0;
        self.measure_labels();
    }

    /// Whether the rows are under headings. A filtered help is sorted by relevance instead.
    fn is_grouped(&self) -> bool {
        self.kind != PopupKind::Help || self.input.text().trim().is_empty()
    }

    fn measure_labels(&mut self) {
        let labels = self.matching.iter().map(|&n| columns(&self.rows[n as usize].label));
        self.label_columns = labels.max().unwrap_or(0);
    }

    /// The lines visible in a list of `rows` rows.
    pub fn visible_lines(&self, rows: usize) -> impl Iterator<Item = PopupLine<'_>> {
        let mut group = "";
        let mut next = self.top;
        let lines = std::iter::from_fn(move || {
            let row = self.get(next)?;
            if self.is_grouped() && row.group != group {
                group = row.group;
                return Some(PopupLine::Heading(group));
            }
            next += 1;
            Some(PopupLine::Row(next - 1, row))
        });
        lines.take(rows)
    }

    /// Scrolls so that the selected row is visible and no line stays empty that could show another
    /// row. Headings take lines as well.
    pub(super) fn scroll_to_selected(&mut self, rows: usize) {
        let list = ScrolledList {
            top: self.top,
            selected: self.selected,
            last: self.len().saturating_sub(1),
            lines: rows,
        };
        let is_last_of_group = |row| {
            let group = |row| self.get(row).map(|row: &PopupRow| row.group);
            self.is_grouped() && group(row) != group(row + 1)
        };
        // The first visible line is the heading of its row.
        self.top = list.scrolled_top(|row| 1 + usize::from(is_last_of_group(row)), |_| 2);
    }
}

/// The operators of a query, for the help.
pub const OPERATORS: &[(&str, &str)] = &[
    ("'word", "exactly this word, no typos"),
    ("^word", "the question begins with it"),
    ("word$", "the question ends with it"),
    ("!word", "without it"),
    ("a | b", "one or the other"),
    ("\"two words\"", "these words, one after the other"),
    ("tag:x", "only entries with a tag like x"),
    ("source:x", "only entries from a source like x"),
    ("is:bookmarked", "only bookmarks"),
    ("is:known", "only entries marked as known"),
    ("is:new", "only entries not marked as known"),
    ("is:again", "only entries marked to review again"),
];
