//! How messages change the state.

mod asking;
mod choosing;
mod entry;
mod reading;

use super::{Action, Aim, App, Command, Focus, Loading, Message, Notice, Outcome, Popup};

/// What a step of the border is, in thousandths.
const SPLIT_STEP: i32 = 50;

type Commands = Vec<Command>;

impl App {
    /// Changes the state; gives back what has to be done outside, in this order.
    pub fn update(&mut self, message: Message) -> Commands {
        if message.is_from_a_person() {
            self.notice = None;
            self.restore_key = None;
        }
        match message {
            Message::Started => return self.search(),
            Message::Type(c) => return self.type_text(c.encode_utf8(&mut [0; 4])),
            Message::Paste(text) => return self.type_text(&text),
            Message::Do(action) => return self.act(action),
            Message::Select(rank) => {
                self.focus = Focus::List;
                return self.select(rank);
            }
            Message::Choose(row) => return self.choose(row),
            Message::MoveSelection(rows) => return self.step(self.ranks(rows)),
            Message::ScrollAnswer(lines) => self.answer.scroll(lines),
            Message::FocusAnswer => return self.read(),
            Message::Split(split) => self.split.split = Some(split.min(1000)),
            Message::Link(address) => return vec![Command::OpenUrl(address)],
            Message::Hits(hits) => return self.receive(hits),
            Message::Index(event) => self.hear_of_index(event),
            Message::Loaded(result) => {
                self.begin_loading();
                self.loading = Loading::Done;
                match result {
                    Ok(summary) => self.summary = summary,
                    Err(text) => self.tell(text, true),
                }
                return self.loaded_more();
            }
            Message::Facets(facets) => self.open_filter(&facets),
            Message::Overview(overview) => self.overview = overview,
            Message::Recalled(entries) => self.open_recent(&entries),
            Message::Linted(odd) => self.open_problems(&odd),
            Message::Related { entry, related } => self.open_related(entry, &related),
            Message::Measured(measures) => self.answer.measured(measures),
            Message::Notice(text) => self.tell(text, false),
            Message::Failed(text) => self.tell(text, true),
        }
        Vec::new()
    }

    fn tell(&mut self, text: impl Into<String>, failed: bool) {
        self.notice = Some(Notice { text: text.into(), failed });
    }

    fn act(&mut self, action: Action) -> Commands {
        if let Some(commands) = self.act_in_popup(action) {
            return commands;
        }
        match action {
            Action::Next => return self.step(self.down(1)),
            Action::Previous => return self.step(self.down(-1)),
            Action::PageDown => return self.step(self.down(self.page())),
            Action::PageUp => return self.step(self.down(-self.page())),
            Action::First => return self.select(0),
            Action::Last => return self.select(usize::MAX),
            Action::Mark => return self.mark(1),
            Action::MarkBack => return self.mark(-1),
            Action::Read if self.focus == Focus::Find => self.focus = Focus::Answer,
            Action::Read => return self.read_or_pick(),
            Action::Switch if self.focus == Focus::List => return self.read(),
            Action::Switch | Action::List => {
                self.focus = Focus::List;
                self.split.zoomed = false;
            }
            Action::Back => return self.back(),
            Action::ScrollDown => self.answer.scroll(1),
            Action::ScrollUp => self.answer.scroll(-1),
            Action::ScrollHalfDown => self.answer.scroll_half_pages(1),
            Action::ScrollHalfUp => self.answer.scroll_half_pages(-1),
            Action::ScrollPageDown => self.answer.scroll_pages(1),
            Action::ScrollPageUp => self.answer.scroll_pages(-1),
            Action::ScrollTop => self.answer.aim_at(Aim::Top(0)),
            Action::ScrollEnd => self.answer.aim_at(Aim::End),
            Action::Find => self.start_finding(),
            Action::FindNext => self.answer.find_step(true),
            Action::FindPrevious => self.answer.find_step(false),
            Action::Zoom => self.split.zoomed = !self.split.zoomed,
            Action::SplitLeft => self.move_border(-SPLIT_STEP),
            Action::SplitRight => self.move_border(SPLIT_STEP),
            Action::QueryEarlier | Action::QueryLater => return self.recall(action),
            Action::Help => self.popup = Some(Popup::help(&self.options.help, self.mode())),
            Action::Problems => {
                return vec![Command::Lint(self.list.hits().index.clone())];
            }
            Action::Filter => return vec![Command::Facets(self.list.hits().index.clone())],
            Action::Recent => return self.recall_read(),
            Action::Bookmark => return self.bookmark(),
            Action::OnlyBookmarked => return self.only_bookmarked(),
            Action::Theme => return vec![Command::NextTheme],
            Action::Redraw => return vec![Command::Redraw],
            Action::Suspend => return vec![Command::Suspend],
            Action::Quit => return vec![Command::Quit(Outcome::Done)],
            Action::Interrupt => return vec![Command::Quit(Outcome::Interrupted)],
            Action::HistoryBack | Action::HistoryForward => self.follow_trail(action),
            Action::Related
            | Action::Copy
            | Action::CopyBoth
            | Action::CopyCode
            | Action::OpenLink
            | Action::Edit => return self.act_on_entry(action),
            _ => return self.edit_line(action),
        }
        Vec::new()
    }

    /// One step back: what is found, the answer, a pinned entry, the query, the program.
    fn back(&mut self) -> Commands {
        match self.focus {
            Focus::Find => {
                self.answer.stop_finding();
                self.focus = Focus::Answer;
            }
            Focus::Answer if self.answer.stop_finding() => {}
            Focus::Answer if self.split.zoomed => self.split.zoomed = false,
            Focus::Answer => self.focus = Focus::List,
            Focus::List if self.pinned_entry.take().is_some() => self.show_selected(),
            Focus::List if self.prompt.is_empty() => return vec![Command::Quit(Outcome::Done)],
            Focus::List => return self.set_query(""),
        }
        Vec::new()
    }

    fn move_border(&mut self, by: i32) {
        let split = i32::from(self.split.split.unwrap_or(450)) + by;
        self.split.split = Some(split.clamp(100, 900) as u16);
    }
}

/// A query with a filter before it, ready for the next word.
fn with_filter(query: &str, filter: &str) -> String {
    if query.split_whitespace().any(|word| word == filter) {
        return query.to_owned();
    }
    format!("{filter} {}", query.trim_start())
}

impl Message {
    /// Whether it is a key or the mouse: these take the message in the status line away.
    fn is_from_a_person(&self) -> bool {
        matches!(
            self,
            Self::Do(_)
                | Self::Type(_)
                | Self::Paste(_)
                | Self::Select(_)
                | Self::Choose(_)
                | Self::ScrollAnswer(_)
                | Self::MoveSelection(_)
                | Self::FocusAnswer
                | Self::Split(_)
                | Self::Link(_)
        )
    }
}
