//! The options of a start, the modes of the keys, and the rows of the help.

use super::Action;
use crate::collection::Marks;
use crate::markup::{ImageCatalogue, Syntax};
use std::collections::HashMap;
use std::sync::Arc;

/// The options of a start.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct AppOptions {
    /// The initial query.
    pub query: String,
    /// Match words exactly.
    pub exact: bool,
    /// Rank by words alone, without the semantic stage.
    pub no_meaning: bool,
    /// Enter ends the program with the selected entry.
    pub pick: bool,
    /// There are live sources: an empty query lists their recently read entries.
    pub live: bool,
    /// Several entries can be marked, and are picked together.
    pub multi: bool,
    /// The prompt is below the panes.
    pub prompt_below: bool,
    /// The best hit is at the bottom of the list.
    pub upwards: bool,
    /// Lay out for screen readers: no boxes, nothing side by side.
    pub plain: bool,
    /// Highlights the syntax of code.
    pub syntax: Syntax,
    /// The images that can be drawn as pictures.
    pub images: Option<Arc<dyn ImageCatalogue>>,
    /// Show the welcome text until a key is typed: for the built-in collection.
    pub welcome: bool,
    /// The collection's name until it is loaded.
    pub title: String,
    /// Bookmarks and other marks.
    pub marks: Marks,
    /// Hide answers until revealed.
    pub hide_answers: bool,
    /// Which rows show passages of their answers.
    pub passages: Passages,
    /// The seed for random questions, different at each start.
    pub seed: u64,
    /// Earlier queries, the newest last.
    pub queries: Vec<String>,
    /// The [keys](crate::collection::EntryRef::key) of entries read before, the newest last.
    pub recent: Vec<String>,
    /// How often entries were used before, by their [keys](crate::collection::EntryRef::key), see
    /// [`Query::used`](crate::search::Query::used). `None` records no uses.
    pub used: Option<HashMap<String, u32>>,
    /// Errors before the start, such as mistakes in the configuration: shown at the start, and
    /// listed with the problems of the sources.
    pub mistakes: Vec<String>,
    /// The rows of the help, made from the keymap.
    pub help: Vec<HelpRow>,
}

/// Which rows show the passage where their answer matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passages {
    /// No row.
    None,
    /// The selected one.
    #[default]
    Selected,
    /// Every row.
    All,
}

impl AppOptions {
    /// Which rows show passages at the start: none while answers are hidden.
    pub(super) fn passages(&self) -> Passages {
        if self.hide_answers { Passages::None } else { self.passages }
    }

    /// Whether it starts at the question read last: not with a query, nor with `--pick`.
    pub(super) fn restores_position(&self) -> bool {
        self.query.is_empty() && !self.pick
    }
}

/// One row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// The mode in which the keys work.
    pub mode: Mode,
    /// The keys in readable form.
    pub keys: String,
    /// The action of the keys.
    pub action: Action,
}

impl HelpRow {
    /// The help text, worded for the mode.
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
            (Mode::Finding, Action::Read) => "keep the matches and return to the answer",
            (Mode::Finding, Action::Back) => "clear the search",
            (Mode::Reading, Action::Read) => {
                "pick the entry (with --pick), else scroll a line down"
            }
            (Mode::Typing, Action::Back) => "clear the query, then quit",
            (_, action) => action.help(),
        }
    }
}

/// The mode of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Typing into the prompt.
    Typing,
    /// Reading the answer.
    Reading,
    /// Typing the text to find in the answer.
    Finding,
    /// Choosing from a pop-up; typing filters it.
    Choosing,
}

impl Mode {
    /// Every mode.
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
