//! The loop: every event of the outside becomes a message to the state, the state's commands are
//! carried out, and a frame is drawn when nothing more is waiting.
//!
//! One channel feeds the loop. It blocks there and nowhere else: searching, loading and helpers
//! such as a browser have threads of their own, and an idle program does nothing at all.

mod effects;
mod loading;
mod watching;

use crate::app::{App, AppOptions, Command, Facets, Message, Outcome, Overview, recall};
use crate::keymap::Keymap;
use crate::load::{self, Source, Summary, lint};
use crate::markup::Syntax;
use crate::search::{Hits, Index, IndexEvent, Searcher, related};
use crate::store::{History, StateWriter, Store};
use crate::terminal::{self, Height, Listener, Screen, Terminal, TerminalConfig, TerminalEvent};
use crate::view::{self, ViewOptions, ViewState};
use loading::Order;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A collection that is loaded and searched within this time is on the first frame; for a larger
/// one the first frame does not wait.
const FIRST_FRAME: Duration = Duration::from_millis(30);
/// However much is waiting, a frame is drawn this often.
const FRAME: Duration = Duration::from_millis(16);
/// Hits mostly come within this time of the key that asked for them: one frame shows both.
const PATIENCE: Duration = Duration::from_millis(12);
/// How often a frame shows how far loading is, once there are questions to read: every core is
/// needed for the loading.
const PROGRESS: Duration = Duration::from_millis(100);

/// What to run.
#[derive(Debug, Default)]
pub struct Options {
    /// What to open.
    pub sources: Vec<Source>,
    /// How to read it.
    pub reading: load::Options,
    /// The state at the start.
    pub app: AppOptions,
    /// The keys.
    pub keymap: Keymap,
    /// How it is drawn.
    pub view: ViewOptions,
    /// Take mouse events from the terminal.
    pub mouse: bool,
    /// A part of the screen below the cursor instead of all of it.
    pub height: Option<Height>,
    /// How long a lone escape byte waits for the rest of a key's sequence.
    pub escape_delay: Duration,
    /// What may end it before there is a screen.
    pub shortcut: Shortcut,
    /// Load sources again when they change.
    pub watch: bool,
    /// Where changes of bookmarks and the like are kept.
    pub store: Option<Store>,
    /// Where queries are kept instead.
    pub history: Option<History>,
    /// Something to tell at the start that went wrong before.
    pub warning: Option<String>,
}

/// When there is nothing to choose.
#[derive(Debug, Default, Clone, Copy)]
pub struct Shortcut {
    /// One hit is picked at once.
    pub only_one: bool,
    /// No hit ends it at once.
    pub none: bool,
}

/// Why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no screen to draw on.
    #[error("{0}")]
    Screen(String),
    /// Nothing could be loaded.
    #[error("{0}")]
    Load(String),
    /// The terminal failed.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] io::Error),
}

/// What the loop waits for.
enum Event {
    Terminal(TerminalEvent),
    Hits(Hits),
    /// Of the load with this number.
    Index(u64, IndexEvent),
    Loaded(u64, Result<Summary, String>),
    /// The search thread is gone.
    SearchFailed,
    /// A source is not what it was.
    Changed,
    /// A helper has something to say.
    Told(Message),
    /// Code that was drawn plain has its colours now.
    Coloured,
}

