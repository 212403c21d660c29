//! The state of the program: what was typed, found, selected and opened.
//!
//! [`App::update`] is the only way to change it. It does no input or output: what has to be done
//! outside comes back as [`Command`]s. What the screen looks like is the business of `view`.

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

use crate::collection::{Entry, EntryRef, Marks, Recall};
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
    /// Bytes read, and bytes in all; 0 in all when that is unknown.
    Bytes(u64, u64),
    /// Everything is loaded.
    Done,
}

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaneSplit {
    /// The answer takes the whole screen.
    pub zoomed: bool,
    /// The list's share of the space in thousandths, where the person moved the border.
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
    /// The number of the last query that was asked.
    generation: u64,
    /// How many hits it asked to sort.
    limit: usize,
    /// The last query that ended the search thread, and how often it did.
    search_failures: (u64, u8),
    list: QuestionList,
    answer: AnswerPane,
    /// An entry that is shown instead of the selected one: a related question, or one read before.
    pinned_entry: Option<u32>,
    /// The entry that left the list when it was marked.
    marked_away: Option<u32>,
    history: NavigationHistory,
    focus: Focus,
    split: PaneSplit,
    /// The mouse holds the border between the panes.
    dragging: bool,
    popup: Option<Popup>,
    notice: Option<Notice>,
    marks: Arc<Marks>,
    learning: Learning,
    /// The entries marked for picking, in the order in which they were marked.
    marked: Vec<Entry>,
    /// The [keys](EntryRef::key) of entries that were read, the newest last.
    recent: Arc<Vec<String>>,
    usage: Usage,
    /// The key of the question to come back to, until it is found or a person did something.
    restore_key: Option<String>,
    overview: Overview,
    /// How many entries were loaded; the hits come a little later.
    loaded: usize,
    /// How many entries the current or requested overview covers.
    overview_len: usize,
    summary: Summary,
    loading: Loading,
    encoded: Option<u8>,
    diagnostics: Vec<Diagnostic>,
    /// Texts of the sources that reached no entry.
    unused: Vec<Diagnostic>,
    /// A search engine is being asked.
    asking: bool,
    jobs: Jobs,
}

