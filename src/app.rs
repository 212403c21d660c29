//! The state of the program: what was typed, found, selected and opened.
//!
//! [`App::update`] is the only way to change it. It does no input or output: what has to be done
//! outside comes back as [`Command`]s. What the screen looks like is the business of `view`.

mod action;
mod answer;
mod facets;
mod message;
mod navigation_history;
mod overview;
mod popup;
mod queries;
mod question_list;
mod text_input;
mod update;

pub use crate::store::StateChange;
pub use action::Action;
pub use answer::{Aim, Answer};
pub use facets::Facets;
pub use message::{Command, Measures, Message, Outcome};
pub use overview::{Overview, recall};
pub use popup::{Effect, Popup, PopupKind, Row};
pub use question_list::QuestionList;
pub use text_input::TextInput;

use crate::collection::{Entry, EntryRef};
use crate::load::{Diagnostic, Summary};
use crate::search::{Field, Hit};
use navigation_history::NavigationHistory;
use queries::Queries;
use std::collections::HashSet;
use std::sync::Arc;

/// How the program starts.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct AppOptions {
    /// What the prompt holds at first.
    pub query: String,
    /// Match words exactly.
    pub exact: bool,
    /// Go by words alone, and not by what they mean.
    pub no_meaning: bool,
    /// Enter ends the program with the selected entry.
    pub pick: bool,
    /// Several entries can be marked, and are picked together.
    pub multi: bool,
    /// The prompt stands below the panes.
    pub prompt_below: bool,
    /// The best hit stands lowest in the list.
    pub upwards: bool,
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

impl AppOptions {
    /// Whether it opens at the question read last: a query or a choice begins at the best hit.
    fn returns(&self) -> bool {
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
    /// What the keys do, in words that fit the place.
    pub fn help(&self) -> &'static str {
        match (self.mode, self.action) {
            (Mode::Choosing, Action::Next) => "next row",
            (Mode::Choosing, Action::Previous) => "previous row",
            (Mode::Choosing, Action::PageDown) => "a page of rows down",
            (Mode::Choosing, Action::PageUp) => "a page of rows up",
            (Mode::Choosing, Action::First) => "first row",
            (Mode::Choosing, Action::Last) => "last row",
            (Mode::Choosing, Action::Read) => "do what the row says",
            (Mode::Choosing, Action::Back) => "close the list",
            (Mode::Finding, Action::Read) => "keep what was found, and read on",
            (Mode::Finding, Action::Back) => "find nothing any more",
            (Mode::Reading, Action::Read) => "pick it (with --pick), else a line down",
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
pub struct PaneSplit {
    /// The answer has all of it.
    pub zoomed: bool,
    /// Where the person put the border: thousandths of the room for the list.
    pub split: Option<u16>,
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    options: AppOptions,
    prompt: TextInput,
    queries: Queries,
    /// The number of the last query that was asked.
    generation: u64,
    /// How many hits it was asked to put in order.
    limit: usize,
    list: QuestionList,
    answer: Answer,
    /// What is shown instead of the selected entry: a related question, or one read before.
    pinned_entry: Option<u32>,
    navigation: NavigationHistory,
    focus: Focus,
    split: PaneSplit,
    popup: Option<Popup>,
    notice: Option<Notice>,
    bookmarks: Arc<HashSet<String>>,
    /// What is marked for picking, in the order in which it was.
    marked: Vec<Entry>,
    /// The [keys](EntryRef::key) of entries that were read, the newest last.
    recent: Vec<String>,
    /// The key of the question to come back to, until it is found or a person did something.
    restore_key: Option<String>,
    overview: Overview,
    /// How many entries were loaded; the hits come a little later.
    loaded: usize,
    /// How many entries the overview is of, or will be.
    overviewed: usize,
    summary: Summary,
    loading: Loading,
    problems: Vec<Diagnostic>,
}

impl App {
    /// The state at the start. Send [`Message::Started`] first.
    pub fn new(options: AppOptions) -> Self {
        Self {
            prompt: TextInput::new(&options.query),
            queries: Queries::new(options.queries.clone()),
            generation: 0,
            limit: 0,
            list: QuestionList::default(),
            answer: Answer::default(),
            pinned_entry: None,
            navigation: NavigationHistory::default(),
            focus: Focus::List,
            split: PaneSplit::default(),
            popup: None,
            notice: None,
            bookmarks: Arc::new(options.bookmarks.clone()),
            marked: Vec::new(),
            recent: options.recent.clone(),
            restore_key: options.recent.last().filter(|_| options.returns()).cloned(),
            overview: Overview::default(),
            loaded: 0,
            overviewed: 0,
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

    /// Whether the prompt stands below the panes.
    pub fn prompt_below(&self) -> bool {
        self.options.prompt_below
    }

    /// Whether the best hit stands lowest in the list.
    pub fn goes_upwards(&self) -> bool {
        self.options.upwards
    }

    /// Whether several entries can be marked.
    pub fn marks(&self) -> bool {
        self.options.multi
    }

    /// How many entries are marked.
    pub fn marked(&self) -> usize {
        self.marked.len()
    }

    /// Whether an entry is marked.
    pub fn is_marked(&self, entry: &EntryRef<'_>) -> bool {
        self.marked.iter().any(|marked| is_same(marked, entry))
    }

    /// What was typed.
    pub fn prompt(&self) -> &TextInput {
        &self.prompt
    }

    /// Whether the hits on show are not yet those of the query in the prompt.
    pub fn is_searching(&self) -> bool {
        self.generation != self.list.hits().generation
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
    pub fn split(&self) -> PaneSplit {
        self.split
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
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The number of the entry that the answer pane shows.
    pub fn shown(&self) -> Option<u32> {
        self.pinned_entry.or_else(|| self.list.hit().map(|hit| hit.entry))
    }

    /// The entry that the answer pane shows.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.list.hits().index.entry(self.shown()?)
    }

    /// What helps to begin, in place of an answer: as long as nothing was asked or chosen in a
    /// large collection.
    pub fn overview(&self) -> Option<&Overview> {
        let index = &self.list.hits().index;
        let begins = self.prompt.is_empty() && self.focus == Focus::List && !self.list.is_moved();
        let large = index.len() > overview::LARGE && self.pinned_entry.is_none();
        (begins && large).then_some(&self.overview)
    }

    /// Whether it shows another entry than the selected one.
    pub fn has_pinned_entry(&self) -> bool {
        self.pinned_entry.is_some()
    }

    /// Whether an entry is bookmarked.
    pub fn is_bookmarked(&self, entry: &EntryRef<'_>) -> bool {
        entry.is_in(&self.bookmarks)
    }
}

/// Whether an entry is the one that was kept, also after it was loaded again.
fn is_same(kept: &Entry, entry: &EntryRef<'_>) -> bool {
    kept.place.line == entry.line()
        && kept.id == entry.id()
        && kept.question == entry.question()
        && kept.answer == entry.answer()
}

/// Whether a hit has its match in the answer alone.
pub fn only_in_answer(hit: Hit) -> bool {
    hit.field == Field::Answer
}