/// Browses until a person ends it.
pub fn run(options: Options) -> Result<Outcome, Error> {
    let screen = Screen::find(options.app.pick);
    let (mouse, height) = (options.mouse, options.height);
    let (background, escape_delay) = (options.view.adapts, options.escape_delay);
    let config = TerminalConfig { mouse, background, height, escape_delay };
    let watch = options.watch;
    let shortcut = options.shortcut;
    let (events, inbox) = channel();
    let listener: Listener = {
        let events = events.clone();
        Arc::new(move |news| drop(events.send(Event::Terminal(news))))
    };
    terminal::watch_panics(Arc::clone(&listener));
    let before = watching::Before::of(&options.sources);
    let mut session = Session::start(options, events)?;
    if let Some(outcome) = session.open(&inbox, shortcut)? {
        return Ok(outcome);
    }
    // Only now: what is wrong with a source is worth more than a missing screen.
    let screen = screen.map_err(Error::Screen)?;
    let mut terminal = Terminal::enter(screen, config, &listener)?;
    session.draw(&mut terminal)?;
    if watch {
        watching::spawn(before, session.events.clone());
    }
    loop {
        let drawn = Instant::now();
        let Ok(first) = inbox.recv() else { return Ok(Outcome::Done) };
        let mut urgent = session.is_urgent(&first).then(Instant::now);
        session.handle(first, Some(&mut terminal))?;
        while session.outcome.is_none()
            && let Some(patience) = session.patience(urgent, drawn)
            && let Ok(next) = inbox.recv_timeout(patience)
        {
            urgent = urgent.or_else(|| session.is_urgent(&next).then(Instant::now));
            session.handle(next, Some(&mut terminal))?;
        }
        if let Some(outcome) = session.outcome.take() {
            return Ok(outcome);
        }
        session.draw(&mut terminal)?;
    }
}

/// Everything that the loop owns.
struct Session {
    app: App,
    view: ViewState,
    searcher: Searcher,
    events: Sender<Event>,
    /// The newest that was loaded.
    index: Index,
    order: Order,
    /// The number of the load that counts.
    load: u64,
    /// Every byte of it was read: what comes next is all of it.
    read: bool,
    loaded: bool,
    /// Waits at the end until all is saved.
    keeper: StateWriter,
    outcome: Option<Outcome>,
}

impl Session {
    fn start(options: Options, events: Sender<Event>) -> Result<Self, Error> {
        let searcher = spawn_searcher(&events)?;
        let order = Order { sources: options.sources, options: options.reading };
        loading::spawn(1, order.clone(), events.clone())?;
        let keeper = spawn_keeper(options.store, options.history, events.clone())?;
        let mut app = options.app;
        app.help = options.keymap.help();
        let coloured = events.clone();
        let mut view = options.view;
        view.syntax = Syntax::in_background(move || drop(coloured.send(Event::Coloured)));
        let mut session = Self {
            app: App::new(app),
            view: ViewState::new(options.keymap, view),
            searcher,
            events,
            index: Index::default(),
            order,
            load: 1,
            read: false,
            loaded: false,
            keeper,
            outcome: None,
        };
        session.update(Message::Started, None)?;
        if let Some(warning) = options.warning {
            session.update(Message::Failed(warning), None)?;
        }
        Ok(session)
    }

    /// Waits a moment for what a small collection needs to be complete on the first frame, or as
    /// long as it takes where that decides whether there will be a screen.
    fn open(
        &mut self,
        inbox: &Receiver<Event>,
        shortcut: Shortcut,
    ) -> Result<Option<Outcome>, Error> {
        let patient = shortcut.only_one || shortcut.none;
        let deadline = Instant::now() + FIRST_FRAME;
        while !self.settled() {
            let event = if patient {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                inbox.recv_timeout(deadline.saturating_duration_since(Instant::now()))
            };
            match event {
                Ok(event) => self.handle(event, None)?,
                Err(_) => break,
            }
        }
        let hits = self.app.list().hits();
        Ok(match hits.total {
            0 if shortcut.none => Some(Outcome::Picked(Vec::new())),
            1 if shortcut.only_one => {
                let entry = hits.get(0).and_then(|hit| hits.index.entry(hit.entry));
                Some(Outcome::Picked(entry.map(|entry| entry.to_entry()).into_iter().collect()))
            }
            _ => None,
        })
    }

    /// Whether all is loaded, and the hits on show are of all of it.
    fn settled(&self) -> bool {
        self.loaded && self.app.list().hits().index.len() == self.index.len()
    }

