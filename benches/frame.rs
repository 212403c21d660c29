//! The time of a whole frame, on a screen of 200 by 50: `cargo bench --bench frame`.

use divan::Bencher;
use quick_answer::app::{Action, App, AppOptions, Area, Command, Edit, Message};
use quick_answer::collection::Entry;
use quick_answer::keymap::Keymap;
use quick_answer::load::Summary;
use quick_answer::search::{Engine, Index};
use quick_answer::view::{self, ViewOptions, ViewState};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::fmt::Write as _;

fn main() {
    divan::main();
}

/// The program on an in-memory screen.
struct Screen {
    app: App,
    view: ViewState,
    keymap: Keymap,
    terminal: Terminal<TestBackend>,
    index: Index,
}

impl Screen {
    fn new(entries: &[Entry]) -> Self {
        let keymap = Keymap::default();
        let options = AppOptions { help: keymap.help(), ..AppOptions::default() };
        let mut screen = Self {
            app: App::new(options),
            view: ViewState::new(ViewOptions::default()),
            keymap,
            terminal: Terminal::new(TestBackend::new(200, 50)).expect("a screen in memory"),
            index: Index::new(entries),
        };
        screen.send(Message::Started);
        screen.send(Message::Loaded(Ok(Summary { title: "A collection".into(), note: None })));
        screen.draw();
        screen
    }

    fn send(&mut self, message: Message) {
        let commands = self.app.update(message);
        self.carry_out(commands);
    }

    fn carry_out(&mut self, commands: Vec<Command>) {
        for command in commands {
            match command {
                Command::Search(generation, query) => {
                    let mut hits = Engine::new(self.index.clone()).search(&query);
                    hits.generation = generation;
                    self.send(Message::Hits(hits));
                }
                Command::Run(number, job) => self.send(Message::Finished(number, job.run())),
                _ => {}
            }
        }
    }

    fn with(mut self, typed: &str, actions: &[Action]) -> Self {
        self.send(Message::Paste(typed.into()));
        for &action in actions {
            self.draw();
            self.send(Message::Do(action));
        }
        self.draw();
        self
    }

    fn draw(&mut self) {
        let Self { app, view, keymap, terminal, .. } = self;
        let mut commands = Vec::new();
        let draw = |frame: &mut ratatui::Frame| {
            let (width, height) = (frame.area().width, frame.area().height);
            commands = app.update(Message::Resized(Area::of_size(width, height)));
            view::draw(app, keymap, view, frame);
        };
        terminal.draw(draw).expect("memory takes all");
        self.carry_out(commands);
    }
}

/// Questions of some words each, with answers of a few lines and tags.
fn collection(entries: usize) -> Vec<Entry> {
    const WORDS: [&str; 12] = [
        "river", "stone", "garden", "`code`", "winter", "bridge", "letter", "music", "kitchen",
        "window", "paper", "engine",
    ];
    let word = |n: usize, step: usize| WORDS[(n / step + n) % WORDS.len()];
    let entry = |n: usize| Entry {
        question: format!("How does the {} of {} number {n} work?", word(n, 1), word(n, 12)),
        answer: format!("It **works** like any {}.\n\n- one\n- two\n", word(n, 7)),
        tags: vec![format!("tag {}", n % 5000), word(n, 3).to_owned()],
        ..Entry::default()
    };
    (0..entries).map(entry).collect()
}

/// One entry with an answer of about this many lines.
fn long(lines: usize) -> Vec<Entry> {
    let mut answer = String::new();
    for n in 0..lines / 10 {
        let _ = write!(
            answer,
            "## Part {n}\n\nA paragraph of **some** length with `code` and [a link](https://a.example/{n}), \
             which goes on until it needs a second line at most widths.\n\n- one\n- two\n  - three\n\n\
             ```sh\ntar xf {{{{archive}}}} -C folder\n```\n\n| a | b |\n|---|---|\n| {n} | cell |\n\n"
        );
    }
    vec![Entry { question: "How long is it?".into(), answer, ..Entry::default() }]
}

const SIZES: [usize; 3] = [20, 10_000, 1_000_000];

/// Nothing typed.
#[divan::bench(args = SIZES)]
fn beginning(bencher: Bencher, entries: usize) {
    let mut screen = Screen::new(&collection(entries));
    bencher.bench_local(|| screen.draw());
}

/// Matching rows, with their matches highlighted.
#[divan::bench(args = SIZES)]
fn typed(bencher: Bencher, entries: usize) {
    let mut screen = Screen::new(&collection(entries)).with("rivr work", &[]);
    bencher.bench_local(|| screen.draw());
}

/// Rows that match only in their answers: two lines each.
#[divan::bench(args = SIZES)]
fn snippets(bencher: Bencher, entries: usize) {
    let mut screen = Screen::new(&collection(entries)).with("\"like any\"", &[]);
    bencher.bench_local(|| screen.draw());
}

/// Five thousand tags to choose from.
#[divan::bench(args = [10_000, 1_000_000])]
fn tags(bencher: Bencher, entries: usize) {
    let mut screen = Screen::new(&collection(entries)).with("", &[Action::Filter]);
    bencher.bench_local(|| screen.draw());
}

/// Reading, at the end of the answer.
#[divan::bench(args = [100, 70_000])]
fn reading(bencher: Bencher, lines: usize) {
    let mut screen = Screen::new(&long(lines)).with("long", &[Action::Read, Action::ScrollEnd]);
    bencher.bench_local(|| screen.draw());
}

/// A search with occurrences in nearly every paragraph.
#[divan::bench(args = [100, 70_000])]
fn found(bencher: Bencher, lines: usize) {
    let mut screen = Screen::new(&long(lines)).with("long", &[Action::Read, Action::Find]);
    screen.send(Message::Paste("line".into()));
    screen = screen.with("", &[Action::Read, Action::ScrollEnd]);
    bencher.bench_local(|| screen.draw());
}

/// A key of `/`, and the frame after it.
#[divan::bench(args = [100, 70_000])]
fn finding(bencher: Bencher, lines: usize) {
    let mut screen = Screen::new(&long(lines)).with("long", &[Action::Read, Action::Find]);
    screen.send(Message::Paste("second lin".into()));
    screen.draw();
    bencher.bench_local(|| {
        screen.send(Message::Type('e'));
        screen.draw();
        screen.send(Message::Do(Action::Edit(Edit::DeleteLeft)));
        screen.draw();
    });
}
