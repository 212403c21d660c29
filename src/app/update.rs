//! How messages change the state.

mod choosing;

use super::trail::Trail;
use super::{
    Action, Aim, App, Command, Focus, Line, Loading, Message, Notice, Outcome, Popup, Save,
    only_in_answer,
};
use crate::collection::only_code;
use crate::search::{Hits, IndexEvent, Query};
use std::sync::Arc;

/// How many hits are put in order at first: more than any screen shows.
const FIRST_LIMIT: usize = 1000;
/// How many related questions are looked for.
const RELATED: usize = 20;
/// What a step of the border is, in thousandths.
const SPLIT_STEP: i32 = 50;
/// The part of the query that lets only bookmarks through.
const BOOKMARKED: &str = "is:bookmarked";

type Commands = Vec<Command>;

impl App {
    /// Changes the state; gives back what has to be done outside, in this order.
    pub fn update(&mut self, message: Message) -> Commands {
        if message.is_from_a_person() {
            self.notice = None;
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
            Message::MoveSelection(rows) => return self.step(rows),
            Message::ScrollAnswer(lines) => self.answer.scroll(lines),
            Message::FocusAnswer => return self.read(),
            Message::Split(split) => self.shares.split = Some(split.min(1000)),
            Message::Link(address) => return vec![Command::OpenUrl(address)],
            Message::Hits(hits) => self.receive(hits),
            Message::Index(event) => self.hear_of_index(event),
            Message::Loaded(result) => {
                self.begin_loading();
                self.loading = Loading::Done;
                match result {
                    Ok(summary) => self.summary = summary,
                    Err(text) => self.tell(text, true),
                }
            }
            Message::Facets(facets) => self.open_filter(&facets),
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
            Action::Next => return self.step(1),
            Action::Previous => return self.step(-1),
            Action::PageDown => return self.step(self.page()),
            Action::PageUp => return self.step(-self.page()),
            Action::First => return self.select(0),
            Action::Last => return self.select(usize::MAX),
            Action::Read if self.focus == Focus::Find => self.focus = Focus::Answer,
            Action::Read => return self.read_or_pick(),
            Action::Switch if self.focus == Focus::List => return self.read(),
            Action::Switch | Action::List => {
                self.focus = Focus::List;
                self.shares.zoomed = false;
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
            Action::Zoom => self.shares.zoomed = !self.shares.zoomed,
            Action::SplitLeft => self.move_border(-SPLIT_STEP),
            Action::SplitRight => self.move_border(SPLIT_STEP),
            Action::QueryEarlier | Action::QueryLater => return self.recall(action),
            Action::Help => self.popup = Some(Popup::help(&self.options.help, self.mode())),
            Action::Problems => self.open_problems(),
            Action::Filter => return vec![Command::Facets(self.list.hits().index.clone())],
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

    // ---- the prompt ----

    fn type_text(&mut self, text: &str) -> Commands {
        if let Some(popup) = &mut self.popup {
            let effect = popup.type_text(text);
            return effect.map(|effect| self.carry_out(effect)).unwrap_or_default();
        }
        if self.focus == Focus::Find {
            self.answer.change_find(|line| {
                line.insert(text);
                true
            });
            return Vec::new();
        }
        // What is pasted while reading can only be meant for the prompt.
        self.focus = Focus::List;
        self.prompt.insert(text);
        self.query_changed()
    }

    fn edit_line(&mut self, action: Action) -> Commands {
        if self.focus == Focus::Find {
            self.answer.change_find(|line| line.edit(action));
            return Vec::new();
        }
        let before = self.prompt.text().to_owned();
        self.prompt.edit(action);
        if self.prompt.text() == before { Vec::new() } else { self.query_changed() }
    }

    fn set_query(&mut self, text: &str) -> Commands {
        self.prompt = Line::new(text);
        self.query_changed()
    }

    fn query_changed(&mut self) -> Commands {
        self.queries.leave();
        self.search()
    }

    fn recall(&mut self, action: Action) -> Commands {
        let current = self.prompt.text().to_owned();
        let recalled = match action {
            Action::QueryEarlier => self.queries.earlier(&current),
            _ => self.queries.later(),
        };
        let Some(text) = recalled.map(str::to_owned) else { return Vec::new() };
        self.prompt = Line::new(&text);
        self.search()
    }

    /// Remembers a query that led to something.
    fn remember_query(&mut self) -> Commands {
        let query = self.prompt.text().trim().to_owned();
        let news = self.queries.remember(&query);
        if news { vec![Command::Save(Save::Query(query))] } else { Vec::new() }
    }

    // ---- searching ----

    fn search(&mut self) -> Commands {
        self.generation += 1;
        self.limit = FIRST_LIMIT;
        vec![self.ask()]
    }

    fn ask(&self) -> Command {
        let query = Query {
            text: self.prompt.text().to_owned(),
            exact: self.options.exact,
            no_meaning: self.options.no_meaning,
            limit: self.limit,
            bookmarked: Arc::clone(&self.bookmarks),
        };
        Command::Search(self.generation, query)
    }

    /// Hits of the newest query replace the old ones; late ones of a former query are dropped.
    fn receive(&mut self, hits: Hits) {
        if hits.generation != self.generation {
            return;
        }
        let news = hits.generation != self.list.hits().generation;
        let shown = |app: &Self| app.entry().map(|e| (e.id().to_owned(), e.question().to_owned()));
        let before = shown(self);
        self.list.receive(hits);
        if news {
            self.detour = None;
        } else if self.detour.is_some() && shown(self) != before {
            // The collection was loaded again, and its entries have other numbers now.
            self.detour = None;
            self.trail = Trail::default();
        }
        if news || shown(self) != before {
            self.show_selected();
        }
    }

    fn hear_of_index(&mut self, event: IndexEvent) {
        match event {
            // Its hits come by themselves.
            IndexEvent::Grown(_) => {}
            IndexEvent::Problem(problem) => {
                self.begin_loading();
                self.problems.push(problem);
            }
            IndexEvent::Progress(done, total) => {
                self.begin_loading();
                self.loading = Loading::Bytes(done, total);
            }
        }
    }

    /// News of loading after its end: a source changed and is loaded again.
    fn begin_loading(&mut self) {
        if self.loading == Loading::Done {
            self.loading = Loading::Bytes(0, 0);
            self.problems.clear();
        }
    }

    // ---- the list ----

    fn page(&self) -> isize {
        self.answer.measures().list_rows.saturating_sub(1).max(1) as isize
    }

    fn step(&mut self, rows: isize) -> Commands {
        if let Some(popup) = &mut self.popup {
            popup.select(popup.selected().saturating_add_signed(rows));
            return Vec::new();
        }
        self.select(self.list.selected().saturating_add_signed(rows))
    }

    fn select(&mut self, rank: usize) -> Commands {
        let before = self.shown();
        self.detour = None;
        self.list.select(rank);
        if self.shown() != before {
            self.show_selected();
        }
        let mut commands = Vec::new();
        if self.focus == Focus::Answer {
            commands.extend(self.note_read());
        }
        if let Some(limit) = self.list.wanted(rank).filter(|&limit| limit > self.limit) {
            self.limit = limit;
            commands.push(self.ask());
        }
        commands
    }

    fn show_selected(&mut self) {
        self.answer.show(self.list.hit().is_some_and(only_in_answer));
        self.answer.stop_finding();
        if self.focus == Focus::Find {
            self.focus = Focus::Answer;
        }
    }

    // ---- reading ----

    fn read_or_pick(&mut self) -> Commands {
        if !self.options.pick {
            return self.read();
        }
        let Some(entry) = self.entry().map(|entry| entry.to_entry()) else { return Vec::new() };
        let mut commands = self.remember_query();
        commands.push(Command::Quit(Outcome::Picked(vec![entry])));
        commands
    }

    fn read(&mut self) -> Commands {
        if self.entry().is_none() {
            self.tell("no answer to read: change the query", false);
            return Vec::new();
        }
        self.focus = Focus::Answer;
        // From now on the selection stays on what is read, whatever arrives.
        self.list.select(self.list.selected());
        let mut commands = self.remember_query();
        commands.extend(self.note_read());
        commands
    }

    fn note_read(&mut self) -> Option<Command> {
        let key = self.entry()?.key().to_owned();
        self.trail.visit(self.shown()?);
        Some(Command::Save(Save::Read(key)))
    }

    /// Shows an entry that need not be in the list.
    fn show(&mut self, entry: u32) {
        let selected = self.list.hit().map(|hit| hit.entry);
        self.detour = Some(entry).filter(|_| selected != Some(entry));
        self.answer.show(false);
        self.answer.stop_finding();
        self.focus = Focus::Answer;
    }

    fn follow_trail(&mut self, action: Action) {
        let back = action == Action::HistoryBack;
        let entry = if back { self.trail.back() } else { self.trail.forward() };
        match entry {
            Some(entry) => self.show(entry),
            None if back => self.tell("nothing was read before this", false),
            None => self.tell("nothing was read after this", false),
        }
    }

    fn start_finding(&mut self) {
        if self.entry().is_some() {
            self.answer.start_finding();
            self.focus = Focus::Find;
        }
    }

    /// One step back: what is found, the answer, a detour, the query, the program.
    fn back(&mut self) -> Commands {
        match self.focus {
            Focus::Find => {
                self.answer.stop_finding();
                self.focus = Focus::Answer;
            }
            Focus::Answer if self.answer.stop_finding() => {}
            Focus::Answer if self.shares.zoomed => self.shares.zoomed = false,
            Focus::Answer => self.focus = Focus::List,
            Focus::List if self.detour.take().is_some() => self.show_selected(),
            Focus::List if self.prompt.is_empty() => return vec![Command::Quit(Outcome::Done)],
            Focus::List => return self.set_query(""),
        }
        Vec::new()
    }

    fn move_border(&mut self, by: i32) {
        let split = i32::from(self.shares.split.unwrap_or(450)) + by;
        self.shares.split = Some(split.clamp(100, 900) as u16);
    }

    // ---- doing something with the entry ----

    fn act_on_entry(&mut self, action: Action) -> Commands {
        let (Some(entry), Some(number)) = (self.entry(), self.shown()) else {
            self.tell("there is no entry here", false);
            return Vec::new();
        };
        let copy = |text: String, what: &str| vec![Command::Copy { text, what: what.into() }];
        match action {
            Action::Copy => match only_code(entry.answer()) {
                Some(command) => copy(command.to_owned(), "the command"),
                None => copy(entry.answer().to_owned(), "the answer"),
            },
            Action::CopyBoth => {
                let text = format!("{}\n\n{}", entry.question(), entry.answer());
                copy(text, "question and answer")
            }
            Action::Edit => {
                vec![Command::Edit { path: Arc::clone(entry.source()), line: entry.line() }]
            }
            Action::Related => {
                let index = self.list.hits().index.clone();
                vec![Command::Related { index, entry: number, limit: RELATED }]
            }
            Action::OpenLink => self.open_links(),
            _ => self.copy_code(),
        }
    }

    fn bookmark(&mut self) -> Commands {
        let Some(key) = self.entry().map(|entry| entry.key().to_owned()) else {
            return Vec::new();
        };
        let bookmarks = Arc::make_mut(&mut self.bookmarks);
        let set = bookmarks.insert(key.clone());
        if !set {
            bookmarks.remove(&key);
        }
        self.tell(
            if set { "bookmarked: ' shows all bookmarks" } else { "bookmark taken off" },
            false,
        );
        vec![Command::Save(Save::Bookmark(key, set))]
    }

    fn only_bookmarked(&mut self) -> Commands {
        let words: Vec<&str> = self.prompt.text().split_whitespace().collect();
        let (only, others): (Vec<&str>, Vec<&str>) =
            words.into_iter().partition(|word| *word == BOOKMARKED);
        let others = others.join(" ");
        self.focus = Focus::List;
        if !only.is_empty() {
            return self.set_query(&others);
        }
        if self.bookmarks.is_empty() {
            self.tell("no bookmark yet: m sets one while reading", false);
            return Vec::new();
        }
        self.set_query(&with_filter(&others, BOOKMARKED))
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
