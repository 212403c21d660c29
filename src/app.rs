//! The state of the program: the query, its hits, the selection and the open entry.
//!
//! [`App::update`] is the only way to change it. It does no input or output: effects are returned
//! as [`Command`]s. `accessors` has the methods that read the state; `view` draws it.

mod accessors;
mod action;
mod answer_pane;
mod document;
mod facets;
mod geometry;
mod job;
mod layout;
mod learning;
mod message;
mod navigation_history;
mod options;
mod overview;
mod popup;
mod queries;
mod question_list;
mod scrolling;
mod text_input;
mod update;
mod usage;

pub use crate::store::StateChange;
pub(crate) use action::Needs;
pub use action::{Action, Edit};
pub use answer_pane::{AnswerPane, Find};
pub use document::{AnswerDocument, DocumentLine, DocumentStyle, MatchPlace};
pub use facets::Facets;
pub use geometry::Area;
pub use job::{Job, JobKind, JobResult};
pub use layout::{Arrangement, Edges, Layout, LayoutInput, Pane, PopupLayout};
pub use message::{Command, Message, MouseInput, Outcome};
pub use options::{AppOptions, HelpRow, Mode, Passages};
pub use overview::{Overview, entries_by_key};
pub use popup::{Effect, OPERATORS, Popup, PopupKind, PopupLine, PopupRow};
pub use question_list::{CollectionFacts, ListRow, QuestionList};
pub use text_input::TextInput;

use crate::collection::{Entry, EntryRef, Marks};
use crate::load::{Diagnostic, Summary};
use crate::search::{Field, Hit};
use learning::Learning;
use navigation_history::NavigationHistory;
use queries::Queries;
use std::sync::Arc;
use usage::Usage;

/// Which pane has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The prompt and the list.
    #[default]
    List,
    /// The answer pane.
    Answer,
    /// The input line for finding in the answer.
    Find,
}

/// A message in the status line, removed by the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The text.
    pub text: String,
    /// Whether it reports a failure.
    pub failed: bool,
}

/// The progress of loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    /// Bytes read and bytes in total; the total is 0 when unknown.
    Bytes(u64, u64),
    /// Everything is loaded.
    Done,
}

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaneSplit {
    /// The answer takes the whole screen.
    pub zoomed: bool,
    /// The list's share of the space in thousandths, if the user moved the border.
    pub split: Option<u16>,
}

/// A query that panics the search thread this often is not searched again.
const MAX_SEARCH_FAILURES: u8 = 2;

/// The whole state.
#[derive(Debug)]
pub struct App {
    options: AppOptions,
    style: DocumentStyle,
    screen: Area,
    prompt: TextInput,
    queries: Queries,
    /// The number of the latest query.
    generation: u64,
    /// How many hits the latest query wants in order.
    limit: usize,
    /// The last query that panicked the search thread, and how often it did.
    search_failures: (u64, u8),
    list: QuestionList,
    answer: AnswerPane,
    /// An entry that is shown instead of the selected one: a related question, or one from the
    /// history.
    pinned_entry: Option<u32>,
    /// The entry that left the list when it was marked.
    marked_away: Option<u32>,
    history: NavigationHistory,
    focus: Focus,
    split: PaneSplit,
    /// Whether the mouse is dragging the border between the panes.
    dragging: bool,
    popup: Option<Popup>,
    notice: Option<Notice>,
    marks: Arc<Marks>,
    learning: Learning,
    /// The entries marked for picking, in the order of marking.
    marked: Vec<Entry>,
    /// The [keys](EntryRef::key) of entries that were read, newest last.
    recent: Arc<Vec<String>>,
    usage: Usage,
    /// The key of the question to select once it is loaded; cleared by the first key of the user.
    restore_key: Option<String>,
    overview: Overview,
    /// How many entries are loaded; their hits arrive a little later.
    loaded: usize,
    /// How many entries the current or requested overview covers.
    overview_len: usize,
    summary: Summary,
    loading: Loading,
    encoded: Option<u8>,
    diagnostics: Vec<Diagnostic>,
    /// Texts of the sources that are in no entry.
    unused: Vec<Diagnostic>,
    /// Whether a live source is being queried.
    querying: bool,
    jobs: Jobs,
}

/// The numbers of the jobs whose results are expected: other results are stale.
#[derive(Debug, Clone, Copy, Default)]
struct Jobs {
    /// The number of the last job.
    last: u64,
    popup: Option<u64>,
    /// The last pop-up that was requested from a live source: its rows have the entry numbers of
    /// the index that arrives with them.
    live_popup: Option<u64>,
    overview: Option<u64>,
    document: Option<LayoutJob>,
}

/// A job that lays out an entry at a width.
#[derive(Debug, Clone, Copy)]
struct LayoutJob {
    number: u64,
    entry: u32,
    width: u16,
}

impl App {
    /// The state at the start. Send [`Message::Started`] first.
    pub fn new(options: AppOptions) -> Self {
        Self {
            style: DocumentStyle {
                plain: options.plain,
                syntax: options.syntax.clone(),
                images: options.images.clone(),
            },
            screen: Area::default(),
            prompt: TextInput::new(&options.query),
            queries: Queries::new(options.queries.clone()),
            generation: 0,
            limit: 0,
            search_failures: (0, 0),
            list: QuestionList::new(options.passages()),
            answer: AnswerPane::default(),
            pinned_entry: None,
            marked_away: None,
            history: NavigationHistory::default(),
            focus: Focus::List,
            split: PaneSplit::default(),
            dragging: false,
            popup: None,
            notice: None,
            marks: Arc::new(options.marks.clone()),
            learning: Learning::new(options.hide_answers, options.seed),
            marked: Vec::new(),
            recent: Arc::new(options.recent.clone()),
            usage: Usage::new(options.used.clone()),
            restore_key: options.recent.last().filter(|_| options.restores_position()).cloned(),
            overview: Overview::default(),
            loaded: 0,
            overview_len: 0,
            summary: Summary { title: options.title.clone(), note: None },
            loading: Loading::Bytes(0, 0),
            encoded: None,
            diagnostics: Vec::new(),
            unused: Vec::new(),
            querying: false,
            jobs: Jobs::default(),
            options,
        }
    }
}

/// Whether an entry equals a copied one, also after a reload.
fn is_same(kept: &Entry, entry: &EntryRef<'_>) -> bool {
    kept.place.line == entry.line()
        && kept.id == entry.id()
        && kept.question == entry.question()
        && kept.answer == entry.answer()
}

/// Whether a hit matches only in its answer.
pub fn only_in_answer(hit: Hit) -> bool {
    hit.field == Field::Answer
}
