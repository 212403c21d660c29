//! Changes the state by messages.

mod acting;
mod choosing;
mod entry;
mod learning;
mod links;
mod loading;
mod mouse;
mod reading;
mod searching;
mod view_update;

use super::{App, Command, JobResult, Message, Notice};

type Commands = Vec<Command>;

impl App {
    /// Changes the state; returns the commands to carry out, in order.
    pub fn update(&mut self, message: Message) -> Commands {
        let mut commands = self.apply(message);
        commands.extend(self.update_view());
        commands
    }

    fn apply(&mut self, message: Message) -> Commands {
        match message {
            Message::Do(action) => {
                self.begin_input();
                self.act(action)
            }
            Message::Type(c) => {
                self.begin_input();
                self.type_text(c.encode_utf8(&mut [0; 4]))
            }
            Message::Paste(text) => {
                self.begin_input();
                self.type_text(&text)
            }
            Message::Mouse(input) => self.use_mouse(input),
            Message::Started => {
                if let Some(text) = mistakes_notice(&self.options.mistakes) {
                    self.set_failure(text);
                }
                self.search()
            }
            Message::Resized(area) => {
                self.screen = area;
                Vec::new()
            }
            Message::Hits(hits) => self.receive(hits),
            Message::SearchRestarted => self.search_restarted(),
            Message::Index(event) => {
                self.index_changed(event);
                Vec::new()
            }
            Message::Encoded(percent) => {
                self.encoded = percent;
                Vec::new()
            }
            Message::Querying(querying) => {
                self.querying = querying;
                Vec::new()
            }
            Message::Loaded(result) => self.loading_ended(result),
            Message::Finished(number, result) => {
                self.job_finished(number, result);
                Vec::new()
            }
            Message::LayoutChanged => {
                self.lay_out_again();
                Vec::new()
            }
            Message::Notice(text) => {
                self.set_notice(text);
                Vec::new()
            }
            Message::Failed(text) => {
                self.set_failure(text);
                Vec::new()
            }
        }
    }

    /// Any input removes the message in the status line.
    fn begin_input(&mut self) {
        self.notice = None;
        self.restore_key = None;
    }

    fn set_notice(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), failed: false });
    }

    fn set_failure(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), failed: true });
    }

    /// Uses the result of a job, unless it is stale.
    fn job_finished(&mut self, number: u64, result: JobResult) {
        match result {
            JobResult::Popup(popup) if self.jobs.popup == Some(number) => {
                self.jobs.popup = None;
                match popup {
                    Ok(popup) => self.popup = Some(popup),
                    Err(notice) => self.set_notice(notice),
                }
            }
            JobResult::Overview(overview) if self.jobs.overview == Some(number) => {
                self.jobs.overview = None;
                self.overview = overview;
            }
            JobResult::Document(index, document) => self.laid_out(number, &index, document),
            JobResult::Popup(_) | JobResult::Overview(_) => {}
        }
    }
}

/// The notice about errors before the start.
fn mistakes_notice(mistakes: &[String]) -> Option<String> {
    let (first, others) = mistakes.split_first()?;
    Some(match others.len() {
        0 => first.clone(),
        n => format!("{first}; and {n} more: F2"),
    })
}
