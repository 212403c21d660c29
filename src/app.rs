//! The state of the program: what was typed, found, selected and opened.
//!
//! [`App::update`] is the only way to change it. It does no input or output: what has to be done
//! outside comes back as [`Command`]s. What the screen looks like is the business of `view`.

mod action;
mod answer;
mod line;
mod message;
mod question_list;

pub use action::Action;
pub use answer::{Aim, Answer, Find};
pub use line::Line;
pub use message::{Command, Measures, Message, Outcome, Save};
pub use question_list::QuestionList;

use crate::collection::EntryRef;
use crate::load::{Problem, Summary};
use crate::search::{Hits, IndexEvent, Query};
use std::collections::HashSet;
use std::sync::Arc;

/// How many hits are put in order at first: more than any screen shows.
const FIRST_LIMIT: usize = 1000;

/// How the program starts.
#[derive(Debug, Clone, Default)]
pub struct AppOptions {
    /// What the prompt holds at first.
    pub query: String,
    /// Match words exactly.
    pub exact: bool,
    /// Enter ends the program with the selected entry.
    pub pick: bool,
    /// The collection's name until it is loaded.
    pub title: String,
    /// The [`entry_key`]s of the bookmarked entries.
    pub bookmarks: HashSet<String>,
    /// Earlier queries, the newest last.
    pub queries: Vec<String>,
    /// The [`entry_key`]s of entries read before, the newest last.
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

/// Which pane has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The prompt and the list.
    #[default]
    List,
    /// The answer pane.
    Answer,
}

/// A message in the status line.
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

/// The name under which an entry is remembered between starts: its id, or its question.
pub fn entry_key(entry: &EntryRef<'_>) -> String {
    if entry.id().is_empty() { entry.question().to_owned() } else { entry.id().to_owned() }
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    prompt: Line,
    list: QuestionList,
    answer: Answer,
    focus: Focus,
    zoomed: bool,
    split: Option<u16>,
    notice: Option<Notice>,
    loading: Loading,
    summary: Summary,
    problems: Vec<Problem>,
    bookmarks: Arc<HashSet<String>>,
    exact: bool,
    pick: bool,
    generation: u64,
    limit: usize,
    help: Vec<HelpRow>,
    help_open: bool,
}

impl App {
    /// The state at the start. Send [`Message::Started`] first.
    pub fn new(options: AppOptions) -> Self {
        Self {
            prompt: Line::new(&options.query),
            list: QuestionList::default(),
            answer: Answer::default(),
            focus: Focus::List,
            zoomed: false,
            split: None,
            notice: None,
            loading: Loading::Bytes(0, 0),
            summary: Summary { title: options.title, note: None },
            problems: Vec::new(),
            bookmarks: Arc::new(options.bookmarks),
            exact: options.exact,
            pick: options.pick,
            generation: 0,
            limit: FIRST_LIMIT,
            help: options.help,
            help_open: false,
        }
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        match self.focus {
            _ if self.help_open => Mode::Choosing,
            Focus::List => Mode::Typing,
            Focus::Answer => Mode::Reading,
        }
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

    /// Whether the answer has the whole width.
    pub fn zoomed(&self) -> bool {
        self.zoomed
    }

    /// Where the person put the border: thousandths of the room for the list.
    pub fn split(&self) -> Option<u16> {
        self.split
    }

    /// The message in the status line.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// How far loading is.
    pub fn loading(&self) -> Loading {
        self.loading
    }

    /// The rows of the help.
    pub fn help(&self) -> &[HelpRow] {
        &self.help
    }

    /// The collection's title and note.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The entry that is shown in the answer pane.
    pub fn entry(&self) -> Option<EntryRef<'_>> {
        self.list.entry()
    }

    /// Changes the state; gives back what has to be done outside, in this order.
    pub fn update(&mut self, message: Message) -> Vec<Command> {
        match message {
            Message::Started => return self.search(),
            Message::Type(c) => {
                self.prompt.insert(c.encode_utf8(&mut [0; 4]));
                return self.search();
            }
            Message::Paste(text) => {
                self.prompt.insert(&text);
                return self.search();
            }
            Message::Do(action) => return self.act(action),
            Message::Select(rank) => return self.select(rank),
            Message::MoveSelection(rows) => return self.step(rows),
            Message::ScrollAnswer(lines) => self.answer.scroll(lines),
            Message::FocusAnswer => self.focus = Focus::Answer,
            Message::Split(split) => self.split = Some(split),
            Message::Link(address) => return vec![Command::OpenUrl(address)],
            Message::Hits(hits) => self.receive(hits),
            Message::Index(event) => self.loaded_part(event),
            Message::Loaded(Ok(summary)) => {
                self.summary = summary;
                self.loading = Loading::Done;
            }
            Message::Loaded(Err(text)) => {
                self.loading = Loading::Done;
                self.notice = Some(Notice { text, failed: true });
            }
            Message::Measured(measures) => self.answer.measured(measures),
            Message::Notice(text) => self.notice = Some(Notice { text, failed: false }),
            Message::Failed(text) => self.notice = Some(Notice { text, failed: true }),
            Message::Choose(_) | Message::Related { .. } => {}
        }
        Vec::new()
    }

