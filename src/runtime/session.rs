//! The session: everything that the loop owns, and how it handles events.

mod commands;

use super::event::{Error, Event};
use super::helper::Helper;
use super::input_queue::{InputQueue, mouse_input};
use super::live::LiveSources;
use super::loading::{LoadRequest, LoadThread};
use super::options::{RuntimeOptions, Shortcut};
use crate::app::{App, Area, Command, Message, Outcome};
use crate::collection::Entry;
#[cfg(feature = "images")]
use crate::images::{ImageStore, PictureProtocols};
use crate::load::Source;
#[cfg(feature = "images")]
use crate::markup::ImageCatalogue;
use crate::markup::Syntax;
use crate::search::{Index, IndexEvent, Searcher, SentenceOptions};
use crate::store::StateWriter;
use crate::terminal::{Graphics, Terminal, TerminalEvent};
use crate::view::{self, ViewState};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How long the first frame waits for a collection to load.
const FIRST_FRAME: Duration = Duration::from_millis(30);

/// Everything that the loop owns.
pub(super) struct Session {
    app: App,
    view: ViewState,
    #[cfg(feature = "images")]
    images: Arc<ImageStore>,
    input: InputQueue,
    searcher: Searcher,
    sentences: SentenceOptions,
    helper: Helper,
    loader: LoadThread,
    live: LiveSources,
    /// Waits on drop until everything is saved.
    writer: StateWriter,
    events: Sender<Event>,
    /// The sources, to find the file of an entry.
    sources: Vec<Source>,
    /// The newest loaded index.
    index: Index,
    /// The searched index: the loaded one with the entries of live sources.
    searched: Index,
    /// Whether all bytes of the sources were read: the next index is complete.
    read: bool,
    loaded: bool,
    outcome: Option<Outcome>,
}

impl Session {
    pub fn start(options: RuntimeOptions, events: Sender<Event>) -> Result<Self, Error> {
        let sentences = options.sentences;
        let searcher = spawn_searcher(sentences.clone(), &events)?;
        let sources = options.sources.clone();
        let live = LiveSources::spawn(&sources, options.timing, &options.kept, &events)?;
        let request = LoadRequest { sources: options.sources, options: options.reading };
        let failed = events.clone();
        let writer = StateWriter::spawn(options.store, options.history, move |error| {
            let text = format!("cannot save bookmarks and history: {error}");
            let _ = failed.send(Event::Message(Message::Failed(text)));
        })?;
        let mut app = options.app;
        app.help = options.keymap.help();
        app.live = !live.is_empty();
        app.welcome = matches!(sources[..], [Source::BuiltIn]) && !app.pick;
        let coloured = events.clone();
        app.syntax = Syntax::in_background(move || {
            drop(coloured.send(Event::Message(Message::LayoutChanged)));
        });
        #[cfg(feature = "images")]
        let images = spawn_images(sources.clone(), &events)?;
        let view = ViewState::new(options.view);
        #[cfg(feature = "images")]
        let view = view.with_images(Arc::clone(&images));
        #[cfg(feature = "images")]
        {
            app.images = Some(Arc::clone(&images) as Arc<dyn ImageCatalogue>);
        }
        let mut session = Self {
            app: App::new(app),
            view,
            #[cfg(feature = "images")]
            images,
            input: InputQueue::new(options.keymap),
            searcher,
            sentences,
            helper: Helper::spawn(events.clone())?,
            loader: LoadThread::spawn(request, events.clone())?,
            live,
            writer,
            events,
            sources,
            index: Index::default(),
            searched: Index::default(),
            read: false,
            loaded: false,
            outcome: None,
        };
        session.update(Message::Started, None)?;
        Ok(session)
    }

