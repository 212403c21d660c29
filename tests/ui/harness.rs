//! Keys in, screen out: the whole program except the terminal and the threads.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};
use quick_answer::app::{
    App, AppOptions, Area, Command, Effect, Job, JobResult, Message, Popup, PopupKind, PopupRow,
};
use quick_answer::collection::{Entry, Place};
use quick_answer::keymap::{Key, KeyLabels, Keymap};
use quick_answer::load::Summary;
use quick_answer::runtime::{InputQueue, mouse_input};
use quick_answer::search::{Engine, Index, Query};
use quick_answer::view::{self, ViewOptions, ViewState};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};
use std::fmt::Write as _;

/// A program on an in-memory screen.
pub struct Screen {
    pub app: App,
    pub view: ViewState,
    pub input: InputQueue,
    pub terminal: Terminal<TestBackend>,
    pub index: Index,
    /// The commands of the program, except searches.
    pub commands: Vec<Command>,
    /// Whether searches are answered immediately.
    pub answers: bool,
    unanswered: Vec<Command>,
}

impl Screen {
    /// A program over the entries of [`entries`].
    pub fn new(width: u16, height: u16) -> Self {
        Self::with(
            width,
            height,
            Index::new(&entries()),
            AppOptions::default(),
            ViewOptions::default(),
        )
    }

    pub fn with(
        width: u16,
        height: u16,
        index: Index,
        mut app: AppOptions,
        view: ViewOptions,
    ) -> Self {
        let mut keymap = Keymap::default();
        if app.multi {
            keymap.mark_with_tab();
        }
        if app.plain {
            keymap.set_labels(KeyLabels::Words);
        }
        app.help = keymap.help();
        let mut screen = Self {
            app: App::new(app),
            view: ViewState::new(view),
            input: InputQueue::new(keymap),
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            index,
            commands: Vec::new(),
            answers: true,
            unanswered: Vec::new(),
        };
        screen.send(Message::Started);
        let title = "A small collection".to_owned();
        screen.send(Message::Loaded(Ok(Summary { title, note: None })));
        screen.draw();
        screen
    }

    /// Sends keys such as `cry<down><ctrl-y>`, and draws after each.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.key(key);
            self.draw();
        }
        self
    }

    /// Sends keys that arrive in one read: nothing is drawn in between.
    pub fn burst(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys.iter().copied().flat_map(parse) {
            self.key(key);
        }
        self.draw()
    }

    fn key(&mut self, key: KeyEvent) {
        if let Some(message) = self.input.key(&self.app, key) {
            self.send(message);
        }
    }

    pub fn mouse(&mut self, event: MouseEvent) -> &mut Self {
        if let Some(input) = mouse_input(event) {
            self.send(Message::Mouse(input));
        }
        self.draw()
    }

    /// Sends a message, and then the keys that were waiting for its result.
    pub fn send(&mut self, message: Message) {
        self.update(message);
        while let Some(message) = self.input.next(&self.app) {
            self.update(message);
        }
    }

    fn update(&mut self, message: Message) {
        for command in self.app.update(message) {
            let asks = matches!(command, Command::Search(..) | Command::Run(..));
            if self.answers || !asks {
                self.carry_out(command);
            } else {
                self.unanswered.push(command);
            }
        }
    }

    /// Answers the pending requests, oldest first, until none is left.
    pub fn answer_all(&mut self) {
        while !self.unanswered.is_empty() {
            for command in std::mem::take(&mut self.unanswered) {
                self.carry_out(command);
            }
        }
        self.draw();
    }

    /// Shows the hits of the current query in the current index, as the worker sends them when the
    /// index has changed.
    pub fn search_again(&mut self) {
        let shown = self.app.list().hits();
        self.send_hits(shown.generation, &shown.query.clone());
    }

    fn send_hits(&mut self, generation: u64, query: &Query) {
        let mut hits = Engine::new(self.index.clone()).search(query);
        hits.generation = generation;
        self.send(Message::Hits(hits));
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Search(generation, query) => self.send_hits(generation, &query),
            Command::Run(number, job) => self.send(Message::Finished(number, run(job))),
            Command::Copy { ref what, .. } => {
                let notice = Message::Notice(format!("copied {what}"));
                self.commands.push(command);
                self.send(notice);
            }
            other => self.commands.push(other),
        }
    }

    pub fn draw(&mut self) -> &mut Self {
        let Self { app, view, input, terminal, .. } = self;
        let mut commands = Vec::new();
        let draw = |frame: &mut ratatui::Frame| {
            let (width, height) = (frame.area().width, frame.area().height);
            commands = app.update(Message::Resized(Area::of_size(width, height)));
            view::draw(app, input.keymap(), view, frame);
        };
        terminal.draw(draw).unwrap();
        for command in commands {
            self.carry_out(command);
        }
        self
    }

    /// Draws on an empty screen.
    pub fn redraw(&mut self) -> &mut Self {
        let size = self.buffer().area;
        self.terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        self.draw()
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    pub fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// The screen as text, without the blanks at the ends of lines.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let line = |y| {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            line.trim_end().to_owned() + "\n"
        };
        (0..buffer.area.height).map(line).collect()
    }

    pub fn line(&self, y: u16) -> String {
        self.text().lines().nth(usize::from(y)).unwrap_or("").to_owned()
    }

    pub fn cursor(&mut self) -> Position {
        use ratatui::backend::Backend;
        self.terminal.backend_mut().get_cursor_position().unwrap()
    }

    /// The styles as text: a line for every run of text that is not plain.
    pub fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let style = buffer[(x, y)].style();
                let start = x;
                let mut text = String::new();
                while x < buffer.area.width && buffer[(x, y)].style() == style {
                    text.push_str(buffer[(x, y)].symbol());
                    x += 1;
                }
                let (name, text) = (describe(style), text.trim());
                if !name.is_empty() && !text.is_empty() {
                    writeln!(out, "{y:>2},{start:<3} {name}: {text}").unwrap();
                }
            }
        }
        out
    }
}