    /// Whether somebody waits for what an event changes. Of what loading brings, for the first
    /// questions and for the last ones.
    fn is_urgent(&self, event: &Event) -> bool {
        let first = self.app.list().hits().total == 0;
        match event {
            Event::Index(_, IndexEvent::Progress(done, total)) => *total > 0 && done >= total,
            Event::Index(..) => false,
            Event::Hits(_) => self.loaded || self.read || first || self.app.is_searching(),
            _ => true,
        }
    }

    /// How long the next event may be waited for; `None` when it is time to draw. `urgent` is when
    /// the first urgent event came since the last frame, which was `drawn` then.
    fn patience(&self, urgent: Option<Instant>, drawn: Instant) -> Option<Duration> {
        let left = match urgent {
            None => PROGRESS.saturating_sub(drawn.elapsed()),
            Some(since) if since.elapsed() >= FRAME => Duration::ZERO,
            Some(since) if self.app.is_searching() => PATIENCE.saturating_sub(since.elapsed()),
            Some(_) => return Some(Duration::ZERO),
        };
        Some(left).filter(|left| !left.is_zero())
    }

    fn draw(&mut self, terminal: &mut Terminal) -> Result<(), Error> {
        let Self { app, view, .. } = self;
        terminal.draw(|frame| view::draw(app, view, frame))?;
        let measures = self.view.measures();
        self.update(Message::Measured(measures), Some(terminal))
    }

    /// One event of the outside. There may be no terminal yet.
    fn handle(&mut self, event: Event, terminal: Option<&mut Terminal>) -> Result<(), Error> {
        let message = match event {
            Event::Terminal(news) => return self.hear(news, terminal),
            Event::Hits(hits) => Message::Hits(hits),
            Event::Index(load, _) | Event::Loaded(load, _) if load != self.load => return Ok(()),
            Event::Index(_, event) => {
                match &event {
                    IndexEvent::Grown(index) => {
                        self.index = index.clone();
                        self.searcher.set_index(index.clone());
                    }
                    IndexEvent::Progress(done, total) => self.read = *total > 0 && done >= total,
                    IndexEvent::Diagnostic(_) => {}
                }
                Message::Index(event)
            }
            Event::Loaded(_, Err(text)) if self.index.is_empty() => return Err(Error::Load(text)),
            Event::Loaded(_, Err(text)) if self.loaded => Message::Failed(text),
            Event::Loaded(_, result) => {
                self.loaded = true;
                Message::Loaded(result)
            }
            Event::SearchFailed => {
                self.searcher = spawn_searcher(&self.events)?;
                self.searcher.set_index(self.index.clone());
                return Ok(());
            }
            Event::Changed => {
                self.load += 1;
                loading::spawn_again(self.load, self.order.clone(), self.events.clone())?;
                return Ok(());
            }
            Event::Told(message) => message,
            Event::Coloured => {
                self.view.forget();
                return Ok(());
            }
        };
        self.update(message, terminal)
    }

    fn hear(&mut self, news: TerminalEvent, terminal: Option<&mut Terminal>) -> Result<(), Error> {
        use crossterm::event::Event as Input;
        let message = match news {
            TerminalEvent::Input(Input::Key(key)) => self.view.keymap.message(self.app.mode(), key),
            TerminalEvent::Input(Input::Mouse(mouse)) => self.view.mouse(&self.app, mouse),
            TerminalEvent::Input(Input::Paste(text)) => Some(Message::Paste(text)),
            TerminalEvent::Input(_) | TerminalEvent::Resized => None,
            TerminalEvent::Background { light } => {
                self.view.fit_background(light);
                None
            }
            TerminalEvent::NeedsRepaint => return Ok(terminal.map_or(Ok(()), Terminal::forget)?),
            TerminalEvent::HungUp => {
                self.outcome = Some(Outcome::Interrupted);
                None
            }
            TerminalEvent::Panicked(what) => {
                Some(Message::Failed(format!("a part failed: {what}")))
            }
        };
        message.map_or(Ok(()), |message| self.update(message, terminal))
    }