    /// Waits up to [`FIRST_FRAME`] for all hits, so that the first frame shows a small collection
    /// completely; with a shortcut it waits until everything is loaded, since that determines
    /// whether there is a screen.
    pub fn open(
        &mut self,
        inbox: &Receiver<Event>,
        shortcut: Shortcut,
    ) -> Result<Option<Outcome>, Error> {
        let patient = shortcut.only_one || shortcut.none;
        let deadline = Instant::now() + FIRST_FRAME;
        while !self.has_all_hits() {
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
        // Close entries are not hits, unless there is no match and only one close entry.
        let found = if hits.matches > 0 { hits.matches } else { hits.total.min(2) };
        Ok(match found {
            0 if shortcut.none => Some(self.picked(Vec::new())),
            1 if shortcut.only_one => {
                let entry = hits.get(0).and_then(|hit| hits.index.entry(hit.entry));
                Some(self.picked(entry.map(|entry| entry.to_entry()).into_iter().collect()))
            }
            _ => None,
        })
    }

    fn picked(&self, entries: Vec<Entry>) -> Outcome {
        Outcome::Picked { entries, query: self.app.prompt().text().to_owned() }
    }

    /// Whether loading is complete and the shown hits are of all entries.
    fn has_all_hits(&self) -> bool {
        let shown = &self.app.list().hits().index;
        if self.live.is_empty() {
            return self.loaded && shown.len() == self.searched.len();
        }
        self.loaded && !self.live.is_querying() && shown.is_same(&self.searched)
    }

    fn search_all(&mut self) {
        self.searched = self.live.join(&self.index);
        self.searcher.set_index(self.searched.clone());
    }

    /// Replaces the searcher by one whose answers are lost, as if its thread had ended.
    #[cfg(test)]
    pub fn lose_search_thread(&mut self) -> io::Result<()> {
        self.searcher = Searcher::spawn(self.sentences.clone(), |_| ())?;
        Ok(())
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Whether all sources were read, though they may not be searchable yet.
    pub fn is_read(&self) -> bool {
        self.loaded || self.read
    }

    pub fn has_ended(&self) -> bool {
        self.outcome.is_some()
    }

    pub fn take_outcome(&mut self) -> Option<Outcome> {
        self.outcome.take()
    }

    pub fn draw(&mut self, terminal: &mut Terminal) -> Result<(), Error> {
        let Self { app, view, input, .. } = self;
        let mut commands = Vec::new();
        terminal.draw(|frame| {
            let area = frame.area();
            let (x, y, width, height) = (area.x, area.y, area.width, area.height);
            commands = app.update(Message::Resized(Area { x, y, width, height }));
            view::draw(app, input.keymap(), view, frame);
        })?;
        self.carry_out_all(commands, Some(terminal))
    }

    /// Handles an event; `terminal` is `None` before the first frame.
    pub fn handle(
        &mut self,
        event: Event,
        mut terminal: Option<&mut Terminal>,
    ) -> Result<(), Error> {
        if let Some(message) = self.message(event, terminal.as_deref_mut())? {
            self.update(message, terminal.as_deref_mut())?;
        }
        while let Some(message) =
            self.live.take_message(&self.app.list().hits().index, &self.searched)
        {
            self.update(message, terminal.as_deref_mut())?;
        }
        while let Some(message) = self.input.next(&self.app) {
            self.update(message, terminal.as_deref_mut())?;
        }
        Ok(())
    }

    /// Converts an event to a message for the state, if it has one.
    fn message(
        &mut self,
        event: Event,
        terminal: Option<&mut Terminal>,
    ) -> Result<Option<Message>, Error> {
        Ok(match event {
            Event::Terminal(event) => return self.terminal_message(event, terminal),
            Event::Message(message) => Some(message),
            Event::Index(event) => {
                match &event {
                    IndexEvent::Grown(index) => {
                        self.index = index.clone();
                        self.search_all();
                    }
                    IndexEvent::Progress(done, total) => self.read = *total > 0 && done >= total,
                    IndexEvent::Diagnostic(_) | IndexEvent::Unused(_) => {}
                }
                Some(Message::Index(event))
            }
            Event::Loaded(Err(text)) if self.index.is_empty() => return Err(Error::Load(text)),
            Event::Loaded(Err(text)) if self.loaded => Some(Message::Failed(text)),
            Event::Loaded(result) => {
                self.loaded = true;
                Some(Message::Loaded(result))
            }
            Event::SearchFailed => {
                self.searcher = spawn_searcher(self.sentences.clone(), &self.events)?;
                self.searcher.set_index(self.searched.clone());
                Some(Message::SearchRestarted)
            }
            Event::SourceChanged => {
                self.loader.reload();
                None
            }
            Event::Live(number, event) => {
                if self.live.receive(number, event) {
                    self.search_all();
                }
                None
            }
        })
    }

    fn terminal_message(
        &mut self,
        event: TerminalEvent,
        terminal: Option<&mut Terminal>,
    ) -> Result<Option<Message>, Error> {
        use crossterm::event::Event as Input;
        Ok(match event {
            TerminalEvent::Input(Input::Key(key)) => self.input.key(&self.app, key),
            TerminalEvent::Input(Input::Mouse(mouse)) => mouse_input(mouse).map(Message::Mouse),
            TerminalEvent::Input(Input::Paste(text)) => self.input.paste(&self.app, text),
            // Each frame determines the size itself.
            TerminalEvent::Input(Input::Resize(..) | Input::FocusGained | Input::FocusLost)
            | TerminalEvent::Resized => None,
            TerminalEvent::Background { light } => {
                self.view.adapt_to_background(light);
                None
            }
            TerminalEvent::Graphics(graphics) => {
                self.show_pictures(graphics);
                Some(Message::LayoutChanged)
            }
            TerminalEvent::NeedsRepaint => {
                self.repaint();
                terminal.map_or(Ok(()), Terminal::forget)?;
                None
            }
            TerminalEvent::HungUp => {
                self.outcome = Some(Outcome::Interrupted);
                None
            }
            TerminalEvent::Panicked(text) => {
                Some(Message::Failed(format!("internal error: {text}")))
            }
        })
    }

    /// Redraws everything in the next frame, pictures too.
    fn repaint(&mut self) {
        self.view.repaint();
        #[cfg(feature = "images")]
        {
            self.images.forget();
            self.app.update(Message::LayoutChanged);
        }
    }

    #[cfg(feature = "images")]
    fn show_pictures(&self, graphics: Graphics) {
        let cell = crossterm::terminal::window_size().ok().and_then(|size| {
            let width = size.width.checked_div(size.columns)?;
            Some((width, size.height.checked_div(size.rows)?))
        });
        let Graphics { kitty, sixel } = graphics;
        self.images.enable(PictureProtocols { kitty, sixel }, cell);
    }

    #[cfg(not(feature = "images"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn show_pictures(&self, _: Graphics) {}

    fn update(&mut self, message: Message, terminal: Option<&mut Terminal>) -> Result<(), Error> {
        let commands = self.app.update(message);
        self.carry_out_all(commands, terminal)
    }

    fn carry_out_all(
        &mut self,
        commands: Vec<Command>,
        mut terminal: Option<&mut Terminal>,
    ) -> Result<(), Error> {
        for command in commands {
            if let Some(answer) = self.carry_out(command, terminal.as_deref_mut())? {
                self.update(answer, None)?;
            }
        }
        Ok(())
    }
}

#[cfg(feature = "images")]
fn spawn_images(sources: Vec<Source>, events: &Sender<Event>) -> io::Result<Arc<ImageStore>> {
    let ready = events.clone();
    ImageStore::spawn(
        move |name| super::effects::source_file(&sources, name).ok(),
        // Fails only when the program is ending.
        move || drop(ready.send(Event::Message(Message::LayoutChanged))),
    )
}

fn spawn_searcher(mut sentences: SentenceOptions, events: &Sender<Event>) -> io::Result<Searcher> {
    /// Owned by the thread, and dropped when it panics.
    struct Guard(Sender<Event>);
    impl Drop for Guard {
        fn drop(&mut self) {
            if thread::panicking() {
                let _ = self.0.send(Event::SearchFailed);
            }
        }
    }
    let guard = Guard(events.clone());
    let progress = events.clone();
    sentences.on_progress =
        Arc::new(move |percent| drop(progress.send(Event::Message(Message::Encoded(percent)))));
    // Fails only when the program is ending.
    Searcher::spawn(sentences, move |hits| drop(guard.0.send(Event::Message(Message::Hits(hits)))))
}
