//! How the program starts, the modes of its keys, and the rows of the help.

use super::Action;
use crate::collection::Marks;
use crate::markup::{ImageCatalogue, Syntax};
use std::collections::HashMap;
use std::sync::Arc;

/// How the program starts.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct AppOptions {
    /// What the prompt holds at first.
    pub query: String,
    /// Match words exactly.
    pub exact: bool,
    /// Rank by words alone, without the semantic stage.
    pub no_meaning: bool,
    /// Enter ends the program with the selected entry.
    pub pick: bool,
    /// There are live sources: an empty query lists entries of theirs that were read before.
    pub live: bool,
    /// Several entries can be marked, and are picked together.
    pub multi: bool,
    /// The prompt stands below the panes.
    pub prompt_below: bool,
    /// The best hit stands lowest in the list.
    pub upwards: bool,
    /// Lay out for screen readers: no boxes, nothing side by side.
    pub plain: bool,
    /// Where code gets its colours from.
    pub syntax: Syntax,
    /// The images that can be drawn as pictures.
    pub images: Option<Arc<dyn ImageCatalogue>>,
    /// Teach how to begin, as long as nothing is typed: for the built-in collection.
    pub welcome: bool,
    /// The collection's name until it is loaded.
    pub title: String,
    /// What is marked.
    pub marks: Marks,
    /// Hide answers until they are asked for.
    pub hide_answers: bool,
    /// Which rows show passages of their answers.
    pub passages: Passages,
    /// The seed for random questions: any number, different at each start.
    pub seed: u64,
    /// Earlier queries, the newest last.
    pub queries: Vec<String>,
    /// The [keys](crate::collection::EntryRef::key) of entries read before, the newest last.
    pub recent: Vec<String>,
    /// How much entries were used before, by their [keys](crate::collection::EntryRef::key):
    /// [`Query::used`](crate::search::Query::used). None is noted without it.
    pub used: Option<HashMap<String, u32>>,
    /// What went wrong before the start, such as a mistake in the configuration: told at the start,
    /// and listed with the problems of the sources.
    pub mistakes: Vec<String>,
    /// The rows of the help: the keymap makes them.
    pub help: Vec<HelpRow>,
}

/// Which rows that match in their answers show the passage there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passages {
    /// No row.
    None,
    /// The selected one.
    #[default]
    Selected,
    /// Every one.
    All,
}

impl AppOptions {
    /// Which rows show passages at first: none while answers are hidden.
    pub(super) fn passages(&self) -> Passages {
        if self.hide_answers { Passages::None } else { self.passages }
    }

    /// Whether it opens at the question read last: not with a query, nor to pick.
    pub(super) fn restores_position(&self) -> bool {
        self.query.is_empty() && !self.pick
    }
}

/// One row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// Where the keys work.
    pub mode: Mode,
    /// The keys, as people write them.
    pub keys: String,
    /// What they do.
    pub action: Action,
}

impl HelpRow {
    /// What the keys do, in words that fit the mode.
    pub fn help(&self) -> &'static str {
        match (self.mode, self.action) {
            (Mode::Choosing, Action::Next) => "next row",
            (Mode::Choosing, Action::Previous) => "previous row",
            (Mode::Choosing, Action::PageDown) => "page down",
            (Mode::Choosing, Action::PageUp) => "page up",
            (Mode::Choosing, Action::First) => "first row",
            (Mode::Choosing, Action::Last) => "last row",
            (Mode::Choosing, Action::Read) => "run or open the row",
            (Mode::Choosing, Action::Back) => "close the list",
            (Mode::Finding, Action::Read) => "keep the matches and read on",
            (Mode::Finding, Action::Back) => "clear the search",
            (Mode::Reading, Action::Read) => {
                "pick the entry (with --pick), else scroll a line down"
            }
            (Mode::Typing, Action::Back) => "clear the query, then quit",
            (_, action) => action.help(),
        }
    }
}

/// What the keys mean at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The prompt takes what is typed.
    Typing,
    /// The answer is read.
    Reading,
    /// What to find in the answer is typed.
    Finding,
    /// A pop-up list is open; what is typed filters it.
    Choosing,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 4] = [Mode::Typing, Mode::Reading, Mode::Finding, Mode::Choosing];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Typing => "typing",
            Mode::Reading => "reading",
            Mode::Finding => "finding",
            Mode::Choosing => "choosing",
        }
    }
}
