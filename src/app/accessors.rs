//! Read access to the state, for drawing it and for the loop.

use super::overview::{self, Overview};
use super::{
    AnswerDocument, AnswerPane, App, Focus, Layout, LayoutInput, Loading, MAX_SEARCH_FAILURES,
    Mode, Notice, Passages, Popup, PopupLayout, QuestionList, TextInput, is_same,
};
use crate::collection::{EntryRef, Recall};
use crate::load::{Diagnostic, Summary};

impl App {
    /// The mode of the keys.
    pub fn mode(&self) -> Mode {
        match self.focus {
            _ if self.popup.is_some() => Mode::Choosing,
            Focus::List => Mode::Typing,
            Focus::Answer => Mode::Reading,
            Focus::Find => Mode::Finding,
        }
    }

    /// Whether Enter picks entries and ends the program.
    pub fn picks(&self) -> bool {
        self.options.pick
    }

    /// Whether a step back from the list ends the program: the query is empty, or with `--pick` it
    /// is the initial one.
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

    /// The input line of the query.
    pub fn prompt(&self) -> &TextInput {
        &self.prompt
    }

    /// Whether the shown hits belong to an earlier query than the one in the prompt.
    pub fn is_searching(&self) -> bool {
        self.generation != self.list.hits().generation
    }

    /// Whether hits or a pop-up requested by the last keys have not arrived yet.
    pub fn is_waiting(&self) -> bool {
        let search_failed = self.search_failures == (self.generation, MAX_SEARCH_FAILURES);
        self.is_searching() && !search_failed || self.jobs.popup.is_some()
    }

    /// Whether a live source is being queried or about to be: the shown hits may belong to an
    /// earlier query.
    pub fn is_querying(&self) -> bool {
        self.querying
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

    /// Lays an entry out as it is shown now: without its answer if answers are hidden.
    pub(super) fn lay_out(&self, number: u32, entry: &EntryRef, width: u16) -> AnswerDocument {
        if self.is_hidden() {
            AnswerDocument::question(number, entry, width, &self.style)
        } else {
            AnswerDocument::preview(number, entry, width, &self.style)
        }
    }

    /// Whether answers are hidden until revealed.
    pub fn hides_answers(&self) -> bool {
        self.learning.hides_answers
    }

    /// Whether the answer of the shown entry is hidden.
    pub fn is_hidden(&self) -> bool {
        self.learning.hides_answers
            && !self.answer.is_revealed()
            && self.entry().is_some_and(|entry| !entry.answer().is_empty())
    }

    /// Which rows currently show passages of their answers.
    pub(super) fn passages(&self) -> Passages {
        if self.learning.hides_answers { Passages::None } else { self.options.passages }
    }

    /// The first visible line of the document.
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

    /// The percentage of the entries that are encoded; `None` when the sentence encoder is idle.
    pub fn encoded(&self) -> Option<u8> {
        self.encoded
    }

    /// The progress of loading.
    pub fn loading(&self) -> Loading {
        self.loading
    }

    /// The collection's title and note.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The number of problems in the configuration, the state and the sources.
    pub fn problems(&self) -> usize {
        self.options.mistakes.len() + self.diagnostics.len()
    }

    /// The problems in the sources.
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

    /// The overview of a large collection, shown in place of an answer until the user types or
    /// selects something.
    pub fn overview(&self) -> Option<&Overview> {
        let index = &self.list.hits().index;
        let begins = self.prompt.is_empty() && self.focus == Focus::List && !self.list.is_moved();
        let large = index.len() > overview::LARGE && index.live().is_none();
        let large = large && self.pinned_entry.is_none();
        (begins && large).then_some(&self.overview)
    }

    /// Whether the answer pane shows the welcome text: until the user types or selects something.
    pub fn shows_welcome(&self) -> bool {
        let begins = self.prompt.is_empty() && self.focus == Focus::List && !self.list.is_moved();
        self.options.welcome && begins && self.pinned_entry.is_none()
    }

    /// Whether the history has an entry before the shown one.
    pub fn has_read_before(&self) -> bool {
        self.history.has_earlier()
    }

    /// The mark of an entry: known, or to review again.
    pub fn recall(&self, entry: &EntryRef<'_>) -> Option<Recall> {
        self.marks.recall(entry)
    }

    /// Whether any entry was ever read.
    pub fn has_recent(&self) -> bool {
        !self.recent.is_empty()
    }

    /// Whether an entry is bookmarked.
    pub fn is_bookmarked(&self, entry: &EntryRef<'_>) -> bool {
        entry.is_in(&self.marks.bookmarked)
    }
}
