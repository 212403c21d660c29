//! Updates what is derived from the state after every message: scroll positions and the shown
//! document.

use super::super::{AnswerDocument, App, Command, Job, JobKind, LayoutJob};
use super::Commands;
use crate::search::Index;

impl App {
    /// Scrolls the lists and the answer, and lays the document out again if its width changed. Runs
    /// after each message instead of each frame, so that a burst of keys has the same result as
    /// single keys.
    pub(super) fn update_view(&mut self) -> Option<Command> {
        let layout = self.layout();
        self.list.scroll_to_selected(usize::from(layout.list.inner.height));
        if let Some((_, popup)) = self.popup_layout()
            && let Some(open) = &mut self.popup
        {
            open.scroll_to_selected(usize::from(popup.rows.height));
        }
        let pane = layout.answer.inner;
        if pane.is_empty() {
            return None;
        }
        let width = AnswerDocument::width_in(pane.width);
        self.fit_document(width);
        if self.answer.needs_document() {
            self.document();
            let Self { answer, list, .. } = self;
            let highlighter = &list.hits().highlighter;
            answer.clamp_scroll(usize::from(pane.height), |line| {
                !highlighter.ranges(line).is_empty()
            });
        }
        self.lay_out_large(width)
    }

    /// Replaces a document of a different width.
    fn fit_document(&mut self, width: u16) {
        let Some(document) = self.answer.laid_out() else { return };
        let (Some(number), Some(entry)) = (self.shown(), self.entry()) else {
            return self.answer.forget_document();
        };
        // A large document stays until it is laid out for the new width.
        let stays = AnswerDocument::is_large(&entry) && !document.is_partial();
        if document.is_of(number, width) || document.entry() == number && stays {
            return;
        }
        if document.entry() == number && self.answer.needs_document() {
            let new = self.lay_out(number, &entry, width);
            self.answer.replace_document(new);
        } else {
            self.answer.forget_document();
        }
    }

    /// Starts laying out a whole large answer on another thread.
    fn lay_out_large(&mut self, width: u16) -> Option<Command> {
        let (number, entry) = (self.shown()?, self.entry()?);
        let awaited =
            self.jobs.document.is_some_and(|job| (job.entry, job.width) == (number, width));
        let is_whole = |d: &AnswerDocument| d.is_of(number, width) && !d.is_partial();
        let whole = self.answer.laid_out().is_some_and(is_whole);
        if awaited || whole || self.is_hidden() || !AnswerDocument::is_large(&entry) {
            return None;
        }
        let index = self.list.hits().index.clone();
        let command =
            self.start(Job::LayOut { index, entry: number, width, style: self.style.clone() });
        self.jobs.document = Some(LayoutJob { number: self.jobs.last, entry: number, width });
        Some(command)
    }

    /// Uses a document that was laid out on another thread.
    pub(super) fn laid_out(
        &mut self,
        number: u64,
        index: &Index,
        document: Option<Box<AnswerDocument>>,
    ) {
        let Some(job) = self.jobs.document.take_if(|job| job.number == number) else { return };
        let LayoutJob { entry, width, .. } = job;
        let current = self.list.hits().index.continues(index) && self.shown() == Some(entry);
        let current = current && !self.is_hidden();
        if let Some(document) = document.filter(|d| current && d.is_of(entry, width)) {
            self.answer.replace_document(*document);
        }
    }

    /// Lays the document out again, with the colours of its code. Not for large documents: each of
    /// their code blocks would cost a layout.
    pub(super) fn lay_out_again(&mut self) {
        if !self.entry().is_some_and(|entry| AnswerDocument::is_large(&entry)) {
            self.answer.forget_document();
        }
    }

    /// Starts a job under a new number.
    pub(super) fn start(&mut self, job: Job) -> Command {
        self.jobs.last += 1;
        let number = self.jobs.last;
        match job.kind() {
            JobKind::Popup => self.jobs.popup = Some(number),
            JobKind::Overview => self.jobs.overview = Some(number),
            JobKind::LayOut => {}
        }
        Command::Run(number, job)
    }

    /// Expects a pop-up from a live source; returns its number.
    pub(super) fn await_live_popup(&mut self) -> u64 {
        self.jobs.last += 1;
        self.jobs.live_popup = Some(self.jobs.last);
        self.jobs.popup = self.jobs.live_popup;
        self.jobs.last
    }

    /// Starts a job as the only command.
    pub(super) fn start_popup(&mut self, job: Job) -> Commands {
        vec![self.start(job)]
    }
}
