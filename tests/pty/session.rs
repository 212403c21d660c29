//! A program in a pseudo-terminal, observed as a user would: by waiting for what has to appear.

use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The timeout of every wait: a test that waits longer has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program under test.
pub const QA: &str = env!("CARGO_BIN_EXE_qa");

pub struct Session {
    pub master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the settings outlive the program.
    slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    /// Requests one read; without a request nothing is read, so that a hang-up is possible.
    ask: Sender<()>,
    chunks: Receiver<Vec<u8>>,
    pub parser: vt100::Parser,
    pub raw: Vec<u8>,
    settings: String,
}

/// A command with an environment that does not depend on who runs the tests.
pub fn command(words: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("TERM", "xterm-256color");
    command.env("HOME", env!("CARGO_TARGET_TMPDIR"));
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}

impl Session {
    pub fn start(command: CommandBuilder) -> Self {
        // A cell has 10 x 20 pixels.
        let size = PtySize { rows: 24, cols: 100, pixel_width: 1000, pixel_height: 480 };
        let pair = native_pty_system().openpty(size).unwrap();
        let settings = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (ask, asked) = channel();
        let (answer, chunks) = channel();
        thread::spawn(move || {
            while asked.recv().is_ok() {
                let mut chunk = vec![0; 65536];
                let read = reader.read(&mut chunk).unwrap_or(0);
                chunk.truncate(read);
                if answer.send(chunk).is_err() || read == 0 {
                    break;
                }
            }
        });
        Self {
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            slave: pair.slave,
            child,
            ask,
            chunks,
            parser: vt100::Parser::new(cells(size.rows), cells(size.cols), 0),
            raw: Vec::new(),
            settings,
        }
    }

    pub fn qa(arguments: &[&str]) -> Self {
        let mut words = vec![QA, "--no-state"];
        words.extend(arguments);
        Self::start(command(&words))
    }

    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Types `keys`, all in one write.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        self.keys.write_all(keys.as_ref()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the program has read all that was sent.
    pub fn wait_until_read(&self) {
        let tty = std::fs::File::open(self.master.tty_name().unwrap()).unwrap();
        let deadline = Instant::now() + PATIENCE;
        while rustix::io::ioctl_fionread(&tty).unwrap() > 0 {
            assert!(Instant::now() < deadline, "the program reads nothing");
            thread::yield_now();
        }
    }

    /// As [`Session::wait_until_read`], and until its thread for keys waits for more: an escape that
    /// does not wait for its rest has become a key by then.
    pub fn wait_until_decoded(&self) {
        self.wait_until_read();
        let deadline = Instant::now() + PATIENCE;
        while cfg!(target_os = "linux") && !self.is_asleep("keys") {
            assert!(Instant::now() < deadline, "the program waits for no key");
            thread::yield_now();
        }
    }

    /// Whether the program's thread of this name sleeps, which Linux reports.
    fn is_asleep(&self, name: &str) -> bool {
        let tasks = format!("/proc/{}/task", self.process_id());
        std::fs::read_dir(tasks).unwrap().flatten().any(|task| {
            let read = |file| std::fs::read_to_string(task.path().join(file)).unwrap_or_default();
            read("comm").trim_end() == name && read("stat").contains(") S ")
        })
    }

    /// Reads until `done` returns true.
    pub fn wait(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done(self) {
            self.ask.send(()).unwrap();
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(chunk) = self.chunks.recv_timeout(left) else {
                let tail = self.raw[self.raw.len().saturating_sub(300)..].escape_ascii();
                panic!("waited in vain for {what}; the screen:\n{}\n{tail}", self.text());
            };
            assert!(!chunk.is_empty(), "ended before {what}; the screen:\n{}", self.text());
            self.parser.process(&chunk);
            self.raw.extend(chunk);
        }
    }

    /// Reads until there is no output for `quiet`. For recording, not for tests: it depends on
    /// time.
    #[allow(dead_code, reason = "only the picture of the README is recorded")]
    pub fn read_until_quiet(&mut self, quiet: Duration) {
        loop {
            self.ask.send(()).unwrap();
            // What comes later is still read by the next call.
            let Ok(chunk) = self.chunks.recv_timeout(quiet) else { return };
            self.parser.process(&chunk);
            self.raw.extend(chunk);
        }
    }

    /// Reads until the program has read all that was sent and writes nothing for a moment; whether it
    /// still runs. What comes later is read by the next call.
    pub fn read_until_idle(&mut self) -> bool {
        let tty = std::fs::File::open(self.master.tty_name().unwrap()).unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            self.ask.send(()).unwrap();
            match self.chunks.recv_timeout(Duration::from_millis(2)) {
                Ok(chunk) => {
                    self.parser.process(&chunk);
                    self.raw.extend(chunk);
                }
                Err(_) if rustix::io::ioctl_fionread(&tty).unwrap() == 0 => return true,
                Err(_) => assert!(Instant::now() < deadline, "the program reads nothing"),
            }
        }
    }

