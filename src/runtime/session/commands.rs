//! Carries out the commands of the state.

use super::Session;
use crate::app::{Command, Message};
use crate::runtime::effects;
use crate::runtime::event::{Error, Event};
use crate::store::StateChange;
use crate::terminal::Terminal;

impl Session {
    /// Carries out a command; returns the message of an immediate reply, if any.
    pub(super) fn carry_out(
        &mut self,
        command: Command,
        terminal: Option<&mut Terminal>,
    ) -> Result<Option<Message>, Error> {
        match command {
            Command::Search(generation, query) => {
                self.live.query(&query.text);
                self.searcher.search(generation, query);
            }
            Command::QueryRelated { number, source, question } => {
                self.live.query_related(number, &source, &question);
            }
            Command::Run(number, job) => self.helper.run(number, job),
            Command::Save(change) => {
                if let StateChange::Keep(entry) = &change {
                    self.live.keep(entry);
                }
                self.writer.save(change);
            }
            Command::Quit(outcome) => self.outcome = Some(outcome),
            Command::Copy { text, what } => {
                let Some(terminal) = terminal else { return Ok(None) };
                let copied = effects::copy(text, &what, terminal)?;
                return Ok(Some(copied.map_or_else(Message::Failed, Message::Notice)));
            }
            Command::Edit { path, line } => {
                let Some(terminal) = terminal else { return Ok(None) };
                self.repaint();
                let edited = effects::edit(&self.sources, &path, line, terminal)?;
                return Ok(edited.err().map(Message::Failed));
            }
            Command::OpenUrl(address) => {
                let events = self.events.clone();
                let failed = move |text| drop(events.send(Event::Message(Message::Failed(text))));
                return Ok(effects::open(&address, failed).err().map(Message::Failed));
            }
            Command::NextTheme => {
                return Ok(Some(Message::Notice(format!("theme: {}", self.view.next_theme()))));
            }
            Command::Redraw => {
                self.repaint();
                terminal.map_or(Ok(()), Terminal::forget)?;
            }
            Command::Suspend => {
                if !Terminal::suspend() {
                    let text = "cannot suspend: there is no shell to resume from".into();
                    return Ok(Some(Message::Failed(text)));
                }
            }
        }
        Ok(None)
    }
}