    fn update(
        &mut self,
        message: Message,
        mut terminal: Option<&mut Terminal>,
    ) -> Result<(), Error> {
        for command in self.app.update(message) {
            self.carry_out(command, terminal.as_deref_mut())?;
        }
        Ok(())
    }

    fn carry_out(
        &mut self,
        command: Command,
        terminal: Option<&mut Terminal>,
    ) -> Result<(), Error> {
        let answer = match (command, terminal) {
            (Command::Search(generation, query), _) => {
                self.searcher.search(generation, query);
                None
            }
            (Command::Quit(outcome), _) => {
                self.outcome = Some(outcome);
                None
            }
            (Command::Copy { text, what }, Some(terminal)) => {
                let copied = effects::copy(text, &what, terminal)?;
                Some(copied.map_or_else(Message::Failed, Message::Notice))
            }
            (Command::Edit { path, line }, Some(terminal)) => {
                effects::edit(&self.order.sources, &path, line, terminal)?
                    .err()
                    .map(Message::Failed)
            }
            (Command::OpenUrl(address), _) => {
                let events = self.events.clone();
                let told = move |text| drop(events.send(Event::Told(Message::Failed(text))));
                effects::open(&address, told).err().map(Message::Failed)
            }
            (Command::Save(change), _) => {
                self.keeper.save(change);
                None
            }
            (Command::Facets(index), _) => {
                self.work("facets", move || Message::Facets(Facets::of(&index)));
                None
            }
            (Command::Overview(index, recent, bookmarks), _) => {
                let overview = move || Overview::of(&index, &recent, &bookmarks);
                self.work("overview", move || Message::Overview(overview()));
                None
            }
            (Command::Recall(index, keys), _) => {
                self.work("recall", move || Message::Recalled(recall(&index, &keys)));
                None
            }
            (Command::Lint(index), _) => {
                self.work("inspect", move || Message::Linted(lint(index.entries())));
                None
            }
            (Command::Related { index, entry, limit }, _) => {
                let related = move || related(&index, entry, limit);
                self.work("related", move || Message::Related { entry, related: related() });
                None
            }
            (Command::NextTheme, _) => {
                Some(Message::Notice(format!("theme: {}", self.view.next_theme())))
            }
            (Command::Redraw, Some(terminal)) => {
                terminal.forget()?;
                None
            }
            (Command::Suspend, _) if !Terminal::suspend() => {
                Some(Message::Failed("no shell to go back to".into()))
            }
            _ => None,
        };
        // An answer to a command asks for nothing more.
        answer.map_or(Ok(()), |message| self.update(message, None))
    }
}

impl Session {
    /// Has a question answered on a thread of its own. Without a thread it stays open.
    fn work(&self, name: &str, job: impl FnOnce() -> Message + Send + 'static) {
        let events = self.events.clone();
        let run = move || drop(events.send(Event::Told(job())));
        drop(thread::Builder::new().name(name.into()).spawn(run));
    }
}

fn spawn_keeper(
    store: Option<Store>,
    history: Option<History>,
    events: Sender<Event>,
) -> io::Result<StateWriter> {
    StateWriter::spawn(store, history, move |error| {
        let text = format!("bookmarks and history cannot be saved: {error}");
        let _ = events.send(Event::Told(Message::Failed(text)));
    })
}

fn spawn_searcher(events: &Sender<Event>) -> io::Result<Searcher> {
    /// Travels with the thread, and so learns of its panic.
    struct Guard(Sender<Event>);
    impl Drop for Guard {
        fn drop(&mut self) {
            if thread::panicking() {
                let _ = self.0.send(Event::SearchFailed);
            }
        }
    }
    let guard = Guard(events.clone());
    // At the end of the program nobody listens any more.
    Searcher::spawn(move |hits| drop(guard.0.send(Event::Hits(hits))))
}
