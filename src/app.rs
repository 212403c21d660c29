//! The state of the program: what was typed, found, selected and opened.
//!
//! [`App::update`] is the only way to change it. It does no input or output: what has to be done
//! outside comes back as [`Command`]s. What the screen looks like is the business of `view`.

mod action;
mod answer;
mod facets;
mod line;
mod message;
mod popup;
mod queries;
mod question_list;
mod trail;
mod update;

pub use action::Action;
pub use answer::{Aim, Answer};
pub use facets::Facets;
pub use line::Line;
pub use message::{Command, Measures, Message, Outcome, Save};
pub use popup::{Effect, Popup, PopupKind, Row};
pub use question_list::QuestionList;

use crate::collection::EntryRef;
use crate::load::{Problem, Summary};
use crate::search::{Field, Hit};
use queries::Queries;
use std::collections::HashSet;
use std::sync::Arc;
use trail::Trail;

/// How the program starts.
#[derive(Debug, Clone, Default)]
pub struct AppOptions {
    /// What the prompt holds at first.
    pub query: String,
    /// Match words exactly.
    pub exact: bool,
    /// Go by words alone, and not by what they mean.
    pub no_meaning: bool,
    /// Enter ends the program with the selected entry.
    pub pick: bool,
    /// The collection's name until it is loaded.
    pub title: String,
    /// The [keys](EntryRef::key) of the bookmarked entries.
    pub bookmarks: HashSet<String>,
    /// Earlier queries, the newest last.
    pub queries: Vec<String>,
    /// The [keys](EntryRef::key) of entries read before, the newest last.
    pub recent: Vec<String>,
    /// The rows of the help: the keymap makes them.
    pub help: Vec<HelpRow>,
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

/// Which pane has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The prompt and the list.
    #[default]
    List,
    /// The answer pane.
    Answer,
    /// The line in which is typed what to find in the answer.
    Find,
}

/// A message in the status line; the next key takes it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether something failed.
    pub failed: bool,
}

/// How far loading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    /// So many bytes of so many; 0 when the whole is unknown.
    Bytes(u64, u64),
    /// All is there.
    Done,
}

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shares {
    /// The answer has all of it.
    pub zoomed: bool,
    /// Where the person put the border: thousandths of the room for the list.
    pub split: Option<u16>,
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    options: AppOptions,
    prompt: Line,
    queries: Queries,
    /// The number of the last query that was asked.
    generation: u64,
    /// How many hits it was asked to put in order.
    limit: usize,
    list: QuestionList,
    answer: Answer,
    /// What is shown instead of the selected entry: a related question, or one read before.
    detour: Option<u32>,
    trail: Trail,
    focus: Focus,
    shares: Shares,
    popup: Option<Popup>,
    notice: Option<Notice>,
    bookmarks: Arc<HashSet<String>>,
    summary: Summary,
    loading: Loading,
    problems: Vec<Problem>,
}

impl App {
    /// The state at the start. Send [`Message::Started`] first.
    pub fn new(options: AppOptions) -> Self {
        Self {
            prompt: Line::new(&options.query),
            queries: Queries::new(options.queries.clone()),
            generation: 0,
            limit: 0,
            list: QuestionList::default(),
            answer: Answer::default(),
            detour: None,
            trail: Trail::default(),
            focus: Focus::List,
            shares: Shares::default(),
            popup: None,
            notice: None,
            bookmarks: Arc::new(options.bookmarks.clone()),
            summary: Summary { title: options.title.clone(), note: None },
            loading: Loading::Bytes(0, 0),
            problems: Vec::new(),
            options,
        }
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        match self.focus {
            _ if self.popup.is_some() => Mode::Choosing,
            Focus::List => Mode::Typing,
            Focus::Answer => Mode::Reading,
            Focus::Find => Mode::Finding,
        }
    }

    /// Whether Enter ends the program with a choice.
    pub fn picks(&self) -> bool {
        self.options.pick
    }

    /// What was typed.
    pub fn prompt(&self) -> &Line {
        &self.prompt
    }

    /// The question list.
    pub fn list(&self) -> &QuestionList {
        &self.list
    }

    /// The answer pane.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Which pane has the focus.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// How the panes share the screen.
    pub fn shares(&self) -> Shares {
        self.shares
    }

    /// The pop-up over the panes.
    pub fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }

    /// The message in the status line.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// How far loading is.
    pub fn loading(&self) -> Loading {
        self.loading
    }

    /// The collection's title and note.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// What was wrong in the sources.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The number of the entry that the answer pane shows.
    pub fn shown(&self) -> Option<u32> {
        self.detour.or_else(|| self.list.hit().map(|hit| hit.entry))
    }

    /// The entry that the answer pane shows.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.list.hits().index.entry(self.shown()?)
    }

    /// Whether it shows another entry than the selected one.
    pub fn on_detour(&self) -> bool {
        self.detour.is_some()
    }

    /// Whether an entry is bookmarked.
    pub fn is_bookmarked(&self, entry: &EntryRef<'_>) -> bool {
        !self.bookmarks.is_empty() && self.bookmarks.contains(entry.key())
    }
}

/// Whether a hit has its match in the answer alone.
pub fn only_in_answer(hit: Hit) -> bool {
    hit.field == Field::Answer
}