/// Runs jobs, but replaces related questions: so few entries have none.
fn run(job: Job) -> JobResult {
    let Job::Related { index, entry } = job else { return job.run() };
    let row = |n: u32| PopupRow {
        label: String::new(),
        text: index.entry(n).unwrap().question().to_owned(),
        group: "",
        effect: Effect::Show(n),
    };
    let rows = (0..index.len() as u32).filter(|n| *n != entry).map(row).collect();
    JobResult::Popup(Ok(Popup::new(PopupKind::Related, rows)))
}

fn describe(style: Style) -> String {
    let mut words: Vec<String> = Vec::new();
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    let named = modifiers.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    words.extend(named.map(|(_, name)| (*name).to_owned()));
    for (colour, on) in [(style.fg, ""), (style.bg, "on ")] {
        if let Some(colour) = colour.filter(|colour| *colour != Color::Reset) {
            words.push(format!("{on}{}", colour.to_string().to_lowercase()));
        }
    }
    words.join(" ")
}

fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        // The key may itself be a `>`, as in `<alt->>`.
        let named = rest.strip_prefix('<').and_then(|tail| {
            let end = tail.find('>')?;
            let end = end + usize::from(tail[..end].ends_with('-'));
            Some((&tail[..end], tail.get(end + 1..)?))
        });
        let (event, tail) = match named {
            Some((name, tail)) if name.len() > 1 => (key(name), tail),
            _ => (KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), &rest[c.len_utf8()..]),
        };
        events.push(event);
        rest = tail;
    }
    events
}

fn key(name: &str) -> KeyEvent {
    name.parse::<Key>().unwrap_or_else(|error| panic!("{error}")).into()
}

/// A small collection with some of everything.
pub fn entries() -> Vec<Entry> {
    let entry = |id: &str, question: &str, answer: &str, tags: &[&str]| Entry {
        id: id.into(),
        question: question.into(),
        answer: answer.into(),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        place: Place { source: "notes/garden.json".into(), line: 10 },
        ..Entry::default()
    };
    let steps: Vec<String> =
        (1..=60).map(|n| format!("Step {n}: dig a little deeper.\n\n")).collect();
    let long = steps.concat();
    vec![
        entry(
            "water",
            "How often do I water tomatoes?",
            "Every **two days**, in the morning.\n\nSee [the water table](https://example.org/water) \
             and [this other page](https://example.org/more).\n\n```sh\nwater --slowly\n```\n\n\
             ```sh\nwater --more\n```\n",
            &["watering", "tomatoes"],
        ),
        entry("hole", "How deep should the hole for a tree be?", &long, &["trees"]),
        entry(
            "slugs",
            "What keeps slugs away from lettuce?",
            "Copper tape, and a *toad* that lives near by.\n\n- tape\n- toads\n- tomatoes planted between\n",
            &["pests"],
        ),
        entry("moon", "Does the moon matter?", "No trial has found that it does.", &["myths"]),
        Entry {
            aliases: vec!["soil too sour".into()],
            ..entry("acid", "Is my soil acid?", "", &[])
        },
    ]
}
