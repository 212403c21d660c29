//! Records the moving picture of the README from the real program in a real shell.
//!
//! `cargo test --test picture -- --ignored` writes `assets/screen.svg`.
#![cfg(unix)]

#[path = "../pty/session.rs"]
#[allow(dead_code, reason = "the tests in a terminal use all of it")]
mod session;
mod svg;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use session::{QA, Session, command};
use std::fs;
use std::path::Path;
use std::time::Duration;
use svg::Frame;

/// How long a screen is shown, in milliseconds: after a letter, after a step, and to be read.
const LETTER: u32 = 90;
const STEP: u32 = 700;
const READ: u32 = 2600;
/// After this time without output the screen is complete.
const QUIET: Duration = Duration::from_millis(180);

/// What a terminal shows, frame by frame.
struct Recording {
    session: Session,
    frames: Vec<Frame>,
    /// How often the program got a reply to its query for the cursor.
    answered: usize,
}

impl Recording {
    fn take(&mut self, milliseconds: u32) {
        self.session.read_until_quiet(QUIET);
        let asked = self.session.written().matches("\\x1b[6n").count();
        if asked > self.answered {
            // The shell's own cursor: the list opens below it.
            self.answered = asked;
            let (row, column) = self.session.parser.screen().cursor_position();
            self.session.send(format!("\x1b[{};{}R", row + 1, column + 1));
            self.session.read_until_quiet(QUIET);
        }
        let screen = self.session.parser.screen();
        let (row, column) = screen.cursor_position();
        let cursor = (!screen.hide_cursor()).then_some(Position { x: column, y: row });
        self.frames.push(Frame { buffer: buffer(screen), cursor, milliseconds });
    }

    fn press(&mut self, key: &str, milliseconds: u32) {
        self.session.send(key);
        self.take(milliseconds);
    }

    fn say(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(letter.encode_utf8(&mut [0; 4]), LETTER);
        }
    }
}

fn buffer(screen: &vt100::Screen) -> Buffer {
    let (rows, columns) = screen.size();
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns.into(), rows.into()));
    for (row, column) in
        (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)))
    {
        let Some(cell) = screen.cell(row, column).filter(|cell| cell.has_contents()) else {
            if let Some(cell) = screen.cell(row, column) {
                buffer[(column, row)].set_bg(color(cell.bgcolor()));
            }
            continue;
        };
        let mut style = Style::new().fg(color(cell.fgcolor())).bg(color(cell.bgcolor()));
        for (is_set, modifier) in [
            (cell.bold(), Modifier::BOLD),
            (cell.italic(), Modifier::ITALIC),
            (cell.underline(), Modifier::UNDERLINED),
            (cell.inverse(), Modifier::REVERSED),
            (cell.dim(), Modifier::DIM),
        ] {
            if is_set {
                style = style.add_modifier(modifier);
            }
        }
        buffer[(column, row)].set_symbol(cell.contents()).set_style(style);
    }
    buffer
}

fn color(color: vt100::Color) -> Color {
    match color {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(index) => Color::Indexed(index),
        vt100::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}

/// A shell in a home folder with an FAQ and a page of how-to sheets.
fn shell(home: &Path) -> Session {
    let pages = home.join(".cache/tldr/pages/common");
    fs::create_dir_all(&pages).unwrap();
    fs::write(pages.join("tar.md"), include_str!("archives.md")).unwrap();
    fs::write(home.join("FAQ.md"), include_str!("FAQ.md")).unwrap();
    let rc = "PS1='\\[\\e[32m\\]$\\[\\e[0m\\] '\nbind 'set enable-bracketed-paste off'\neval \"$(qa init bash)\"\n";
    fs::write(home.join("rc"), rc).unwrap();
    let mut shell = command(&["bash", "--noprofile", "--rcfile", "rc", "-i"]);
    shell.cwd(home);
    shell.env("HOME", home);
    for name in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        shell.env_remove(name);
    }
    let programs = Path::new(QA).parent().unwrap().display();
    shell.env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap_or_default()));
    Session::start(shell)
}

#[test]
#[ignore = "writes assets/screen.svg"]
fn record_the_picture_of_the_readme() {
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut film = Recording { session: shell(home.path()), frames: Vec::new(), answered: 0 };
    film.session.wait_for("$ ");
    film.take(STEP);
    film.say("qa FAQ.md");
    film.press("\r", READ / 2);
    film.say("instal windws");
    film.take(READ);
    film.press("\x1b\x1b", STEP);
    film.say("unpack archive");
    film.press("\x07", READ / 2);
    film.press("\r", STEP);
    film.say("photos.tar.gz");
    film.press("\r", STEP);
    film.say("/tmp/photos");
    film.press("\r", READ);
    let picture = svg::film(&film.frames, "qa in a terminal");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/screen.svg");
    fs::write(path, picture).unwrap();
    film.session.send("\x15exit\r");
    film.session.end();
}
