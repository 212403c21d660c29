//! Random keys, sizes, pastes, signals and changes of the sources: the program always responds,
//! ends cleanly, and keeps its state.
//!
//! A few sessions in each `cargo test`. `QA_RANDOM_SESSIONS=2000 cargo test --test pty random` takes
//! an hour or more; `QA_RANDOM_SEED` starts with another one, such as the one that failed.

use crate::session::{QA, Session, command};
use quick_answer::load::Source;
use quick_answer::store::Store;
use rustix::process::Signal;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

/// Steps of a session.
const STEPS: usize = 60;

/// Keys that do something in one of the modes, and what terminals send by themselves.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "\r", "\t", "\x1b", "\x7f", " ", "\x01", "\x02", "\x04", "\x05", "\x06", "\x08", "\x0a", "\x0b",
    "\x0c", "\x0e", "\x0f", "\x10", "\x12", "\x14", "\x15", "\x16", "\x17", "\x19", "\x1a", "\x1b[A",
    "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[3~", "\x1b[1;2A",
    "\x1b[1;2B", "\x1b[1;5A", "\x1b[1;5B", "\x1b[1;3C", "\x1b[1;3D", "\x1b[Z", "\x1bOP", "\x1bOQ",
    "\x1bOR", "\x1b<", "\x1b>", "\x1bv", "\x1ba", "\x1bx", "\x1b'", "\x1bd", "\x1bb", "\x1bf", "/",
    "n", "N", "]", "[", "r", "R", "y", "Y", "c", "o", "m", "'", "v", "x", "+", "-", "t", "z", "<",
    ">", "h", "?", "j", "k", "d", "u", "g", "G", "!", "|", "\"", "tag:", "\x1b[I", "\x1b[O",
    "\x1b[?997;1n", "\x1b[?62;4c", "\x1b]11;rgb:ff/ff/ff\x07", "\x1b[200~", "\x1b[201~", "\x1b[",
    "\x1b]", "\x1b[<0;5;5M", "\x1b[<0;5;5m", "\x1b[<64;60;9M", "\x1b[<65;60;9M", "\x1b[<32;50;9M",
    "\x1b[97;5u", "\x1b[M !!", "ö", "茶", "👨‍👩‍👧", "e\u{301}", "tea", "how ",
];

/// A random number generator (xorshift64*), deterministic for a seed.
struct Numbers(u64);

impl Numbers {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Any bytes but those for which a terminal stops or makes signals where it is not raw.
    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let bytes = (0..self.below(most)).map(|_| self.below(256) as u8);
        bytes.filter(|byte| ![0x03, 0x13, 0x1a, 0x1c].contains(byte)).collect()
    }
}

/// The sources of a session, which change while they are open.
struct Sources<'f>(&'f Path);

impl Sources<'_> {
    const NAMES: [&'static str; 4] = ["notes.md", "cards.csv", "faq.json", "lines.jsonl"];

    fn text(name: &str, entries: usize) -> String {
        let entry = |n: usize| match name {
            "cards.csv" => format!("\"How hot is tea {n}?\",\"{n} degrees\",tea\n"),
            "faq.json" => format!("{{\"question\": \"Why wait {n}?\", \"answer\": \"{n}\"}},\n"),
            "lines.jsonl" => format!("{{\"question\": \"Which pot {n}?\", \"tags\": [\"pot\"]}}\n"),
            _ => format!(
                "## What is tea {n}?\n\nHot: [a link](https://example.org/{n}).\n\n```sh\nmake tea\n```\n\n"
            ),
        };
        let entries: String = (0..entries).map(entry).collect();
        match name {
            "cards.csv" => format!("question,answer,tags\n{entries}"),
            "faq.json" => format!("[{}]", entries.trim_end_matches(",\n")),
            _ => entries,
        }
    }

    fn write_all(&self) {
        for name in Self::NAMES {
            self.remove(name);
            fs::write(self.0.join(name), Self::text(name, 20)).unwrap();
        }
    }

    fn remove(&self, name: &str) {
        let path = self.0.join(name);
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
    }

    /// It grows, shrinks, vanishes, breaks, or is replaced by something else.
    fn change_one(&self, numbers: &mut Numbers) {
        let name = *numbers.one_of(&Self::NAMES);
        let path = self.0.join(name);
        let append = |text: &[u8]| {
            if let Ok(mut file) = fs::File::options().append(true).open(&path) {
                let _ = file.write_all(text);
            }
        };
        match numbers.below(10) {
            0 if path.is_file() => append(Self::text(name, 3).as_bytes()),
            1 if path.is_file() => append(&numbers.bytes(300)),
            2 if path.is_file() => {
                let half = fs::metadata(&path).unwrap().len() / 2;
                fs::File::options().write(true).open(&path).unwrap().set_len(half).unwrap();
            }
            3 => self.remove(name),
            4 => {
                self.remove(name);
                fs::create_dir(&path).unwrap();
                fs::write(path.join("a.md"), Self::text("a.md", 2)).unwrap();
            }
            5 => {
                self.remove(name);
                let target = *numbers.one_of(&["/dev/zero", "nowhere", ".", "notes.md"]);
                symlink(target, &path).unwrap();
            }
            6 => {
                self.remove(name);
                assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
            }
            7 => {
                self.remove(name);
                fs::write(&path, numbers.bytes(5000)).unwrap();
            }
            _ => {
                // As an editor saves: a new file takes its name.
                let new = self.0.join(".new");
                fs::write(&new, Self::text(name, 1 + numbers.below(3000))).unwrap();
                self.remove(name);
                fs::rename(&new, &path).unwrap();
            }
        }
    }
}