    /// Reads until `done` returns true, or the program has ended; returns whether it still runs.
    pub fn wait_unless_gone(&mut self, what: &str, done: impl Fn(&Self) -> bool) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while !done(self) {
            if !self.read_until_idle() {
                return false;
            }
            assert!(
                Instant::now() < deadline,
                "waited in vain for {what}:\n{}\n{}",
                self.text(),
                self.threads()
            );
        }
        true
    }

    /// Reads until `text` is on the screen.
    pub fn wait_for(&mut self, text: &str) {
        self.wait(text, |session| session.text().contains(text));
    }

    /// What each thread of the program waits for, if the system reports it.
    fn threads(&self) -> String {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process_id()));
        let of_thread = |task: std::fs::DirEntry| {
            let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let children = read("children");
            format!("{} {} {children}\n", read("comm").trim(), read("wchan").trim())
        };
        tasks.into_iter().flatten().flatten().map(of_thread).collect()
    }

    pub fn process_id(&self) -> i32 {
        self.child.process_id().and_then(|id| i32::try_from(id).ok()).unwrap()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = self.process_id();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
    }

    /// Waits for the end, and reads all that was written before it.
    pub fn end(&mut self) -> ExitStatus {
        const END: &[u8] = b"<the end>";
        let status = exit_of(std::mem::replace(&mut self.child, Box::new(Gone)));
        // What is written from this side now comes after everything of the program.
        let tty = self.master.tty_name().unwrap();
        std::fs::File::options().write(true).open(tty).unwrap().write_all(END).unwrap();
        // Keys that were not read may be echoed behind it.
        let last = |session: &Self| session.raw.windows(END.len()).rposition(|part| part == END);
        self.wait("the end", |session| last(session).is_some());
        self.raw.truncate(last(self).unwrap_or_default());
        status
    }

    /// The terminal is as it was before the program.
    pub fn assert_restored(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "paste is as it was");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(format!("{:?}", self.master.get_termios()), self.settings);
    }

    /// Closes the terminal, as when its window is closed.
    pub fn hang_up(self) -> ExitStatus {
        let Self { master, slave, child, keys, ask, chunks, .. } = self;
        drop((ask, slave, keys));
        // Its end says that the reader closed its side.
        assert!(chunks.recv_timeout(PATIENCE).is_err());
        drop(master);
        exit_of(child)
    }

    /// The raw bytes as a readable text, for messages of failing tests.
    pub fn written(&self) -> String {
        self.raw.iter().fold(String::new(), |mut text, &byte| {
            let _ = write!(text, "{}", byte.escape_ascii());
            text
        })
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

fn exit_of(mut child: Box<dyn Child + Send + Sync>) -> ExitStatus {
    let (done, status) = channel();
    thread::spawn(move || done.send(child.wait()));
    status.recv_timeout(PATIENCE).expect("it ends").unwrap()
}

/// Replaces a child that was taken.
#[derive(Debug)]
struct Gone;

impl portable_pty::ChildKiller for Gone {
    fn kill(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    fn clone_killer(&self) -> Box<dyn portable_pty::ChildKiller + Send + Sync> {
        Box::new(Self)
    }
}

impl Child for Gone {
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        Ok(None)
    }
    fn wait(&mut self) -> std::io::Result<ExitStatus> {
        Err(std::io::ErrorKind::NotFound.into())
    }
    fn process_id(&self) -> Option<u32> {
        None
    }
}
