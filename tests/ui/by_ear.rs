//! The output for a screen reader with `--plain`: the written lines, in order.

use crate::harness::{Screen, entries};
use insta::assert_snapshot;
use quick_answer::app::AppOptions;
use quick_answer::collection::{Entry, TextFormat};
use quick_answer::search::Index;
use quick_answer::view::{self, ViewOptions, ViewState};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::convert::Infallible;
use std::fmt::Write as _;

/// A terminal that records what is written to it.
struct Recorder {
    terminal: TestBackend,
    /// The cells written since the last [`Recorder::spoken`]: row, column, character.
    written: Vec<(u16, u16, String)>,
}

impl Recorder {
    /// The written runs of text, one per line, trimmed.
    fn spoken(&mut self) -> String {
        let mut spoken = String::new();
        let mut last = None;
        for (y, x, symbol) in std::mem::take(&mut self.written) {
            if last.is_some_and(|last| last != (y, x)) {
                spoken.push('\n');
            }
            spoken.push_str(&symbol);
            last = Some((y, x + 1));
        }
        let lines = spoken.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "  {line}");
            text
        })
    }
}

impl Backend for Recorder {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<(u16, u16, &Cell)> = content.collect();
        self.written.extend(cells.iter().map(|(x, y, cell)| (*y, *x, cell.symbol().to_owned())));
        self.terminal.draw(cells.into_iter())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.terminal.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.terminal.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.terminal.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.terminal.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.terminal.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.terminal.clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.terminal.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.terminal.window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// The output for a screen reader at each step of a program over `entries`.
fn spoken(entries: &[Entry], steps: &[&str]) -> String {
    let options = AppOptions { plain: true, ..AppOptions::default() };
    let mut screen = Screen::with(80, 24, Index::new(entries), options, ViewOptions::new(true));
    let backend = Recorder { terminal: TestBackend::new(80, 24), written: Vec::new() };
    let mut terminal = Terminal::new(backend).unwrap();
    let mut view = ViewState::new(ViewOptions::new(true));
    let mut spoken = String::new();
    for &step in steps {
        screen.keys(step);
        let draw = |frame: &mut ratatui::Frame| {
            view::draw(&screen.app, screen.input.keymap(), &mut view, frame);
        };
        terminal.draw(draw).unwrap();
        let _ = write!(
            spoken,
            "{}\n{}",
            if step.is_empty() { "start" } else { step },
            terminal.backend_mut().spoken()
        );
    }
    spoken
}

#[test]
fn each_step_reads_as_sentences() {
    let steps = [
        "",
        "<down>",
        "<down>",
        "t",
        "o",
        "<enter>",
        "j",
        "r",
        "<down>",
        "<enter>",
        "<esc>",
        "<ctrl-u>zzqq",
        "<f1>",
        "scr",
        "<esc>",
    ];
    assert_snapshot!("by_ear", spoken(&entries(), &steps));
}

#[test]
fn every_list_and_state_reads_as_sentences() {
    let mut entries = entries();
    entries[0]
        .answer
        .push_str("\n| When | How much |\n|---|---|\n| dawn | a can |\n| dusk | half |\n");
    let steps = [
        "<ctrl-t>",
        "<esc>",
        "water<enter>",
        "o",
        "<down>",
        "<esc>",
        "c",
        "<esc>",
        "/da",
        "<enter>",
        "<esc>",
        "m",
        "+",
        "n",
        "v",
        " ",
        "<esc>",
        "<f2>",
        "<esc>",
    ];
    assert_snapshot!("by_ear_lists", spoken(&entries, &steps));
}

/// Lines go by one at a time, each read out once, however long the answer is.
#[test]
fn a_long_answer_is_read_line_by_line() {
    let paragraph = |n: usize| format!("This is paragraph {n}.\n\n");
    let answer: String = (1..=30).map(paragraph).collect();
    let entry = Entry {
        question: "What does it say?".into(),
        answer,
        format: TextFormat::Markdown,
        ..Entry::default()
    };
    let spoken =
        spoken(&[entry], &["<enter>", "j", "jjjjjjjj", "j", "k", "/paragraph 12", "<enter>"]);
    let step = |from: &str, to: &str| {
        let spoken = &spoken[spoken.find(&format!("{from}\n")).unwrap() + from.len() + 1..];
        spoken[..spoken.find(&format!("{to}\n")).unwrap()].to_owned()
    };
    assert_eq!(step("j", "jjjjjjjj"), "  >This is paragraph 1.\n", "blank lines are passed");
    // The page scrolls once, and starts with the next line.
    let turned = step("\nj", "k");
    assert!(turned.contains("  >This is paragraph 10.\n"), "{turned}");
    assert!(step("k", "/paragraph 12").contains("  >This is paragraph 9.\n"), "{spoken}");
    // Typed text is read out, and the line where it was found once it is complete.
    assert!(!step("/paragraph 12", "<enter>").contains("This is"), "{spoken}");
    assert!(
        spoken.rsplit("<enter>").next().unwrap().contains("  >This is paragraph 12.\n"),
        "{spoken}"
    );
}

/// New hits are read out with the best of them, even if that stays the same.
#[test]
fn the_best_hit_is_read_out_for_each_query() {
    let spoken = spoken(&entries(), &["tomato", "e"]);
    let last = spoken.rsplit("\ne\n").next().unwrap();
    assert_eq!(
        last.lines().map(str::trim).take(2).collect::<Vec<_>>(),
        [
            "> tomatoe",
            ">How often do I water tomatoes?                                        watering"
        ]
    );
}
