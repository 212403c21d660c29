//! The pop-up lists: help, filters, questions related or read lately, problems, links, code blocks.
//!
//! All of them are one thing: rows of which what is typed leaves those that match, and of which
//! Enter carries out one.

use super::text_input::TextInput;
use super::{Action, HelpRow, Mode};
use crate::text::fold;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::Arc;

/// Which pop-up it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PopupKind {
    /// All keys.
    Help,
    /// Tags and sources.
    Filter,
    /// Questions related to the one that is read.
    Related,
    /// What was read lately.
    Recent,
    /// What was wrong in the sources.
    Problems,
    /// The links of the answer.
    Links,
    /// The code blocks of the answer.
    Code,
}

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it is there to be read.
    Nothing,
    /// Carries out an action.
    Act(Action),
    /// Puts a filter into the query.
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

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Left: the keys, a number, a count; may be empty.
    pub label: String,
    /// What it is.
    pub text: String,
    /// A heading above the row, when it differs from that of the row before.
    pub group: &'static str,
    /// What choosing it does.
    pub effect: Effect,
}

/// An open pop-up.
#[derive(Debug, Clone)]
pub struct Popup {
    /// Which one.
    pub kind: PopupKind,
    /// What was typed to filter it.
    pub filter: TextInput,
    rows: Vec<Row>,
    shown: Vec<usize>,
    selected: usize,
}

impl Popup {
    /// A pop-up with all its rows in sight.
    pub fn new(kind: PopupKind, rows: Vec<Row>) -> Self {
        let shown = (0..rows.len()).collect();
        Self { kind, filter: TextInput::default(), rows, shown, selected: 0 }
    }

    /// The help: the keys of `mode` first.
    pub fn help(rows: &[HelpRow], mode: Mode) -> Self {
        let group = |mode| match mode {
            Mode::Typing => "While typing",
            Mode::Reading => "While reading",
            Mode::Finding => "While finding",
            Mode::Choosing => "In a list like this one",
        };
        let row = |row: &HelpRow| Row {
            label: row.keys.clone(),
            text: row.help().to_owned(),
            group: group(row.mode),
            effect: match row.mode {
                // The list is gone by then.
                Mode::Choosing => Effect::Nothing,
                _ => Effect::Act(row.action),
            },
        };
        let here = rows.iter().filter(|row| row.mode == mode);
        let elsewhere = rows.iter().filter(|row| row.mode != mode);
        let operators = OPERATORS.iter().map(|&(label, text)| Row {
            label: label.to_owned(),
            text: text.to_owned(),
            group: "What a query can say",
            effect: Effect::Nothing,
        });
        Self::new(PopupKind::Help, here.chain(elsewhere).map(row).chain(operators).collect())
    }

    /// How many rows match what was typed.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether none does.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many rows there are, whatever was typed.
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    /// The `n`-th row that matches.
    pub fn get(&self, n: usize) -> Option<&Row> {
        self.rows.get(*self.shown.get(n)?)
    }

    /// The number of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a row, or the nearest there is.
    pub fn select(&mut self, row: usize) {
        self.selected = row.min(self.shown.len().saturating_sub(1));
    }

    /// Puts typed text into the filter. A digit chooses at once where rows are numbered and one
    /// digit says it all: then the effect is given.
    pub fn type_text(&mut self, text: &str) -> Option<Effect> {
        let numbered = matches!(self.kind, PopupKind::Links | PopupKind::Code);
        if numbered && self.rows.len() < 10 && self.filter.is_empty() {
            let number = text.parse::<usize>().ok().filter(|&n| n > 0);
            if let Some(row) = number.and_then(|n| self.rows.get(n - 1)) {
                return Some(row.effect.clone());
            }
        }
        self.filter.insert(text);
        self.refilter();
        None
    }

    /// Edits the filter; says whether the action was an editing one.
    pub fn edit(&mut self, action: Action) -> bool {
        let edited = self.filter.edit(action);
        if edited {
            self.refilter();
        }
        edited
    }

    fn refilter(&mut self) {
        let matcher = SkimMatcherV2::default().ignore_case();
        let wanted = fold(self.filter.text().trim());
        let terms: Vec<&str> = wanted.split_whitespace().collect();
        let score = |row: &Row| -> Option<i64> {
            let text = fold(&format!("{} {}", row.label, row.text));
            terms.iter().map(|term| matcher.fuzzy_match(&text, term)).sum()
        };
        let scored = self.rows.iter().enumerate().filter_map(|(n, row)| Some((n, score(row)?)));
        let mut scored: Vec<(usize, i64)> = scored.collect();
        // The help keeps its order, so that its headings stand over what belongs to them.
        if self.kind != PopupKind::Help {
            scored.sort_by_key(|&(n, score)| (-score, n));
        }
        self.shown = scored.into_iter().map(|(n, _)| n).collect();
        self.selected = 0;
    }
}

/// What a query can say beside words.
const OPERATORS: &[(&str, &str)] = &[
    ("'word", "exactly this word, no typos"),
    ("^word", "the question begins with it"),
    ("word$", "the question ends with it"),
    ("!word", "without it"),
    ("a | b", "one or the other"),
    ("\"two words\"", "these words, one after the other"),
    ("tag:x", "only what has a tag like x"),
    ("source:x", "only what came from a source like x"),
    ("is:bookmarked", "only bookmarks"),
];