    fn search(&mut self) -> Vec<Command> {
        self.generation += 1;
        self.limit = FIRST_LIMIT;
        vec![self.ask()]
    }

    fn ask(&self) -> Command {
        let query = Query {
            text: self.prompt.text().to_owned(),
            exact: self.exact,
            limit: self.limit,
            bookmarked: Arc::clone(&self.bookmarks),
        };
        Command::Search(self.generation, query)
    }

    fn receive(&mut self, hits: Hits) {
        if hits.generation == self.generation {
            self.list.receive(hits);
            self.answer.show_afresh();
        }
    }

    fn loaded_part(&mut self, event: IndexEvent) {
        match event {
            IndexEvent::Grown(_) => {}
            IndexEvent::Problem(problem) => self.problems.push(problem),
            IndexEvent::Progress(done, total) => self.loading = Loading::Bytes(done, total),
        }
    }

    fn select(&mut self, rank: usize) -> Vec<Command> {
        self.list.select(rank);
        self.answer.show_afresh();
        match self.list.wanted() {
            Some(limit) if limit > self.limit => {
                self.limit = limit;
                vec![self.ask()]
            }
            _ => Vec::new(),
        }
    }

    fn step(&mut self, rows: isize) -> Vec<Command> {
        self.select(self.list.selected().saturating_add_signed(rows))
    }

    fn act(&mut self, action: Action) -> Vec<Command> {
        self.notice = None;
        let page = self.answer.measures.list_rows.max(2) as isize - 1;
        match action {
            Action::Next => return self.step(1),
            Action::Previous => return self.step(-1),
            Action::PageDown => return self.step(page),
            Action::PageUp => return self.step(-page),
            Action::First => return self.select(0),
            Action::Last => return self.select(usize::MAX),
            Action::Read if self.pick => {
                let picked = self.entry().map(|entry| entry.to_entry());
                return vec![Command::Quit(Outcome::Picked(picked.into_iter().collect()))];
            }
            Action::Read => self.focus = Focus::Answer,
            Action::List => self.focus = Focus::List,
            Action::Switch => {
                self.focus = if self.focus == Focus::List { Focus::Answer } else { Focus::List };
            }
            Action::ScrollDown => self.answer.scroll(1),
            Action::ScrollUp => self.answer.scroll(-1),
            Action::ScrollHalfDown => self.answer.scroll_half_pages(1),
            Action::ScrollHalfUp => self.answer.scroll_half_pages(-1),
            Action::ScrollPageDown => self.answer.scroll_half_pages(2),
            Action::ScrollPageUp => self.answer.scroll_half_pages(-2),
            Action::ScrollTop => self.answer.aim = Aim::Top(0),
            Action::ScrollEnd => self.answer.aim = Aim::End,
            Action::Help => self.help_open = !self.help_open,
            Action::Back => return self.back(),
            Action::Redraw => return vec![Command::Redraw],
            Action::Suspend => return vec![Command::Suspend],
            Action::Quit => return vec![Command::Quit(Outcome::Done)],
            Action::Interrupt => return vec![Command::Quit(Outcome::Interrupted)],
            _ => {
                let before = self.prompt.text().to_owned();
                if self.prompt.edit(action) && self.prompt.text() != before {
                    return self.search();
                }
            }
        }
        Vec::new()
    }

    /// One step back: the pop-up, the answer, the query, the program.
    fn back(&mut self) -> Vec<Command> {
        if self.help_open {
            self.help_open = false;
        } else if self.focus == Focus::Answer {
            self.focus = Focus::List;
        } else if self.prompt.is_empty() {
            return vec![Command::Quit(Outcome::Done)];
        } else {
            self.prompt = Line::default();
            return self.search();
        }
        Vec::new()
    }
}