/// The jobs whose results are awaited, by their numbers: other results are stale.
#[derive(Debug, Clone, Copy, Default)]
struct Jobs {
    /// The number of the last job.
    last: u64,
    popup: Option<u64>,
    overview: Option<u64>,
    /// With the entry and width that are laid out.
    document: Option<(u64, u32, u16)>,
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
            asking: false,
            jobs: Jobs::default(),
            options,
        }
    }

    /// The mode of the keys.
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

    /// Whether one step back from the list ends the program: there is no query to clear, or the one
    /// that it was started with to pick an entry.
    pub fn back_leaves(&self) -> bool {
        let is_given = self.options.pick && self.prompt.text() == self.options.query;
        self.prompt.is_empty() || is_given
    }

    /// Whether the prompt is below the panes.
    pub fn prompt_below(&self) -> bool {
        self.options.prompt_below
    }

    /// Whether the best hit is at the bottom of the list.
    pub fn goes_upwards(&self) -> bool {
        self.options.upwards
    }

    /// Whether several entries can be marked.
    pub fn allows_marking(&self) -> bool {
        self.options.multi
    }

    /// How many entries are marked.
    pub fn marked_count(&self) -> usize {
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

    /// Whether hits or a pop-up that the last keys asked for are still to come.
    pub fn is_waiting(&self) -> bool {
        let search_failed = self.search_failures == (self.generation, MAX_SEARCH_FAILURES);
        self.is_searching() && !search_failed || self.jobs.popup.is_some()
    }

    /// Whether a search engine is being asked, or about to be: the hits on show may be of an
    /// earlier query.
    pub fn is_asking(&self) -> bool {
        self.asking
    }

    /// The question list.
    pub fn list(&self) -> &QuestionList {
        &self.list
    }

    /// The answer pane.
    pub fn answer(&self) -> &AnswerPane {
        &self.answer
    }

    /// The document of the shown entry, laid out for the answer pane.
    pub fn document(&self) -> Option<&AnswerDocument> {
        let (number, entry) = (self.shown()?, self.entry()?);
        let width = AnswerDocument::width_in(self.layout().answer.inner.width);
        Some(self.answer.document_or(|| self.lay_out(number, &entry, width)))
    }

    /// Lays an entry out as it is shown at the moment: without its answer where that is hidden.
    fn lay_out(&self, number: u32, entry: &EntryRef, width: u16) -> AnswerDocument {
        if self.is_hidden() {
            AnswerDocument::question(number, entry, width, &self.style)
        } else {
            AnswerDocument::preview(number, entry, width, &self.style)
        }
    }

    /// Whether answers are hidden until they are asked for.
    pub fn hides_answers(&self) -> bool {
        self.learning.hides_answers
    }

    /// Whether the answer of the entry on show is hidden.
    pub fn is_hidden(&self) -> bool {
        self.learning.hides_answers
            && !self.answer.is_revealed()
            && self.entry().is_some_and(|entry| !entry.answer().is_empty())
    }

    /// Which rows show passages of their answers now.
    fn passages(&self) -> Passages {
        if self.learning.hides_answers { Passages::None } else { self.options.passages }
    }

    /// The first line of the document in sight.
    pub fn answer_top(&self) -> usize {
        self.answer.top(usize::from(self.layout().answer.inner.height))
    }

    /// The areas of the screen.
    pub fn layout(&self) -> Layout {
        Layout::of(LayoutInput {
            screen: self.screen,
            prompt_below: self.options.prompt_below,
            typing: self.focus == Focus::List,
            zoomed: self.split.zoomed,
            split: self.split.split,
            list_columns: (self.list.facts().columns_for_most, self.list.facts().columns_for_all),
            lacks_answers: self.list.facts().lacks_answers,
            plain: self.options.plain,
        })
    }

    /// The open pop-up with its areas.
    pub fn popup_layout(&self) -> Option<(&Popup, PopupLayout)> {
        let popup = self.popup.as_ref()?;
        let (lines, detail) = (popup.lines(), popup.detail_lines());
        Some((popup, PopupLayout::of(self.screen, lines, detail, self.options.plain)))
    }

    /// Whether the screen is laid out for screen readers.
    pub fn is_plain(&self) -> bool {
        self.options.plain
    }

    /// Which pane has the focus.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// The pop-up over the panes.
    pub fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }

    /// The message in the status line.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The share of the entries that the sentence encoder has read, in percent, while it works.
    pub fn encoded(&self) -> Option<u8> {
        self.encoded
    }

    /// How far loading is.
    pub fn loading(&self) -> Loading {
        self.loading
    }

    /// The collection's title and note.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// How many things were wrong in the sources and before the start.
    pub fn problems(&self) -> usize {
        self.options.mistakes.len() + self.diagnostics.len()
    }

    /// What was wrong in the sources.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The number of the entry that the answer pane shows.
    pub fn shown(&self) -> Option<u32> {
        self.pinned_entry.or_else(|| self.list.hit().map(|hit| hit.entry))
    }

    /// The entry that the answer pane shows.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.list.hits().index.entry(self.shown()?)
    }

    /// The overview of a large collection, in place of an answer until anything is typed or chosen.
    pub fn overview(&self) -> Option<&Overview> {
        let index = &self.list.hits().index;
        let begins = self.prompt.is_empty() && self.focus == Focus::List && !self.list.is_moved();
        let large = index.len() > overview::LARGE && index.live().is_none();
        let large = large && self.pinned_entry.is_none();
        (begins && large).then_some(&self.overview)
    }

    /// Whether the answer pane shows the welcome text: until anything is typed or chosen.
    pub fn shows_welcome(&self) -> bool {
        let begins = self.prompt.is_empty() && self.focus == Focus::List && !self.list.is_moved();
        self.options.welcome && begins && self.pinned_entry.is_none()
    }

    /// Whether another entry was read before the one on show.
    pub fn has_read_before(&self) -> bool {
        self.history.has_earlier()
    }

    /// Whether an entry is marked as known or to be asked again.
    pub fn recall(&self, entry: &EntryRef<'_>) -> Option<Recall> {
        self.marks.recall(entry)
    }

    /// Whether an entry was read, now or before.
    pub fn has_recent(&self) -> bool {
        !self.recent.is_empty()
    }

    /// Whether an entry is bookmarked.
    pub fn is_bookmarked(&self, entry: &EntryRef<'_>) -> bool {
        entry.is_in(&self.marks.bookmarked)
    }
}

/// Whether an entry is the same as a kept one, also after a reload.
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