fn start(folder: &Path) -> Session {
    let mut qa = command(&[QA, "sources"]);
    qa.cwd(folder);
    qa.env("XDG_STATE_HOME", folder);
    qa.env("XDG_CACHE_HOME", folder);
    qa.env("EDITOR", "true");
    qa.env("BROWSER", "true");
    qa.env_remove("VISUAL");
    Session::start(qa)
}

/// A random step.
fn step(session: &mut Session, sources: &Sources, numbers: &mut Numbers) {
    match numbers.below(20) {
        0 => session.send(numbers.bytes(40)),
        1 => {
            let text = String::from_utf8_lossy(&numbers.bytes(3000)).replace("\x1b[201~", "");
            session.send(format!("\x1b[200~{text}\x1b[201~"));
        }
        2 => sources.change_one(numbers),
        3 => {
            let (rows, cols) = (1 + numbers.below(60), 1 + numbers.below(200));
            session.resize(rows as u16, cols as u16);
        }
        4 if numbers.below(10) == 0 => session.resize(1000, 1000),
        4 => session.resize(1, 1),
        5 if numbers.below(3) == 0 => session.signal(Signal::CONT),
        6 if numbers.below(10) == 0 => session.send("q"),
        7 => {
            // Split anywhere, so that a sequence comes in two reads.
            let key = numbers.one_of(KEYS).as_bytes();
            let (start, end) = key.split_at(numbers.below(key.len() + 1));
            session.send(start);
            session.send(end);
        }
        8 => session.send(numbers.one_of(KEYS).repeat(1 + numbers.below(50))),
        _ => {
            let keys: String = (0..=numbers.below(5)).map(|_| *numbers.one_of(KEYS)).collect();
            session.send(keys);
        }
    }
}

/// Checks a session that was not asked to end.
fn assert_sound(session: &Session, seed: u64) {
    let text = session.text();
    assert!(!text.contains("internal error") && !text.contains("panicked"), "seed {seed}:\n{text}");
}

/// Presses Ctrl-C, which ends the program; only while an editor has the terminal it is the editor's,
/// and is pressed again when the program is back.
fn end(session: &mut Session) {
    let is_back = |session: &Session| {
        const ENTER_SCREEN: &[u8] = b"\x1b[?1049h";
        session.raw.windows(ENTER_SCREEN.len()).any(|part| part == ENTER_SCREEN)
    };
    loop {
        session.raw.clear();
        session.send("\x03");
        if !session.wait_unless_gone("the end", is_back) {
            return;
        }
    }
}

fn play(seed: u64, folder: &Path) {
    eprintln!("seed {seed}");
    let numbers = &mut Numbers::of(seed);
    let sources = Sources(&folder.join("sources"));
    sources.write_all();
    let mut session = start(folder);
    let mut lives = true;
    for _ in 0..STEPS {
        step(&mut session, &sources, numbers);
        lives = session.read_until_idle();
        assert_sound(&session, seed);
        if !lives {
            break;
        }
    }
    // A program that is asked to end may be about to.
    let mut may_be_ending = !lives;
    if lives {
        // It answers still: it ends what was pasted, and draws in another size.
        session.send("\x1b[201~\x1b[201~");
        for rows in [31, 24] {
            session.raw.clear();
            session.resize(rows, 100);
            session.wait_unless_gone("a drawn screen", |s| {
                s.raw.len() > 100 || !s.parser.screen().alternate_screen()
            });
        }
        may_be_ending = !session.parser.screen().alternate_screen();
        end(&mut session);
    }
    let status = session.end();
    let fine = match status.signal() {
        None => [0, 130].contains(&status.exit_code()),
        // Ctrl-C of a terminal that was given back already.
        Some(signal) => may_be_ending && signal == "Interrupt",
    };
    assert!(fine, "seed {seed}: {status:?}\n{}", session.text());
    session.assert_restored();
}

#[test]
fn random_sessions_respond_and_end_cleanly() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("QA_RANDOM_SEED").unwrap_or(1);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    for seed in first..first + number("QA_RANDOM_SESSIONS").unwrap_or(4) {
        play(seed, folder.path());
        let places = [Source::Path(folder.path().join("sources"))];
        let (_, warning) = Store::new(&folder.path().join("qa"), &places).read();
        assert_eq!(warning, None, "seed {seed}");
    }
}
